// Write a mail without an add-in: paste or write, say to whom, and take each copy with you as rich text.

import {at, call, get, now, t, tn, to} from "./core.js";
import {doing, html, icon, named, nothing, toast} from "./parts.js";

const ADDRESS = /^[^\s@,;<>]+@[^\s@,;<>]+$/;

/** Lines or commas of `Bob <bob@example.com>` and `bob@example.com`, as the API's recipients; what is none stands in `wrong`. */
export function addressed(text) {
  const recipients = [], wrong = [];
  for (const each of text.split(/[,;\n]/).map(part => part.trim()).filter(Boolean)) {
    const [, name, email] = /^(.*?)\s*<([^<>]+)>$/.exec(each) ?? [null, "", each];
    if (ADDRESS.test(email)) recipients.push({email, name: name.replace(/^"|"$/g, "")});
    else wrong.push(each);
  }
  return {recipients, wrong};
}

export async function open(place) {
  place.title(t("New mail"));
  let made = null, wrong = "", times = null, copied = new Set(), many = 0, shared = false;

  const field = name => document.querySelector(`[name=${name}]`);

  async function make(event) {
    event.preventDefault();
    wrong = "";
    const {recipients, wrong: not} = addressed(field("to").value);
    const written = document.querySelector(".paste");
    if (not.length) wrong = t("“{what}” is no address.", {what: not[0]});
    else if (!recipients.length) wrong = t("Say to whom it goes.");
    else if (!written.textContent.trim() && !written.querySelector("img")) wrong = t("The mail is empty.");
    if (wrong) return draw();
    const body = {subject: field("subject").value, recipients, html: written.innerHTML, copies: shared && recipients.length > 1 ? "shared" : "each", door: "compose"};
    await doing({target: event.submitter}, async () => { made = await call("POST", "messages", body); copied = new Set(); });
    draw();
    document.querySelector("#copies")?.scrollIntoView?.({block: "nearest"});
  }

  // The clipboard takes the HTML as rich text, and the words for programs that take none.
  const copy = (event, recipient) => doing(event, async () => {
    const words = document.querySelector(".paste").innerText;
    try {
      await navigator.clipboard.write([new ClipboardItem({
        "text/html": new Blob([recipient.html], {type: "text/html"}), "text/plain": new Blob([words], {type: "text/plain"}),
      })]);
    } catch {
      throw new Error(t("This browser does not let a page copy rich text. Chrome, Edge, Safari and newer Firefox do."));
    }
    copied.add(recipient.email);
    draw();
    toast(t("Copied: paste it into a new mail to {who}.", {who: addressees(recipient)}));
  });

  // The one copy for all stands with the first of them.
  const oneForAll = () => made.copies === "shared";
  const addressees = recipient => oneForAll() ? made.recipients.map(each => each.email).join(", ") : recipient.email;

  // When the people it goes to read: shown as soon as they are known.
  async function look() {
    const {recipients} = addressed(field("to").value);
    many = recipients.length;
    draw();
    times = await Promise.all(recipients.slice(0, 5).map(async each => {
      const found = await get(`contacts?${new URLSearchParams({q: each.email, limit: 1, weights: false})}`);
      const contact = found.items.find(one => one.email === each.email.toLowerCase());
      return {who: each.name || contact?.name || each.email, email: contact?.email, best: contact?.send_time};
    }));
    draw();
  }

  const time = ({who, email, best}) => best ? html`<li>${icon("clock")} <a href=${to("contact", {email})}>${who}</a>: <span class="strong">${best.sentence}</span>
      <span class="soft">${new Date(best.next_at) > now() ? t("for you {when}", {when: at(best.next_at, "weekday")}) : nothing}${best.enough_data ? nothing : html` · ${t("not enough data about them yet")}`}</span></li>`
    : html`<li>${icon("clock")} ${who}: <span class="soft">${t("nothing is known yet, this is your first mail to them")}</span></li>`;
  const bestTime = () => times?.length ? html`<section class="card" aria-labelledby="best"><h2 id="best">${t("The best time to send")}</h2><ul class="stack">${times.map(time)}</ul></section>` : nothing;

  const way = (value, title, said) => html`<label class="check"><input type="radio" name="copies" .checked=${shared === value} @change=${() => { shared = value; draw(); }}><span>${title}<br><span class="soft small">${said}</span></span></label>`;
  const ways = () => many > 1 ? html`<fieldset class="ways"><legend class="strong">${t("How it goes out")}</legend>
      ${way(false, t("A copy for each person"), t("You send each to its person, and know who of them opened it."))}
      ${way(true, t("One copy for all"), t("You send one mail to all of them, and know that one of them opened it, not who."))}</fieldset>` : nothing;

  const copies = () => made ? html`<section class="stack" id="copies"><h2>${t("Take it with you")}</h2>
      <p class="soft">${oneForAll() ? t("Copy it, paste it into one mail to all of them, and send it as always.") : made.recipients.length > 1 ? t("Each person has a copy of their own: send each to its person only, or what one does counts for another.") : t("Copy it, paste it into a new mail, and send it as always.")}</p>
      <ul class="list">${(oneForAll() ? made.recipients.slice(0, 1) : made.recipients).map(each => html`<li><div class="line"><span class="glyph ${copied.has(each.email) ? "opened" : ""}">${icon(copied.has(each.email) ? "check" : "copy")}</span>
        <span><span class="strong">${oneForAll() ? made.recipients.map(named).join(", ") : named(each)}</span><br><span class="soft small">${each.not_tracked ? t("Not tracked") : each.reply_to ? html`${t("Reply-To, so that replies are noticed:")} <span class="mono">${each.reply_to}</span>` : nothing}</span></span>
        <span class="aside"><button class=${copied.has(each.email) ? "" : "main"} @click=${event => copy(event, each)}>${copied.has(each.email) ? t("Copy again") : t("Copy")}</button></span></div></li>`)}</ul>
      <p><a href=${to("message", {id: made.id})}>${t("See what happens to it")}</a></p></section>` : nothing;

  const draw = () => place.show(html`<div class="stack wide"><div class="stack"><h1>${t("New mail")}</h1><p class="soft">${t("For any mail program: write it here or paste it, then take the tracked copy with you.")}</p></div>
    <form class="stack" @submit=${make}>
      <label class="field">${t("To")}<input name="to" autocomplete="off" placeholder="Bob <bob@example.com>, carol@example.com" @change=${look}></label>
      <label class="field">${t("Subject")}<input name="subject" maxlength="998"></label>
      ${ways()}
      <div class="field stack"><span class="strong" id="text">${t("Text")}</span><div class="paste" contenteditable="true" role="textbox" aria-multiline="true" aria-labelledby="text" data-hint=${t("Write, or paste a finished mail with its links and pictures.")}></div></div>
      ${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : nothing}
      <div><button class="main">${icon("check")}${shared && many > 1 ? t("Make the tracked copy") : made ? t("Make new copies") : t("Make the tracked copies")}</button></div></form>
    ${bestTime()}${copies()}</div>`);
  draw();
  const email = place.params.get("to");
  if (email) { field("to").value = email; look(); }
}
