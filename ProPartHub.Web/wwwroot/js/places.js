// "Back" shows a list as it was left: as far scrolled, the row one had opened focused. The page scrolls inside <main>, of
// which the browser remembers nothing, and its rows come after the page itself.
const storage = "hub-places";
const mostPlaces = 30;
const main = () => document.getElementById("main");
// A wide list scrolls within itself, under its headings.
const frame = () => main()?.querySelector("[data-scroller]");
// A row's own page, and not the client's phone.
const rowSelector = '[data-rows] a[href^="/"]';
// A lead that is opened from a list or the board knows from which: the next lead is the list's next. The link itself stays
// as it is, so that one that is copied or opened in a new window is the lead's alone.
const leadSelector = ':is(main [data-rows], main [data-card], [data-leads]) a[href^="/leads/"]';
let places = {};
let wanted = null;
let isThere = false;

try {
  places = JSON.parse(sessionStorage.getItem(storage)) ?? {};
} catch {}

function keep(change) {
  if (wanted) {
    return;
  }
  const { [location.href]: place, ...others } = places;
  places = Object.fromEntries([
    ...Object.entries(others).slice(1 - mostPlaces),
    [location.href, { top: main()?.scrollTop ?? 0, inner: frame()?.scrollTop ?? 0, row: place?.row, ...change }],
  ]);
}

function rowOf(href) {
  return [...(main()?.querySelectorAll(rowSelector) ?? [])].find((link) => link.getAttribute("href") === href);
}

function goThere() {
  const row = wanted.row && rowOf(wanted.row);
  const reaches = (element, top) => !top || (element && element.scrollHeight - element.clientHeight >= top);
  const isLongEnough = reaches(main(), wanted.top) && reaches(frame(), wanted.inner);
  if (row ? isLongEnough : !wanted.row && isLongEnough) {
    isThere = true;
    main().scrollTop = wanted.top;
    if (frame()) {
      frame().scrollTop = wanted.inner ?? 0;
    }
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  }
}

// A list of the start page, or of notifications, is no page of its own and changes by the hour: its leads go along as they
// stand there.
function listedWith(name) {
  const links = document.querySelectorAll(`[data-leads="${name}"] a[href^="/leads/"]`);
  const ids = new Set([...links].map((link) => link.getAttribute("href").slice("/leads/".length)));
  const path = ["bell", "notices"].includes(name) ? "/notifications" : "/";
  return `${path}?leads=${[...ids].slice(0, 60).join(",")}`;
}

function open(lead) {
  const link = document.createElement("a");
  const name = lead.closest("[data-leads]")?.dataset.leads;
  const isList = ["/leads", "/board"].includes(location.pathname);
  const from = name ? listedWith(name) : isList ? location.pathname + location.search : "";
  link.href = lead.getAttribute("href") + (from ? `?from=${encodeURIComponent(from)}` : "");
  document.body.append(link);
  link.click();
  link.remove();
}

const rows = new MutationObserver(() => wanted && !isThere && goThere());

function comeBack() {
  wanted = places[location.href] ?? null;
  isThere = false;
  if (wanted) {
    rows.observe(document.body, { childList: true, subtree: true });
  }
}

// Whoever scrolls, types or presses has taken over.
function letGo() {
  wanted = null;
  rows.disconnect();
}

window.addEventListener("popstate", comeBack);
for (const event of ["wheel", "touchstart", "pointerdown", "keydown"]) {
  window.addEventListener(event, letGo, { capture: true, passive: true });
}
document.addEventListener("scroll", ({ target }) => [main(), frame()].includes(target) && keep({}), true);
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(`main ${rowSelector}`)) {
    keep({ row: target.getAttribute("href") });
  } else if (wanted && isThere && target.matches("h1")) {
    // Blazor focuses the heading of each page it shows, once in a while after the rows.
    goThere();
  }
});
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.(`main ${rowSelector}`);
    if (link) {
      keep({ row: link.getAttribute("href") });
    }
    const lead = event.target.closest?.(leadSelector);
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (lead && isPlain && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      open(lead);
    }
    const step = event.target.closest?.("main [data-list][data-row]");
    if (step) {
      // Whoever went on from lead to lead comes back to the row of the last.
      const list = new URL(step.dataset.list, location).href;
      places[list] = { top: 0, ...places[list], row: step.dataset.row };
    }
  },
  true,
);
window.addEventListener("pagehide", () => {
  try {
    sessionStorage.setItem(storage, JSON.stringify(places));
  } catch {}
});

if (["back_forward", "reload"].includes(performance.getEntriesByType("navigation")[0]?.type)) {
  comeBack();
}

// On paper an address is of use only whole.
window.addEventListener("beforeprint", () => {
  for (const link of document.querySelectorAll(rowSelector)) {
    link.dataset.printed = link.href;
  }
  // Where one came from is of this visit alone.
  const address = new URL(location);
  address.searchParams.delete("from");
  for (const header of document.querySelectorAll("main .page-header")) {
    header.dataset.printed = address.href;
  }
});
