// What is known of the mail that is shown: who opened it, when, how sure that is, and when to write again.

import {call, ours, settings} from "./api.js";

const WORDS = {
  opened: "opened it", clicked: "followed a link", replied: "replied", bounced: "did not get it", no_evidence: "no sign yet",
  cannot_know: "cannot be known", not_tracked: "not tracked",
};
const KINDS = {opened: "open", clicked: "click", replied: "reply", bounced: "bounce"};
const main = document.getElementById("shown");
const when = time => new Date(time).toLocaleString([], {weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit"});
const add = (tag, text, kind = "") => Object.assign(main.appendChild(document.createElement(tag)), {textContent: text, className: kind});

/** When it was last seen, how often, and how sure the surest of it is. */
function fact(one, events) {
  const kind = KINDS[one.status], seen = events.filter(each => each.kind === kind && (each.counted || kind === "reply" || kind === "bounce"));
  if (!seen.length) return "";
  const sure = Math.round(100 * Math.max(...seen.map(each => each.verdict.confidence)));
  return `${seen.length > 1 ? `${seen.length} times, last ` : ""}${when(seen.at(-1).at)} · ${sure}% sure`;
}

/** The best hour to write to somebody, where enough is known of them. */
async function best(email) {
  const {send_time: time} = await call("GET", `contacts/${encodeURIComponent(email)}`).catch(() => ({}));
  return time?.enough_data ? `Best time to write again: ${time.weekday} ${String(time.hour).padStart(2, "0")}:00 (${time.time_zone})` : "Best time to write again: too little is known yet";
}

async function show() {
  const [tab] = await browser.tabs.query({active: true, currentWindow: true});
  const {messages: [mail]} = await browser.messageDisplay.getDisplayedMessages(tab.id);
  const id = mail ? await ours(mail) : "";
  main.replaceChildren();
  if (!id) return add("p", "This mail was not sent with Unsealed.");
  const message = await call("GET", `messages/${id}`), {events, shared_copy: shared} = message;
  if (shared) {
    add("p", shared.text, "strong");
    add("p", fact(shared, events.filter(each => each.shared)), "soft");
  }
  for (const each of message.recipients.filter(each => each.not_tracked !== "self")) {
    if (!shared || each.status in KINDS) add("p", `${each.name || each.email}: ${WORDS[each.status]}`, "strong");
    add("p", fact(each, events.filter(event => event.recipient === each.email)), "soft");
    if (message.recipients.length <= 5) add("p", `${shared ? `${each.name || each.email}. ` : ""}${await best(each.email)}`, "soft");
  }
  const {host} = await settings();
  add("button", "The whole story").onclick = () => browser.windows.openDefaultBrowser(`${host}/app/message?id=${id}`);
}

show().catch(error => { main.replaceChildren(); add("p", `Nothing can be shown: ${error.message}`); });
