// What was typed into the palette, against what commands are called; leads and people are compared by the server.

// As the other keyboard layout would have it; layouts: the signs of the same keys, place by place.
export function swapped(typed, { latin, cyrillic, other }) {
  return [...typed]
    .map((letter) => {
      const [at, back, odd] = [latin.indexOf(letter), cyrillic.indexOf(letter), other.indexOf(letter)];
      return at >= 0 ? cyrillic[at] : back >= 0 ? latin[back] : odd >= 0 ? other[odd + 1] : letter;
    })
    .join("");
}

const wordsOf = (typed) => typed.toLowerCase().split(/\s+/).filter(Boolean);

// Each word typed begins one of the command's words, in whichever language.
export function matches(option, typed) {
  const known = wordsOf(option.dataset.words.replace(/[:,]/g, " "));
  return wordsOf(typed).every((word) => known.some((one) => one.startsWith(word)));
}

export function write(element, pieces) {
  element.replaceChildren(
    ...pieces.map(({ text, isFound }) => {
      const mark = isFound ? document.createElement("mark") : null;
      mark?.append(text);
      return mark ?? text;
    }),
  );
}

// A command's own words, marked where one of them begins with what was typed.
export function markCommand(option, typed) {
  const title = option.querySelector("[data-title]");
  const words = wordsOf(typed);
  const pieces = title.textContent.split(/([\s:,]+)/).flatMap((piece) => {
    const word = words.find((one) => piece.toLowerCase().startsWith(one)) ?? "";
    return [
      { text: piece.slice(0, word.length), isFound: true },
      { text: piece.slice(word.length), isFound: false },
    ].filter((part) => part.text);
  });
  write(title, pieces);
}
