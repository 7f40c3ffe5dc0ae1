// Cards that others move fly from where they were to where they are. Cards have data-card, columns data-column.
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const glideFor = 480;
const most = 12;

export class Glides {
  constructor(element, { duration = glideFor } = {}) {
    this.element = element;
    this.duration = duration;
    this.places = new Map();
  }

  cards() {
    return [...this.element.querySelectorAll("[data-card]")];
  }

  rememberSoon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.remember();
    });
  }

  // Only the cards that are there now: of those that left nothing is kept.
  remember() {
    this.places = new Map(
      this.cards().map((card) => [
        card.dataset.card,
        { column: card.closest("[data-column]")?.dataset.column, box: card.getBoundingClientRect() },
      ]),
    );
  }

  // Lets what has changed its column since fly there, but for one card; tells which have.
  play(except) {
    const moved = this.cards().filter((card) => {
      const before = this.places.get(card.dataset.card);
      return before && before.column !== card.closest("[data-column]")?.dataset.column;
    });
    for (const card of calm.matches || document.hidden ? [] : moved.slice(0, most)) {
      if (card.dataset.card !== except) {
        this.glide(card, this.places.get(card.dataset.card).box);
      }
    }
    return moved.map((card) => card.dataset.card);
  }

  // A likeness flies above the columns, which would cut the card itself off at their edges.
  glide(card, from) {
    const to = card.getBoundingClientRect();
    const likeness = card.cloneNode(true);
    likeness.removeAttribute("data-card");
    likeness.setAttribute("aria-hidden", "true");
    likeness.inert = true;
    likeness.classList.add("gliding");
    Object.assign(likeness.style, {
      position: "fixed",
      zIndex: 30,
      left: `${to.left}px`,
      top: `${to.top}px`,
      width: `${to.width}px`,
      boxSizing: "border-box",
      pointerEvents: "none",
      boxShadow: "var(--shadow)",
    });
    document.body.append(likeness);
    card.style.opacity = "0";
    const flight = likeness.animate(
      [{ transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)` }, { transform: "none" }],
      { duration: this.duration, easing: "cubic-bezier(0.2, 0.8, 0.2, 1)" },
    );
    flight.onfinish = flight.oncancel = () => {
      likeness.remove();
      card.style.opacity = "";
    };
  }

  close() {
    cancelAnimationFrame(this.frame);
  }
}
