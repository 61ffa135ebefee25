// One message: each recipient's state with what to do now, and what happened, in words.

import {at, call, get, now, percent, t, tn, to} from "./core.js";
import {go} from "./app.js";
import {ask, doing, empty, glyph, html, icon, known, mute, named, nothing, state, sure, toast, when} from "./parts.js";

const STEPS = {
  done: () => t("Nothing to do"), wait: () => t("Wait"), remind: () => t("Write again"), call: () => t("Call"), drop: () => t("Leave it"),
};
const REMIND = () => [
  ["tomorrow", t("Tomorrow at 9:00")], ["two_business_days", t("In two business days")], ["week", t("In a week")],
];
const HAPPENED = {
  open: who => t("{who} opened it", {who}), click: who => t("{who} followed a link", {who}), reply: who => t("{who} replied", {who}),
  auto_reply: who => t("{who}'s mailbox replied automatically", {who}), bounce: who => t("It did not reach {who}", {who}),
  complaint: who => t("{who} marked it as spam", {who}),
};
const MACHINES = {
  open: who => t("A machine loaded {who}'s copy", {who}), click: who => t("A machine followed a link of {who}'s copy", {who}),
};
const DEVICES = {iphone: () => t("on an iPhone"), ipad: () => t("on an iPad"), mac: () => t("on a Mac"), windows: () => t("on Windows"), android: () => t("on Android"), linux: () => t("on Linux"), chromebook: () => t("on a Chromebook"), phone: () => t("on a phone"), tv: () => t("on a television")};
const GLYPHS = {open: "opened", click: "clicked", reply: "replied", auto_reply: "away", bounce: "bounced", complaint: "complained"};

