// Takes this page from an instance that is about to stop over to another one, without loading it anew. What is typed lies in
// the drafts; here it is only seen to that nobody is interrupted in the middle of a word.
const askEvery = 1000;
const typingPause = 1500;
const settleWithin = 15_000;
const root = document.documentElement;
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

let typedAt = -typingPause;
document.addEventListener("input", () => (typedAt = performance.now()), true);

// The build of whoever is ready to take this page; null while it is only the one that stops, or nobody.
async function readyBuild() {
  try {
    const answer = await fetch("/health/ready", { cache: "no-store" });
    return answer.ok ? (answer.headers.get("Hub-Build") ?? "") : null;
  } catch {
    return null;
  }
}

// Where the cursor and the page stood: the elements are made anew on the other side, a moment after the circuit is there.
function remember() {
  const { activeElement: active } = document;
  const { selectionStart: start, selectionEnd: end } = active;
  const main = document.getElementById("main");
  return { active, start, end, main, top: main?.scrollTop ?? 0 };
}

async function restore({ active, start, end, main, top }) {
  const until = performance.now() + settleWithin;
  let isFocused = !active.id;
  let isScrolled = top === 0;
  while (!(isFocused && isScrolled) && performance.now() < until) {
    await wait(50);
    const field = document.getElementById(active.id);
    // What was typed is put back a moment after the field is there.
    if (!isFocused && field && field !== active && (typeof end !== "number" || field.value.length >= end)) {
      isFocused = true;
      // Unless somebody has gone on to another one by now.
      if (!document.activeElement.matches("input, textarea, select, [contenteditable]")) {
        field.focus({ preventScroll: true });
        if (typeof end === "number") {
          field.setSelectionRange(start, end);
        }
      }
    }
    const place = document.getElementById("main");
    if (!isScrolled && place && place !== main && place.scrollHeight - place.clientHeight >= top) {
      isScrolled = true;
      place.scrollTo({ top });
    }
  }
}

// False where the page is loaded anew instead.
async function resumed(bar) {
  for (;;) {
    try {
      if (await Blazor.resumeCircuit()) {
        bar.showResumed();
        return true;
      }
      bar.reload();
      return false;
    } catch {
      // Between two answers of the proxy the instance may have gone.
      bar.show("show");
      await wait(askEvery);
    }
  }
}

// milliseconds: how long the instance stays. bar: what shows how the connection stands.
export async function handOver(milliseconds, bar) {
  const until = performance.now() + milliseconds;
  let build = await readyBuild();
  while (build === null && performance.now() < until) {
    await wait(askEvery);
    build = await readyBuild();
  }
  while (performance.now() - typedAt < typingPause && performance.now() < until) {
    await wait(100);
  }
  document.dispatchEvent(new Event("hub-keep-drafts"));
  const place = remember();
  if (!(await Blazor.pauseCircuit())) {
    return;
  }
  while (build === null) {
    bar.show("show");
    await wait(askEvery);
    build = await readyBuild();
  }
  // Scripts and styles of this page are those of its own build.
  if (build !== root.dataset.build) {
    bar.reload();
    return;
  }
  if (await resumed(bar)) {
    await restore(place);
  }
}
