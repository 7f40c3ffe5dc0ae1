// The shell's own behaviour, for static and interactive pages alike. What is chosen here is kept in cookies, so that
// the server's first answer already looks so, and as attributes of <html>, which no component renders over.
const root = document.documentElement;
const foldedBelow = window.matchMedia("(max-width: 960px)");

function remember(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax${secure}`;
}

function chooseTheme(theme) {
  root.dataset.theme = theme;
  document.querySelector('meta[name="color-scheme"]').content = theme === "system" ? "light dark" : theme;
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    // One for each of the system's looks; both have the chosen theme's colour when one is chosen.
    meta.content = meta.dataset[theme === "system" ? meta.dataset.for : theme];
  }
  remember("hub-theme", theme);
  describe();
}

function toggleNavigation() {
  root.dataset.nav = isNavigationOpen() ? "folded" : "open";
  remember("hub-nav", root.dataset.nav);
  describe();
}

// On a narrow desktop window the menu starts folded, whatever is remembered.
function isNavigationOpen() {
  return root.dataset.nav === "open" && !foldedBelow.matches;
}

// What the colours and widths say to the eye, said to assistive technology.
function describe() {
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === root.dataset.theme));
  }
  for (const button of document.querySelectorAll("[data-nav-toggle]")) {
    button.setAttribute("aria-expanded", String(isNavigationOpen()));
  }
}

document.addEventListener("click", (event) => {
  // Blazor follows a link without leaving the document, so a menu it stands in would stay open.
  event.target.closest(".bottom-more a")?.closest("[popover]").hidePopover();
  const target = event.target.closest("[data-theme-choice], [data-nav-toggle], [data-skip-to], [data-to-top]");
  if (!target) {
    return;
  }
  if (target.dataset.themeChoice) {
    chooseTheme(target.dataset.themeChoice);
  } else if (target.dataset.skipTo) {
    event.preventDefault();
    document.getElementById(target.dataset.skipTo)?.focus();
  } else if (target.hasAttribute("data-to-top")) {
    // Another page of the same list is read from its beginning; Blazor keeps the place within one component.
    document.getElementById("main")?.scrollTo({ top: 0 });
  } else {
    toggleNavigation();
  }
});

document.addEventListener("hub-theme", ({ detail }) => chooseTheme(detail));

// When the circuit starts it replaces the first, static render; a menu opened by then is opened again.
const reopen = new MutationObserver(() => {
  const menu = document.getElementById("user-menu");
  if (menu && !menu.matches(":popover-open")) {
    menu.showPopover();
  }
});
document.addEventListener(
  "toggle",
  ({ target, newState }) => {
    if (target.id !== "user-menu") {
      return;
    }
    if (newState === "open") {
      reopen.observe(document.body, { childList: true, subtree: true });
    } else {
      reopen.disconnect();
    }
  },
  true,
);

// A menu that names its button opens under it; where the window ends, beside the window's edge.
document.addEventListener(
  "beforetoggle",
  ({ target, newState }) => {
    const button = newState === "open" && document.getElementById(target.dataset?.under ?? "");
    if (button) {
      const box = button.getBoundingClientRect();
      const room = Math.min(320, innerWidth - 24);
      target.style.inset = `${box.bottom + 4}px auto auto ${Math.max(12, Math.min(box.left, innerWidth - room - 12))}px`;
    }
  },
  true,
);

// Interactive rendering may replace the buttons after this module ran; they are described again when they are reached.
document.addEventListener("focusin", describe);
document.addEventListener("toggle", describe, true);
foldedBelow.addEventListener("change", describe);
describe();
