// Shows the browser's own notifications where a page may not (Android), and opens what they are about. It has no "fetch"
// listener and stands below the pages' addresses: it sees no request, controls no page and keeps nothing.
self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.href ?? "/"));
});

// A window that shows it already comes to the front; no other is led away from what is being typed there.
async function open(href) {
  const address = new URL(href, self.location.origin);
  if (address.origin !== self.location.origin) {
    return;
  }
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => one.url === address.href);
  await (there ? there.focus() : self.clients.openWindow(address.href));
}
