// What every page stands on: where we are, the words, the API, and the time as its server has it.

export const app = new URL("../../", import.meta.url); // .../app/, whatever stands before it
const api = new URL("../v1/", app);

// --- words: the sentence in English is the name of what stands in words-{language}.json, settings-..., start-... ---

export const LANGUAGES = {en: "English", hi: "हिन्दी", kn: "ಕನ್ನಡ"};
const kept = document.body?.dataset.language ?? read("language"); // a page that comes in words has their language
export const language = [kept, ...navigator.languages.map(each => each.slice(0, 2))].find(each => each in LANGUAGES) ?? "en";
const words = {};
/** Have the words of a part of the pages, which not every visit needs. */
export const learn = async part => language === "en" ? words : Object.assign(words, await fetch(new URL(`${part}-${language}.json`, import.meta.url)).then(
  answer => answer.ok ? answer.json() : {}, () => ({})));
await learn("words");
document.documentElement.lang = language;

/** A sentence in the reader's language, with {names} filled in. */
export function t(sentence, values = {}) {
  const said = words[sentence];
  return filled(Array.isArray(said) ? said[1] : said || sentence, values);
}

/** The same of a number: {n} is filled in as the language writes it. */
export function tn(one, many, n, values = {}) {
  const said = words[one];
  const forms = Array.isArray(said) ? said : [one, many];
  return filled(forms[n === 1 ? 0 : 1], {...values, n: n.toLocaleString(locale)});
}

const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (all, name) => name in values ? values[name] : all);

// --- what this browser remembers of how its reader wants the pages; never anything of their mail ---

export function read(name) {
  try { return localStorage.getItem(name); } catch { return null; }
}

export function remember(name, value) {
  try { value === null ? localStorage.removeItem(name) : localStorage.setItem(name, value); } catch { /* a browser that keeps nothing */ }
}

// --- the API ---

let ahead = 0; // milliseconds that the server's clock is before ours

/** The time as the server has it, in milliseconds. */
export const now = () => Date.now() + ahead;

/** What the API refused, or that it could not be reached (status 0). `message` is a sentence for the reader. */
export class Problem extends Error {
  constructor(status, sentence, field) {
    super(sentence);
    Object.assign(this, {status, field});
  }
}

/** What is refused is told in the page's language, which need not be the browser's. */
export const asking = {"Accept-Language": language};

/** A call of the API. The session's cookie goes along by itself. Leaves for the sign-in where there is none. */
export async function call(method, path, body) {
  const sent = body === undefined ? {headers: asking} : {body: JSON.stringify(body), headers: {...asking, "Content-Type": "application/json"}};
  let answer;
  try {
    answer = await fetch(new URL(path, api), {method, credentials: "same-origin", cache: "no-store", ...sent});
  } catch {
    throw new Problem(0, t("Your Unsealed cannot be reached. Are you online?"));
  }
  const date = Date.parse(answer.headers.get("Date") ?? "");
  if (date && Math.abs(date - Date.now()) > 5000) ahead = date - Date.now();
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const told = await answer.json().catch(() => ({}));
  if (answer.status === 401 && !path.startsWith("sign-in")) {
    const here = new URL(location.href);
    const next = here.pathname.slice(app.pathname.length) + here.search;
    if (!next.startsWith("sign-in")) location.replace(new URL(`sign-in?next=${encodeURIComponent(next)}`, app));
  }
  throw new Problem(answer.status, told.detail ?? t("Something went wrong. Please try again."), told.field);
}

export const get = path => call("GET", path);

/** Let pages and mails speak one language, once it is known who reads: a new account takes the browser's, an older one has its
    own. Whether the page is to be loaded anew, to speak it. */
export async function agreed(fresh = false) {
  const [account, preferences] = await Promise.all([get("account"), get("preferences")]);
  fresh ||= now() - Date.parse(account.created_at) < 120_000;
  if (preferences.language === language) return false;
  if (fresh && preferences.language === "en") {
    await call("PUT", "preferences", {language});
    return false;
  }
  remember("language", preferences.language);
  return true;
}

/** The address of a page of ours. */
export function to(page, query = {}) {
  const url = new URL(page, app);
  for (const [name, value] of Object.entries(query)) if (value !== "" && value != null) url.searchParams.set(name, value);
  return url.href;
}

// --- times in words ---

/** The reader's own way to write numbers and times, where it is one of the language's. */
export const locale = navigator.languages.find(each => each.slice(0, 2) === language) ?? language;
const relative = new Intl.RelativeTimeFormat(locale, {numeric: "auto", style: "short"});
const forms = {
  time: {hour: "2-digit", minute: "2-digit"},
  weekday: {weekday: "short", hour: "2-digit", minute: "2-digit"},
  day: {day: "numeric", month: "short"},
  year: {day: "numeric", month: "short", year: "numeric"},
  full: {weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit"},
};

const written = new Map();

/** A moment, as in one of the `forms`; in a zone, or in the reader's own. */
export function at(time, form, timeZone) {
  const name = `${form} ${timeZone}`;
  if (!written.has(name)) {
    try { written.set(name, new Intl.DateTimeFormat(locale, {...forms[form], timeZone})); }
    catch { written.set(name, new Intl.DateTimeFormat(locale, {...forms[form], timeZone: "UTC"})); }
  }
  return written.get(name).format(new Date(time));
}

/** How long ago, or when: short words for a line. */
export function ago(time) {
  const then = new Date(time), seconds = (now() - then) / 1000, size = Math.abs(seconds);
  if (size < 50) return t("just now");
  if (size < 3600) return relative.format(-Math.round(seconds / 60), "minute");
  if (size < 6 * 3600) return relative.format(-Math.round(seconds / 3600), "hour");
  const today = new Date(now());
  if (then.toDateString() === today.toDateString()) return at(then, "time");
  if (size < 6 * 86400) return at(then, "weekday");
  return at(then, then.getFullYear() === today.getFullYear() ? "day" : "year");
}

/** A number of seconds as people say it. */
export function lasted(seconds) {
  for (const [size, unit] of [[86400, "day"], [3600, "hour"], [60, "minute"]]) {
    const n = Math.round(seconds / size);
    if (n >= 1) return new Intl.NumberFormat(locale, {style: "unit", unit, unitDisplay: "long"}).format(n);
  }
  return t("less than a minute");
}

export const percent = share => new Intl.NumberFormat(locale, {style: "percent"}).format(share);
