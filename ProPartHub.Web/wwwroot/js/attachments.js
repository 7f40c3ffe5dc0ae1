// Files pasted into a comment's text or dropped on it go the way of chosen ones: into the file input.
export function take(textId, inputId) {
  const text = document.getElementById(textId);
  const form = text?.form;
  if (!form) {
    return;
  }

  text.addEventListener("paste", (event) => {
    // A spreadsheet's cells come as text and as a picture of it: the text is meant.
    if (hasFiles(event.clipboardData) && !event.clipboardData.types.includes("text/plain")) {
      event.preventDefault();
      hand(inputId, event.clipboardData.files);
    }
  });
  dropOn(form, inputId);
}

// The same for files dropped on any part of a page.
export function takeDropped(zoneId, inputId) {
  const zone = document.getElementById(zoneId);
  if (zone) {
    dropOn(zone, inputId);
  }
}

const hasFiles = (data) => data?.types.includes("Files");

// The input is another one after each choice.
function hand(inputId, files) {
  const input = document.getElementById(inputId);
  if (input && !input.disabled) {
    input.files = files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function dropOn(zone, inputId) {
  zone.addEventListener("dragover", (event) => {
    if (hasFiles(event.dataTransfer)) {
      event.preventDefault();
      zone.classList.add("is-over");
    }
  });
  zone.addEventListener("dragleave", ({ relatedTarget }) => {
    if (!zone.contains(relatedTarget)) {
      zone.classList.remove("is-over");
    }
  });
  zone.addEventListener("drop", (event) => {
    zone.classList.remove("is-over");
    if (hasFiles(event.dataTransfer)) {
      event.preventDefault();
      hand(inputId, event.dataTransfer.files);
    }
  });
}
