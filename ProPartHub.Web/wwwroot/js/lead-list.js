// The list under the hand. A cell is opened by a double click, F2 or Enter, and the arrows lead from cell to cell (what
// happens in an open one is lead-cell.js). A heading is dragged to another place, its edge makes the column wider, and the
// keys do the same (Shift and an arrow on a heading's link moves the column; arrows on an edge change its width, Enter fits
// it). What is shown and kept is the server's matter; while a hand drags, only the browser follows.
const step = 16;

class Columns {
  constructor(frame, table) {
    this.frame = frame;
    this.table = table;
    this.abort = new AbortController();
    const { signal } = this.abort;
    frame.addEventListener("pointerdown", (event) => this.onPress(event), { signal });
    frame.addEventListener("dblclick", (event) => this.onDouble(event), { signal });
    frame.addEventListener("keydown", (event) => this.onKey(event), { signal });
    for (const kind of ["dragstart", "dragover", "drop", "dragend"]) {
      frame.addEventListener(kind, (event) => this.onDrag(kind, event), { signal });
    }
    frame.dataset.watched = "";
  }

  headings() {
    return [...this.frame.querySelectorAll("th[data-column]")];
  }

  heading(column) {
    return this.frame.querySelector(`th[data-column="${CSS.escape(column)}"]`);
  }

  bounds(edge) {
    return [Number(edge.ariaValueMin), Number(edge.ariaValueMax)];
  }

  // ── Width ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  show(column, width) {
    const col = this.frame.querySelector(`col[data-col="${CSS.escape(column)}"]`);
    const before = this.heading(column).getBoundingClientRect().width;
    const list = this.frame.querySelector("table");
    const whole = list.getBoundingClientRect().width + width - before;
    col.style.width = `${width}px`;
    list.style.setProperty("--list-width", `${Math.round(whole)}px`);
  }

  keep(column, width, edge) {
    const [least, most] = this.bounds(edge);
    const kept = Math.round(Math.min(most, Math.max(least, width)));
    this.table.invokeMethodAsync("ResizeAsync", column, kept);
  }

  onPress(event) {
    const edge = event.target.closest("[data-edge]");
    if (!edge || event.button !== 0) {
      return;
    }
    event.preventDefault();
    edge.focus();
    const column = edge.dataset.edge;
    const [least, most] = this.bounds(edge);
    const from = event.clientX;
    const before = this.heading(column).getBoundingClientRect().width;
    let width = before;
    const drag = new AbortController();
    edge.setPointerCapture(event.pointerId);
    edge.addEventListener(
      "pointermove",
      (move) => {
        width = Math.min(most, Math.max(least, before + move.clientX - from));
        this.show(column, width);
      },
      { signal: drag.signal },
    );
    for (const end of ["pointerup", "pointercancel"]) {
      edge.addEventListener(
        end,
        () => {
          drag.abort();
          if (Math.abs(width - before) >= 1) {
            this.keep(column, width, edge);
          }
        },
        { signal: drag.signal },
      );
    }
  }

  onDouble(event) {
    const edge = event.target.closest("[data-edge]");
    if (edge) {
      this.fit(edge);
    } else if (!event.target.closest("a, input, [data-cell-editor]")) {
      this.edit(event.target.closest("td[data-editable]"));
    }
  }

  // As wide as the widest of what the column shows now: each cell is measured as if it stood alone on one line.
  fit(edge) {
    const place = this.heading(edge.dataset.edge).cellIndex;
    const cells = [...this.frame.querySelectorAll("tr")].map((row) => row.cells[place]).filter(Boolean);
    const rule = document.createElement("div");
    rule.style.cssText = "position:absolute;visibility:hidden;width:max-content;white-space:nowrap";
    this.frame.append(rule);
    let widest = 0;
    for (const cell of cells) {
      const copy = document.createElement("div");
      copy.style.font = getComputedStyle(cell).font;
      copy.append(...[...cell.cloneNode(true).childNodes].filter((node) => !node.dataset?.edge));
      rule.replaceChildren(copy);
      widest = Math.max(widest, rule.getBoundingClientRect().width);
    }
    rule.remove();
    this.keep(edge.dataset.edge, Math.ceil(widest) + 26, edge);
  }

  // ── Keys ───────────────────────────────────────────────────────────────────────────────────────────────────────────

  onKey(event) {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const edge = event.target.closest("[data-edge]");
    const heading = event.target.closest("th[data-column]");
    if (edge && (way || event.key === "Enter") && !event.shiftKey) {
      event.preventDefault();
      if (way) {
        this.keep(edge.dataset.edge, heading.getBoundingClientRect().width + way * step, edge);
      } else {
        this.fit(edge);
      }
    } else if (heading && way && event.shiftKey) {
      event.preventDefault();
      this.put(heading.dataset.column, this.headings().indexOf(heading) + way);
    } else if (!event.target.closest("[data-cell-editor]")) {
      this.onCellKey(event);
    }
  }

  // From a row's link the arrows lead along its cells; from cell to cell all four do.
  onCellKey(event) {
    const cell = event.target.closest("td[data-cell]");
    if (!cell || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const isCell = event.target === cell;
    if (event.key === "F2" || (isCell && event.key === "Enter")) {
      event.preventDefault();
      this.edit(cell.matches("[data-editable]") ? cell : null);
      return;
    }
    const row = cell.parentElement;
    const place = [...row.cells].indexOf(cell);
    const next = {
      ArrowLeft: row.cells[place - 1],
      ArrowRight: row.cells[place + 1],
      ArrowUp: isCell && row.previousElementSibling?.cells[place],
      ArrowDown: isCell && row.nextElementSibling?.cells[place],
    }[event.key];
    if (next?.matches("td[data-cell]")) {
      event.preventDefault();
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  edit(cell) {
    if (cell) {
      this.table.invokeMethodAsync("Edit", cell.closest("tr").dataset.lead, cell.dataset.cell);
    }
  }

  put(column, place) {
    if (place > 0 && place < this.headings().length) {
      this.table.invokeMethodAsync("MoveAsync", column, place);
    }
  }

  // ── Dragging headings ──────────────────────────────────────────────────────────────────────────────────────────────

  onDrag(kind, event) {
    const heading = event.target.closest?.("th[data-column]");
    if (kind === "dragstart") {
      if (!heading || heading.draggable !== true) {
        return;
      }
      this.dragged = heading.dataset.column;
      heading.classList.add("column-dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", heading.textContent.trim());
    } else if (this.dragged && kind === "dragover") {
      if (heading) {
        event.preventDefault();
        this.mark(heading);
      }
    } else if (this.dragged) {
      event.preventDefault();
      if (kind === "drop" && heading) {
        this.put(this.dragged, this.headings().indexOf(heading) || 1);
      }
      this.mark(null);
      this.heading(this.dragged)?.classList.remove("column-dragged");
      this.dragged = null;
    }
  }

  mark(target) {
    const from = this.headings().findIndex((heading) => heading.dataset.column === this.dragged);
    this.headings().forEach((heading, place) => {
      heading.classList.toggle("column-target", heading === target && place < from);
      heading.classList.toggle("column-target-after", heading === target && place > from);
    });
  }

  close() {
    this.abort.abort();
  }
}

// A page left at once has taken its list away before this is asked for.
export function watch(frame, table) {
  return new Columns(frame ?? document.createElement("div"), table);
}
