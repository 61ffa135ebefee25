// The deployment that this add-on came from, and its API. No cookie goes along: the token says who asks.

/** A sentence of _locales in the language of Thunderbird. */
export const say = (name, ...values) => browser.i18n.getMessage(name, values.map(String));

/** The deployment's address. */
export const home = async () => (await (await fetch("host.json")).json()).host;

/** What is set: `host` and `token`, `track` (whether mails are tracked unless switched off), `replies` (through Unsealed). */
export async function settings() {
  return {host: await home(), token: "", track: true, replies: false, ...await browser.storage.local.get(["token", "track", "replies"])};
}

/** One call of the API: what it answers. Throws what is wrong; `status` is that of the answer, none where none came. */
export async function call(method, path, body = undefined, /** @type {{patience?: number, headers?: object}} */ more = {}) {
  const {host, token} = await settings();
  const headers = {"Content-Type": "application/json", "Accept-Language": browser.i18n.getUILanguage(), ...(token && {Authorization: `Bearer ${token}`}), ...more.headers};
  const answer = await fetch(`${host}/v1/${path}`, {
    method, headers, credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(more.patience ?? 20_000),
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => { throw new Error(say("unreachable")); });
  if (answer.status === 204) return null;
  const said = await answer.json().catch(() => null);
  if (answer.ok && said) return said;
  const wrong = answer.status === 401 && token ? say("tokenEnded") : said?.detail ?? said?.title ?? say("wrongThere", answer.status);
  throw Object.assign(new Error(wrong), {status: answer.status});
}

/** The id of the message of ours that a mail is, by the field that it was sent with; "" if it is none. */
export async function ours(mail) {
  const {headers} = await browser.messages.getFull(mail.id);
  return /^[0-9a-f]{32}$/.exec(headers["x-unsealed"]?.[0]?.trim() ?? "")?.[0] ?? "";
}

/** Put the words of a page into it. */
export function translate() {
  document.documentElement.lang = browser.i18n.getUILanguage();
  for (const each of document.querySelectorAll("[data-t]")) each.textContent = say(/** @type {HTMLElement} */ (each).dataset.t);
}
