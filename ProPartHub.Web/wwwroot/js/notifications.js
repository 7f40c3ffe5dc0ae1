// The button of the settings that asks the browser for permission to show notifications. Browsers ask a person only in the
// press itself, and remember the answer; what it is, is said beside the button.
const button = document.querySelector("[data-browser-notifications]");

function say() {
  const state = "Notification" in window ? Notification.permission : "unsupported";
  document.getElementById(button.dataset.browserNotifications).textContent = button.dataset[state] ?? "";
  button.disabled = state !== "default";
}

if (button) {
  button.addEventListener("click", async () => {
    await Notification.requestPermission();
    say();
  });
  say();
}
