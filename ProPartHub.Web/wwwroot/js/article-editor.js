// The text of an article: marks by buttons and keys, and a preview that follows the typing after a pause. What is put in by
// a button goes the way of typed text, so that Ctrl Z takes it back and the draft hears of it.
const pause = 350;
const drags = ["dragover", "dragleave", "drop"];

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

// A spreadsheet's cells come as text and as a picture of it: the text is meant.
const hasFiles = (data) => data?.types.includes("Files");
const isPicture = (data) => hasFiles(data) && !data.types.includes("text/plain");

const keys = { KeyB: "bold", KeyI: "italic" };

class Editor {
  constructor(text, inputId, tools, page) {
    this.text = text;
    this.inputId = inputId;
    this.tools = tools;
    this.page = page;
    this.onInput = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.preview(), pause);
    };
    this.onClick = ({ target }) => {
      const mark = target.closest("[data-mark]")?.dataset.mark;
      if (mark === "picture") {
        this.input?.click();
      } else if (marks[mark]) {
        this.apply(mark);
      }
    };
    this.onPaste = (event) => {
      if (isPicture(event.clipboardData)) {
        event.preventDefault();
        this.hand(event.clipboardData.files);
      }
    };
    this.onDrag = (event) => {
      const isOver = hasFiles(event.dataTransfer) && event.type !== "dragleave";
      if (isOver) {
        event.preventDefault();
      }
      this.place.classList.toggle("is-over", isOver && event.type === "dragover");
      if (event.type === "drop" && isOver) {
        this.hand(event.dataTransfer.files);
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
    text.addEventListener("paste", this.onPaste);
    this.place = text.closest(".writer") ?? text;
    for (const name of drags) {
      this.place.addEventListener(name, this.onDrag);
    }
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

  // The input is another one after each choice.
  get input() {
    return document.getElementById(this.inputId);
  }

  // Pasted and dropped files go the way of chosen ones.
  hand(files) {
    const { input } = this;
    if (input && !input.disabled) {
      input.files = files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  // A block of its own where the text was left.
  insert(made) {
    const { text } = this;
    const before = text.value.slice(0, text.selectionEnd);
    const after = text.value.slice(text.selectionEnd);
    const lead = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const tail = after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
    text.setSelectionRange(text.selectionEnd, text.selectionEnd);
    this.put(lead + made + tail);
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
    this.text.removeEventListener("paste", this.onPaste);
    for (const name of drags) {
      this.place.removeEventListener(name, this.onDrag);
    }
    this.tools?.removeEventListener("click", this.onClick);
  }
}

// A page left at once has taken its text away before this is asked for.
export function edit(textId, inputId, tools, page) {
  return new Editor(document.getElementById(textId) ?? document.createElement("textarea"), inputId, tools, page);
}
