// The pane beside a mail: signing in, and what is known of a mail that was sent. HOST and WORDS stand in front of it when served.

/** @type {(id: string) => any} */
const $ = id => document.getElementById(id);
const show = id => ["sign-in", "code", "known"].forEach(each => { $(each).hidden = each !== id; });
const language = () => (Office.context.displayLanguage ?? "en").slice(0, 2);

/** A sentence in the language of Outlook, with {names} filled in. */
const t = (sentence, values = {}) => (WORDS[language()]?.[sentence] ?? sentence).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

const STATES = () => ({no_evidence: t("no sign of opening"), opened: t("opened"), clicked: t("clicked"), replied: t("replied"), bounced: t("bounced"), cannot_know: t("cannot know"), not_tracked: t("not tracked")});
const when = time => new Date(time).toLocaleString(Office.context.displayLanguage, {weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit"});
const weekday = day => new Intl.DateTimeFormat(Office.context.displayLanguage, {weekday: "long", timeZone: "UTC"}).format(Date.UTC(2001, 0, 1 + day)); // 0 is Monday

const token = () => Office.context.roamingSettings.get("unsealed");

async function call(method, path, body, by = token()) {
  const headers = {"Content-Type": "application/json", "Accept-Language": language(), ...(by ? {"Authorization": `Bearer ${by}`} : {})};
  const answer = await fetch(HOST + path, {method, headers, credentials: "omit", body: body && JSON.stringify(body)})
    .catch(() => { throw new Error(t("Unsealed cannot be reached.")); });
  if (answer.status === 204) return null;
  const found = await answer.json().catch(() => ({}));
  if (answer.status === 401 && by === token()) throw new Error(t("Your token is good no more. Sign out, and in again."));
  if (!answer.ok) throw new Error(found.detail ?? t("Something is wrong at the server ({status}).", {status: answer.status}));
  return found;
}

function keep(value) {
  if (value) Office.context.roamingSettings.set("unsealed", value);
  else Office.context.roamingSettings.remove("unsealed");
  Office.context.roamingSettings.saveAsync(() => start());
}

const submitted = act => async event => {
  event.preventDefault();
  try { await act(); } catch (error) { $("said").textContent = error.message; }
};

function line(text, under) {
  const item = document.createElement("li"), small = document.createElement("small");
  item.textContent = text;
  small.textContent = under;
  item.append(document.createElement("br"), small);
  return item;
}

/** When to write to somebody, where enough is known of them. */
async function best(email) {
  const {send_time: time} = await call("GET", `/v1/contacts/${encodeURIComponent(email)}`).catch(() => ({send_time: null}));
  return time?.enough_data ? t("best time {when} ({zone})", {when: `${weekday(time.weekday)} ${String(time.hour).padStart(2, "0")}:00`, zone: time.time_zone}) : "";
}

/** What is known of the mail with this header: a line for each recipient, with the best time to write to them. */
async function known(id) {
  const message = await call("GET", `/v1/messages/${encodeURIComponent(id)}`), {shared_copy: shared} = message;
  const seen = message.events.filter(each => each.counted);
  const fact = event => event ? `${when(event.at)}, ${t("{share} sure", {share: `${Math.round(event.verdict.confidence * 100)}%`})}` : "";
  const lines = shared ? [line(shared.text, fact(seen.filter(each => each.shared).at(-1)))] : [];
  const people = message.recipients.filter(each => each.not_tracked !== "self").slice(0, 20);
  lines.push(...await Promise.all(people.map(async each => {
    const last = seen.filter(event => event.recipient === each.email).at(-1);
    const time = people.length <= 5 ? await best(each.email) : "";
    return line(shared && !last ? each.email : `${each.email}: ${STATES()[each.status]}`, [fact(last), time].filter(Boolean).join("; "));
  })));
  $("people").replaceChildren(...lines);
  $("more").href = `${HOST}/app/message?id=${encodeURIComponent(id)}`;
  $("more").hidden = false;
}

/** While a mail is written: whether it is tracked already, and for those whom it goes to. */
async function written(item) {
  const got = (from, ...asked) => new Promise((yes, no) => from.getAsync(...asked, result => result.error ? no(new Error(result.error.message)) : yes(result.value)));
  const {"X-Unsealed": id} = await got(item.internetHeaders, ["X-Unsealed"]);
  if (!id) return t("You are signed in. Mails are tracked as you send them, or by the button Track and send.");
  const [message, ...people] = await Promise.all([call("GET", `/v1/messages/${encodeURIComponent(id)}`), ...[item.to, item.cc, item.bcc].map(each => got(each))]);
  const named = list => [...new Set(list.map(each => each.toLowerCase()))].sort().join();
  return named(people.flat().map(each => each.emailAddress ?? "")) === named(message.recipients.map(each => each.email))
    ? t("Tracked, for those it goes to.") : t("It goes to others than it was tracked for: press Track and send.");
}

let asked = 0;
const said = telling => { const mine = ++asked; telling.catch(error => error.message).then(text => { if (mine === asked) $("said").textContent = text; }); };

function start() {
  $("said").textContent = "";
  if (!token()) return show("sign-in");
  show("known");
  const item = Office.context.mailbox.item;
  if (!item.getAllInternetHeadersAsync) {
    item.addHandlerAsync(Office.EventType.RecipientsChanged, () => said(written(item)));
    return void said(written(item));
  }
  item.getAllInternetHeadersAsync(result => {
    const found = /^X-Unsealed:\s*([0-9a-f]{32})\s*$/im.exec(result.value ?? "");
    if (!found) $("said").textContent = t("This mail is not tracked by Outlook.");
    else known(found[1]).catch(error => { $("said").textContent = error.message; });
  });
}

$("sign-in").addEventListener("submit", submitted(async () => {
  if ($("token").value) return keep($("token").value.trim());
  await call("POST", "/v1/sign-in", {email: $("email").value}, "");
  $("said").textContent = t("If this address may sign in, a code is on its way to it.");
  show("code");
}));
$("code").addEventListener("submit", submitted(async () => {
  const session = (await call("POST", "/v1/sign-in/confirm", {email: $("email").value, code: $("digits").value}, "")).token;
  // What Outlook keeps is no place for secrets: a token that may do no more than this needs, and can be revoked alone.
  const made = (await call("POST", "/v1/tokens", {name: "Outlook", scopes: ["read", "send"]}, session)).token;
  await call("POST", "/v1/sign-out", undefined, session).catch(() => null);
  keep(made);
}));
$("leave").addEventListener("click", () => keep(null));
Office.onReady(() => {
  document.documentElement.lang = language();
  document.querySelectorAll("[data-t]").forEach(each => { each.textContent = t(each.textContent); });
  start();
});
