// Keys for commands. Which keys do what stands in the sheet of keys that the server renders from its list of commands;
// the hints at buttons (data-command) are made of the same. Nothing here needs a circuit.
const sheet = document.getElementById("keyboard-help");
const sequencePause = 1500;
const isMac = /mac|iphone|ipad/i.test(navigator.platform);
const commands = [...(sheet?.querySelectorAll("[data-keys]") ?? [])].map((row) => ({
  name: row.dataset.name,
  href: row.dataset.href,
  text: row.querySelector("[data-text]").textContent,
  ways: row.dataset.keys.split("|"),
}));
let before = "";
let beforeAt = 0;

// A person's own choice, for this browser. Keys without a modifier get in the way of those who speak to their computer.
const offKey = `hub-keys-off:${sheet?.dataset.person}`;
let isOn = true;
try {
  isOn = localStorage.getItem(offKey) === null;
} catch {}

// The key as a Latin keyboard names it. Letters that are none of Latin are read by their place, so that "n" works on the
// Ukrainian layout too; "/" and "?" stand there on a key that gives "." and ",".
function keyOf({ key, code }) {
  if (code === "Slash" && key === ".") {
    return "/";
  }
  if (code === "Slash" && key === ",") {
    return "?";
  }
  if (key.length === 1 && !/[\x00-\x7f]/.test(key) && code.startsWith("Bracket")) {
    return code === "BracketLeft" ? "[" : "]";
  }
  if (key.length === 1 && !/[\x00-\x7f]/.test(key) && code.startsWith("Key")) {
    return code[3].toLowerCase();
  }
  return key.length === 1 ? key.toLowerCase() : key;
}

const isTyping = (element) =>
  element.closest?.("textarea, select, [contenteditable], [role=combobox], [role=menu], input:not([type=checkbox])");

const isCovered = () =>
  document.querySelector("dialog[open], .mud-dialog, .mud-popover-open:not(.mud-tooltip), :popover-open");

// A link is pressed, since Blazor follows links without loading the page anew.
function go(href) {
  const link = document.createElement("a");
  link.href = href;
  document.body.append(link);
  link.click();
  link.remove();
}

const visible = (selector) => [...document.querySelectorAll(selector)].find((element) => element.checkVisibility());

function reach(element) {
  element?.scrollIntoView({ block: "center" });
  element?.focus();
  return Boolean(element);
}

function press(command) {
  const button = visible(`main [data-command=${command}]:enabled`);
  button?.click();
  return Boolean(button);
}

