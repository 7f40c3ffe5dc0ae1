// Keys in a fact that is edited in its place: Tab stores it and goes on, Escape leaves it, Enter stores it also from a list,
// and with Ctrl from several lines. Within a fact of several inputs Tab moves between them as ever. What was typed is told to
// the server as its input is left.
export function guide(sheet, page) {
  const onKey = (event) => {
    const { target, key } = event;
    const form = target.closest(".fact-form");
    if (!form || event.isComposing) {
      return;
    }
    if (key === "Escape") {
      event.preventDefault();
      form.querySelector("[data-cancel]").click();
    } else if (key === "Enter" && (target.matches("select") || (target.matches("textarea") && (event.ctrlKey || event.metaKey)))) {
      event.preventDefault();
      target.blur();
      form.requestSubmit();
    } else if (key === "Tab" && !event.ctrlKey && !event.altKey && target.matches(".input")) {
      const inputs = [...form.querySelectorAll(".input")];
      if (target === inputs.at(event.shiftKey ? 0 : -1)) {
        event.preventDefault();
        target.blur();
        page.invokeMethodAsync("StepAsync", event.shiftKey ? -1 : 1);
      }
    }
  };
  sheet.addEventListener("keydown", onKey);
  return { close: () => sheet.removeEventListener("keydown", onKey) };
}