export async function open(place) {
  const id = place.params.get("id") ?? "";
  let message, advice = new Map(), machines = false, dialog = null;

  async function load() {
    const [found, follow] = await Promise.all([get(`messages/${encodeURIComponent(id)}`), get(`messages/${encodeURIComponent(id)}/follow-up`)]);
    message = found;
    advice = new Map(follow.items.map(each => [each.recipient, each]));
    place.title(message.subject || t("(no subject)"));
    draw();
  }

  const toggle = event => doing(event, () => mute(id, !message.muted, load));
  const change = (event, body, sentence) => doing(event, async () => {
    await call("PATCH", `messages/${id}`, body);
    await load();
    toast(sentence);
  });

  async function remove(event) {
    const yes = await ask(t("Delete this message?"), t("Everything kept about it goes, and what it taught about its recipients. Its picture and its links go on working, and nothing more is recorded."), t("Delete"));
    if (yes) await doing(event, async () => { await call("DELETE", `messages/${id}`); toast(t("Deleted.")); go(to("messages"), {replace: true}); });
  }

  const replied = (event, recipient) => doing(event, async () => {
    await call("POST", `messages/${id}/replies`, {recipient: recipient.email});
    toast(t("Noted: {who} replied.", {who: named(recipient)}));
    setTimeout(() => load().catch(() => {}), 1500); // the fold is behind the answer
  });

  // --- what is shown ---

  const recipientCard = each => {
    const todo = advice.get(each.email);
    return html`<section class="card" aria-label=${named(each)}>
      <div class="row apart"><h2>${each.email ? html`<a href=${to("contact", {email: each.email})}>${named(each)}</a>` : named(each)}</h2>
        ${state(each.complained_at ? "complained" : each.status)}</div>
      <p>${known(each)}${each.inferred_open ? html` <span class="soft">${t("No open was seen, but whoever does that has read it.")}</span>` : nothing}${confidence(each)}</p>
      ${each.away_until ? html`<p class="tag">${icon("away")}${t("Away until {date}", {date: at(`${each.away_until}T12:00:00Z`, "day")})}</p>` : nothing}
      ${todo && todo.step !== "done" ? html`<div class="note"><p><span class="strong">${STEPS[todo.step]?.() ?? todo.step}</span>${todo.at && new Date(todo.at) > now() ? html` · ${todo.step === "wait" ? t("until {when}", {when: at(todo.at, "weekday")}) : at(todo.at, "weekday")}` : nothing}</p><p class="soft small">${todo.reason}</p></div>` : nothing}
      <div class="row small">${each.email && !each.replied_at ? html`<button class="plain" @click=${event => replied(event, each)}>${icon("replied")}${t("They replied")}</button>` : nothing}
        ${each.page_url ? html`<a class="button plain" href=${each.page_url} target="_blank" rel="noopener">${t("What they see")}</a>` : nothing}</div>
    </section>`;
  };

  const sharedCard = one => html`<section class="card" aria-label=${t("The copy that all of them got")}>
      <div class="row apart"><h2>${t("The copy that all of them got")}</h2>${state(one.status)}</div>
      <p>${one.text}${confidence({...one, email: ""})}</p></section>`;

  // The surest counted event that the state rests on.
  function confidence(recipient) {
    const kind = {opened: "open", clicked: "click", replied: "reply", bounced: "bounce"}[recipient.status];
    const found = (message.events ?? []).filter(each => each.recipient === recipient.email && each.kind === kind && (each.counted || kind === "reply" || kind === "bounce"));
    return found.length ? html` <span class="soft">${sure(Math.max(...found.map(each => each.verdict.confidence)))}.</span>` : nothing;
  }

  const isMachine = each => !each.counted && !each.held_until && !each.corrected && (each.kind === "open" || each.kind === "click");
  const whose = event => event.shared ? t("One of them") : named(message.recipients.find(each => each.email === event.recipient) ?? {email: event.recipient});

  const line = each => {
    const who = whose(each), held = each.held_until && new Date(each.held_until) > now();
    const device = each.device ? html` · ${DEVICES[each.device]?.() ?? each.device}` : nothing;
    const said = isMachine(each) ? MACHINES[each.kind](who) : HAPPENED[each.kind](who);
    return html`<li class=${isMachine(each) || each.corrected ? "machine" : nothing}>${glyph(isMachine(each) || each.corrected ? "machine" : GLYPHS[each.kind])}
      <div><p>${each.corrected ? html`<del>${said}</del> <span class="tag">${t("Taken back")}</span>` : html`<span class="strong">${said}</span>`}
        <span class="soft">${when(each.at)}${isMachine(each) || each.corrected ? nothing : html` · ${held ? t("being looked at, sure in about a minute") : sure(each.verdict.confidence)}`}${device}</span></p>
      ${each.possibly_forwarded ? html`<p class="tag">${t("Perhaps somebody it was passed on to")}</p>` : nothing}
      ${each.link ? html`<p class="small soft mono">${each.link}</p>` : nothing}
      ${each.explanation ? html`<details><summary class="small">${t("Why?")}</summary><p class="small">${each.explanation}</p></details>` : nothing}</div></li>`;
  };

  const timeline = () => {
    const all = [...(message.events ?? [])].reverse();
    const hidden = all.filter(isMachine).length, shown = machines ? all : all.filter(each => !isMachine(each));
    return html`<section class="stack" aria-labelledby="happened"><div class="row apart"><h2 id="happened">${t("What happened")}</h2>
      ${hidden ? html`<button class="plain small" aria-pressed=${machines} @click=${showMachines}>${icon("machine")}${tn("{n} fetch by a machine, not counted", "{n} fetches by machines, not counted", hidden)}</button>` : nothing}</div>
      ${shown.length ? html`<ol class="card timeline">${shown.map(line)}</ol>` : html`<p class="soft">${t("Nothing so far.")}</p>`}
      ${message.at_least ? html`<p class="soft small">${t("There were more: after {n} events counting stops.", {n: (2000).toLocaleString()})}</p>` : nothing}</section>`;
  };
  const showMachines = () => { machines = !machines; draw(); };

  const links = () => {
    const clicks = new Map();
    for (const each of message.events ?? []) if (each.link && each.counted) clicks.set(each.link, (clicks.get(each.link) ?? 0) + 1);
    return clicks.size ? html`<section class="stack"><h2>${t("Links that were followed")}</h2><ul class="list">${[...clicks].map(([url, n]) => html`<li><div class="line">
      ${glyph("clicked")}<span class="mono">${url}</span><span class="aside">${tn("{n} time", "{n} times", n)}</span></div></li>`)}</ul></section>` : nothing;
  };

  const reminder = () => "remind_at" in message ? html`<div class="row">${icon("remind")}
      <span>${message.remind_at ? t("You are reminded {when}.", {when: at(message.remind_at, "weekday")}) : t("No reminder.")}</span>
      <select aria-label=${t("Remind me")} id="remind" @change=${remind}><option value="">${t("Remind me…")}</option>${REMIND().map(([name, label]) => html`<option value=${name}>${label}</option>`)}<option value="date">${t("On a day…")}</option>${message.remind_at ? html`<option value="none">${t("Not at all")}</option>` : nothing}</select>
      ${dialog}</div>` : nothing;

  function remind(event) {
    const wish = event.target.value;
    event.target.value = "";
    if (wish === "date") {
      dialog = html`<input type="date" class="day" aria-label=${t("Day")} min=${new Date(now()).toISOString().slice(0, 10)} @change=${chosen => { dialog = null; change(chosen, {remind: chosen.target.value}, t("You will be reminded.")); }}>`;
      draw();
      document.querySelector("input.day").focus();
    } else if (wish) change(event, {remind: wish === "none" ? null : wish}, wish === "none" ? t("No reminder.") : t("You will be reminded."));
  }

  const draw = () => place.show(html`<div class="stack wide">
    <div class="stack"><a class="row small soft" href=${to("messages")}>${icon("back")}${t("Messages")}</a>
      <div class="top"><div class="stack"><h1>${message.subject || t("(no subject)")}</h1><p class="soft">${t("Sent {when}", {when: at(message.sent_at, "full")})}${message.muted ? html` · ${icon("mute")}${t("muted")}` : nothing}</p></div>
        <div class="row">${message.thread && "thread_muted" in message ? html`<button aria-pressed=${message.thread_muted} @click=${event => change(event, {thread_muted: !message.thread_muted}, message.thread_muted ? t("You are told of this thread again.") : t("Muted: you are not told of this thread any more."))}>${icon(message.thread_muted ? "mute" : "bell")}${message.thread_muted ? t("Thread muted") : t("Mute the thread")}</button>` : nothing}
          <button aria-pressed=${message.muted} @click=${toggle}>${icon(message.muted ? "mute" : "bell")}${message.muted ? t("Muted") : t("Mute")}</button></div></div>
      ${reminder()}</div>
    <div class="cards">${message.shared_copy ? sharedCard(message.shared_copy) : nothing}${message.recipients.map(recipientCard)}</div>
    ${timeline()}${links()}
    <section class="stack"><div><button class="danger" @click=${remove}>${icon("remove")}${t("Delete")}</button></div></section></div>`);

  place.keys = {m: () => toggle(null), x: showMachines, r: () => document.getElementById("remind")?.focus()};
  place.news = items => { if (items.some(each => each.message === id)) load().catch(() => {}); };
  await load();
  if (place.params.get("do") === "mute" && !message.muted) {
    history.replaceState(history.state, "", to("message", {id}));
    await mute(id, true, load);
  }
  // What is held is sure in a moment: look once more then.
  const waits = (message.events ?? []).map(each => each.held_until && new Date(each.held_until) - now()).filter(each => each > 0);
  if (waits.length) {
    const again = setTimeout(() => load().catch(() => {}), Math.min(...waits) + 65_000);
    place.closed = () => clearTimeout(again);
  }
}
