// The palette: opened and filtered here, without a circuit. Leads, people and articles are asked from the server while one types;
// only the answer to the latest question is shown, whichever comes when.
import { noteVisits, recent } from "./recent-leads.js";
import { markCommand, matches, swapped, write } from "./palette-text.js";

const dialog = document.getElementById("palette");
const text = document.getElementById("palette-text");
const list = document.getElementById("palette-list");
const pause = 120;
const shortest = 2;
let question = 0;
let waiting = false;
let asking;
let timer;
let active = null;
let hasChosen = false;
let openWhenAnswered = null;

const group = (name) => list.querySelector(`[data-group=${name}]`);
const inGroup = (name) => [...group(name).querySelectorAll("[role=option]")];
const isStale = (option) => waiting && option.closest("[data-group=leads], [data-group=people], [data-group=articles], [data-group=recent]");
const options = () =>
  [...list.querySelectorAll("[data-group]:not([hidden]) [role=option]:not([hidden])")].filter((o) => !isStale(o));

// ---- Showing.

function filterCommands(typed) {
  const other = swapped(typed.toLowerCase(), dialog.dataset);
  for (const name of ["pages", "actions"]) {
    for (const option of inGroup(name)) {
      const reading = [typed, other].find((one) => matches(option, one));
      option.hidden = reading === undefined;
      markCommand(option, option.hidden ? "" : reading);
    }
    group(name).hidden = inGroup(name).every((option) => option.hidden);
  }
}

function fill(name, hits) {
  const template = document.getElementById({ people: "palette-person", articles: "palette-article" }[name] ?? "palette-lead");
  group(name)
    .querySelector("[data-options]")
    .replaceChildren(
      ...hits.map((hit, place) => {
        const option = template.content.firstElementChild.cloneNode(true);
        option.id = `palette-${name}-${place}`;
        option.href = hit.href;
        write(option.querySelector("[data-title]"), hit.title);
        write(option.querySelector("[data-detail]"), hit.detail);
        const badge = option.querySelector("[data-badge]");
        badge.textContent = hit.badge ?? "";
        badge.hidden = !hit.badge;
        badge.dataset.badge = hit.status ?? "";
        return option;
      }),
    );
  group(name).hidden = hits.length === 0;
}

function activate(option) {
  active?.setAttribute("aria-selected", "false");
  active = option ?? null;
  if (active) {
    active.setAttribute("aria-selected", "true");
    text.setAttribute("aria-activedescendant", active.id);
    active.scrollIntoView({ block: "nearest" });
  } else {
    text.removeAttribute("aria-activedescendant");
  }
}

// The first is active until the person chose another: what an arrow was moved to stays while answers come.
function settle() {
  const shown = options();
  text.setAttribute("aria-expanded", String(shown.length > 0));
  list.classList.toggle("palette-waiting", waiting);
  if (!hasChosen || !shown.includes(active)) {
    hasChosen = false;
    activate(shown.find((option) => !(waiting && option.dataset.more !== undefined)));
  }
}

function say(note, count) {
  const { none, count: found } = dialog.dataset;
  const shown = note ?? (count === 0 ? none : "");
  const line = dialog.querySelector(".palette-note");
  line.textContent = shown;
  line.hidden = !shown;
  dialog.querySelector("[role=status]").textContent = shown || (count ? found.replace("{0}", count) : "");
}

// ---- Asking.

async function answerTo(body) {
  const response = await fetch(dialog.dataset.find, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
    signal: asking.signal,
  });
  const { tooMany, signedOut, failed } = dialog.dataset;
  if (!response.ok || !response.headers.get("Content-Type")?.includes("json")) {
    return { note: { 429: tooMany, 401: signedOut }[response.status] ?? failed };
  }
  return await response.json();
}

function ask(typed) {
  clearTimeout(timer);
  asking?.abort();
  const mine = ++question;
  const isSearch = typed.length >= shortest;
  const body = isSearch ? { text: typed } : { recent: recent(dialog.dataset.person) };
  waiting = isSearch || (typed.length === 0 && body.recent.length > 0);
  if (!waiting) {
    fill("leads", []);
    fill("people", []);
    fill("articles", []);
    return;
  }
  timer = setTimeout(
    async () => {
      asking = new AbortController();
      const answer = await answerTo(body).catch(() => ({ note: dialog.dataset.failed }));
      if (mine === question) {
        waiting = false;
        show(isSearch, answer);
      }
    },
    isSearch ? pause : 0,
  );
}

function show(isSearch, { leads = [], people = [], articles = [], note = null }) {
  fill("recent", isSearch ? [] : leads);
  fill("leads", isSearch ? leads : []);
  fill("people", isSearch ? people : []);
  fill("articles", isSearch ? articles : []);
  settle();
  say(note, options().filter((option) => option.dataset.more === undefined).length);
  if (openWhenAnswered && active) {
    open(active, openWhenAnswered.isApart);
  }
}

function onType() {
  const typed = text.value.trim();
  hasChosen = false;
  openWhenAnswered = null;
  filterCommands(typed);
  group("recent").hidden = typed.length > 0 || inGroup("recent").length === 0;
  group("more").hidden = typed.length < shortest;
  document.getElementById("palette-more").href = `/leads?q=${encodeURIComponent(typed)}`;
  ask(typed);
  settle();
  say(null, waiting ? undefined : options().length);
}

// ---- Opening.

function open(option, isApart) {
  openWhenAnswered = null;
  if (isApart && option.href) {
    window.open(option.href, "_blank", "noopener");
  } else {
    option.click();
  }
}

function move(by) {
  const shown = options();
  const at = shown.indexOf(active);
  hasChosen = true;
  activate(shown[(at + by + shown.length) % shown.length]);
}

function onKey(event) {
  if (event.isComposing) {
    return;
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    const isApart = event.ctrlKey || event.metaKey;
    // Who types a name and presses Enter at once means the first lead of that name, which is still on its way.
    if (active) {
      open(active, isApart);
    } else if (waiting) {
      openWhenAnswered = { isApart };
    }
  }
}

function onClick(event) {
  const option = event.target.closest("[role=option]");
  if (option && isStale(option)) {
    event.preventDefault();
  } else if (option) {
    const staysHere = !(event.ctrlKey || event.metaKey || event.shiftKey) || !option.href;
    if (staysHere) {
      dialog.close();
    }
    if (option.dataset.name) {
      document.dispatchEvent(new CustomEvent("hub-command", { detail: option.dataset.name }));
    }
  } else if (event.target === dialog || event.target.closest("[data-close]")) {
    dialog.close();
  }
}

function toggle() {
  if (dialog.open) {
    dialog.close();
  } else {
    text.value = "";
    dialog.showModal();
    text.focus();
    onType();
  }
}

if (dialog) {
  noteVisits(dialog.dataset.person);
  document.addEventListener("hub-palette", toggle);
  text.addEventListener("input", onType);
  text.addEventListener("keydown", onKey);
  dialog.addEventListener("click", onClick);
  list.addEventListener("pointermove", ({ target }) => {
    const option = target.closest("[role=option]");
    if (option && option !== active && options().includes(option)) {
      hasChosen = true;
      activate(option);
    }
  });
  // A press must not take the focus from the box, or the phone's keyboard would jump.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  dialog.addEventListener("close", () => {
    clearTimeout(timer);
    asking?.abort();
    question += 1;
    waiting = false;
    openWhenAnswered = null;
  });
}
