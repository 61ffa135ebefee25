// Tracks a mail when it is sent. A mail is never held for that: what goes wrong, or takes too long, leaves it as it was.

import {call, home, ours, say, settings} from "./api.js";

const PATIENCE = 4_000; // milliseconds that a mail waits for us
const MARK = "X-Unsealed";
const MARKS = {opened: "✓", clicked: "✓", replied: "↩", bounced: "!", no_evidence: "", cannot_know: "?", not_tracked: "–"};

browser.compose.onBeforeSend.addListener(/** @type {any} */ (async (tab, details) => {
  const late = new Promise(done => setTimeout(done, PATIENCE, null)), untracked = error => console.warn("The mail goes out untracked:", error);
  const found = await Promise.race([late, tracked(tab, details).catch(untracked)]);
  const note = {[`prepared${tab.id}`]: found ? {id: found.message.id, at: found.message.created_at} : null}; // none of an earlier try
  if (await browser.storage.session.set(note).then(() => found, untracked)) return {details: found.details};
  return home().then(host => bare(details, host)).catch(() => ({})); // Thunderbird never lets go of a mail whose listener throws
}));

/** A mail with pixel and links: what changes of it, and its message. Nothing of what is plain text, sealed or switched off. */
async function tracked(tab, details) {
  const {token, replies} = await settings();
  if (!token || sealed(details) || !await wanted(tab.id)) return null;
  const recipients = await people([...details.to, ...details.cc, ...details.bcc]);
  if (!recipients?.length) return null;
  const pictures = new Pictures(details.body);
  const message = await call("POST", "messages", {
    subject: details.subject, recipients, html: pictures.without, copies: "shared", prepared: true, door: "thunderbird",
  }, {patience: PATIENCE, headers: {"Idempotency-Key": crypto.randomUUID()}});
  const [copy] = message.recipients, body = pictures.back(copy.html);
  if (body === null || copy.not_tracked) return null; // whoever refused gets it as it is
  const changed = {body, customHeaders: [...unmarked(details), {name: MARK, value: message.id}]};
  return {message, details: replies && !details.replyTo?.length ? {...changed, replyTo: copy.reply_to} : changed};
}

/** Whether nothing of a mail may change: it is plain text, or is going to be signed or encrypted. */
const sealed = ({isPlainText, deliveryFormat, selectedEncryptionTechnology: how}) =>
  isPlainText || deliveryFormat === "plaintext" || how?.encryptBody || how?.encryptSubject || how?.signMessage;
const unmarked = details => details.customHeaders.filter(each => each.name !== MARK);

/** What changes of a mail that is not tracked: a pixel of another mail of ours, in what is quoted or written again, goes. */
function bare(details, host) {
  const old = new RegExp(`<img\\b[^>]*?\\ssrc="${host.replace(/[.[\]]/g, "\\$&")}/o/[^"]*"[^>]*>`, "g");
  if (sealed(details) || !details.body || details.body.search(old) < 0) return {};
  return {details: {body: details.body.replace(old, ""), customHeaders: unmarked(details)}};
}

/** The recipients as the API takes them; null where one is a list or a contact, which only Thunderbird can resolve. */
async function people(given) {
  if (given.some(each => typeof each !== "string")) return null;
  const parsed = (await Promise.all(given.map(each => browser.messengerUtilities.parseMailboxString(each)))).flat();
  const mailboxes = parsed.flatMap(each => each.group ?? [each]);
  return [...new Map(mailboxes.map(({email, name}) => [email.toLowerCase(), {email, name: (name ?? "").slice(0, 200)}])).values()];
}

/** A body whose pictures, which stand in it whole, stay at home: only their places travel. */
class Pictures {
  constructor(body) {
    this.kept = [];
    this.name = crypto.randomUUID();
    this.without = body.replace(/\bdata:image\/[^"'\s)<>]{64,}/g, picture => `cid:${this.name}-${this.kept.push(picture) - 1}-`);
  }

  /** The body with them where they were; null if one is missing or stands twice. */
  back(html) {
    const parts = html.split(new RegExp(`cid:${this.name}-(\\d+)-`));
    const found = parts.filter((_, place) => place % 2).map(Number);
    if (found.some((each, place) => each !== place) || found.length !== this.kept.length) return null;
    return parts.map((part, place) => place % 2 ? this.kept[part] : part).join("");
  }
}

// --- sent, or not ---

browser.compose.onAfterSend.addListener(async (tab, sent) => {
  const name = `prepared${tab.id}`, found = (await browser.storage.session.get(name))[name];
  if (!found) return;
  await browser.storage.session.remove(name);
  const id = sent.headerMessageId ?? sent.messages?.[0]?.headerMessageId;
  await tell({id: found.id, change: sent.error ? {sent: false} : {sent_at: found.at, ...(id && {message_id: `<${id}>`})}});
});

let telling = Promise.resolve();
/** Says what became of mails, this one and those that could not be told of before. What is not taken now is told later. */
function tell(...fresh) {
  telling = telling.catch(() => null).then(async () => {
    const waiting = [...(await browser.storage.local.get("waiting")).waiting ?? [], ...fresh].slice(-500), left = [];
    await browser.storage.local.set({waiting}); // Thunderbird may stop us at any moment
    for (const each of waiting) {
      const {status = 0} = await call("PATCH", `messages/${each.id}`, each.change).then(() => ({status: 200}), error => error.status === 200 ? {} : error);
      if (status < 200 || status === 429 || status >= 500) left.push(each);
    }
    await browser.storage.local.set({waiting: left});
  });
  return telling;
}
browser.runtime.onStartup.addListener(() => tell());

// --- the button in the composer ---

const wanted = async tab => (await browser.storage.session.get(`track${tab}`))[`track${tab}`] ?? (await settings()).track;

browser.composeAction.onClicked.addListener(async ({id}) => { await browser.storage.session.set({[`track${id}`]: !await wanted(id)}); await show(id); });
browser.tabs.onCreated.addListener(tab => tab.type === "messageCompose" && show(tab.id));

async function show(tabId) {
  const {token} = await settings(), on = token && await wanted(tabId);
  const title = on ? say("tracked") : token ? say("untracked") : say("unconnected");
  await browser.composeAction.setTitle({tabId, title});
  await browser.composeAction.setBadgeText({tabId, text: on ? "✓" : "–"});
}

// --- the button of a shown mail ---

browser.messageDisplay.onMessagesDisplayed.addListener(async (tab, /** @type {any} */ {messages}) => {
  const id = messages.length === 1 ? await ours(messages[0]).catch(() => "") : "";
  const text = id ? MARKS[(await call("GET", `messages/${id}`).catch(() => ({}))).status] ?? "" : "";
  await browser.messageDisplayAction.setBadgeText({tabId: tab.id, text});
  await (id ? browser.messageDisplayAction.enable(tab.id) : browser.messageDisplayAction.disable(tab.id));
});
