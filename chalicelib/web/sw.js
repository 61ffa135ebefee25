// The worker shows pushes and follows what is pressed on them. It keeps no page: an old picture of your mail would be a lie.

const scope = self.registration.scope;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));

// A notification for every push, also one that cannot be read, and also while a page is open: iOS ends a subscription after
// three pushes that showed nothing.
self.addEventListener("push", event => event.waitUntil(shown(event.data)));

async function shown(data) {
  let said = {};
  try { said = data.json().notification ?? {}; } catch { /* shown all the same, in general words */ }
  const title = said.title || "Something happened with your mail";
  await self.registration.showNotification(title, {
    body: said.body, tag: said.tag, lang: said.lang, silent: said.silent === true, actions: (said.actions ?? []).slice(0, 2),
    renotify: Boolean(said.tag && said.renotify), icon: new URL("v/any/icon-192.png", scope).href,
    badge: new URL("v/any/badge.png", scope).href,
    data: {navigate: said.navigate, actions: said.actions ?? []},
  });
  if (said.app_badge !== undefined && navigator.setAppBadge) await navigator.setAppBadge(Number(said.app_badge)).catch(() => {});
  for (const client of await pages()) client.postMessage({pushed: title});
}

self.addEventListener("notificationclick", event => {
  event.notification.close();
  const {navigate, actions} = event.notification.data ?? {};
  const pressed = (actions ?? []).find(each => each.action === event.action);
  event.waitUntil(led(pressed?.navigate ?? navigate));
});

async function led(where) {
  const there = new URL(where || "today", scope);
  // Only to a page of ours, whatever a push may say.
  const target = there.href.startsWith(scope) ? there.href : new URL("today", scope).href;
  for (const client of await pages()) {
    try {
      await (await client.focus()).navigate(target);
      return;
    } catch { /* not one that we may lead: a new window then */ }
  }
  await self.clients.openWindow(target);
}

// The service may give the subscription a new address by itself: it is told to the API as the page tells it.
self.addEventListener("pushsubscriptionchange", event => event.waitUntil(renewed()));

async function renewed() {
  const api = new URL("../v1/devices", scope);
  const {key} = await (await fetch(new URL("../v1/devices/key", scope))).json();
  const made = await self.registration.pushManager.subscribe({userVisibleOnly: true, applicationServerKey: key});
  const {endpoint, keys} = made.toJSON();
  await fetch(api, {
    method: "POST", credentials: "same-origin", headers: {"Content-Type": "application/json"},
    body: JSON.stringify({platform: "web", token: endpoint, keys}),
  });
}

async function pages() {
  const found = await self.clients.matchAll({type: "window", includeUncontrolled: true});
  return found.filter(client => client.url.startsWith(scope));
}
