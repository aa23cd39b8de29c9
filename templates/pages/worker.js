// Keeps style sheets, scripts and icons, and shows a page when there is no connection.
// It never keeps a page of a person: those go to the network and nowhere else.
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
    event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
  } else if (event.request.mode === "navigate" && event.request.method === "GET") {
    event.respondWith(fetch(event.request).catch(() => caches.match("{{ root }}/offline?language={{ language }}")));
  }
});
