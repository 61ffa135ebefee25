// Today: what to do now, whom to write to or call, what happened by message, and what is due.

import {ago, at, call, get, now, read, remember, t, tn, to} from "./core.js";
import {doing, empty, glyph, html, icon, mute, named, nothing, state, sure, toast, when} from "./parts.js";

const GLYPHS = {open: "opened", click: "clicked", reply: "replied", bounce: "bounced", complaint: "complained", reminder: "remind", hot: "opened", revived: "opened", shared: "contacts", away: "away"};

// What to press: one verb for each card.
const ACTIONS = {
  reply: each => html`<a class="button main" href=${mailto(each)}>${icon("replied")}${t("Reply")}</a>`,
  write: each => html`<a class="button main" href=${mailto(each)}>${icon("compose")}${t("Write")}</a>`,
  call: each => html`<a class="button main" href=${to("contact", {email: each.recipient})}>${icon("call")}${t("Call")}</a>`,
  check_address: each => html`<a class="button main" href=${to("message", {id: each.message})}>${t("Check the address")}</a>`,
  stop: each => html`<a class="button main" href=${to("contact", {email: each.recipient})}>${t("Stop writing")}</a>`,
};
const mailto = each => `mailto:${encodeURIComponent(each.recipient)}?subject=${encodeURIComponent(each.subject ? `Re: ${each.subject}` : "")}`;

