// What is being typed, kept in this browser until it is saved: a dead server, a reload or a closed laptop loses nothing.
// Written without the server's help, so that it works while the connection is lost. Each person has drafts of their own
// (the key begins with the person's id); signing out removes them, and so do seven days.
const prefix = "hub-draft:";
const lifetime = 7 * 24 * 60 * 60 * 1000;
const pause = 300;
const kept = new Set();

// Storage may be full, blocked or filled with something else: a draft is a convenience and never breaks a form.
function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    return Date.now() - draft.at < lifetime && draft.values ? draft : null;
  } catch {
    return null;
  }
}

function write(key, draft) {
  try {
    draft ? localStorage.setItem(key, JSON.stringify(draft)) : localStorage.removeItem(key);
  } catch {}
}

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

// A box is ticked or not, whatever value it would send.
const valueOf = (input) => (input.type === "checkbox" ? (input.checked ? "true" : "") : input.value);

class Draft {
  // opened: what the fields held before anybody typed. It is stored beside the typed values, so that a form restored
  // tomorrow still knows what it was opened with and notices who changed the same field meanwhile.
  constructor(element, key, opened) {
    this.key = prefix + key;
    this.opened = opened;
    this.values = {};
    this.base = {};
    this.onInput = ({ target }) => target.name && this.put(target.name, valueOf(target));
    this.element = element;
    element.addEventListener("input", this.onInput);
    kept.add(this);
  }

  // The stored draft, or null; what is typed next is added to it. So is what was typed before this was called: the
  // form is there some milliseconds earlier.
  restore() {
    const draft = read(this.key);
    if (draft) {
      this.values = draft.values;
      this.base = draft.opened ?? {};
    }
    for (const input of this.element.querySelectorAll("[name]")) {
      if (valueOf(input) !== (this.opened[input.name] ?? "")) {
        this.put(input.name, valueOf(input));
      }
    }
    return draft && { values: this.values, opened: this.base };
  }

  // The form was opened anew on other values.
  rebase(opened) {
    this.opened = opened;
  }

  put(name, value) {
    const before = this.base[name] ?? this.opened[name] ?? "";
    if (value === before) {
      delete this.values[name];
      delete this.base[name];
    } else {
      this.values[name] = value;
      this.base[name] = before;
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), pause);
  }

  // A value in place of another, unless something else is being typed by now: that stays, and is told. Asked of the server
  // alone, the answer would come after what was typed meanwhile, and be put over it.
  swap(name, before, after) {
    const input = this.element.querySelector(`[name="${CSS.escape(name)}"]`);
    if (input && input.value !== before) {
      return input.value;
    }
    if (input) {
      input.value = after;
    }
    this.put(name, after);
    return null;
  }

  flush() {
    if (this.timer) {
      clearTimeout(this.timer);
      this.timer = undefined;
      const isEmpty = Object.keys(this.values).length === 0;
      write(this.key, isEmpty ? null : { at: Date.now(), values: this.values, opened: this.base });
    }
  }

  discard() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.values = {};
    this.base = {};
    write(this.key, null);
  }

  close() {
    this.flush();
    this.element.removeEventListener("input", this.onInput);
    kept.delete(this);
  }
}

// A page left at once has taken its element away before this is asked for; nothing is typed into a stand-in.
export function keep(element, key, opened) {
  return new Draft(element ?? document.createElement("div"), key, opened);
}

for (const key of keys().filter((key) => !read(key))) {
  write(key, null);
}

const flushAll = () => kept.forEach((draft) => draft.flush());
window.addEventListener("pagehide", flushAll);
document.addEventListener("visibilitychange", flushAll);
document.addEventListener("hub-keep-drafts", flushAll);

// The sign-out form names the person whose drafts go with it.
document.addEventListener("submit", ({ target }) => {
  const person = target.dataset.signsOut;
  if (person) {
    kept.forEach((draft) => draft.discard());
    keys()
      .filter((key) => key.startsWith(`${prefix}${person}:`))
      .forEach((key) => write(key, null));
  }
});
