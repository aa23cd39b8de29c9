// Keeps style sheets, scripts and icons, and shows a page when there is no connection.
// It never keeps a page of a person: those go to the network and nowhere else. When a message calls it, it says that there is
// something new: nobody's name, nothing of what it is.
"use strict";

const STORE = "tusoi-{{ digest }}-{{ language }}";
const FILES = [
  "{{ root }}/offline?language={{ language }}",
{% for name in names if not name.endswith(".txt") %}
  "{{ static(name) }}",
{% endfor %}
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (pathname.startsWith("{{ root }}/static/")) {
    event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request)));
  } else if (event.request.mode === "navigate" && event.request.method === "GET") {
    event.respondWith(fetch(event.request).catch(() => caches.match("{{ root }}/offline?language={{ language }}")));
  }
});

/** An address of ours, whatever was told. */
function home(told) {
  const site = `${self.location.origin}{{ root }}/`;
  const address = new URL(typeof told === "string" ? told : site, site);
  return address.href.startsWith(site) ? address : new URL(site);
}

const pagesOf = async (address) => {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return open.filter((one) => new URL(one.url).pathname === address.pathname);
};

self.addEventListener("push", (event) => {
  let told = {};
  try {
    told = event.data.json() || {};
  } catch (error) { /* nothing was told: then what we say ourselves */ }
  event.waitUntil(say(told));
});

async function say(told) {
  const address = home(told.url);
  if ((await pagesOf(address)).some((one) => one.visibilityState === "visible")) return;   // who looks at it sees it come
  await self.registration.showNotification("Tự Soi", {
    body: typeof told.body === "string" ? told.body : {{ told | tojson }},
    tag: address.pathname,
    renotify: true,
    icon: "{{ static('icon-192.png') }}",
    data: address.href,
  });
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead(home(event.notification.data)));
});

async function lead(address) {
  const [open] = await pagesOf(address);
  if (!open) return self.clients.openWindow(address.href);
  open.postMessage({ show: address.hash });
  return open.focus();
}
