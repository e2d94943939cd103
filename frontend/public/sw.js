// When the network is away, the page itself still opens and says so. The application is never served from here while
// the server answers, so nobody runs yesterday's page. What is kept knows nothing of anybody: a page that does is sent
// with `no-store`, and is not kept here either.
const SHELL = "causerie-shell-2";
const OFFLINE = "/offline";
const RENEW = "renew";

self.addEventListener("install", (event) => {
  const bare = new Request(OFFLINE, { credentials: "omit", cache: "reload" });
  event.waitUntil(caches.open(SHELL).then((cache) => cache.add(bare)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(alone().then(() => self.clients.claim())));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
});

/** What an earlier worker kept goes. */
async function alone() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name)));
}

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(OFFLINE)) ?? Response.error();
  }
}

/** Names of assets carry a hash of their content: what is kept cannot be out of date. */
async function asset(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) (await caches.open(SHELL)).put(request, fresh.clone());
  return fresh;
}

// A message that came while the page was closed. The browser shows one for each: whoever hides it loses the right to more.
self.addEventListener("push", (event) => event.waitUntil(show(event.data)));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.path));
});

/** The message, in place of an earlier one of the same notice. */
async function show(data) {
  let told = {};
  try {
    told = data.json();
  } catch {
    // A message without words: the inbox has them.
  }
  const rtl = told.language === "ar";
  await self.registration.showNotification(told.title ?? "causerie", {
    body: told.text ?? "",
    tag: told.tag ?? "notice",
    lang: told.language ?? "en",
    dir: rtl ? "rtl" : "ltr",
    icon: "/logo-app.svg",
    data: { path: told.path ?? "/inbox" },
  });
}

/** The page it leads to, in a window of ours that is there or in a new one; never elsewhere. */
async function open(path) {
  const url = new URL(path, location.origin);
  const to = url.origin === location.origin ? url.href : new URL("/inbox", location.origin).href;
  const windows = await self.clients.matchAll({ type: "window" });
  const there = windows.find((one) => one.url === to);
  return there ? there.focus() : self.clients.openWindow(to);
}

// The browser is reached elsewhere from now on, and says so here, whether or not a page is open. Chromium before 138 and
// Firefox before 137 tell neither the old subscription nor the new one (https://bugzil.la/1635524).
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));
self.addEventListener("sync", (event) => event.tag === RENEW && event.waitUntil(renew({})));

/** The server hears where; the old address goes there. What it does not know of is switched on by nobody, and goes. */
async function renew({ oldSubscription, newSubscription }) {
  const now = newSubscription ?? (await self.registration.pushManager.getSubscription()) ?? (await again(oldSubscription));
  if (!now) return;
  const { endpoint, keys } = now.toJSON();
  const body = JSON.stringify({ endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } });
  const sent = { method: "PUT", headers: { "content-type": "application/json" }, body };
  const answer = await fetch("/api/v1/devices/here", sent).catch(() => null);
  if (answer === null || answer.status >= 500) await self.registration.sync?.register(RENEW);
  else if (!answer.ok) await now.unsubscribe();
}

/** Subscribe once more, by the same key: the old subscription's, else the one the server tells. */
async function again(before) {
  const key = before?.options.applicationServerKey ?? (await told());
  const wanted = { userVisibleOnly: true, applicationServerKey: key };
  // Nobody is asked here: who has taken back that messages may be shown is told nothing more.
  return key ? self.registration.pushManager.subscribe(wanted).catch(() => null) : null;
}

async function told() {
  const answer = await fetch("/api/v1/wishes").catch(() => null);
  return answer?.ok ? (await answer.json()).push_key : null;
}
