// Settings: what to be told and how, and everything else that the API can do for a sender. Each change is kept at once.

import {call, get, LANGUAGES, language, learn, read, remember, t} from "./core.js";
import {doing, html, icon, nothing, toast, zones} from "./parts.js";
import {access} from "./access.js";
import {devices} from "./devices.js";
import {privacy} from "./privacy.js";
import {tell} from "./tell.js";

await learn("settings");

const SECTIONS = () => [
  ["tell", t("Tell me")], ["quiet", t("Quiet hours")], ["reminders", t("Reminders")], ["digest", t("Digest")], ["answers", t("Replies")], ["devices", t("Devices")], ["programs", t("Connect your mail")],
  ["addresses", t("Addresses")], ["tokens", t("API tokens")], ["webhooks", t("Webhooks")], ["privacy", t("Privacy")], ["you", t("You")],
];
const DAYS = () => [["monday", t("Monday")], ["tuesday", t("Tuesday")], ["wednesday", t("Wednesday")], ["thursday", t("Thursday")], ["friday", t("Friday")], ["saturday", t("Saturday")], ["sunday", t("Sunday")]];

/** A list to choose from: [value, label] pairs. */
export const choose = (label, value, options, act, shown = true) => html`<label class=${shown ? "field" : nothing}>${shown ? label : html`<span class="hidden">${label}</span>`}<select @change=${act}>${options.map(([each, name]) => html`<option value=${each} ?selected=${each === value}>${name}</option>`)}</select></label>`;

export const tick = (label, value, act, more = nothing) => html`<label class="check"><input type="checkbox" .checked=${value} @change=${act}><span>${label}${more === nothing ? nothing : html`<br><span class="soft small">${more}</span>`}</span></label>`;

/** A number to set. What is out of its range is not kept. */
export const number = (label, value, least, most, act) => html`<label class="field">${label}<input type="number" required min=${least} max=${most} .value=${String(value)} @change=${event => event.target.reportValidity() && act(event)}></label>`;

export const section = (id, title, content) => html`<section class="card" id=${id} aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${content}</section>`;

