// Parts that several pages show: icons, states, times, people, empty places, questions.

import {html, nothing, render, svg} from "./lit-html.js";
import {ago, at, call, percent, t, tn, to} from "./core.js";

export {html, nothing, render, svg};

// Icons of Lucide (lucide.dev), ISC License, Copyright (c) Lucide Icons and Contributors.
const PATHS = {
  today: svg`<circle cx="12" cy="12" r="4"/><path d="M12 2v2M12 20v2M4.93 4.93l1.41 1.41M17.66 17.66l1.41 1.41M2 12h2M20 12h2M6.34 17.66l-1.41 1.41M19.07 4.93l-1.41 1.41"/>`,
  messages: svg`<path d="M22 12h-6l-2 3h-4l-2-3H2M5.45 5.11 2 12v6a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-6l-3.45-6.89A2 2 0 0 0 16.76 4H7.24a2 2 0 0 0-1.79 1.11z"/>`,
  contacts: svg`<path d="M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M16 3.13a4 4 0 0 1 0 7.74M22 21v-2a4 4 0 0 0-3-3.87"/><circle cx="9" cy="7" r="4"/>`,
  settings: svg`<path d="M20 7h-9M14 17H5"/><circle cx="17" cy="17" r="3"/><circle cx="7" cy="7" r="3"/>`,
  compose: svg`<path d="M13 21h8M21.17 6.81a1 1 0 0 0-3.98-3.98L3.84 16.17a2 2 0 0 0-.5.83l-1.32 4.35a.5.5 0 0 0 .62.62l4.35-1.32a2 2 0 0 0 .83-.5z"/>`,
  opened: svg`<path d="M21.2 8.4c.5.38.8.97.8 1.6v10a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V10a2 2 0 0 1 .8-1.6l8-6a2 2 0 0 1 2.4 0zM22 10l-8.97 5.7a1.94 1.94 0 0 1-2.06 0L2 10"/>`,
  clicked: svg`<path d="M14 4.1 12 6M5.1 8l-2.9-.8M6 12l-1.9 2M7.2 2.2 8 5.1M9.04 9.69a.5.5 0 0 1 .65-.65l11 4.5a.5.5 0 0 1-.07.95l-4.35 1.04a1 1 0 0 0-.74.74l-1.04 4.35a.5.5 0 0 1-.95.07z"/>`,
  replied: svg`<g class="turns"><path d="M20 18v-2a4 4 0 0 0-4-4H4M9 17l-5-5 5-5"/></g>`,
  bounced: svg`<path d="M22 12.5V6a2 2 0 0 0-2-2H4a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h8.8M22 7l-9 5.73a2 2 0 0 1-2 0L2 7M16.5 16.5l5 5M21.5 16.5l-5 5"/>`,
  complained: svg`<path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01"/>`,
  no_evidence: svg`<path d="M10.1 2.18a10 10 0 0 1 3.8 0M13.9 21.82a10 10 0 0 1-3.8 0M17.61 3.72a10 10 0 0 1 2.69 2.7M2.18 13.9a10 10 0 0 1 0-3.8M20.28 17.6a10 10 0 0 1-2.7 2.7M21.82 10.1a10 10 0 0 1 0 3.8M3.72 6.4a10 10 0 0 1 2.7-2.7M6.4 20.28a10 10 0 0 1-2.7-2.7"/>`,
  cannot_know: svg`<path d="M10.73 5.08a10.74 10.74 0 0 1 11.2 6.57 1 1 0 0 1 0 .7 10.75 10.75 0 0 1-1.44 2.49M14.08 14.16a3 3 0 0 1-4.24-4.24M17.48 17.5a10.75 10.75 0 0 1-15.42-5.15 1 1 0 0 1 0-.7 10.75 10.75 0 0 1 4.45-5.14M2 2l20 20"/>`,
  not_tracked: svg`<circle cx="12" cy="12" r="10"/><path d="m4.93 4.93 14.14 14.14"/>`,
  machine: svg`<path d="M12 8V4H8M2 14h2M20 14h2M15 13v2M9 13v2"/><rect width="16" height="12" x="4" y="8" rx="2"/>`,
  away: svg`<path d="M16 14v2.2l1.6 1M16 2v3M21 7.34V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h2.34M3 9h5.86M8 2v3"/><circle cx="16" cy="16" r="6"/>`,
  call: svg`<path d="M13.83 16.57a1 1 0 0 0 1.22-.3l.35-.47A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.47.35a1 1 0 0 0-.3 1.23 14 14 0 0 0 6.4 6.39"/>`,
  remind: svg`<circle cx="12" cy="13" r="8"/><path d="M12 9v4l2 2M5 3 2 6M22 6l-3-3M6.38 18.7 4 21M17.64 18.67 20 21"/>`,
  mute: svg`<path d="M10.27 21a2 2 0 0 0 3.46 0M17 17H4a1 1 0 0 1-.74-1.67C4.59 13.96 6 12.5 6 8a6 6 0 0 1 .26-1.74M2 2l20 20M8.67 3.01A6 6 0 0 1 18 8c0 2.69.77 4.65 1.7 6.05"/>`,
  bell: svg`<path d="M10.27 21a2 2 0 0 0 3.46 0M3.26 15.33A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.67C19.41 13.96 18 12.5 18 8A6 6 0 0 0 6 8c0 4.5-1.41 5.96-2.74 7.33"/>`,
  search: svg`<path d="m21 21-4.34-4.34"/><circle cx="11" cy="11" r="8"/>`,
  check: svg`<path d="M20 6 9 17l-5-5"/>`,
  copy: svg`<rect width="14" height="14" x="8" y="8" rx="2"/><path d="M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2"/>`,
  remove: svg`<path d="M10 11v6M14 11v6M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6M3 6h18M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2"/>`,
  clock: svg`<circle cx="12" cy="12" r="10"/><path d="M12 6v6l4 2"/>`,
  back: svg`<g class="turns"><path d="m12 19-7-7 7-7M19 12H5"/></g>`,
};

