// The frame around all pages: the places, the way between them, what comes in while they are open, and the keys.

import {app, get, LANGUAGES, language, now, Problem, read, t, tn, to} from "./core.js";
import {failed, html, icon, loading, nothing, render} from "./parts.js";

const PAGES = ["today", "messages", "message", "contacts", "contact", "compose", "settings", "sign-in"];
const PLACES = () => [["today", t("Today")], ["messages", t("Messages")], ["contacts", t("Contacts")], ["settings", t("Settings")]];
const PLACE_OF = {message: "messages", contact: "contacts"};
const version = new URL(".", import.meta.url);

let place = null; // what the open page wants to hear
let unseen = 0;

// --- the frame ---

function frame(page) {
  const current = PLACE_OF[page] ?? page;
  render(html`<a class="skip" href="#main">${t("Skip to the content")}</a>
    <div class="frame">
      <header class="side">
        <a class="brand" href=${to("today")}><img src=${new URL("icon.svg", version).href} alt="">Unsealed</a>
        <a class="button main" href=${to("compose")}>${icon("compose")}${t("New mail")}</a>
        <nav class="places" aria-label=${t("Places")}>${PLACES().map(([name, label]) => html`<a href=${to(name)} aria-current=${name === current ? "page" : nothing}>${icon(name)}${label}</a>`)}</nav>
        <button class="plain end soft small" @click=${keysShown}>${t("Keys")} <kbd>?</kbd></button>
      </header>
      <main id="main" tabindex="-1"></main>
    </div>
    <p id="said" class="hidden" aria-live="polite"></p>
    <div id="toast"></div><div id="ask"></div><div id="banner"></div>`, document.body);
}

// A page that stands alone has no frame around it.
function alone() {
  render(html`<main id="main" class="alone" tabindex="-1"></main><p id="said" class="hidden" aria-live="polite"></p><div id="toast"></div><div id="ask"></div><div id="banner"></div>`, document.body);
}

// --- from page to page ---

async function visit(url, {moved = false, top = 0} = {}) {
  const page = url.pathname.slice(app.pathname.length);
  const name = PAGES.includes(page) ? page : "missing";
  place?.closed?.();
  const mine = place = {
    params: url.searchParams,
    /** Show the page. The first time after a move, its heading has the focus, so that a reader's ear is there. */
    show(template) {
      if (mine !== place) return;
      render(template, document.getElementById("main"));
      if (moved) {
        const heading = document.querySelector("h1");
        heading?.setAttribute("tabindex", "-1");
        heading?.focus({preventScroll: true});
        moved = !heading;
      }
    },
    title(text) { if (mine === place) { mine.name = text; titled(); } },
    /** Be told of new entries of the feed, and of pushes. */
    news: null,
    /** Something to do when the page is left. */
    closed: null,
    keys: {},
  };
  name === "sign-in" ? alone() : frame(name);
  mine.show(loading());
  window.scrollTo(0, top);
  const open = async () => {
    try {
      const module = name === "missing" ? {open: missing} : await import(new URL(`${name}.js`, version));
      await module.open(mine);
      window.scrollTo(0, top);
    } catch (problem) {
      if (!(problem instanceof Problem)) console.error(problem);
      mine.show(problem.status === 404 ? gone() : failed(problem, open));
    }
  };
  await open();
}

function titled() {
  document.title = `${unseen ? `(${unseen}) ` : ""}${place.name} · Unsealed`;
}

const missing = mine => { mine.title(t("Nothing here")); mine.show(gone()); };

const gone = () => html`<div class="stack"><h1>${t("There is nothing here")}</h1><p class="soft">${t("The address is incomplete, or what it led to is gone.")}</p><p><a class="button" href=${to("today")}>${t("Today")}</a></p></div>`;

/** Go to a page of ours without loading the frame again. */
export function go(href, {replace = false} = {}) {
  const url = new URL(href, app);
  history.replaceState({top: window.scrollY}, "");
  history[replace ? "replaceState" : "pushState"]({top: 0}, "", url);
  visit(url, {moved: true});
}

document.addEventListener("click", event => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target || link.download) return;
  const url = new URL(link.href);
  const inside = url.origin === app.origin && url.pathname.startsWith(app.pathname) && PAGES.includes(url.pathname.slice(app.pathname.length));
  if (!inside || (url.pathname === location.pathname && url.hash)) return;
  event.preventDefault();
  go(url.href);
});
history.scrollRestoration = "manual";
addEventListener("popstate", event => visit(new URL(location.href), {moved: true, top: event.state?.top ?? 0}));

// --- what comes in while a page is open ---

const QUICK = 15_000, SLOW = 60_000, QUIET = 600_000;
let cursor = null, timer = 0, failures = 0, heard = Date.now(), begun = 0;

