// What only the browser can do for the bell: the count in the tab's title, and notifications of its own while the portal is
// open and not looked at. Nothing is asked for here; permission is given in the settings, by a press of a button.
let count = "";

function mark() {
  const plain = document.title.replace(/^\(\d+\+?\) /, "");
  const wanted = count ? `(${count}) ${plain}` : plain;
  if (document.title !== wanted) {
    document.title = wanted;
  }
}

// Every page writes its own title; the mark is put before it again.
const titles = new MutationObserver(mark);

export function show(unread) {
  count = unread;
  titles.observe(document.head, { childList: true, subtree: true, characterData: true });
  mark();
}

export function close(panel) {
  const element = document.getElementById(panel);
  if (element?.matches(":popover-open")) {
    element.hidePopover();
  }
}

export async function tell(notices) {
  if (!document.hidden || !("Notification" in window) || Notification.permission !== "granted") {
    return;
  }
  for (const { title, body, tag, href } of notices) {
    // The tag is the notification's own: several windows of the portal show it once.
    const icon = "/icons/icon-192.png";
    const options = { body: body ?? "", tag, icon, lang: document.documentElement.lang, data: { href } };
    try {
      await (await worker()).showNotification(title, options);
    } catch {
      showFromHere(title, options);
    }
  }
}

// Browsers on Android let a worker alone show notifications, and one that stands ready.
async function worker() {
  const registration = await navigator.serviceWorker.register("/js/notification-worker.js");
  const coming = registration.installing ?? registration.waiting;
  if (!registration.active && coming) {
    await new Promise((resolve) => {
      const look = () => ["activated", "redundant"].includes(coming.state) && resolve();
      coming.addEventListener("statechange", look);
      look();
    });
  }
  return registration;
}

// Where workers are not allowed: in a private window of some browsers, or without HTTPS.
function showFromHere(title, options) {
  try {
    const notice = new Notification(title, options);
    notice.addEventListener("click", () => {
      window.focus();
      notice.close();
      location.assign(options.data.href);
    });
  } catch {
    // Neither way is allowed: the bell has it all the same.
  }
}

export function stop() {
  titles.disconnect();
  count = "";
  mark();
}