export async function open(place) {
  place.title(t("Today"));
  let today, fresh = new Set(), steps = null;

  async function load() {
    today = await get("today");
    if (!today.latest.length && !today.now.length && read("begun") !== "yes") await firstSteps();
    draw();
  }

  // The first steps turn green by themselves; they go once all are done, or on request.
  async function firstSteps() {
    const [messages, devices, preferences] = await Promise.all([get("messages?limit=1"), get("devices"), get("preferences")]);
    steps = {mail: messages.items.length > 0, devices: devices.items.length > 0, footer: preferences.footer || read("footer") === "asked"};
  }

  const muting = (event, each) => doing(event, () => mute(each.message, true, load));
  const remind = (event, each) => doing(event, async () => {
    await call("PATCH", `messages/${each.message}`, {remind: "tomorrow"});
    toast(t("You are reminded tomorrow at 9:00."), t("Undo"), () => call("PATCH", `messages/${each.message}`, {remind: null}));
  });

  const card = each => html`<article class="card">
    <div class="row">${glyph(GLYPHS[each.kind] ?? "bell")}<h3 class="grow"><a href=${to("message", {id: each.message})}>${each.text}</a></h3></div>
    <p class="soft small">${when(each.at)}${each.confidence ? html` · ${sure(each.confidence)}` : nothing}</p>
    ${each.what_now ? html`<p>${each.what_now}</p>` : nothing}
    <div class="row">${ACTIONS[each.action]?.(each) ?? nothing}
      ${each.kind === "reply" || each.kind === "bounce" || each.kind === "complaint" ? nothing : html`<button @click=${event => remind(event, each)}>${icon("remind")}${t("Remind me")}</button>`}
      <button class="plain" @click=${event => muting(event, each)}>${icon("mute")}${t("Mute")}</button></div></article>`;

  const person = each => html`<li><a href=${to("contact", {email: each.email})}>${glyph(each.approach === "call" ? "call" : "compose")}
    <span><span class="strong">${each.approach === "call" ? t("Call {who}", {who: named(each)}) : t("Write to {who}", {who: named(each)})}</span><br><span class="soft small">${each.reason}</span></span>
    <span class="aside">${each.hour ? html`<span>${each.hour}</span>${each.at ? html`<br><span>${t("for you {when}", {when: at(each.at, "weekday")})}</span>` : nothing}` : nothing}</span></a></li>`;

  const latest = each => html`<li class=${fresh.has(each.message) ? "fresh" : nothing}><a href=${to("message", {id: each.message})}>${glyph(each.status)}
    <span class="line-of">${each.corrected ? html`<del>${each.text}</del>` : html`<span class="strong">${each.text}</span>`}<br>
      <span class="soft small">${each.corrected ? t("Taken back: it was no person, as far as we know now.") : each.recipient || each.name}${each.more ? html` · ${tn("and {n} more", "and {n} more", each.more)}` : nothing}</span></span>
    <span class="aside">${each.muted ? icon("mute") : nothing}${state(each.status)}<br>${when(each.at)}${each.confidence && !each.corrected ? html` · ${sure(each.confidence)}` : nothing}</span></a></li>`;

  const blind = each => html`<li><a href=${to("message", {id: each.message})}>${glyph("cannot_know")}<span class="line-of"><span class="strong">${named({name: each.name, email: each.recipient})}</span> <span class="soft">${each.subject}</span><br><span class="soft small">${each.reason}</span></span><span class="aside"></span></a></li>`;

  const due = each => html`<li><a href=${to("message", {id: each.message})}>${glyph("remind")}<span class="line-of"><span class="strong">${each.subject || t("(no subject)")}</span><br><span class="soft small">${each.recipients.join(", ")}</span></span><span class="aside">${at(each.at, "weekday")}</span></a></li>`;

  const step = (done, title, said, link) => html`<li><div class="line">${glyph(done ? "check" : "no_evidence", done ? t("done") : t("to do"))}<span><span class="strong">${title}</span><br><span class="soft small">${said}</span></span><span class="aside">${done ? t("done") : link}</span></div></li>`;

  const beginning = () => html`<section class="stack"><h2>${t("Three steps to begin")}</h2><ul class="list tall">
    ${step(steps.mail, t("Send your first mail"), t("Connect your mail program, or write one here and copy it."), html`<a class="button" href=${`${to("settings")}#programs`}>${t("Connect")}</a> <a class="button" href=${to("compose")}>${t("Write")}</a>`)}
    ${step(steps.devices, t("Be told on this device"), t("A notification when somebody reads, clicks or replies."), html`<a class="button" href=${`${to("settings")}#devices`}>${t("Switch on")}</a>`)}
    ${step(steps.footer, t("Decide what your readers are told"), t("A line in each mail can say that it is tracked. In some countries it must."), html`<a class="button" href=${`${to("settings")}#privacy`}>${t("Decide")}</a>`)}</ul>
    <p><button class="plain small" @click=${() => { remember("begun", "yes"); steps = null; draw(); }}>${t("Hide this")}</button></p></section>`;

  const section = (id, title, content) => html`<section class="stack" aria-labelledby=${id}><h2 id=${id}>${title}</h2>${content}</section>`;

  const draw = () => place.show(html`<div class="stack wide"><div class="top"><div class="stack"><h1>${t("Today")}</h1>${today.summary ? html`<p class="soft">${today.summary}</p>` : nothing}</div>
      <a class="button narrow" href=${to("compose")}>${icon("compose")}${t("New mail")}</a></div>
    ${steps ? beginning() : nothing}
    ${today.now.length ? section("now", t("Now"), html`<div class="cards">${today.now.map(card)}</div>`) : nothing}
    ${today.people.length ? section("people", t("Write or call today"), html`<ul class="list tall">${today.people.map(person)}</ul>${today.leave ? html`<p class="soft small"><a href=${to("contacts")}>${tn("{n} person is better left alone for now.", "{n} people are better left alone for now.", today.leave)}</a></p>` : nothing}`) : nothing}
    ${steps && !today.latest.length ? nothing : section("latest", t("Latest"), today.latest.length ? html`<ul class="list tall">${today.latest.map(latest)}</ul>` : empty("today", today.since ? t("Nothing has happened since {when}.", {when: at(today.since, "weekday")}) : t("Nothing has happened yet.")))}
    ${today.due.length ? section("due", t("You will be reminded of"), html`<ul class="list tall">${today.due.map(due)}</ul>`) : nothing}
    ${today.cannot_know.length ? section("blind", t("What you cannot know"), html`<ul class="list tall">${today.cannot_know.map(blind)}</ul>`) : nothing}</div>`);

  place.news = items => {
    fresh = new Set(items.map(each => each.message));
    load().catch(() => {});
  };
  await load();
}