async function poll() {
  clearTimeout(timer);
  if (document.visibilityState === "hidden" || location.pathname.endsWith("/sign-in")) return;
  try {
    // The first time, from when the first page was opened: by the server's clock, which is known by now.
    const opened = new Date(now() - (performance.now() - begun) - 1000);
    const since = cursor ? `after=${encodeURIComponent(cursor)}` : `since=${encodeURIComponent(opened.toISOString())}`;
    const {items, next} = await get(`feed?limit=100&${since}`);
    cursor = next;
    failures = 0;
    render(nothing, document.getElementById("banner"));
    if (items.length) come(items);
  } catch (problem) {
    if (problem.status === 401) return;
    failures += 1;
    render(html`<div class="banner" role="alert"><span>${problem.message}</span><button class="plain" @click=${poll}>${t("Try again")}</button></div>`, document.getElementById("banner"));
  }
  const calm = Date.now() - heard > QUIET ? SLOW : QUICK;
  timer = setTimeout(poll, Math.min(calm * 2 ** failures, 15 * SLOW));
}

function come(items) {
  heard = Date.now();
  // One line for each message, not for each event: the last says most.
  const latest = [...new Map(items.map(each => [each.message, each])).values()];
  document.getElementById("said").textContent = latest.length > 3 ? tn("{n} mails have news.", "{n} mails have news.", latest.length) : latest.map(each => each.text).join(". ");
  if (!document.hasFocus()) {
    unseen += latest.length;
    titled();
    navigator.setAppBadge?.(unseen).catch(() => {});
  }
  place?.news?.(items);
}

addEventListener("focus", () => { unseen = 0; if (place?.name) titled(); navigator.clearAppBadge?.().catch(() => {}); });
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && started && poll());
addEventListener("online", () => started && poll());
navigator.serviceWorker?.addEventListener("message", event => event.data?.pushed && started && poll());

// --- the worker ---

// Trusted Types lets nobody name a worker but by a policy; this one knows one address.
const worker = globalThis.trustedTypes?.createPolicy("worker", {createScriptURL: url => url === new URL("sw.js", app).href ? url : ""})
  ?? {createScriptURL: url => url};

/** The registration of our worker, or undefined where there can be none. */
export async function registered() {
  try {
    return await navigator.serviceWorker?.register(worker.createScriptURL(new URL("sw.js", app).href), {scope: app.pathname, updateViaCache: "all"});
  } catch {
    return undefined; // a private window, or a page that is not secure: the pages do without
  }
}

// --- keys ---

let going = false;

const KEYS = () => [
  ["j / k", t("next, previous")], ["Enter", t("open")], ["/", t("search")], ["g t", t("Today")], ["g m", t("Messages")], ["g c", t("Contacts")],
  ["g s", t("Settings")], ["n", t("new mail")], ["m", t("mute")], ["r", t("remind")], ["x", t("show machines")], ["Esc", t("close")], ["?", t("these keys")],
];

function keysShown() {
  const host = document.getElementById("ask");
  const off = read("keys") === "off";
  const close = () => { host.querySelector("dialog")?.close(); render(nothing, host); };
  render(html`<dialog aria-labelledby="keys" @cancel=${close} @close=${close}><div class="stack"><h2 id="keys">${t("Keys")}</h2>
    ${off ? html`<p>${t("Keys of one letter are switched off in the settings.")}</p>` : nothing}
    <table><tbody>${KEYS().map(([key, does]) => html`<tr><th scope="row"><kbd>${key}</kbd></th><td>${does}</td></tr>`)}</tbody></table>
    <p><button @click=${close}>${t("Close")}</button></p></div></dialog>`, host);
  host.querySelector("dialog").showModal();
}

function step(by) {
  const rows = [...document.querySelectorAll("main .list > li > a, main .cards > .card > h3 > a")];
  const here = rows.indexOf(document.activeElement);
  rows[Math.max(0, Math.min(rows.length - 1, here < 0 ? 0 : here + by))]?.focus();
}

document.addEventListener("keydown", event => {
  const field = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "Escape" && field) return field.blur();
  if (field || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]") || read("keys") === "off") return;
  if (location.pathname.endsWith("/sign-in")) return;
  const key = event.key;
  const there = {t: "today", m: "messages", c: "contacts", s: "settings"}[key];
  if (going && there) { going = false; event.preventDefault(); return go(to(there)); }
  going = key === "g";
  const acts = {
    j: () => step(1), k: () => step(-1), n: () => go(to("compose")), "?": keysShown,
    "/": () => { const found = document.querySelector("main input[type=search]"); found ? found.focus() : go(to("messages", {find: 1})); },
    ...place?.keys,
  };
  if (key in acts) { event.preventDefault(); acts[key](); }
});

// --- begin ---

let started = false;

/** Begin to listen: once it is known who reads. */
export function start() {
  if (started) return;
  started = true;
  begun = performance.now();
  timer = setTimeout(poll, QUICK);
  // Safari has no idle times; and where nothing is drawn, one may never come.
  window.requestIdleCallback?.(registered, {timeout: 1000}) ?? setTimeout(registered, 1000);
}

const here = new URL(location.href);
history.replaceState({top: 0}, "");
visit(here); // not waited for: the pages import from here
if (!here.pathname.endsWith("/sign-in")) start();
