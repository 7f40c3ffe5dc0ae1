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

export function tell(notices) {
  if (!document.hidden || !("Notification" in window) || Notification.permission !== "granted") {
    return;
  }
  for (const { title, body, tag, href } of notices) {
    // The tag is the notification's own: several windows of the portal show it once.
    const notice = new Notification(title, { body: body ?? "", tag, icon: "/favicon.svg", lang: document.documentElement.lang });
    notice.addEventListener("click", () => {
      window.focus();
      notice.close();
      location.assign(href);
    });
  }
}

export function stop() {
  titles.disconnect();
  count = "";
  mark();
}
