// Names to choose from while somebody types an @ into a comment. The arrows choose, Enter or Tab takes, Escape closes; the
// cursor stays in the text all the while.
const typedName = /(^|[^\p{L}\p{N}])@([^\n@]{0,40})$/u;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// Every typed word begins one of the name's words, whatever their order.
function fits(name, typed) {
  const words = plain(name).split(/\s+/);
  return plain(typed)
    .split(/\s+/)
    .every((start) => words.some((word) => word.startsWith(start)));
}

export function offer(inputId, list, page) {
  const input = document.getElementById(inputId);
  if (!input || !list) {
    return;
  }
  let people = null;
  let active = -1;

  const typed = () => input.value.slice(0, input.selectionStart).match(typedName)?.[2];
  const shown = () => [...list.children].filter((person) => !person.hidden);

  function mark(index) {
    active = index;
    shown().forEach((person, at) => person.setAttribute("aria-selected", String(at === index)));
    const chosen = shown()[index];
    chosen?.scrollIntoView({ block: "nearest" });
    chosen ? input.setAttribute("aria-activedescendant", chosen.id) : input.removeAttribute("aria-activedescendant");
  }

  function close() {
    list.hidden = true;
    input.removeAttribute("aria-controls");
    mark(-1);
  }

  async function look() {
    if (typed() === undefined) {
      close();
      return;
    }
    await (people ??= page.invokeMethodAsync("WantAsync"));
    const name = typed();
    for (const person of list.children) {
      // After "@Name " there is nothing left to choose.
      person.hidden = name === undefined || name.startsWith(" ") || !fits(person.dataset.name, name) || name === `${person.dataset.name} `;
    }
    if (shown().length === 0) {
      close();
      return;
    }
    list.hidden = false;
    input.setAttribute("aria-controls", list.id);
    mark(0);
  }

  function take(person) {
    const end = input.selectionStart;
    input.setRangeText(`@${person.dataset.name} `, end - typed().length - 1, end, "end");
    close();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  }

  input.setAttribute("aria-autocomplete", "list");
  input.addEventListener("input", look);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const { key, isComposing } = event;
    if (list.hidden || isComposing || event.ctrlKey || event.metaKey) {
      return;
    }
    const count = shown().length;
    if (key === "ArrowDown" || key === "ArrowUp") {
      mark((active + (key === "ArrowDown" ? 1 : count - 1)) % count);
    } else if (key === "Enter" || key === "Tab") {
      take(shown()[active]);
    } else if (key === "Escape") {
      close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  // Pressing a name must not take the cursor out of the text, which would close the list before the name is taken.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const person = target.closest("[role=option]");
    if (person) {
      take(person);
    }
  });
  return { close };
}
