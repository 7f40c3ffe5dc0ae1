// Tells when somebody has really looked at the end of a list: it was in view, in a window that was looked at, for a while.
// A list read again (again()) is to be looked at again.
const lookedFor = 2500;

export function watch(element, longAbsence, reader) {
  let isInView = false;
  let isTold = false;
  let timer = 0;
  let leftAt = 0;

  function look() {
    clearTimeout(timer);
    if (isInView && !isTold && document.visibilityState === "visible") {
      timer = setTimeout(() => {
        isTold = true;
        reader.invokeMethodAsync("Seen");
      }, lookedFor);
    }
  }

  function turn() {
    if (document.visibilityState === "hidden") {
      leftAt = Date.now();
    } else if (leftAt && Date.now() - leftAt > longAbsence) {
      leftAt = 0;
      reader.invokeMethodAsync("Returned");
    }
    look();
  }

  const observer = new IntersectionObserver((entries) => {
    isInView = entries.at(-1).isIntersecting;
    look();
  });
  observer.observe(element);
  document.addEventListener("visibilitychange", turn);
  return {
    again() {
      isTold = false;
      look();
    },
    close() {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener("visibilitychange", turn);
    },
  };
}
