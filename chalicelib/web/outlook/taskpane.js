// The pane beside a mail: signing in, and what is known of a mail that was sent. HOST stands in front of it when it is served.

const $ = id => document.getElementById(id);
const show = id => ["sign-in", "code", "status"].forEach(each => { $(each).hidden = each !== id; });
const WORDS = {no_evidence: "no sign of opening", opened: "opened", clicked: "clicked", replied: "replied", bounced: "bounced", cannot_know: "cannot know", not_tracked: "not tracked"};
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const token = () => Office.context.roamingSettings.get("unsealed");

async function call(method, path, body, by = token()) {
  const headers = {"Content-Type": "application/json", ...(by ? {"Authorization": `Bearer ${by}`} : {})};
  const answer = await fetch(HOST + path, {method, headers, body: body && JSON.stringify(body)});
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.detail);
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

/** What is known of the mail with this header: a line for each recipient, with the best time to write to them. */
async function status(id) {
  const message = await call("GET", `/v1/messages/${encodeURIComponent(id)}`);
  const last = Object.fromEntries(message.events.filter(each => each.counted).map(each => [each.recipient, each]));
  $("people").replaceChildren(...await Promise.all(message.recipients.map(async each => {
    const {send_time: best} = await call("GET", `/v1/contacts/${encodeURIComponent(each.email)}`).catch(() => ({}));
    const seen = last[each.email], when = best && best.enough_data ? `best time ${DAYS[best.weekday]} ${best.hour}:00 (${best.time_zone})` : "";
    const sure = seen ? `${new Date(seen.at).toLocaleString()}, ${Math.round(seen.verdict.confidence * 100)}% sure` : "";
    return line(`${each.email}: ${WORDS[each.status]}`, [sure, when].filter(Boolean).join("; "));
  })));
  $("more").href = `${HOST}/app/message?id=${encodeURIComponent(id)}`;
  $("more").hidden = false;
}

async function start() {
  $("said").textContent = "";
  if (!token()) return show("sign-in");
  show("status");
  const item = Office.context.mailbox.item;
  if (!item.getAllInternetHeadersAsync) return void ($("said").textContent = "You are signed in. Mails that you send are tracked, or by the button Track and send.");
  item.getAllInternetHeadersAsync(result => {
    const found = /^X-Unsealed:\s*([0-9a-f]{32})\s*$/im.exec(result.value || "");
    if (!found) $("said").textContent = "This mail is not tracked by Outlook.";
    else status(found[1]).catch(error => { $("said").textContent = error.message; });
  });
}

$("sign-in").addEventListener("submit", submitted(async () => {
  if ($("token").value) return keep($("token").value.trim());
  $("said").textContent = (await call("POST", "/v1/sign-in", {email: $("email").value})).detail;
  show("code");
}));
$("code").addEventListener("submit", submitted(async () => {
  const session = (await call("POST", "/v1/sign-in/confirm", {email: $("email").value, code: $("digits").value})).token;
  // What Outlook keeps is no place for secrets: a token that may do no more than this needs, and can be revoked alone.
  keep((await call("POST", "/v1/tokens", {name: "Outlook", scopes: ["read", "send"]}, session)).token);
}));
$("leave").addEventListener("click", () => keep(null));
Office.onReady(start);
