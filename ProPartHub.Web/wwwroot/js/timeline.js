// Which kinds of entry a person wants to see in timelines: a choice of the person's, for this browser.
const keyOf = (person) => `hub-timeline:${person}`;

export function read(person) {
  try {
    return Number.parseInt(localStorage.getItem(keyOf(person)), 10) || null;
  } catch {
    return null;
  }
}

export function keep(person, kinds) {
  try {
    localStorage.setItem(keyOf(person), String(kinds));
  } catch {}
}