export const icon = name => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${PATHS[name]}</svg>`;

// --- states ---

const STATES = {
  opened: () => t("Opened"), clicked: () => t("Clicked"), replied: () => t("Replied"), bounced: () => t("Bounced"),
  no_evidence: () => t("No sign yet"), cannot_know: () => t("Cannot know"), not_tracked: () => t("Not tracked"),
  complained: () => t("Marked as spam"),
};

/** A state's word. */
export const word = status => (STATES[status] ?? (() => status))();

/** A state as glyph and word. */
export const state = status => html`<span class="state ${status}">${icon(status)}${word(status)}</span>`;

/** A state's glyph in its circle; the word stands beside it, or is said by `label`. */
export const glyph = (name, label = "") => html`<span class="glyph ${name}" title=${label || nothing}>${icon(name)}${label ? html`<span class="hidden">${label}</span>` : nothing}</span>`;

/** What one recipient's state says, in a sentence. */
export function known(recipient) {
  const who = named(recipient);
  switch (recipient.status) {
    case "replied": return t("{who} replied {when}.", {who, when: ago(recipient.replied_at)});
    case "bounced": return t("It did not reach {who}: the mail came back {when}.", {who, when: ago(recipient.bounced_at)});
    case "clicked": return tn("{who} followed a link {when}.", "{who} followed links {n} times, first {when}.", recipient.clicks, {who, when: ago(recipient.clicked_at)});
    case "opened": return tn("{who} opened it {when}.", "{who} opened it {n} times, first {when}.", recipient.opens, {who, when: ago(recipient.opened_at)});
    case "cannot_know": return t("{who}'s mail program hides opens. A click or a reply would tell.", {who});
    case "not_tracked": return t("{who}'s copy is not tracked: {why}.", {who, why: whyNot(recipient.not_tracked)});
    default: return t("No sign that {who} has opened it.", {who});
  }
}

const WHY_NOT = {
  denied: () => t("they refused"), unknown: () => t("they have not agreed"), erased: () => t("they were erased"),
  signed: () => t("the mail is signed, and a change would break the signature"), encrypted: () => t("the mail is encrypted"),
  gateway: () => t("it went another way"), failed: () => t("it could not be rewritten, and went out as you wrote it"),
};

export const whyNot = reason => (WHY_NOT[reason] ?? (() => String(reason).replaceAll("_", " ")))();

/** What to call somebody: their name, or their address, or that they were erased. */
export const named = person => person.name || person.email || t("somebody who was erased");

/** Up to three people in a line. */
export function people(recipients) {
  const shown = recipients.slice(0, 3).map(named).join(", ");
  return recipients.length > 3 ? `${shown} +${recipients.length - 3}` : shown;
}

/** A moment in short words, in full on hovering. */
export const when = time => html`<time datetime=${new Date(time).toISOString()} title=${at(time, "full")}>${ago(time)}</time>`;

export const sure = confidence => t("{share} sure", {share: percent(confidence)});

/** The zones to choose from, once their field is entered: there are four hundred. */
export const zones = wanted => html`<datalist id="zones">${wanted ? (Intl.supportedValuesOf?.("timeZone") ?? []).map(each => html`<option value=${each}></option>`) : nothing}</datalist>`;

// --- places with nothing in them, and what went wrong ---

export const empty = (name, sentence, more = nothing) => html`<div class="empty">${icon(name)}<p>${sentence}</p>${more}</div>`;

export const loading = () => html`<p class="soft" role="status">${t("Loading…")}</p>`;

export const failed = (problem, again) => html`<div class="empty" role="alert">${icon("complained")}<p>${problem.message}</p>
  <button @click=${again}>${t("Try again")}</button></div>`;

// --- a message in a list ---

/** One line of a list of messages: the state in word and glyph, the subject, who, one fact. */
export const messageRow = message => html`<li><a href=${to("message", {id: message.id})}>
  ${glyph(status(message))}
  <span class="line-of"><span class="strong">${message.subject || t("(no subject)")}</span><br>
    <span class="soft small">${people(message.recipients)}</span></span>
  <span class="aside">${message.muted ? html`<span title=${t("Muted")}>${icon("mute")}<span class="hidden">${t("Muted")}</span></span> ` : nothing}<span class="state ${status(message)}">${word(status(message))}</span><br>${fact(message)}</span>
