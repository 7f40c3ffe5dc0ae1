// Files pasted into a comment's text or dropped on it go the way of chosen ones: into the file input.
export function take(textId, inputId) {
  const text = document.getElementById(textId);
  const form = text?.form;
  if (!form) {
    return;
  }

  // The input is another one after each choice.
  const hand = (files) => {
    const input = document.getElementById(inputId);
    if (input && !input.disabled) {
      input.files = files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };
  const hasFiles = (data) => data?.types.includes("Files");

  text.addEventListener("paste", (event) => {
    // A spreadsheet's cells come as text and as a picture of it: the text is meant.
    if (hasFiles(event.clipboardData) && !event.clipboardData.types.includes("text/plain")) {
      event.preventDefault();
      hand(event.clipboardData.files);
    }
  });
  form.addEventListener("dragover", (event) => {
    if (hasFiles(event.dataTransfer)) {
      event.preventDefault();
      form.classList.add("is-over");
    }
  });
  form.addEventListener("dragleave", ({ relatedTarget }) => {
    if (!form.contains(relatedTarget)) {
      form.classList.remove("is-over");
    }
  });
  form.addEventListener("drop", (event) => {
    form.classList.remove("is-over");
    if (hasFiles(event.dataTransfer)) {
      event.preventDefault();
      hand(event.dataTransfer.files);
    }
  });
}
