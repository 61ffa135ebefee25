// One contact: when they read, what they are used to do, what can be known of them, and what they said of it.

import {call, get, language, lasted, percent, t, tn, to} from "./core.js";
import {go} from "./app.js";
import {APPROACH, APPROACH_GLYPH} from "./contacts.js";
import {ask, doing, empty, glyph, html, icon, messageRow, named, nothing, toast, when, zones} from "./parts.js";
import {map} from "./map.js";

const REPORTS = {shows: () => t("Their opens show"), hides: () => t("Their opens do not show"), masks: () => t("Their opens cannot be told from a machine's"), unknown: () => t("Not known yet")};
const CONSENT = {granted: () => t("They agreed to tracking."), denied: () => t("They refused tracking."), unknown: () => t("They were not asked about tracking.")};
const FROM = {set: () => t("set by you"), replies: () => t("from their replies"), domain: () => t("from the country of their address"), inferred: () => t("from the hours at which they read"), unknown: () => t("not known, so hours are in UTC")};

export async function open(place) {
  const email = place.params.get("email") ?? "", path = `contacts/${encodeURIComponent(email)}`;
  let contact, mails = [], zone = false;

  async function load() {
    const [found, sent] = await Promise.all([get(path), get(`messages?${new URLSearchParams({recipient: email, limit: 10})}`)]);
    contact = found;
    mails = sent.items;
    place.title(named(contact));
    draw();
  }

  const consent = event => doing(event, async () => {
    const wish = event.target.value;
    if (wish === "denied" && !await ask(t("Record that they refuse?"), t("What is kept about mails already sent to them is erased. That cannot be undone."), t("Record the refusal"))) return draw();
    await call("PUT", `${path}/consent`, {consent: wish});
    await load();
    toast(t("Saved."));
  });

  const setZone = event => {
    event.preventDefault();
    const wish = event.target.elements.zone.value.trim();
    return doing({target: event.submitter}, async () => {
      await call("PATCH", path, {time_zone: wish || null});
      zone = false;
      await load();
      toast(t("Saved."));
    });
  };

  async function erase(event) {
    if (!await ask(t("Erase everything about {who}?", {who: named(contact)}), t("All that is kept about this address goes, in all your mails. It cannot be undone."), t("Erase"))) return;
    await doing(event, async () => { await call("DELETE", path); toast(t("Erased.")); go(to("contacts"), {replace: true}); });
  }

  const muting = event => doing(event, async () => {
    await call("PATCH", path, {muted: !contact.muted});
    await load();
    toast(contact.muted ? t("Muted: you are not told of this person any more.") : t("You are told of this person again."));
  });

  const hours = () => {
    const best = contact.send_time;
    return html`<section class="card"><div class="row apart"><h2>${t("When to write")}</h2><span class="tag">${icon("clock")}${best.time_zone} · ${FROM[best.time_zone_from]?.()}</span></div>
      <p><span class="strong">${best.sentence}</span></p><p class="soft">${best.reason}</p>
      ${map(best)}
      ${zone ? html`<form class="row" @submit=${setZone}><label class="field grow">${t("Their time zone")}<input name="zone" list="zones" .value=${best.time_zone_from === "set" ? best.time_zone : ""} placeholder="Europe/Berlin"></label>
        ${zones(true)}<button class="main">${t("Save")}</button></form>`
      : html`<div><button class="plain small" @click=${() => { zone = true; draw(); document.querySelector("[name=zone]").focus(); }}>${t("Correct their time zone")}</button></div>`}</section>`;
  };

  const habits = () => html`<section class="card"><h2>${t("What they are used to do")}</h2>
    <ul class="row">${[["messages", tn("{n} mail", "{n} mails", contact.messages)], ["opened", t("opened {n}", {n: contact.opened})], ["clicked", t("clicked in {n}", {n: contact.clicked})], ["replied", t("replied to {n}", {n: contact.replied})], ...(contact.bounced ? [["bounced", t("{n} came back", {n: contact.bounced})]] : [])]
      .map(([name, said]) => html`<li><a class="tag" href=${to("messages", {q: `to:${contact.email}${name === "messages" ? "" : ` is:${name}`}`})}>${icon(name)}${said}</a></li>`)}</ul>
    ${contact.behaviours.length ? html`<ul class="stack">${contact.behaviours.map(each => html`<li>${each.evidence} <span class="soft small">${t("{share} likely a habit, from {n} mails", {share: percent(each.confidence), n: each.n})}</span></li>`)}</ul>` : html`<p class="soft">${t("No habit stands out so far.")}</p>`}
    ${contact.seconds_to_open != null ? html`<p class="soft">${t("Usually opens after {time}.", {time: lasted(contact.seconds_to_open)})}</p>` : nothing}
    ${contact.seconds_to_reply != null ? html`<p class="soft">${t("Usually replies after {time}.", {time: lasted(contact.seconds_to_reply)})}</p>` : nothing}</section>`;

  const shows = () => html`<section class="card"><h2>${t("What can be known")}</h2><p><span class="strong">${REPORTS[contact.trackability.reports]?.()}</span>${contact.trackability.n ? html` <span class="soft">${t("{share} sure, from {n} mails", {share: percent(contact.trackability.confidence), n: contact.trackability.n})}</span>` : nothing}</p>
    <p class="soft">${contact.trackability.evidence}</p></section>`;

  const privacy = () => html`<section class="card"><h2>${t("Their say")}</h2><p>${CONSENT[contact.consent]?.()} ${contact.consent_at ? html`<span class="soft">${when(contact.consent_at)}</span>` : nothing}</p>
    <label class="field">${t("Record what they told you")}<select @change=${consent} .value=${contact.consent}>${Object.keys(CONSENT).map(each => html`<option value=${each} ?selected=${each === contact.consent}>${{granted: t("They agree"), denied: t("They refuse"), unknown: t("Not asked")}[each]}</option>`)}</select></label>
    <div><button class="danger" @click=${erase}>${icon("remove")}${t("Erase this person")}</button></div></section>`;

  const draw = () => {
    const {outlook} = contact;
    place.show(html`<div class="stack wide"><div class="stack"><a class="row small soft" href=${to("contacts")}>${icon("back")}${t("Contacts")}</a>
      <div class="top"><div><h1>${named(contact)}</h1>${contact.name ? html`<p class="soft">${contact.email}</p>` : nothing}</div>
        <div class="row">${"muted" in contact ? html`<button aria-pressed=${contact.muted} @click=${muting}>${icon(contact.muted ? "mute" : "bell")}${contact.muted ? t("Muted") : t("Mute")}</button>` : nothing}
        <a class="button" href=${`mailto:${contact.email}`}>${icon("compose")}${t("Write")}</a></div></div>
      <div class="card"><div class="row">${glyph(APPROACH_GLYPH[outlook.approach])}<p class="grow"><span class="strong">${APPROACH[outlook.approach]()}</span>${outlook.approach === "leave" ? nothing : html` <span class="soft">${t("likely to answer {share} of mails", {share: percent(outlook.answers)})}</span>`}<br><span class="soft">${outlook.reason}</span></p></div></div></div>
      ${hours()}${habits()}${shows()}
      <section class="stack"><h2>${t("Mails to them")}</h2>${mails.length ? html`<ul class="list">${mails.map(messageRow)}</ul>` : empty("messages", t("None is kept."))}</section>
      ${privacy()}</div>`);
  };
  place.news = items => { if (items.some(each => each.recipient === contact.email)) load().catch(() => {}); };
  place.keys = {m: () => document.querySelector("[aria-pressed]")?.click()};
  await load();
}