</a></li>`;

const status = message => message.recipients.some(each => each.complained_at) ? "complained" : message.status;

/** The one fact that says most: when it happened last, how often; else when it was sent. */
function fact(message) {
  const known = [...message.recipients, message.shared_copy].filter(Boolean);
  const all = known.flatMap(each => [each.replied_at, each.clicked_at, each.opened_at, each.bounced_at]).filter(Boolean);
  const opens = known.reduce((sum, each) => sum + each.opens, 0);
  if (!all.length) return t("sent {when}", {when: ago(message.sent_at)});
  return html`${opens > 1 ? html`${t("{n} times", {n: opens})} · ` : nothing}${when(all.sort().at(-1))}`;
}

// --- telling and asking ---

let fading;

/** A sentence at the foot of the page, with something to press where there is something to take back. */
export function toast(sentence, label, act) {
  const place = document.getElementById("toast");
  clearTimeout(fading);
  const gone = () => render(nothing, place);
  render(html`<div class="toast" role="status"><span>${sentence}</span>${label ? html`<button @click=${() => { gone(); act(); }}>${label}</button>` : nothing}</div>`, place);
  fading = setTimeout(gone, label ? 9000 : 4000);
}

/** Ask once, in a dialog: whether the answer was yes. */
export function ask(question, explanation, yes, danger = true) {
  return new Promise(resolve => {
    const place = document.getElementById("ask");
    const done = answer => { place.querySelector("dialog").close(); render(nothing, place); resolve(answer); };
    render(html`<dialog aria-labelledby="question" @cancel=${event => { event.preventDefault(); done(false); }}>
      <div class="stack"><h2 id="question">${question}</h2><p class="soft">${explanation}</p>
      <div class="row"><button autofocus @click=${() => done(false)}>${t("Cancel")}</button><button class=${danger ? "danger" : "main"} @click=${() => done(true)}>${yes}</button></div></div>
    </dialog>`, place);
    place.querySelector("dialog").showModal();
  });
}

/** Do what may want a proof that it is really the sender: a code that comes to their address, asked for in a dialog. */
export async function proven(act) {
  try {
    return await act({});
  } catch (problem) {
    if (problem.field !== "code") throw problem;
  }
  const code = await codeAsked();
  if (!code) throw new Error(t("Nothing was changed."));
  return act({code});
}

/** Ask for the code that is on its way to the sender's address; "" where they would rather not. */
export function codeAsked() {
  return new Promise(resolve => {
    const place = document.getElementById("ask");
    const done = answer => { place.querySelector("dialog").close(); render(nothing, place); resolve(answer); };
    render(html`<dialog aria-labelledby="question" @cancel=${event => { event.preventDefault(); done(""); }}>
      <form class="stack" @submit=${event => { event.preventDefault(); done(event.target.elements.code.value); }}><h2 id="question">${t("Is it really you?")}</h2>
      <p class="soft">${t("A code is on its way to your address.")}</p><label class="field">${t("Code")}<input name="code" class="code" inputmode="numeric" autocomplete="one-time-code" required></label>
      <div class="row"><button type="button" @click=${() => done("")}>${t("Cancel")}</button><button class="main">${t("Confirm")}</button></div></form></dialog>`, place);
    place.querySelector("dialog").showModal();
  });
}

/** Do what a press asks for, with the button held meanwhile; what goes wrong is said. The answer, or undefined. */
export async function doing(event, act) {
  const button = event?.currentTarget ?? event?.target;
  if (button) button.disabled = true;
  try {
    return await act();
  } catch (problem) {
    toast(problem.message);
    return undefined;
  } finally {
    if (button) button.disabled = false;
  }
}

/** Mute a message or let it speak again, with a way back. */
export async function mute(id, muted, after) {
  await call("PATCH", `messages/${id}`, {muted});
  toast(muted ? t("Muted: you are not told of this mail any more.") : t("You are told of this mail again."), t("Undo"), () => mute(id, !muted, after));
  after?.();
}
