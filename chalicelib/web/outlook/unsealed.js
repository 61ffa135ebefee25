// Tracks a mail as Outlook sends it. Classic Outlook runs this in an engine of ES2016, without a page: no await, no spread.
// HOST and WORDS stand in front of it when it is served. Whatever fails, the mail goes out as it was written.

const LIMIT = 4000; // milliseconds that a mail waits: Outlook itself asks the user after five seconds
const ANSWER = 3300; // of these, how many the server has: what is begun to be written into a mail is written to the end
const HEADER = "X-Unsealed";
const LARGEST = 1000000; // characters that setAsync takes
// What setAsync would harm: office-js issues 6808, 6944 (inline images), 6792 (attachments in the cloud).
const INLINE = /\b(?:src|background)\s*=\s*["']?\s*(?:cid|data|blob):|url\(\s*["']?(?:cid|data):|<v:imagedata/i;

/** A sentence in the language of Outlook. */
function say(sentence) {
  const words = WORDS[(Office.context.displayLanguage || "en").slice(0, 2)] || {};
  return words[sentence] || sentence;
}

const promised = act => new Promise((yes, no) => act(result =>
  result.status === Office.AsyncResultStatus.Succeeded ? yes(result.value) : no(new Error(result.error ? result.error.message : "refused"))));

const refuse = why => Promise.reject(new Error(why));

/** What becomes of a piece of work, if it is done in time. */
const within = (milliseconds, work) => Promise.race([work, new Promise((_, no) => setTimeout(() => no(new Error(say("it took too long"))), milliseconds))]);

function call(method, path, body) {
  const token = Office.context.roamingSettings.get("unsealed");
  if (!token) return refuse(say("you are not signed in"));
  const headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"};
  return fetch(HOST + path, {method: method, headers: headers, credentials: "omit", body: body && JSON.stringify(body)})
    .then(answer => answer.ok ? (answer.status === 204 ? null : answer.json()) : refuse(say("the server refused it") + " (" + answer.status + ")"));
}

const remove = message => call("DELETE", "/v1/messages/" + message.id).catch(() => null);

/** The mail that is written, as the API takes it. Rejects where it has to stay as it is. */
function written(item) {
  const html = Office.CoercionType.Html;
  return promised(done => item.internetHeaders.getAsync([HEADER], done))
    .then(found => found[HEADER] ? refuse(say("it is tracked already")) : promised(done => item.body.getTypeAsync(done)))
    .then(type => type === html ? promised(done => item.getAttachmentsAsync(done)) : refuse(say("it is plain text")))
    .then(files => files.some(each => each.isInline || each.attachmentType === "cloud") ? refuse(say("Outlook would harm its pictures")) : Promise.all([
      promised(done => item.body.getAsync(html, done)),
      promised(done => item.subject.getAsync(done)),
      promised(done => item.to.getAsync(done)),
      promised(done => item.cc.getAsync(done)),
      promised(done => item.bcc.getAsync(done)),
    ]))
    .then(parts => {
      if (INLINE.test(parts[0])) return refuse(say("Outlook would harm its pictures"));
      const people = {};
      parts[2].concat(parts[3], parts[4]).forEach(each => { people[(each.emailAddress || "").toLowerCase()] = each; });
      const recipients = Object.keys(people).map(email => ({email: email, name: (people[email].displayName || "").slice(0, 200)}));
      if (!recipients.length) return refuse(say("it goes to nobody yet"));
      return {subject: (parts[1] || "").slice(0, 998), html: parts[0], recipients: recipients, copies: "shared", prepared: true, door: "outlook"};
    });
}

/** Track the mail that is written. Rejects, with the mail untouched, where it cannot be, or in time. */
function track(item) {
  let late = false;
  const asked = written(item).then(mail => call("POST", "/v1/messages", mail).then(message => {
    const copy = message.recipients[0];
    if (!late && copy.html && copy.html !== mail.html && copy.html.length <= LARGEST) return message;
    return remove(message).then(() => refuse(say("it cannot be tracked")));
  }));
  const changed = within(ANSWER, asked).catch(error => { late = true; throw error; }).then(message =>
    promised(done => item.body.setAsync(message.recipients[0].html, {coercionType: Office.CoercionType.Html}, done))
      .catch(error => remove(message).then(() => { throw error; }))
      .then(() => promised(done => item.internetHeaders.setAsync({[HEADER]: message.id}, done)))
      .then(() => call("PATCH", "/v1/messages/" + message.id, {sent: true}))); // what is never confirmed is gone by itself
  return within(LIMIT, changed);
}

/** Outlook is about to send. */
function onMessageSend(event) {
  const go = () => event.completed({allowEvent: true});
  track(Office.context.mailbox.item).then(go, go);
}

/** The button. Where Outlook lets an add-in send (Mailbox 1.15) it sends; else it says that the mail can go now. */
function trackAndSend(event) {
  const item = Office.context.mailbox.item;
  const sends = Office.context.requirements.isSetSupported("Mailbox", "1.15") && item.sendAsync;
  const tell = text => item.notificationMessages.replaceAsync(
    "unsealed", {type: "informationalMessage", message: text.slice(0, 150), icon: "Icon.16", persistent: false}, () => event.completed());
  const send = after => item.sendAsync(result => result.status === Office.AsyncResultStatus.Succeeded ? event.completed() : after());
  track(item).then(
    () => sends ? send(() => tell(say("Outlook did not send it. It is tracked: send it when you like."))) : tell(say("Tracked. Send it when you like.")),
    error => {
      const why = say("Not tracked: {why}. You can send it as it is.").replace("{why}", error.message);
      return sends ? send(() => tell(why)) : tell(why);
    });
}

Office.onReady();
Office.actions.associate("onMessageSend", onMessageSend);
Office.actions.associate("trackAndSend", trackAndSend);
