// Tracks a mail as Outlook sends it. Classic Outlook runs this in an engine of ES2016, without a page: no await, no spread.
// HOST stands in front of it when it is served. Whatever fails, the mail goes out as it was written.

const LIMIT = 4000; // milliseconds: Outlook itself asks the user after five seconds
const HEADER = "X-Unsealed";
// What setAsync would harm: office-js issues 6808, 6944 (inline images), 6792 (attachments in the cloud).
const INLINE = /<img[^>]+src\s*=\s*["']?\s*(?:cid|data|blob):|<v:imagedata/i;

const promised = act => new Promise((yes, no) => act(result =>
  result.status === Office.AsyncResultStatus.Succeeded ? yes(result.value) : no(new Error(result.error ? result.error.message : "refused"))));

const later = (milliseconds, why) => new Promise((_, no) => setTimeout(() => no(new Error(why)), milliseconds));

const refuse = why => Promise.reject(new Error(why));

function call(method, path, body) {
  const token = Office.context.roamingSettings.get("unsealed");
  if (!token) return refuse("not signed in");
  const headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"};
  return fetch(HOST + path, {method: method, headers: headers, body: body && JSON.stringify(body)})
    .then(answer => answer.ok ? (answer.status === 204 ? null : answer.json()) : refuse("answered " + answer.status));
}

/** The mail that is written, tracked: its message. Rejects, with the mail untouched, where it cannot be or the limit is over. */
function track(item) {
  let late = false;
  const html = {coercionType: Office.CoercionType.Html};
  const work = promised(done => item.internetHeaders.getAsync([HEADER], done))
    .then(found => found[HEADER] ? refuse("tracked already") : promised(done => item.body.getTypeAsync(done)))
    .then(type => type === Office.CoercionType.Html ? promised(done => item.getAttachmentsAsync(done)) : refuse("plain text"))
    .then(files => files.some(each => each.isInline || each.attachmentType === "cloud") ? refuse("inline images") : Promise.all([
      promised(done => item.body.getAsync(Office.CoercionType.Html, done)),
      promised(done => item.subject.getAsync(done)),
      promised(done => item.to.getAsync(done)),
      promised(done => item.cc.getAsync(done)),
      promised(done => item.bcc.getAsync(done)),
    ]))
    .then(parts => {
      const people = parts[2].concat(parts[3], parts[4]);
      if (INLINE.test(parts[0])) return refuse("inline images");
      const recipients = people.map(each => ({email: each.emailAddress, name: each.displayName || ""}));
      return call("POST", "/v1/messages", {subject: parts[1] || "", html: parts[0], recipients: recipients, copies: "shared", door: "outlook"});
    })
    .then(message => {
      const copy = message.recipients[0];
      if (late || !copy.html) return remove(message).then(() => refuse(copy.not_tracked || "late"));
      return promised(done => item.body.setAsync(copy.html, html, done))
        .then(() => promised(done => item.internetHeaders.setAsync({[HEADER]: message.id}, done)))
        .then(() => message);
    });
  return Promise.race([work, later(LIMIT, "late")]).catch(error => { late = true; throw error; });
}

const remove = message => call("DELETE", "/v1/messages/" + message.id).catch(() => null);

/** Outlook is about to send. */
function onMessageSend(event) {
  const go = () => event.completed({allowEvent: true});
  track(Office.context.mailbox.item).then(go, go);
}

/** The button. Where Outlook lets an add-in send (Mailbox 1.15) it sends; else it says that the mail can go now. */
function trackAndSend(event) {
  const item = Office.context.mailbox.item;
  const sends = Office.context.requirements.isSetSupported("Mailbox", "1.15") && item.sendAsync;
  const say = text => item.notificationMessages.replaceAsync(
    "unsealed", {type: "informationalMessage", message: text, icon: "Icon.16", persistent: false}, () => event.completed());
  track(item).then(message => sends
    ? item.sendAsync(result => result.status === Office.AsyncResultStatus.Succeeded ? event.completed() : remove(message).then(() => say("Outlook did not send it.")))
    : say("Tracked. Send it when you like."),
  error => sends ? item.sendAsync(() => event.completed()) : say("Not tracked: " + error.message + ". You can send it as it is."));
}

Office.onReady();
Office.actions.associate("onMessageSend", onMessageSend);
Office.actions.associate("trackAndSend", trackAndSend);
