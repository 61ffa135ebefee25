// Runs the add-in's own script, as a deployment serves it, in Microsoft's mock of Outlook: one JSON line with what became of the mail.
// node mock.mjs FOLDER_OF_NODE_MODULES URL TOKEN FUNCTION HTML TYPE FILES SENDS
import {createRequire} from "node:module";

const [folder, url, token, name, html, type, files, sends] = process.argv.slice(2);
const {OfficeMockObject} = createRequire(`${folder}/`)("office-addin-mock");
const given = value => (...rest) => rest.pop()({status: "succeeded", value});
const after = {html, headers: {}, sent: false, allowed: null, said: ""};
const item = {
  body: {
    getTypeAsync: given(type),
    getAsync: given(html),
    setAsync: (text, options, done) => { after.html = text; done({status: "succeeded"}); },
  },
  subject: {getAsync: given("Offer")},
  to: {getAsync: given([{emailAddress: "bob@example.com", displayName: "Bob"}])},
  cc: {getAsync: given([{emailAddress: "eve@example.org", displayName: ""}])},
  bcc: {getAsync: given([])},
  getAttachmentsAsync: given(JSON.parse(files)),
  internetHeaders: {getAsync: given({}), setAsync: (headers, done) => { Object.assign(after.headers, headers); done({status: "succeeded"}); }},
  notificationMessages: {replaceAsync: (key, told, done) => { after.said = told.message; done({status: "succeeded"}); }},
  ...(sends === "yes" ? {sendAsync: done => { after.sent = true; done({status: "succeeded"}); }} : {}),
};
const functions = {};
globalThis.Office = new OfficeMockObject({
  host: "outlook",
  onReady: () => undefined,
  actions: {associate: (called, act) => { functions[called] = act; }},
  context: {
    mailbox: {item},
    roamingSettings: {get: () => token || undefined},
    requirements: {isSetSupported: () => sends === "yes"},
  },
  AsyncResultStatus: {Succeeded: "succeeded"},
  CoercionType: {Html: "html", Text: "text"},
});
(0, eval)(await (await fetch(`${url}/outlook/unsealed.js`)).text());
const begun = performance.now();
await new Promise(done => functions[name]({completed: answer => { after.allowed = answer ? answer.allowEvent : null; done(); }}));
console.log(JSON.stringify({...after, milliseconds: Math.round(performance.now() - begun)}));
process.exit(0);