// Rows are reached by the link that opens them; arrows move only once one is reached, else they scroll as ever. On a lead's
// page the next lead takes the place of the next row.
function step(by, key) {
  const rows = [...document.querySelectorAll("main [data-rows] > *")].filter((row) => row.querySelector("a[href]"));
  const here = rows.indexOf(document.activeElement?.closest("main [data-rows] > *"));
  if (rows.length === 0 && !key.startsWith("Arrow")) {
    return press(by > 0 ? "NextLead" : "PreviousLead");
  }
  if (rows.length === 0 || (here < 0 && key.startsWith("Arrow"))) {
    return false;
  }
  const next = rows[here < 0 ? 0 : Math.min(Math.max(here + by, 0), rows.length - 1)];
  next.querySelector("a[href]").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function goBack() {
  const place = document.querySelector("main [data-back]");
  if (place) {
    // Blazor numbers the pages of a visit; before the first of them is another site.
    history.state?._index > 0 ? history.back() : go(place.dataset.back);
  }
  return Boolean(place);
}

const here = () => encodeURIComponent(location.pathname + location.search);
const tell = (event, detail) => document.dispatchEvent(new CustomEvent(event, { detail }));

const acts = {
  Palette: () => document.getElementById("palette") && (tell("hub-palette"), true),
  Help: () => (sheet.showModal(), true),
  Search: () => {
    const box = visible("main input[type=search]");
    box?.select();
    return box ? reach(box) : acts.Palette();
  },
  NextRow: (key) => step(1, key),
  PreviousRow: (key) => step(-1, key),
  OpenRow: () => false,
  NextLead: () => press("NextLead"),
  PreviousLead: () => press("PreviousLead"),
  EditCell: () => false,
  Edit: () => {
    const button = visible("[data-command=Edit]");
    button?.click();
    return Boolean(button);
  },
  Comment: () => reach(visible("[data-command=Comment]")),
  Back: goBack,
  SignOut: () => document.getElementById("palette-sign-out").requestSubmit(),
};

// True when it did something.
function run(name, key = "") {
  const [kind, choice] = name.split("_");
  if (kind === "Theme") {
    tell("hub-theme", choice);
  } else if (kind === "Language") {
    location.assign(`/culture?c=${choice}&returnUrl=${here()}`);
  } else if (acts[name]) {
    return acts[name](key);
  } else {
    go(commands.find((command) => command.name === name).href);
  }
  return true;
}

const find = (keys) => commands.find((command) => command.ways.includes(keys));

function onKey(event) {
  if (event.defaultPrevented || event.isComposing || !sheet) {
    return;
  }
  const key = keyOf(event);
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
    if (find(`mod+${key}`) && run(find(`mod+${key}`).name)) {
      event.preventDefault();
    }
    return;
  }
  const isLetterWithShift = event.shiftKey && /^[a-z]$/.test(key);
  if (!isOn || event.ctrlKey || event.metaKey || event.altKey || isLetterWithShift) {
    return;
  }
  if (isTyping(event.target) || isCovered()) {
    before = "";
    return;
  }

  const isSequence = before && event.timeStamp - beforeAt < sequencePause;
  const command = (isSequence && find(`${before} ${key}`)) || find(key);
  const begins = commands.some(({ ways }) => ways.some((way) => way.startsWith(`${key} `)));
  [before, beforeAt] = command || !begins ? ["", 0] : [key, event.timeStamp];
  if (command && run(command.name, key)) {
    event.preventDefault();
  }
}

const written = (way) =>
  way
    .replace("mod+", isMac ? "⌘ " : "Ctrl ")
    .split(" ")
    .map((key) => (key.length === 1 ? key.toUpperCase() : key))
    .join(" ");

// Says at each button which key does the same, to the eye and to assistive technology. A sequence of keys has no way to be
// said in aria-keyshortcuts, where a blank means "or".
function hint() {
  for (const element of document.querySelectorAll("[data-command]")) {
    const command = commands.find(({ name }) => name === element.dataset.command);
    const way = command?.ways[0];
    if (way && (isOn || way.startsWith("mod+"))) {
      element.title = `${command.text} (${written(way)})`;
      element.setAttribute("aria-keyshortcuts", way.startsWith("mod+") ? "Control+K Meta+K" : way);
    } else {
      element.removeAttribute("title");
      element.removeAttribute("aria-keyshortcuts");
    }
  }
  if (isMac) {
    for (const { firstChild } of document.querySelectorAll("[data-mod]")) {
      if (firstChild.data !== "⌘") {
        firstChild.data = "⌘";
      }
    }
  }
}

if (sheet) {
  const choice = document.getElementById("keyboard-on");
  choice.checked = isOn;
  choice.addEventListener("change", () => {
    isOn = choice.checked;
    try {
      isOn ? localStorage.removeItem(offKey) : localStorage.setItem(offKey, "1");
    } catch {}
    hint();
  });

  document.addEventListener("keydown", onKey);
  document.addEventListener("hub-command", ({ detail }) => run(detail));
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-run]");
    if (button) {
      run(button.dataset.run || button.dataset.command);
    } else if (target === sheet || target.closest("#keyboard-help [data-close]")) {
      sheet.close();
    }
  });

  // Pages come and go without this script; buttons are described once a frame at most.
  let isDue = false;
  new MutationObserver(() => {
    if (!isDue) {
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        hint();
      });
    }
  }).observe(document.body, { childList: true, subtree: true });
  hint();
}
