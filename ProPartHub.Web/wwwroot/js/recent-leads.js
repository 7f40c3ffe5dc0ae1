// The leads that a person opened last. Only their ids are kept, so that names and rights are always those of now; signing
// out forgets them.
const most = 5;
const keyOf = (person) => `hub-recent:${person}`;

export function recent(person) {
  try {
    return JSON.parse(localStorage.getItem(keyOf(person))) ?? [];
  } catch {
    return [];
  }
}

function noteVisit(person) {
  const lead = location.pathname.match(/^\/leads\/([0-9a-f-]{36})$/)?.[1];
  if (lead) {
    const ids = [lead, ...recent(person).filter((id) => id !== lead)].slice(0, most);
    try {
      localStorage.setItem(keyOf(person), JSON.stringify(ids));
    } catch {}
  }
}

export function noteVisits(person) {
  document.addEventListener("submit", ({ target }) => {
    if (target.dataset.signsOut) {
      try {
        localStorage.removeItem(keyOf(target.dataset.signsOut));
      } catch {}
    }
  });
  // Each page writes its title.
  const pages = new MutationObserver(() => noteVisit(person));
  pages.observe(document.head, { childList: true, subtree: true, characterData: true });
  noteVisit(person);
}
