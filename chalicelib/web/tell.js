// What to be told of, by mail and by push; with the very notifications that each wish leads to.

import {get, t} from "./core.js";
import {html, icon, nothing} from "./parts.js";
import {choose, number, section, tick} from "./settings.js";

export const KINDS = () => ({
  open: t("Opened"), click: t("Clicked"), reply: t("Replied"), bounce: t("Bounced"), complaint: t("Marked as spam"), reminder: t("Reminders"),
  hot: t("Read again and again"), revived: t("An old mail comes alive"), away: t("Away"), shared: t("Passed on"),
});
const WISHES = () => ({never: t("never"), first: t("the first of a mail"), each: t("each person's first"), every: t("every time")});
const CHANNELS = () => [["tell", t("by mail"), "email"], ["tell_push", t("by push"), "push"]];

export function tell(mine) {
  let seen = "open", addresses = [], previews = new Map();

  const shown = kind => { seen = kind; mine.show(); document.querySelector(".previews").scrollIntoView({block: "nearest"}); };
  const change = (event, channel, kind) => { seen = kind; return mine.keep(event, {[channel]: {[kind]: event.target.value}}); };

  const wishes = (channel, label, kind) => {
    const options = Object.entries(WISHES()).filter(([name]) => name !== "every" || kind === "open" || kind === "click");
    return choose(`${KINDS()[kind]}: ${label}`, mine.preferences[channel][kind], options, event => change(event, channel, kind), false);
  };

  const matrix = () => html`<div class="scroll"><table class="matrix"><thead><tr><th scope="col">${t("Of")}</th>${CHANNELS().map(([, label]) => html`<th scope="col">${label}</th>`)}<th scope="col">${t("with a sound")}</th><th><span class="hidden">${t("Preview")}</span></th></tr></thead>
      <tbody>${Object.entries(KINDS()).map(([kind, name]) => html`<tr class=${seen === kind ? "chosen" : nothing}><th scope="row">${name}</th>${CHANNELS().map(([channel, label]) => html`<td data-label=${label}>${wishes(channel, label, kind)}</td>`)}
        <td class="sound" data-label=${t("with a sound")}><input type="checkbox" aria-label="${name}: ${t("with a sound")}" .checked=${mine.preferences.sound[kind]} @change=${event => { seen = kind; mine.keep(event, {sound: {[kind]: event.target.checked}}); }}></td>
        <td><button class="plain small" aria-pressed=${seen === kind} @click=${() => shown(kind)}>${t("Preview")}<span class="hidden">: ${name}</span></button></td></tr>`)}</tbody></table></div>`;

  // Each channel as it would look, or that there is nothing to look at.
  const caption = (channel, on, label) => {
    const told = mine.preferences[on] && mine.preferences[channel][seen] !== "never";
    const quietly = channel === "tell_push" && told && !mine.preferences.sound[seen] ? t(", without a sound") : "";
    return html`<p class="soft small"><span class="strong">${label}${quietly}</span>${told ? nothing : html`: ${t("not told; it would look like this")}`}</p>`;
  };

  // A mail's lines that say something under a name.
  const rows = text => text.split("\n").map(line => line.split(/ {2,}/)).filter(line => line.length === 2);

  const preview = () => {
    const found = previews.get(seen);
    if (!found) return nothing;
    const [[mail, byMail, email], [push, byPush, pushes]] = CHANNELS();
    return html`<div class="previews" aria-live="polite"><h3 class="hidden">${t("Preview")}: ${KINDS()[seen]}</h3>
      <div>${caption(push, pushes, byPush)}<div class="preview"><img src=${new URL("icon.svg", import.meta.url).href} alt=""><p class="strong">${found.push.title}</p><p class="soft small">${found.push.body}</p></div></div>
      <div>${caption(mail, email, byMail)}<div class="preview letter"><p class="strong">${found.mail.subject}</p><dl class="facts small">${rows(found.mail.text).map(([name, said]) => html`<dt>${name}</dt><dd>${said}</dd>`)}</dl></div></div></div>`;
  };

  const unusual = () => {
    const {unusual} = mine.preferences;
    const field = (name, label, least, most) => number(label, unusual[name], least, most, event => mine.keep(event, {unusual: {[name]: Number(event.target.value)}}));
    return html`<details><summary>${t("What is again and again, and what is old?")}</summary><div class="row">
      ${field("hot_opens", t("Read again and again: opens by one person"), 2, 50)}${field("hot_hours", t("within so many hours"), 1, 168)}${field("revived_days", t("Comes alive after so many days of silence"), 1, 366)}</div></details>`;
  };

  return {
    load: async () => {
      const [own, found] = await Promise.all([get("addresses"), get("preferences/previews")]);
      addresses = own.items;
      previews = new Map(found.items.map(each => [each.kind, each]));
    },
    view: () => {
      const wishes = mine.preferences;
      return section("tell", t("Tell me"), html`
        <div class="row">${tick(t("By mail"), wishes.email, event => mine.keep(event, {email: event.target.checked}), wishes.email ? t("to {address}", {address: wishes.address}) : nothing)}
          ${addresses.length > 1 && wishes.email ? choose(t("To which address"), wishes.address, addresses.map(each => [each.email, each.email]), event => mine.keep(event, {address: event.target.value})) : nothing}
          ${tick(t("By push, to your devices"), wishes.push, event => mine.keep(event, {push: event.target.checked}))}
          <button class="after" @click=${event => mine.trying(event, "mail", "preferences/test")}>${icon("bell")}${t("Send a test mail")}</button></div>
        ${mine.outcome("mail")}${matrix()}${preview()}${unusual()}
        ${tick(t("Of opens, tell me of the top people only"), wishes.top_people_only, event => mine.keep(event, {top_people_only: event.target.checked}), t("Those who answer you most."))}
        ${number(t("Of mails to more people than this, tell me of the first only"), wishes.group, 1, 50, event => mine.keep(event, {group: Number(event.target.value)}))}`);
    },
  };
}
