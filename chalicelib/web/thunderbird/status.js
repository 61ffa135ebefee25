// What is known of the mail that is shown: who opened it, when, how sure that is, and when to write again.

import {call, ours, say, settings, translate} from "./api.js";

const KINDS = {opened: "open", clicked: "click", replied: "reply", bounced: "bounce"};
const main = document.getElementById("shown"), language = browser.i18n.getUILanguage();
/** @type {Intl.DateTimeFormatOptions} */
const FORM = {weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit"};
const when = time => new Date(time).toLocaleString(language, FORM);
const weekday = day => new Intl.DateTimeFormat(language, {weekday: "long", timeZone: "UTC"}).format(Date.UTC(2001, 0, 1 + day)); // 0 is Monday
const add = (tag, text, kind = "") => Object.assign(main.appendChild(document.createElement(tag)), {textContent: text, className: kind});

/** When it was last seen, how often, and how sure the surest of it is. */
function fact(one, events) {
  const kind = KINDS[one.status], seen = events.filter(each => each.kind === kind && (each.counted || kind === "reply" || kind === "bounce"));
  if (!seen.length) return "";
  const sure = Math.round(100 * Math.max(...seen.map(each => each.verdict.confidence))), last = when(seen.at(-1).at);
  return say("sure", seen.length > 1 ? say("timesLast", seen.length, last) : last, `${sure}%`);
}

/** The best hour to write to somebody, where enough is known of them. */
async function best(email) {
  const {send_time: time} = await call("GET", `contacts/${encodeURIComponent(email)}`).catch(() => ({send_time: null}));
  return time?.enough_data ? say("bestTime", `${weekday(time.weekday)} ${String(time.hour).padStart(2, "0")}:00`, time.time_zone) : say("bestUnknown");
}

async function show() {
  const [tab] = await browser.tabs.query({active: true, currentWindow: true});
  const {messages: [mail]} = await browser.messageDisplay.getDisplayedMessages(tab.id);
  const id = mail ? await ours(mail) : "";
  main.replaceChildren();
  if (!id) return add("p", say("notOurs"));
  const message = await call("GET", `messages/${id}`), {events, shared_copy: shared} = message;
  if (shared) {
    add("p", shared.text, "strong");
    add("p", fact(shared, events.filter(each => each.shared)), "soft");
  }
  for (const each of message.recipients.filter(each => each.not_tracked !== "self")) {
    if (!shared || each.status in KINDS) add("p", `${each.name || each.email}: ${say(each.status)}`, "strong");
    add("p", fact(each, events.filter(event => event.recipient === each.email)), "soft");
    if (message.recipients.length <= 5) add("p", `${shared ? `${each.name || each.email}. ` : ""}${await best(each.email)}`, "soft");
  }
  const {host} = await settings();
  add("button", say("wholeStory")).onclick = () => browser.windows.openDefaultBrowser(`${host}/app/message?id=${id}`);
}

translate();
show().catch(error => { main.replaceChildren(); add("p", say("nothingShown", error.message)); });
