// Rembuk's service worker. Pages come from the network; without one the offline page stands in.
// Nothing that belongs to a person is kept: only the files named here.
const KEPT = [{% for address in kept %}"{{ address|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const CACHE = "rembuk-{{ version }}";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(KEPT.map((address) => new Request(address, { cache: "reload" })))));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("rembuk-") && name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match("{{ offline|escapejs }}")));
  } else if (KEPT.includes(new URL(request.url).pathname)) {
    // The browser's own cache already spares the line: these addresses change with their content.
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});

// News for whoever is signed in on this device. The address stays on our own site, whatever a message says.
self.addEventListener("push", (event) => {
  let news = {};
  try {
    news = event.data?.json() ?? {};
  } catch {
    return;
  }
  event.waitUntil(
    self.registration.showNotification(news.title || "Rembuk", {
      body: news.body || "",
      tag: news.tag,
      icon: "{{ icon|escapejs }}",
      lang: news.lang,
      data: { url: news.url || "{{ inbox|escapejs }}" },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL(event.notification.data?.url || "/", location.origin);
  event.waitUntil(self.clients.openWindow(address.origin === location.origin ? address.href : "/"));
});
