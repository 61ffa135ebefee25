// Pushes to this browser, and the devices that there are.

import {app, call, get, t} from "./core.js";
import {registered} from "./app.js";
import {doing, html, icon, nothing, toast, when} from "./parts.js";
import {section} from "./settings.js";

const bytes = key => Uint8Array.from(atob(key.replaceAll("-", "+").replaceAll("_", "/")), letter => letter.charCodeAt(0));
const same = (a, b) => a && a.byteLength === b.length && new Uint8Array(a).every((each, i) => each === b[i]);
const name = () => [/(Edg|OPR|Firefox|Chrome|Safari)\//.exec(navigator.userAgent)?.[1]?.replace("Edg", "Edge").replace("OPR", "Opera"), navigator.userAgentData?.platform ?? /\(([^;)]+)/.exec(navigator.userAgent)?.[1]].filter(Boolean).join(", ");

/** Where this browser stands: the six states that it can be in. */
async function standing() {
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) {
    const phone = /iPhone|iPad/.test(navigator.userAgent) && !navigator.standalone;
    return {state: phone ? "add_first" : "unsupported"};
  }
  const registration = await registered();
  if (!registration) return {state: "private"};
  if (Notification.permission === "denied") return {state: "denied"};
  const subscription = await registration.pushManager.getSubscription();
  if (Notification.permission === "default") return {state: "ask", registration};
  return {state: subscription ? "on" : "lost", registration, subscription};
}

const tellApi = subscription => {
  const {endpoint, keys} = subscription.toJSON();
  return call("POST", "devices", {platform: "web", token: endpoint, keys, name: name().slice(0, 100)});
};

/** On each visit: a subscription made with an older key is made anew, and one that stands is told again, so that it is known to live. */
export async function refreshed() {
  if (!("PushManager" in window) || Notification.permission !== "granted") return;
  const {registration, subscription} = await standing();
  if (!subscription) return;
  const {key} = await get("devices/key");
  if (!key) return;
  if (same(subscription.options.applicationServerKey, bytes(key))) await tellApi(subscription);
  else {
    await subscription.unsubscribe();
    await tellApi(await registration.pushManager.subscribe({userVisibleOnly: true, applicationServerKey: bytes(key)}));
  }
}

export function devices(mine) {
  let items = [], here = {state: "unsupported"}, key = "", current = null;

  const load = async () => {
    const [found, given] = await Promise.all([get("devices"), get("devices/key").catch(() => ({key: ""}))]);
    items = found.items;
    key = given.key;
    here = await standing();
    if (here.subscription) current = (await tellApi(here.subscription).catch(() => null))?.id ?? null;
  };

  // The question must come from a press, and the subscription in the same one: iOS asks for both.
  const on = event => doing(event, async () => {
    const allowed = await Notification.requestPermission();
    if (allowed === "granted") {
      try {
        const subscription = await here.registration.pushManager.subscribe({userVisibleOnly: true, applicationServerKey: bytes(key)});
        await tellApi(subscription);
        toast(t("This browser is told from now on."));
      } catch (problem) {
        if (problem.name !== "AbortError") throw problem;
        here = {state: "private"};
        return mine.show();
      }
    }
    await load();
    mine.show();
  });

  const off = event => doing(event, async () => { await forget(); await load(); mine.show(); toast(t("This browser is not told any more.")); });

  /** Take this browser's push away: here, and at the API. */
  async function forget() {
    const {subscription} = await standing();
    if (current) await call("DELETE", `devices/${current}`).catch(() => {});
    await subscription?.unsubscribe();
    current = null;
  }

  const remove = (event, device) => doing(event, async () => { await call("DELETE", `devices/${device.id}`); await load(); mine.show(); toast(t("Removed.")); });
  // A device that its service knows no more is removed by the test: the list is looked at again.
  const test = async (event, device) => {
    const answer = await mine.trying(event, device.id, `devices/${device.id}/test`);
    await load();
    mine.show();
    if (answer && !items.some(each => each.id === device.id)) toast(answer.detail);
  };

  const STATES = {
    ask: () => html`<p>${t("This browser can tell you when somebody reads, clicks or replies, also when no page is open.")}</p><div><button class="main" @click=${on}>${icon("bell")}${t("Tell me on this browser")}</button></div>`,
    on: () => html`<p class="state opened">${icon("check")}${t("This browser is told.")}</p><div><button @click=${off}>${t("Switch off here")}</button></div>`,
    lost: () => html`<p>${t("You allowed notifications here, but this browser has no subscription: it was never made, or the browser took it back.")}</p><div><button class="main" @click=${on}>${icon("bell")}${t("Subscribe again")}</button></div>`,
    denied: () => html`<p>${t("Notifications from this site are blocked in this browser. A page cannot ask again: allow them in the browser's own settings for this site, then reload.")}</p>`,
    add_first: () => html`<p>${t("On an iPhone or iPad, press Share, then “Add to Home Screen”, open Unsealed from there, sign in, and come back to this page.")}</p>`,
    unsupported: () => html`<p>${t("This browser cannot take pushes. Newer Chrome, Edge, Firefox and Safari can.")}</p>`,
    private: () => html`<p>${t("A private window, or this browser's settings, let no page receive pushes. Open Unsealed in an ordinary window.")}</p>`,
  };

  return {
    load,
    forget,
    view: () => section("devices", t("Devices"), html`
      <div class="note stack"><h3>${t("This browser")}</h3>${key || here.state !== "ask" ? STATES[here.state]() : html`<p>${t("This deployment sends no pushes to browsers: its owner has set no keys for them.")}</p>`}</div>
      ${items.length ? html`<ul class="list">${items.map(each => html`<li><div class="line"><span class="glyph">${icon("bell")}</span><span><span class="strong">${each.name || each.platform}</span> ${each.id === current ? html`<span class="tag">${t("this browser")}</span>` : nothing}<br><span class="soft small">${t("since")} ${when(each.created_at)}</span>${mine.outcome(each.id)}</span>
        <span class="aside"><button class="plain small" @click=${event => test(event, each)}>${t("Send a test")}</button><button class="plain danger small" @click=${event => remove(event, each)}>${t("Remove")}</button></span></div></li>`)}</ul>` : nothing}`),
  };
}
