// The text of an article: marks by buttons and keys, and a preview that follows the typing after a pause. What is put in by
// a button goes the way of typed text, so that Ctrl Z takes it back and the draft hears of it.
const pause = 350;

const around = (mark, sample) => (chosen) => [`${mark}${chosen || sample}${mark}`, mark.length, (chosen || sample).length];

// Whole lines: each gets the mark, or loses it where all have it.
function lines(mark) {
  return (chosen) => {
    const all = chosen.split("\n");
    const has = all.every((line) => line.startsWith(mark));
    const text = all.map((line) => (has ? line.slice(mark.length) : mark + line)).join("\n");
    return [text, text.length, 0];
  };
}

const marks = {
  bold: { make: around("**", "…") },
  italic: { make: around("*", "…") },
  heading: { make: lines("## "), isLines: true },
  list: { make: lines("- "), isLines: true },
  link: {
    make: (chosen) => {
      const words = chosen || "…";
      return [`[${words}](https://)`, words.length + 3, 8];
    },
  },
};

const keys = { KeyB: "bold", KeyI: "italic" };

class Editor {
  constructor(text, tools, page) {
    this.text = text;
    this.tools = tools;
    this.page = page;
    this.onInput = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.preview(), pause);
    };
    this.onClick = ({ target }) => {
      const mark = target.closest("[data-mark]")?.dataset.mark;
      if (marks[mark]) {
        this.apply(mark);
      }
    };
    this.onKey = (event) => {
      const mark = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && keys[event.code];
      if (mark) {
        event.preventDefault();
        this.apply(mark);
      }
    };
    text.addEventListener("input", this.onInput);
    text.addEventListener("keydown", this.onKey);
    tools?.addEventListener("click", this.onClick);
    // What was typed or restored before this came is shown too.
    this.onInput();
  }

  apply(name) {
    const { make, isLines } = marks[name];
    const { text } = this;
    text.focus();
    if (isLines) {
      const end = text.value.indexOf("\n", text.selectionEnd);
      text.setSelectionRange(
        text.value.lastIndexOf("\n", text.selectionStart - 1) + 1,
        end < 0 ? text.value.length : end,
      );
    }
    const start = text.selectionStart;
    const [made, from, length] = make(text.value.slice(start, text.selectionEnd));
    this.put(made);
    text.setSelectionRange(start + from, start + from + length);
  }

  // The one way of putting text in that the browser can take back.
  put(made) {
    const { text } = this;
    text.focus();
    if (!document.execCommand("insertText", false, made)) {
      text.setRangeText(made, text.selectionStart, text.selectionEnd, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
    text.dispatchEvent(new Event("change", { bubbles: true }));
  }

  preview() {
    this.page.invokeMethodAsync("Preview", this.text.value).catch(() => {});
  }

  close() {
    clearTimeout(this.timer);
    this.text.removeEventListener("input", this.onInput);
    this.text.removeEventListener("keydown", this.onKey);
    this.tools?.removeEventListener("click", this.onClick);
  }
}

// A page left at once has taken its text away before this is asked for.
export function edit(textId, tools, page) {
  return new Editor(document.getElementById(textId) ?? document.createElement("textarea"), tools, page);
}