export async function open(place) {
  place.title(t("Settings"));
  const mine = {preferences: null, account: null, show: () => place.show(view()), closed: null};

  /** Keep a change of the preferences, and show what is kept then. */
  mine.keep = (event, change) => doing(event, async () => {
    mine.preferences = await call("PUT", "preferences", change);
    mine.show();
    toast(t("Saved."));
  }).finally(mine.show);

  const parts = [tell(mine), devices(mine), access(mine), privacy(mine)];
  const [telling, own, entrance, kept] = parts;

  /** Try a channel: what its service answered stands beside the button, until it is tried again. */
  const tried = new Map();
  let choosing = false; // a time zone
  mine.trying = (event, name, path) => doing(event, async () => {
    const answer = await call("POST", path);
    tried.set(name, answer);
    mine.show();
    return answer;
  });
  mine.outcome = name => {
    const found = tried.get(name);
    return found ? html`<span class="outcome ${found.taken ? "opened" : "bounced"}" role="status">${icon(found.taken ? "check" : "complained")} ${found.detail}</span>` : nothing;
  };

  const patience = (name, label) => number(label, mine.preferences.remind[name], 0, 366, event => mine.keep(event, {remind: {[name]: Number(event.target.value)}}));

  const quiet = () => {
    const {quiet} = mine.preferences;
    const change = (event, what) => mine.keep(event, {quiet: {...quiet, ...what}});
    return section("quiet", t("Quiet hours"), html`<p class="soft">${t("Nothing rings in these hours. What waited is told in one summary at their end.")}</p>
      <div class="row"><label class="field">${t("From")}<input type="time" .value=${quiet.from ?? ""} @change=${event => change(event, event.target.value ? {from: event.target.value, to: quiet.to ?? "07:00"} : {from: null, to: null})}></label>
        <label class="field">${t("To")}<input type="time" .value=${quiet.to ?? ""} @change=${event => change(event, event.target.value ? {to: event.target.value, from: quiet.from ?? "20:00"} : {from: null, to: null})}></label></div>
      <fieldset><legend class="strong">${t("Days without any")}</legend><div class="row">${DAYS().map(([day, name]) => html`<label class="check"><input type="checkbox" .checked=${quiet.days.includes(day)} @change=${event => change(event, {days: event.target.checked ? [...quiet.days, day] : quiet.days.filter(each => each !== day)})}>${name}</label>`)}</div></fieldset>
      ${tick(t("Replies may break through"), quiet.replies, event => change(event, {replies: event.target.checked}))}`);
  };

  const reminders = () => {
    const {remind} = mine.preferences;
    return section("reminders", t("Reminders"), html`<p class="soft">${t("A reminder comes where something did not happen, and is withdrawn when it does. You can set one for each mail as well.")}</p>
      ${choose(t("For which mails"), remind.whom, [["nobody", t("Only those I choose")], ["one_recipient", t("Mails to one person")], ["all", t("All mails")]], event => mine.keep(event, {remind: {whom: event.target.value}}))}
      ${remind.whom === "nobody" ? nothing : html`<div class="row">${patience("no_reply", t("No reply after"))}${patience("not_opened", t("Not opened after"))}${patience("cannot_know", t("Cannot know after"))}
        ${choose(t("Counted in"), remind.unit, [["business_days", t("business days")], ["days", t("days")], ["hours", t("hours")]], event => mine.keep(event, {remind: {unit: event.target.value}}))}
        <label class="field">${t("Holidays of")}<input class="short" maxlength="2" placeholder="DE" .value=${remind.country} @change=${event => mine.keep(event, {remind: {country: event.target.value.toUpperCase()}})}></label></div><p class="soft small">${t("0 is never.")}</p>`}`);
  };

  const digest = () => {
    const {digest} = mine.preferences;
    return section("digest", t("Digest"), html`<p class="soft">${t("One mail with what is on Today: its subject carries the result. It is left out when there is nothing.")}</p>
      <div class="row">${choose(t("When"), digest.when, [["never", t("Never")], ["daily", t("Daily")], ["weekly", t("Weekly")]], event => mine.keep(event, {digest: {when: event.target.value}}))}
        ${digest.when === "never" ? nothing : choose(t("At"), String(digest.hour), Array.from({length: 24}, (_, h) => [String(h), `${String(h).padStart(2, "0")}:00`]), event => mine.keep(event, {digest: {hour: Number(event.target.value)}}))}
        ${digest.when === "weekly" ? choose(t("On"), digest.weekday, DAYS(), event => mine.keep(event, {digest: {weekday: event.target.value}})) : nothing}</div>`);
  };

  // Until it is said, an answer goes as the mail went that it answers: the API cannot be told so again, once it is said.
  const answers = () => {
    const {own_replies: own, through} = mine.preferences;
    const ways = [["true", t("through Unsealed, so that the thread stays tracked")], ["false", t("straight from my mail program to them")]];
    return section("answers", t("Replies"), html`<p class="soft">${t("Replies to tracked mails are handed on to your mailbox, with their thread intact.")}</p>
      ${tick(t("Mail me of replies that come to my mailbox anyway"), own, event => mine.keep(event, {own_replies: event.target.checked}))}
      ${choose(t("What I write back goes"), String(through), through === null ? [["null", t("the way that the mail itself went")], ...ways] : ways, event => mine.keep(event, {through: event.target.value === "true"}))}`);
  };

  const you = () => section("you", t("You"), html`<div class="row">
      <label class="field grow">${t("Name")}<input .value=${mine.account.name} maxlength="200" @change=${event => account(event, {name: event.target.value})}></label>
      <label class="field grow">${t("Time zone")}<input .value=${mine.account.time_zone} list="zones" @focus=${() => { choosing = true; mine.show(); }} @change=${event => account(event, {time_zone: event.target.value})}></label>
      ${zones(choosing)}</div>
    ${choose(t("Language"), language, Object.entries(LANGUAGES), languageChosen)}
    ${tick(t("Keys of one letter"), read("keys") !== "off", event => { remember("keys", event.target.checked ? null : "off"); mine.show(); }, t("j and k go through lists, ? shows all of them."))}
    <div><button @click=${signOut}>${t("Sign out")}</button></div>`);

  const account = (event, change) => doing(event, async () => { mine.account = await call("PATCH", "account", change); mine.show(); toast(t("Saved.")); });

  async function languageChosen(event) {
    const wish = event.target.value;
    await doing(event, () => call("PUT", "preferences", {language: wish}));
    remember("language", wish);
    location.reload();
  }

  const signOut = event => doing(event, async () => {
    await own.forget();
    await call("POST", "sign-out");
    location.href = new URL("../", new URL(".", location.href)).href;
  });

  const view = () => html`<div class="sections"><h1>${t("Settings")}</h1>
    <nav aria-label=${t("Sections")}>${SECTIONS().map(([id, label]) => html`<a href="#${id}">${label}</a>`)}</nav>
    <div class="stack wide">${telling.view()}${quiet()}${reminders()}${digest()}${answers()}${own.view()}${entrance.view()}${kept.view()}${you()}</div></div>`;

  [mine.preferences, mine.account] = await Promise.all([get("preferences"), get("account"), ...parts.map(each => each.load())]);
  mine.show();
  if (location.hash) document.querySelector(CSS.escape ? `#${CSS.escape(location.hash.slice(1))}` : location.hash)?.scrollIntoView();
}
