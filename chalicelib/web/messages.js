// Messages: all of them, newest first, by what is known of them, and by words.

import {get, t, to} from "./core.js";
import {go} from "./app.js";
import {empty, html, icon, messageRow, nothing} from "./parts.js";

const TABS = () => [
  ["", t("All")], ["no_evidence", t("Waiting")], ["cannot_know", t("Cannot know")], ["opened", t("Opened")],
  ["clicked", t("Clicked")], ["replied", t("Replied")], ["problem", t("Problems")],
];
const EMPTY = {
  no_evidence: () => t("Nobody is waiting. Mails without any sign so far appear here."),
  cannot_know: () => t("Nobody here. Some mail programs hide opens: a click or a reply would tell."),
  opened: () => t("No mail that was opened and nothing more. Those with clicks and replies have their own tabs."),
  clicked: () => t("No link was followed yet."),
  replied: () => t("No replies yet. They are noticed when they come to the reply address, or your mail program reports them."),
  problem: () => t("No problems: nothing bounced, nothing was marked as spam, and all mails are tracked."),
};
const KINDS = new Set(["opened", "clicked", "replied", "bounced", "no_evidence", "cannot_know", "not_tracked", "complained", "problem"]);

/** Words like `to:bob@example.com is:opened offer` as the API's parameters. */
export function parsed(words) {
  const query = {}, rest = [];
  for (const word of words.trim().split(/\s+/)) {
    const [, name, value] = /^(to|is):(.+)$/i.exec(word) ?? [];
    if (name?.toLowerCase() === "to") query.recipient = value;
    else if (name && KINDS.has(value.toLowerCase().replace("-", "_"))) query.status = value.toLowerCase().replace("-", "_");
    else if (word) rest.push(word);
  }
  if (rest.length) query.q = rest.join(" ");
  return query;
}

export async function open(place) {
  place.title(t("Messages"));
  const show = place.params.get("show") ?? "", words = place.params.get("q") ?? "";
  const query = {...(show ? {status: show} : {}), ...parsed(words)};
  let items = [], next = null, busy = false, looked = null;

  async function load(more) {
    busy = true;
    if (more) draw();
    const asked = new URLSearchParams({...query, limit: 30, ...(more && next ? {after: next} : {})});
    const found = await get(`messages?${asked}`);
    items = more ? [...items, ...found.items] : found.items;
    next = found.next;
    looked = found.searched_back_to ?? null;
    busy = false;
    draw();
  }

  function search(event) {
    event.preventDefault();
    go(to("messages", {show, q: event.target.elements.q.value}));
  }

  const draw = () => place.show(html`<div class="top"><h1>${t("Messages")}</h1>
      <a class="button narrow" href=${to("compose")}>${icon("compose")}${t("New mail")}</a></div>
    <form class="search" role="search" @submit=${search}>${icon("search")}<input type="search" name="q" .value=${words}
      aria-label=${t("Search messages")} placeholder=${t("Search subjects, or to:bob@example.com is:opened")}></form>
    <nav class="tabs" aria-label=${t("Which messages")}>${TABS().map(([name, label]) => html`<a href=${to("messages", {show: name, q: words})} aria-current=${name === show ? "page" : nothing}>${label}</a>`)}</nav>
    ${items.length ? html`<ul class="list" aria-label=${t("Messages")}>${items.map(messageRow)}</ul>` : next ? nothing : none()}
    ${next ? html`<div class="row apart"><p class="soft small">${looked ? t("Searched back to {when}.", {when: new Date(looked).toLocaleDateString()}) : nothing}</p>
      <button @click=${() => load(true)} ?disabled=${busy}>${busy ? t("Loading…") : looked ? t("Search further back") : t("Show older")}</button></div>` : nothing}`);

  const none = () => words ? empty("search", t("No message matches “{words}”.", {words}), html`<a class="button" href=${to("messages")}>${t("All messages")}</a>`)
    : empty("messages", (EMPTY[show] ?? (() => t("No mail yet. Write one here, or connect your mail program in the settings.")))(),
      show ? nothing : html`<div class="row"><a class="button main" href=${to("compose")}>${icon("compose")}${t("New mail")}</a><a class="button" href=${`${to("settings")}#programs`}>${t("Connect")}</a></div>`);

  place.news = () => { if (items.length <= 30) load(false).catch(() => {}); };
  await load(false);
  if (place.params.has("find")) document.querySelector("input[type=search]").focus();
}
