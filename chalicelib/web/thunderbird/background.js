// Tracks a mail when it is sent. A mail is never held for that: what goes wrong, or takes too long, leaves it as it was.

import {call, ours, settings} from "./api.js";

const PATIENCE = 4_000; // milliseconds that a mail waits for us
const MARKS = {opened: "✓", clicked: "✓", replied: "↩", bounced: "!", no_evidence: "", cannot_know: "?", not_tracked: "–"};

browser.compose.onBeforeSend.addListener(async (tab, details) => {
  const late = new Promise(done => setTimeout(done, PATIENCE, {}));
  return Promise.race([late, tracked(tab, details).catch(error => (console.warn("The mail goes out untracked:", error), {}))]);
});

/** What changes of a mail: its body with pixel and links. Nothing of what is plain text, signed, encrypted or switched off. */
async function tracked(tab, details) {
  const {selectedEncryptionTechnology: sealed, deliveryFormat} = details, {token, replies} = await settings();
  if (!token || details.isPlainText || deliveryFormat === "plaintext" || sealed?.encryptBody || sealed?.signMessage) return {};
  if (!await wanted(tab.id)) return {};
  const recipients = await people([...details.to, ...details.cc, ...details.bcc]);
  if (!recipients?.length) return {};
  const pictures = new Pictures(details.body);
  const message = await call("POST", "messages", {
    subject: details.subject, recipients, html: pictures.without, copies: "shared", prepared: true, door: "thunderbird",
  }, {patience: PATIENCE, headers: {"Idempotency-Key": crypto.randomUUID()}});
  const [copy] = message.recipients, body = pictures.back(copy.html);
  if (body === null || copy.html === pictures.without) return {}; // whoever refused gets it as it is
  const prepared = (await browser.storage.session.get("prepared")).prepared ?? {};
  await browser.storage.session.set({prepared: {...prepared, [tab.id]: {id: message.id, at: message.created_at}}});
  const changed = {body, customHeaders: [...details.customHeaders.filter(each => each.name !== "X-Unsealed"), {name: "X-Unsealed", value: message.id}]};
  if (replies && !details.replyTo?.length) changed.replyTo = copy.reply_to;
  return {details: changed};
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
  const prepared = (await browser.storage.session.get("prepared")).prepared ?? {}, found = prepared[tab.id];
  if (!found) return;
  delete prepared[tab.id];
  await browser.storage.session.set({prepared});
  const id = sent.headerMessageId ?? sent.messages?.[0]?.headerMessageId;
  await tell({id: found.id, change: sent.error ? {sent: false} : {sent_at: found.at, ...(id && {message_id: `<${id}>`})}});
});

/** Says what became of mails, this one and those that could not be told of before. What is not taken now is told later. */
async function tell(...fresh) {
  const waiting = [...(await browser.storage.local.get("waiting")).waiting ?? [], ...fresh], left = [];
  for (const each of waiting) {
    await call("PATCH", `messages/${each.id}`, each.change).catch(error => {
      if (!error.status || error.status === 429 || error.status >= 500) left.push(each);
    });
  }
  await browser.storage.local.set({waiting: left});
}
browser.runtime.onStartup.addListener(() => tell());

// --- the button in the composer ---

const wanted = async tab => (await browser.storage.session.get(`track${tab}`))[`track${tab}`] ?? (await settings()).track;

browser.composeAction.onClicked.addListener(async tab => {
  await browser.storage.session.set({[`track${tab.id}`]: !await wanted(tab.id)});
  await show(tab.id);
});
browser.tabs.onCreated.addListener(tab => tab.type === "messageCompose" && show(tab.id));

async function show(tabId) {
  const {token} = await settings(), on = token && await wanted(tabId);
  const title = on ? "Tracked: click to send untracked" : token ? "Not tracked: click to track" : "Connect Unsealed in its settings first";
  await browser.composeAction.setTitle({tabId, title});
  await browser.composeAction.setBadgeText({tabId, text: on ? "✓" : "–"});
}

// --- the button of a shown mail ---

browser.messageDisplay.onMessagesDisplayed.addListener(async (tab, {messages}) => {
  const id = messages.length === 1 ? await ours(messages[0]).catch(() => "") : "";
  const text = id ? MARKS[(await call("GET", `messages/${id}`).catch(() => ({}))).status] ?? "" : "";
  await browser.messageDisplayAction.setBadgeText({tabId: tab.id, text});
  await (id ? browser.messageDisplayAction.enable(tab.id) : browser.messageDisplayAction.disable(tab.id));
});
