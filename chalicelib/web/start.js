// The start page on one's own machine: sign in with a click, make a mail, play its readers, and see what is made of it.

import {agreed, app, get, learn, percent, t} from "./core.js";
import {html, nothing, render} from "./parts.js";

await learn("start");

const local = new URL("../_local/", app);
const PLAYERS = () => [
  ["person", t("A person reads it in Gmail")], ["click", t("A person follows the link")], ["apple", t("Apple loads it in advance")],
  ["scanner", t("A security scanner checks the link")], ["reply", t("The person replies")],
];
const KINDS = () => ({open: t("open"), click: t("click"), reply: t("reply")});
let mail = null, events = [], wrong = "";

async function post(path, body) {
  const answer = await fetch(new URL(path, local), {method: "POST", body: JSON.stringify(body ?? {}), headers: {"Content-Type": "application/json"}});
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).title ?? t("Something went wrong. Please try again."));
  return answer.json();
}

async function trying(act) {
  wrong = "";
  try { await act(); } catch (problem) { wrong = problem.message; }
  show();
}

const make = () => trying(async () => { await post("sign-in"); await agreed(true); mail = await post("mail"); events = []; });
const enter = () => trying(async () => { await post("sign-in"); await agreed(true); location.href = new URL("today", app).href; });
const play = as => trying(async () => {
  await post("play", {as, message: mail.id, pixel_url: mail.recipients[0].pixel_url, tracked_url: mail.recipients[0].links[0].tracked_url});
  events = (await get(`messages/${mail.id}`)).events;
});

const line = each => html`<li class="row"><span class="tag">${KINDS()[each.kind] ?? each.kind}</span> ${each.counted ? html`<span class="strong">${t("counted")}</span>` : html`<span class="soft">${t("not counted")}</span>`}
  <span class="soft">${percent(each.verdict.confidence)}</span> <span class="grow">${each.explanation}</span></li>`;

const $ = id => document.getElementById(id);

// What stands in the page from the beginning stays where it is: here comes only what is made by pressing.
function show() {
  $("make").lastChild.textContent = mail ? t("Make another mail") : t("Make a mail to Bob");
  render(html`${mail ? html`<p>${t("“{subject}” went to Bob. Now play who looks at it:", {subject: mail.subject})}</p>
      <div class="row">${PLAYERS().map(([as, label]) => html`<button @click=${() => play(as)}>${label}</button>`)}</div>
      <p><a href=${new URL(`message?id=${mail.id}`, app).href} target="_blank">${t("Open the mail's page")}</a>: ${t("it changes by itself.")}</p>` : nothing}
    ${events.length ? html`<ul class="stack" aria-live="polite">${events.map(line)}</ul>` : nothing}
    ${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : nothing}`, $("played"));
}

if (document.body.dataset.demo) for (const [id, act] of Object.entries({enter, make})) {
  $(id).addEventListener("click", act);
  $(id).disabled = false;
}
