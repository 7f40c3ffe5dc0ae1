// The board in the browser: cards that others move glide to their new column, what is being read stays in its place, columns
// read on when an end comes into sight, and everything that the pointer can do the keys can do. What is shown and stored is
// the server's matter alone; without this script the board still works by its buttons.
import { Glides } from "./glide.js";

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const narrow = window.matchMedia("(max-width: 760px)");
const readAhead = "600px 0px";

class Board {
  constructor(element, page) {
    this.element = element;
    this.page = page;
    this.glides = new Glides(element);
    this.anchors = new WeakMap();
    this.focusLater = null;
    this.dragged = null;

    this.further = new IntersectionObserver(
      (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => entry.target.click()),
      { root: element, rootMargin: readAhead },
    );
    this.changes = new MutationObserver(() => this.onRendered());
    this.changes.observe(element, { childList: true, subtree: true });

    this.abort = new AbortController();
    const { signal } = this.abort;
    element.addEventListener("keydown", (event) => this.onKey(event), { signal });
    element.addEventListener("focusin", ({ target }) => this.onFocus(target), { signal });
    element.addEventListener("scroll", ({ target }) => this.onScroll(target), { signal, capture: true, passive: true });
    for (const kind of ["dragstart", "dragend", "dragover", "drop"]) {
      element.addEventListener(kind, (event) => this.onDrag(kind, event), { signal });
    }
    // The chooser stands beside the board and belongs to the same page.
    document.addEventListener("click", ({ target }) => this.onChoose(target), { signal });
    this.onRendered();
    this.showChosen();
    element.dataset.watched = "";
  }

  cards(root = this.element) {
    return [...root.querySelectorAll("[data-card]")];
  }

  card(id) {
    return this.element.querySelector(`[data-card="${CSS.escape(id)}"]`);
  }

  columns() {
    return [...this.element.querySelectorAll("[data-column]")];
  }

  // ── After each render ──────────────────────────────────────────────────────────────────────────────────────────────

  onRendered() {
    this.keepPlaces();
    // What one's own hand has carried there is there.
    if (this.glides.play(this.dragged).includes(this.dragged)) {
      this.dragged = null;
    }
    this.watchEnds();
    this.rove();
    this.focusAgain();
    this.glides.remember();
  }

  // Cards may come and go above what is being read: the first card in sight that is still there stays where it was.
  keepPlaces() {
    for (const list of this.element.querySelectorAll(".column-cards")) {
      for (const { id, top } of this.anchors.get(list) ?? []) {
        const card = list.querySelector(`[data-card="${id}"]`);
        if (card) {
          list.scrollTop += card.offsetTop - list.scrollTop - top;
          break;
        }
      }
    }
  }

  // At a column's very top nothing is kept, so that what arrives there is seen.
  onScroll(list) {
    if (list === this.element) {
      this.showChosen();
    } else if (list.classList?.contains("column-cards")) {
      const from = list.scrollTop;
      const seen =
        from < 8
          ? []
          : this.cards(list)
              .filter((card) => card.offsetTop + card.offsetHeight > from)
              .slice(0, 5);
      this.anchors.set(
        list,
        seen.map((card) => ({ id: CSS.escape(card.dataset.card), top: card.offsetTop - from })),
      );
    }
    this.glides.rememberSoon();
  }

  watchEnds() {
    this.further.disconnect();
    this.element.querySelectorAll("[data-further]").forEach((end) => this.further.observe(end));
  }

  // ── Keys ───────────────────────────────────────────────────────────────────────────────────────────────────────────

  // Tab reaches one card of each column, the one that was reached last; arrows reach the others.
  rove() {
    for (const column of this.columns()) {
      const cards = this.cards(column);
      const reached = cards.filter((card) => card.tabIndex === 0);
      const keep = reached.find((card) => card === document.activeElement) ?? reached.at(-1) ?? cards[0];
      cards.forEach((card) => (card.tabIndex = card === keep ? 0 : -1));
    }
  }

  onFocus(target) {
    const card = target.closest?.("[data-card]");
    if (card) {
      this.cards(card.closest("[data-column]")).forEach((other) => (other.tabIndex = other === card ? 0 : -1));
    }
  }

  focusAgain() {
    const card = this.focusLater && this.card(this.focusLater);
    if (card) {
      // Moved means made anew in another column; until then the old one has the focus anyway.
      if (card.closest("[data-column]")?.dataset.column !== this.focusFrom) {
        this.focusLater = null;
        this.focus(card);
      }
    }
  }

  focus(card) {
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest", inline: "nearest", behavior: calm.matches ? "auto" : "smooth" });
  }

