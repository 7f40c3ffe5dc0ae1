// Pictures of a gallery ([data-gallery] with links [data-photo]) are shown large: arrows, swipes, Escape, with the count and
// the caption. PDF ([data-kind=pdf]) is shown beside them where the browser has a viewer. Texts stand in the gallery or
// around it. The dialog is the browser's own, which keeps the focus inside and gives it back.
let dialog = null;
let shown = { photos: [], place: 0, gallery: null };

const icons = {
  close: "M19 6.4 17.6 5 12 10.6 6.4 5 5 6.4 10.6 12 5 17.6 6.4 19 12 13.4 17.6 19 19 17.6 13.4 12z",
  previous: "M15.4 7.4 14 6l-6 6 6 6 1.4-1.4L10.8 12z",
  save: "M19 9h-4V3H9v6H5l7 7 7-7zM5 18v2h14v-2z",
  next: "M8.6 16.6 13.2 12 8.6 7.4 10 6l6 6-6 6z",
};

function part(name, tag = "button") {
  const element = document.createElement(tag);
  element.className = `lightbox-${name}`;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", icons[name]);
  svg.append(path);
  element.append(svg);
  return element;
}

function button(name, act) {
  const element = part(name);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

function make() {
  const element = document.createElement("dialog");
  element.className = "lightbox";
  const figure = document.createElement("figure");
  const picture = document.createElement("img");
  const caption = document.createElement("figcaption");
  caption.dir = "auto";
  const count = document.createElement("p");
  count.className = "lightbox-count";
  count.setAttribute("role", "status");
  const view = document.createElement("div");
  view.className = "lightbox-view";
  const title = document.createElement("span");
  const facts = document.createElement("span");
  facts.className = "lightbox-facts";
  caption.append(title, facts);
  figure.append(view, caption);
  const save = part("save", "a");
  save.download = "";
  const previous = button("previous", () => go(-1));
  const next = button("next", () => go(1));
  const close = button("close", () => element.close());
  element.append(count, close, save, figure, previous, next);
  element.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (way) {
      event.preventDefault();
      go(way);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      show(event.key === "Home" ? 0 : shown.photos.length - 1);
    }
    // Escape closes the dialog and nothing under it.
    event.stopPropagation();
  });
  element.addEventListener("click", ({ target }) => {
    if (target === element || target === figure || target === view) {
      element.close();
    }
  });
  let start = null;
  element.addEventListener("pointerdown", (event) => (start = event.isPrimary ? event : null));
  element.addEventListener("pointerup", (event) => {
    const way = start ? event.clientX - start.clientX : 0;
    if (Math.abs(way) > 50 && Math.abs(way) > 2 * Math.abs(event.clientY - start.clientY)) {
      go(way > 0 ? -1 : 1);
    }
    start = null;
  });
  picture.draggable = false;
  picture.addEventListener("error", () => say(shown.texts.broken));
  element.addEventListener("close", () => {
    view.replaceChildren();
    picture.removeAttribute("src");
    // The one that was looked at last, where it can be seen, and else the one it began with.
    const last = shown.photos[shown.place];
    (last?.offsetParent ? last : shown.opener)?.focus({ preventScroll: true });
    element.remove();
    dialog = null;
  });
  return { element, view, picture, caption, title, facts, save, count, previous, next, close };
}

function go(way) {
  show((shown.place + way + shown.photos.length) % shown.photos.length);
}

// In place of what cannot be shown.
function say(text) {
  if (text) {
    const line = document.createElement("p");
    line.className = "lightbox-none";
    line.textContent = text;
    dialog?.view.replaceChildren(line);
  }
}

function put(link, name) {
  if (link.dataset.kind !== "pdf") {
    dialog.view.replaceChildren(dialog.picture);
    dialog.picture.src = link.href;
    dialog.picture.alt = name;
  } else if (navigator.pdfViewerEnabled === false) {
    // A browser without a viewer would save it unasked.
    say(shown.texts.noViewer);
  } else {
    // A new frame each time: another address for the same one is a step of the history.
    const frame = document.createElement("iframe");
    frame.src = link.href;
    frame.title = name;
    dialog.view.replaceChildren(frame);
  }
}

function show(place) {
  shown.place = place;
  const link = shown.photos[place];
  const caption = link.dataset.caption ?? "";
  const count = shown.texts.of.replace("{0}", place + 1).replace("{1}", shown.photos.length);
  put(link, caption || count);
  dialog.title.textContent = caption;
  dialog.facts.textContent = link.dataset.facts ?? "";
  dialog.caption.hidden = !caption;
  dialog.save.hidden = !link.dataset.save;
  dialog.save.href = link.dataset.save ?? "";
  dialog.count.textContent = count;
  if ("recorded" in shown.gallery.dataset) {
    // What is fetched counts as read.
    return;
  }
  // The neighbours, so that the next is there at once.
  for (const near of [place + 1, place - 1]) {
    const other = shown.photos[(near + shown.photos.length) % shown.photos.length];
    new Image().src = other.href;
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-gallery] [data-photo]");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  const gallery = link.closest("[data-gallery]");
  const photos = [...gallery.querySelectorAll("[data-photo]")].filter(
    (photo) => photo.closest("[data-gallery]") === gallery,
  );
  const texts = gallery.closest("[data-of]").dataset;
  shown = { photos, place: photos.indexOf(link), gallery, texts, opener: link };
  dialog = make();
  const isAlone = photos.length === 1;
  for (const [element, text] of [
    [dialog.close, texts.close],
    [dialog.previous, texts.previous],
    [dialog.next, texts.next],
    [dialog.save, texts.save ?? ""],
  ]) {
    element.setAttribute("aria-label", text);
    element.title = text;
  }
  dialog.previous.hidden = isAlone;
  dialog.next.hidden = isAlone;
  dialog.element.setAttribute("aria-label", (gallery.closest("[aria-label]") ?? gallery).getAttribute("aria-label") ?? "");
  document.body.append(dialog.element);
  dialog.element.showModal();
  show(shown.place);
}, true);
