// A button with data-copy copies what the input of that id holds, and says so. It is done here and not on the server's
// word, because a browser lets a page write to the clipboard only in the click itself. Where it lets nobody (without
// HTTPS there is no clipboard at all) the text is selected, ready to be copied by hand.
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) {
    return;
  }
  const input = document.getElementById(button.dataset.copy);
  const said = document.getElementById(button.dataset.sayIn);
  try {
    await navigator.clipboard.writeText(input.value);
    said.textContent = button.dataset.copied;
  } catch {
    input.focus();
    input.select();
    said.textContent = button.dataset.refused;
  }
});
