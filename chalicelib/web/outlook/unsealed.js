// Tracks a mail as Outlook sends it. Classic Outlook runs this in an engine of ES2016, without a page: no await, no spread.
// HOST and WORDS stand in front of it when it is served. Whatever fails of ours, the mail goes out as it was written.

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

/** What fails since the mail is as it is, and not since Unsealed is slow or down. */
const ofTheMail = error => Object.assign(error, {ofTheMail: true});
const refuse = why => Promise.reject(ofTheMail(new Error(why)));

/** What becomes of a piece of work, if it is done in time. */
const within = (milliseconds, work) => Promise.race([work, new Promise((_, no) => setTimeout(() => no(new Error(say("it took too long"))), milliseconds))]);

function call(method, path, body) {
  const token = Office.context.roamingSettings.get("unsealed");
  if (!token) return refuse(say("you are not signed in"));
  const headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"};
  return fetch(HOST + path, {method: method, headers: headers, credentials: "omit", body: body && JSON.stringify(body)})
    .then(answer => {
      if (answer.ok) return answer.status === 204 ? null : answer.json();
      const error = new Error(say("the server refused it") + " (" + answer.status + ")");
      throw Object.assign(error, {status: answer.status, ofTheMail: [400, 413, 422].indexOf(answer.status) >= 0});
    });
}

const remove = message => call("DELETE", "/v1/messages/" + message.id).catch(() => null);

/** Whom a mail goes to, each once. */
const people = item => Promise.all([item.to, item.cc, item.bcc].map(each => promised(done => each.getAsync(done)))).then(parts => {
  const found = {};
  parts[0].concat(parts[1], parts[2]).forEach(each => { found[(each.emailAddress || "").toLowerCase()] = each; });
  return Object.keys(found).map(email => ({email: email, name: (found[email].displayName || "").slice(0, 200)}));
});

/** The message that a mail is tracked as by now; null where it is none, or none of this sender's any more. */
const known = item => promised(done => item.internetHeaders.getAsync([HEADER], done)).then(found => found[HEADER]
  ? call("GET", "/v1/messages/" + encodeURIComponent(found[HEADER])).catch(error => error.status === 404 ? null : Promise.reject(error))
  : null);

const named = recipients => recipients.map(each => each.email).sort().join();

/** The mail that is written, to these, as the API takes it. Rejects where it has to stay as it is. */
function written(item, recipients) {
  const html = Office.CoercionType.Html;
  return promised(done => item.body.getTypeAsync(done))
    .then(type => type === html ? promised(done => item.getAttachmentsAsync(done)) : refuse(say("it is plain text")))
    .then(files => files.some(each => each.isInline || each.attachmentType === "cloud") ? refuse(say("Outlook would harm its pictures")) : Promise.all([
      promised(done => item.body.getAsync(html, done)),
      promised(done => item.subject.getAsync(done)),
    ]))
    .then(parts => {
      if (INLINE.test(parts[0])) return refuse(say("Outlook would harm its pictures"));
      if (!recipients.length) return refuse(say("it goes to nobody yet"));
      return {subject: (parts[1] || "").slice(0, 998), html: parts[0], recipients: recipients, copies: "shared", prepared: true, door: "outlook"};
    });
}

/** Track the mail that is written; anew, where it goes to others by now than when it was tracked: the API takes out what stands
    in it of the old message, which goes too, if nothing has come of it. Rejects, with the mail untouched, where it cannot be, or
    in time; `astray` on the error says that the mail itself is why it stays tracked for others than it goes to. */
function track(item) {
  let late = false, old = null;
  const failed = error => { late = true; throw Object.assign(error, {astray: Boolean(old && error.ofTheMail)}); };
  const asked = Promise.all([known(item), people(item)]).then(found => {
    if (found[0] && named(found[0].recipients) === named(found[1])) return null; // it is tracked, for them
    old = found[0];
    return written(item, found[1]).then(mail => call("POST", "/v1/messages", mail).then(message => {
      const copy = message.recipients[0];
      if (!late && copy.html && copy.html !== mail.html && copy.html.length <= LARGEST) return message;
      return remove(message).then(() => refuse(say("it cannot be tracked")));
    }));
  });
  const changed = within(ANSWER, asked).catch(failed).then(message => message &&
    promised(done => item.body.setAsync(message.recipients[0].html, {coercionType: Office.CoercionType.Html}, done))
      .catch(error => remove(message).then(() => failed(ofTheMail(error))))
      .then(() => promised(done => item.internetHeaders.setAsync({[HEADER]: message.id}, done)))
      .then(() => Promise.all([
        call("PATCH", "/v1/messages/" + message.id, {sent: true}), // what is never confirmed is gone by itself
        old && !old.events.some(each => each.counted) && remove(old),
      ])));
  return within(LIMIT, changed);
}

const astray = why => say("It is tracked for others than it goes to ({why}). Sent so, what somebody new does counts for them.").replace("{why}", why);

/** Outlook is about to send. Only where a mail cannot be tracked anew that is tracked for others does it ask (Send Anyway is one of
    the answers): never since Unsealed is slow or down. */
function onMessageSend(event) {
  const go = () => event.completed({allowEvent: true});
  track(Office.context.mailbox.item).then(go, error => error.astray ? event.completed({allowEvent: false, errorMessage: astray(error.message)}) : go());
}

/** The button. Where Outlook lets an add-in send (Mailbox 1.15) it sends; else it says that the mail can go now. */
function trackAndSend(event) {
  const item = Office.context.mailbox.item;
  const sends = Office.context.requirements.isSetSupported("Mailbox", "1.15") && item.sendAsync;
  const tell = text => item.notificationMessages.replaceAsync(
    "unsealed", {type: "informationalMessage", message: text.slice(0, 150), icon: "Icon.16", persistent: false}, () => event.completed());
  const send = after => item.sendAsync(result => result.status === Office.AsyncResultStatus.Succeeded ? event.completed() : after());
  track(item).then(
    () => sends ? send(() => tell(say("Outlook did not send it. It is tracked: send it when you like.")))
      : tell(say("Tracked, for those it goes to now. If you change them, press this again before you send it.")),
    error => {
      if (error.astray) return tell(astray(error.message));
      const why = say("Not tracked: {why}. You can send it as it is.").replace("{why}", error.message);
      return sends ? send(() => tell(why)) : tell(why);
    });
}

Office.onReady();
Office.actions.associate("onMessageSend", onMessageSend);
Office.actions.associate("trackAndSend", trackAndSend);
