// Shows how the circuit's connection stands, in one discreet bar. Blazor raises the event below on the element with
// its reserved id; the texts, in the page's language, are data attributes of the bar.
import { handOver } from "../../js/hand-over.js";

const connection = document.getElementById("components-reconnect-modal");
const bar = document.getElementById("connection-bar");
const text = bar.querySelector(".connection-text");
const resumedFor = 2500;
let wasLost = false;
let attempts = 0;
let lastAttempt = 0;
let hideTimer;
let isGoingOver = false;

// A word of the Blazor event → the text to show and the buttons that help.
const states = {
  show: { message: "lost", actions: [] },
  retrying: { message: "retrying", actions: [] },
  failed: { message: "failed", actions: ["retry", "reload"] },
  paused: { message: "paused", actions: ["resume"] },
  "resume-failed": { message: "failed", actions: ["resume", "reload"] },
};

// Blazor's first tries follow one another within a blink; only those it waits for are worth a number.
function countAttempts({ currentAttempt, secondsToNextAttempt }) {
  if (secondsToNextAttempt > 0 && currentAttempt !== lastAttempt) {
    lastAttempt = currentAttempt;
    attempts += 1;
  }
}

function show(state) {
  const { message, actions } = states[state];
  clearTimeout(hideTimer);
  wasLost = true;
  bar.hidden = false;
  bar.dataset.state = state;
  text.textContent = bar.dataset[state === "retrying" && attempts === 0 ? "lost" : message].replace("{0}", attempts);
  for (const button of bar.querySelectorAll("button")) {
    button.hidden = !actions.includes(button.dataset.action);
  }
}

function showResumed() {
  if (!wasLost) {
    return;
  }
  wasLost = false;
  attempts = lastAttempt = 0;
  bar.dataset.state = "resumed";
  text.textContent = bar.dataset.resumed;
  for (const button of bar.querySelectorAll("button")) {
    button.hidden = true;
  }
  hideTimer = setTimeout(() => (bar.hidden = true), resumedFor);
}

// A page that nobody sits at takes this over: it must not end on the error page of a server that is just starting.
function reload() {
  if (document.dispatchEvent(new CustomEvent("hub-reload", { cancelable: true }))) {
    location.reload();
  }
}

// Reconnecting answers false when the server is there but has given the circuit up: then its persisted state is asked
// for, and only if that is gone too the page is loaded anew.
async function reconnect() {
  show("show");
  try {
    if ((await Blazor.reconnect()) || (await Blazor.resumeCircuit())) {
      showResumed();
    } else {
      reload();
    }
  } catch {
    show("failed");
  }
}

async function resume() {
  show("show");
  try {
    if (await Blazor.resumeCircuit()) {
      showResumed();
    } else {
      reload();
    }
  } catch {
    show("resume-failed");
  }
}

const actions = { retry: reconnect, resume, reload: () => location.reload() };

bar.addEventListener("click", (event) => actions[event.target.closest("button")?.dataset.action]?.());

connection.addEventListener("components-reconnect-state-changed", ({ detail }) => {
  if (detail.state === "hide") {
    showResumed();
  } else if (detail.state === "rejected") {
    reload();
  } else if (isGoingOver && detail.state === "paused") {
    // A blink, of which nobody need be told.
  } else if (detail.state in states) {
    countAttempts(detail);
    show(detail.state);
  }
});

// A phone taken out of the pocket, or a network that is back, need not wait for a tap.
const helpIfStuck = () => {
  if (document.visibilityState === "visible" && ["failed", "paused", "resume-failed"].includes(bar.dataset.state)) {
    bar.dataset.state === "failed" ? reconnect() : resume();
  }
};
document.addEventListener("visibilitychange", helpIfStuck);
window.addEventListener("online", helpIfStuck);

// The server asks for it shortly before it stops, and does not wait for the answer: the call ends with the circuit.
window.hubHandOver = (milliseconds) => {
  if (!isGoingOver) {
    isGoingOver = true;
    handOver(milliseconds, { show, showResumed, reload }).finally(() => (isGoingOver = false));
  }
};