  onKey(event) {
    const card = event.target.matches?.("[data-card]") ? event.target : null;
    if (!card || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const column = card.closest("[data-column]");
    const cards = this.cards(column);
    const index = cards.indexOf(card);
    const steps = { ArrowLeft: -1, ArrowRight: 1 };
    let next;
    if (event.shiftKey && event.key in steps) {
      event.preventDefault();
      [this.focusLater, this.focusFrom] = [card.dataset.card, column.dataset.column];
      this.page.invokeMethodAsync("NudgeAsync", card.dataset.card, steps[event.key]);
      return;
    } else if (event.shiftKey) {
      return;
    } else if (event.key === "ArrowDown") {
      next = cards[index + 1];
    } else if (event.key === "ArrowUp") {
      next = cards[index - 1];
    } else if (event.key === "Home") {
      next = cards[0];
    } else if (event.key === "End") {
      next = cards.at(-1);
    } else if (event.key in steps) {
      next = this.beside(column, card, steps[event.key]);
    } else if (event.key === "Enter") {
      card.querySelector("a")?.click();
    } else if (event.code === "KeyM") {
      // By its place and not its letter: the same key in a Ukrainian layout.
      card.querySelector(".card-move")?.click();
    } else {
      return;
    }
    event.preventDefault();
    if (next) {
      this.focus(next);
    }
  }

  // The card at the same height in the next column that has any.
  beside(column, card, step) {
    const columns = this.columns();
    const middle = (box) => box.top + box.height / 2;
    for (let index = columns.indexOf(column) + step; columns[index]; index += step) {
      const cards = this.cards(columns[index]);
      if (cards.length) {
        const height = middle(card.getBoundingClientRect());
        const distance = (other) => Math.abs(middle(other.getBoundingClientRect()) - height);
        return cards.reduce((best, other) => (distance(other) < distance(best) ? other : best));
      }
    }
    return undefined;
  }

  // ── Pointer, menu and chooser ──────────────────────────────────────────────────────────────────────────────────────

  onDrag(kind, event) {
    if (kind === "dragstart") {
      this.dragged = event.target.closest?.("[data-card]")?.dataset.card ?? null;
    }
    const over = kind === "dragover" ? event.target.closest?.("[data-column]") : null;
    for (const column of this.columns()) {
      column.toggleAttribute("data-over", column === over);
    }
  }

  openMenu(menu, id) {
    const card = this.card(id);
    if (!card || !menu?.showPopover) {
      return;
    }
    menu.showPopover();
    const box = (card.querySelector(".card-move") ?? card).getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = menu;
    const within = (value, most) => Math.max(12, Math.min(value, most));
    menu.style.left = `${within(box.right - width, innerWidth - width - 12)}px`;
    menu.style.top = `${within(box.bottom + 4, innerHeight - height - 12)}px`;
    menu.querySelector("button:enabled")?.focus();
  }

  closeMenu(menu, id) {
    menu?.hidePopover?.();
    const card = this.card(id);
    if (card) {
      [this.focusLater, this.focusFrom] = [id, card.closest("[data-column]")?.dataset.column];
      card.focus({ preventScroll: true });
    }
  }

  onChoose(target) {
    const key = target.closest?.("[data-go]")?.dataset.go;
    const column = key && this.columns().find((other) => other.dataset.column === key);
    if (column) {
      this.element.scrollTo({ left: this.leftOf(column), behavior: calm.matches ? "auto" : "smooth" });
    }
  }

  leftOf(column) {
    return column.offsetLeft - this.columns()[0].offsetLeft;
  }

  showChosen() {
    if (!narrow.matches) {
      return;
    }
    const at = this.element.scrollLeft;
    const columns = this.columns();
    const shown = columns.length
      ? columns.reduce((best, other) =>
          Math.abs(this.leftOf(other) - at) < Math.abs(this.leftOf(best) - at) ? other : best,
        )
      : null;
    for (const button of document.querySelectorAll("[data-go]")) {
      const isShown = button.dataset.go === shown?.dataset.column;
      if (isShown && !button.hasAttribute("aria-current")) {
        button.parentElement.scrollTo({ left: button.offsetLeft - 60, behavior: calm.matches ? "auto" : "smooth" });
      }
      isShown ? button.setAttribute("aria-current", "true") : button.removeAttribute("aria-current");
    }
  }

  close() {
    this.abort.abort();
    this.changes.disconnect();
    this.further.disconnect();
    this.glides.close();
  }
}

// A page left at once has taken its element away before this is asked for.
export function watch(element, page) {
  return new Board(element ?? document.createElement("div"), page);
}
