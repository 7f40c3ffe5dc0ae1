// One cell of the list under the hand. Nothing travels while one types: Enter, the tab key or leaving the cell hand over
// what it holds, Escape gives it up. Where the connection is lost it stays as typed, and as a draft (js/drafts.js).
class Cell {
  constructor(form, editor) {
    this.form = form;
    this.editor = editor;
    this.cell = form.closest("td");
    this.isSent = false;
    this.abort = new AbortController();
    const { signal } = this.abort;
    form.addEventListener("keydown", (event) => this.onKey(event), { signal });
    form.addEventListener("focusout", () => setTimeout(() => this.onLeft()), { signal });
    this.focus();
    form.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  controls() {
    return [...this.form.querySelectorAll("input, select")].filter((control) => control.checkVisibility());
  }

  focus() {
    // What is to be chosen between is gone to, but neither of the two: a second Enter must not decide.
    const first =
      this.form.querySelector("[data-conflict]") ??
      this.form.querySelector("[aria-invalid=true]") ??
      this.form.querySelector("input, select");
    first?.focus();
    first?.select?.();
  }

  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const isField = event.target.matches("input, select");
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.send("CancelAsync");
    } else if (event.key === "Enter" && isField) {
      event.preventDefault();
      event.stopPropagation();
      this.commit(0);
    } else if (event.key === "Tab" && isField && !this.form.querySelector("button")) {
      const way = event.shiftKey ? -1 : 1;
      const controls = this.controls();
      if (!controls[controls.indexOf(event.target) + way]) {
        event.preventDefault();
        this.commit(way);
      }
    }
  }

  // The window may have lost its focus and not the cell; and what was refused is not sent again by merely going away.
  onLeft() {
    const isHere = this.form.contains(document.activeElement) || !document.hasFocus();
    if (this.form.isConnected && !isHere && !this.form.querySelector("[role=alert]")) {
      this.commit(0);
    }
  }

  commit(step) {
    const values = Object.fromEntries(this.controls().map((control) => [control.name, control.value]));
    return this.send("CommitAsync", values, step);
  }

  async send(method, ...values) {
    if (this.isSent) {
      return;
    }
    this.isSent = true;
    const wasHere = this.form.contains(document.activeElement);
    try {
      await this.editor.invokeMethodAsync(method, ...values);
    } catch {
      // No connection, or the editor is gone already.
    }
    this.isSent = false;
    // The answer may overtake the render that takes the form away.
    for (let frame = 0; wasHere && this.form.isConnected && frame < 120; frame++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    const isNowhere = document.activeElement === document.body || document.activeElement === null;
    if (wasHere && isNowhere && !this.form.isConnected) {
      this.cell?.focus({ preventScroll: true });
    }
  }

  close() {
    this.abort.abort();
  }
}

// A page left at once has taken its cells away before this is asked for.
export function edit(form, editor) {
  return new Cell(form ?? document.createElement("form"), editor);
}
