// What to be told of, by mail and by push; with the very notification that it leads to.

import {call, get, percent, t} from "./core.js";
import {doing, html, icon, nothing, toast} from "./parts.js";
import {choose, section, tick} from "./settings.js";

const KINDS = () => ({
  open: t("Opened"), click: t("Clicked"), reply: t("Replied"), bounce: t("Bounced"), complaint: t("Marked as spam"), reminder: t("Reminders"),
  hot: t("Read again and again"), revived: t("An old mail comes alive"), away: t("Away"), shared: t("Passed on"),
});
const WISHES = () => ({never: t("never"), first: t("the first of a mail"), each: t("each person's first"), every: t("every time")});
const SAMPLE = () => ({
  open: [t("Bob opened “Offer for June”"), t("95% sure. They may just have read it: a good moment to call.")],
  click: [t("Bob clicked a link in “Offer for June”"), t("93% sure. They may have looked closer.")],
  reply: [t("Bob replied to “Offer for June”"), t("Their reply is in your mailbox.")],
  bounce: [t("“Offer for June” did not reach Bob"), t("Check the address.")],
  complaint: [t("Bob marked “Offer for June” as spam"), t("Do not write to them again.")],
  reminder: [t("No reply from Bob to “Offer for June”"), t("Read on Tuesday, and no reply for three days.")],
  hot: [t("Bob opened “Offer for June” 3 times today"), t("A good moment to call.")],
  revived: [t("Bob came back to “Offer for June”"), t("After 20 days without a sign.")],
  away: [t("Bob is away until 2 June"), t("Your reminder waits until then.")],
  shared: [t("“Offer for June” was passed on"), t("Somebody else seems to read it.")],
});

export function tell(mine) {
  let seen = "open", addresses = [];

  const change = (event, channel, kind) => { seen = kind; return mine.keep(event, {[channel]: {[kind]: event.target.value}}); };

  const wishes = (channel, kind) => {
    const wish = mine.preferences[channel][kind];
    const options = Object.entries(WISHES()).filter(([name]) => name !== "every" || (mine.preferences.tell_push && (kind === "open" || kind === "click")));
    return choose(`${KINDS()[kind]}: ${channel === "tell" ? t("by mail") : t("by push")}`, wish, options, event => change(event, channel, kind), false);
  };

  const matrix = () => {
    const {tell, tell_push: push, sound} = mine.preferences;
    const kinds = Object.keys(KINDS()).filter(kind => kind in tell);
    return html`<div class="scroll"><table><thead><tr><th scope="col">${t("Of")}</th><th scope="col">${push ? t("by mail") : t("by mail and push")}</th>${push ? html`<th scope="col">${t("by push")}</th>` : nothing}${sound ? html`<th scope="col">${t("with a sound")}</th>` : nothing}<th><span class="hidden">${t("Preview")}</span></th></tr></thead>
      <tbody>${kinds.map(kind => html`<tr><th scope="row">${KINDS()[kind]}</th><td>${wishes("tell", kind)}</td>${push ? html`<td>${wishes("tell_push", kind)}</td>` : nothing}
        ${sound ? html`<td><input type="checkbox" aria-label="${KINDS()[kind]}: ${t("with a sound")}" .checked=${Boolean(sound[kind])} @change=${event => { seen = kind; mine.keep(event, {sound: {[kind]: event.target.checked}}); }}></td>` : nothing}
        <td><button class="plain small" aria-pressed=${seen === kind} @click=${() => { seen = kind; mine.show(); }}>${t("Preview")}<span class="hidden">: ${KINDS()[kind]}</span></button></td></tr>`)}</tbody></table></div>`;
  };

  const preview = () => {
    const [title, body] = SAMPLE()[seen], {tell, tell_push: push, sound} = mine.preferences;
    const off = (push ?? tell)[seen] === "never" || !mine.preferences.push;
    return html`<div class="stack" aria-live="polite"><p class="soft small">${off && tell[seen] === "never" ? t("You are not told of this: it stands in the list of what happened only.") : off ? t("By mail only; it would say:") : t("This is what a screen shows{sound}:", {sound: sound && !sound[seen] ? t(", without a sound") : ""})}</p>
      <div class="preview"><img src=${new URL("icon.svg", import.meta.url).href} alt=""><p class="strong">${title}</p><p class="soft small">${body}</p></div></div>`;
  };

  return {
    load: async () => { addresses = (await get("addresses")).items; },
    view: () => {
      const wishes = mine.preferences;
      return section("tell", t("Tell me"), html`${matrix()}${preview()}
        ${tick(t("By mail"), wishes.email, event => mine.keep(event, {email: event.target.checked}), wishes.email ? t("to {address}", {address: wishes.address}) : nothing)}
        ${addresses.length > 1 && wishes.email ? choose(t("To which address"), wishes.address, addresses.map(each => [each.email, each.email]), event => mine.keep(event, {address: event.target.value})) : nothing}
        ${tick(t("By push, to your devices"), wishes.push, event => mine.keep(event, {push: event.target.checked}))}
        ${"top_people_only" in wishes ? tick(t("Of opens, tell me of the top people only"), wishes.top_people_only, event => mine.keep(event, {top_people_only: event.target.checked}), t("Those who answer you most.")) : nothing}
        ${"own_replies" in wishes ? tick(t("Mail me of replies that come to my mailbox anyway"), wishes.own_replies, event => mine.keep(event, {own_replies: event.target.checked})) : nothing}
        ${"group" in wishes ? html`<label class="field">${t("Of mails to more people than this, tell me of the first only")}<input type="number" min="1" max="500" .value=${String(wishes.group)} @change=${event => mine.keep(event, {group: Number(event.target.value)})}></label>` : nothing}
        <div class="row"><button @click=${event => doing(event, async () => { const {detail} = await call("POST", "preferences/test"); toast(detail); })}>${icon("bell")}${t("Send a test mail")}</button></div>`);
    },
  };
}
