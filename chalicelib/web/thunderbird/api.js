// The deployment that this add-on came from, and its API. No cookie goes along: the token says who asks.

/** What is set: `host` and `token`, `track` (whether mails are tracked unless switched off), `replies` (through Unsealed). */
export async function settings() {
  const {host} = await (await fetch("host.json")).json();
  return {host, token: "", track: true, replies: false, ...await browser.storage.local.get(["token", "track", "replies"])};
}

/** One call of the API: what it answers. Throws what it says is wrong. */
export async function call(method, path, body, more = {}) {
  const {host, token} = await settings();
  const headers = {"Content-Type": "application/json", ...(token && {Authorization: `Bearer ${token}`}), ...more.headers};
  const answer = await fetch(`${host}/v1/${path}`, {
    method, headers, credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(more.patience ?? 20_000),
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (answer.status === 204) return null;
  const said = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(said.detail ?? said.title), {status: answer.status});
  return said;
}

/** The id of the message of ours that a mail is, by the field that it was sent with; "" if it is none. */
export async function ours(mail) {
  const {headers} = await browser.messages.getFull(mail.id);
  return /^[0-9a-f]{32}$/.exec(headers["x-unsealed"]?.[0]?.trim() ?? "")?.[0] ?? "";
}
