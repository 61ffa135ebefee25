// Contacts: those of the newest mails in the order in which effort pays, or everybody by address.

import {get, percent, t, to} from "./core.js";
import {go} from "./app.js";
import {empty, glyph, html, icon, named, nothing} from "./parts.js";

export const APPROACH = {write: () => t("Write"), call: () => t("Call"), leave: () => t("Leave alone"), wait: () => t("Wait")};
export const APPROACH_GLYPH = {write: "compose", call: "call", leave: "not_tracked", wait: "clock"};

export async function open(place) {
  place.title(t("Contacts"));
  const by = place.params.get("by") ?? "advice", words = place.params.get("q") ?? "";
  let items = [], next = null;

  async function load(more) {
    if (by === "advice" && !words) items = (await get("ranking")).items;
    else {
      const asked = new URLSearchParams({weights: false, limit: 50, ...(words ? {q: words} : {}), ...(more && next ? {after: next} : {})});
      const found = await get(`contacts?${asked}`);
      items = more ? [...items, ...found.items] : found.items;
      next = found.next;
    }
    draw();
  }

  const search = event => { event.preventDefault(); go(to("contacts", {by: "name", q: event.target.elements.q.value.trim()})); };
  const row = each => html`<li><a href=${to("contact", {email: each.email})}>${glyph(APPROACH_GLYPH[each.outlook.approach] ?? "contacts")}
    <span class="line-of"><span class="strong">${named(each)}</span>${each.name ? html` <span class="soft small">${each.email}</span>` : nothing}<br><span class="soft small">${each.outlook.reason}</span></span>
    <span class="aside"><span class="strong">${APPROACH[each.outlook.approach]?.() ?? each.outlook.approach}</span>${each.outlook.approach === "leave" ? nothing : html`<br>${t("answers {share}", {share: percent(each.outlook.answers)})}`}</span></a></li>`;

  const draw = () => place.show(html`<div class="top"><h1>${t("Contacts")}</h1></div>
    <form class="search" role="search" @submit=${search}>${icon("search")}<input type="search" name="q" .value=${words} aria-label=${t("Search contacts")} placeholder=${t("Beginning of an address")}></form>
    <nav class="tabs" aria-label=${t("Order")}>${[["advice", t("What to do")], ["name", t("By address")]].map(([name, label]) => html`<a href=${to("contacts", {by: name})} aria-current=${name === by && !words ? "page" : nothing}>${label}</a>`)}</nav>
    ${items.length ? html`<ul class="list">${items.map(row)}</ul>` : words ? empty("search", t("Nobody's address begins with “{words}”.", {words})) : empty("contacts", t("Nobody yet. Whoever you write to appears here, with what is known of them."), html`<a class="button main" href=${to("compose")}>${icon("compose")}${t("New mail")}</a>`)}
    ${next ? html`<div class="row"><button @click=${() => load(true)}>${t("Show more")}</button></div>` : nothing}`);
  await load(false);
}
