// Runs the add-in's own script, as a deployment serves it, in Microsoft's mock of Outlook. Each line of standard input is a mail
// and its circumstances as JSON; each is answered by a line with what became of it. The script is read anew for every mail.
// node mock.mjs FOLDER_OF_NODE_MODULES
import {createRequire} from "node:module";
import {createInterface} from "node:readline";
import {createContext, runInContext} from "node:vm";

const {OfficeMockObject} = createRequire(`${process.argv[2]}/`)("office-addin-mock");
const given = value => (...rest) => rest.pop()({status: "succeeded", value});

async function sent({url, token, name, html, type, files, sends, to, cc, header, language, refusesText, hurry}) {
  const after = {html, headers: {}, sent: null, allowed: null, said: "", asked: "", written: 0};
  const item = {
    body: {
      getTypeAsync: given(type),
      getAsync: given(html),
      setAsync: (text, options, done) => {
        if (refusesText) return done({status: "failed", error: {message: "no"}});
        after.html = text;
        after.written += 1;
        return done({status: "succeeded"});
      },
    },
    subject: {getAsync: given("Offer")},
    to: {getAsync: given(to)},
    cc: {getAsync: given(cc)},
    bcc: {getAsync: given([])},
    getAttachmentsAsync: given(files),
    internetHeaders: {getAsync: given(header ? {"X-Unsealed": header} : {}), setAsync: (headers, done) => { Object.assign(after.headers, headers); done({status: "succeeded"}); }},
    notificationMessages: {replaceAsync: (key, told, done) => { after.said = told.message; done({status: "succeeded"}); }},
    ...(sends ? {sendAsync: done => { after.sent = after.html; done({status: sends, error: {message: "no"}}); }} : {}),
  };
  const functions = {};
  const Office = new OfficeMockObject({
    host: "outlook",
    onReady: () => undefined,
    actions: {associate: (called, act) => { functions[called] = act; }},
    context: {
      mailbox: {item},
      displayLanguage: language,
      roamingSettings: {get: () => token || undefined},
      requirements: {isSetSupported: () => Boolean(sends)},
    },
    AsyncResultStatus: {Succeeded: "succeeded"},
    CoercionType: {Html: "html", Text: "text"},
  });
  // As bare as Outlook's, but for its clock, which may hurry: what it waits for takes so many times less, as measured too.
  const engine = createContext({Office, fetch, setTimeout: (act, milliseconds) => setTimeout(act, milliseconds / hurry)});
  runInContext(await (await fetch(`${url}/outlook/unsealed.js`)).text(), engine);
  const begun = performance.now(), work = process.cpuUsage();
  await new Promise(done => functions[name]({completed: answer => { after.allowed = answer ? answer.allowEvent : null; after.asked = (answer && answer.errorMessage) || ""; done(); }}));
  const spent = process.cpuUsage(work);
  return {...after, milliseconds: Math.round((performance.now() - begun) * hurry), cpu: (spent.user + spent.system) / 1e6};
}

for await (const line of createInterface({input: process.stdin})) {
  const told = await sent(JSON.parse(line)).catch(error => ({failure: error.stack}));
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
process.exit(0); // whatever an earlier mail still waits for
