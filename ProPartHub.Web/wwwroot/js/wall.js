// The board on a wall: cards glide, the screen stays awake, and as nobody is there to press a button the page comes back by
// itself after a lost connection, a fault or an update of the portal.
import { Glides } from "./glide.js";

const idleAfter = 4000;
const askEvery = 10_000;
// The clock turns each minute; when it stands for so long the page is dead, whatever it may say.
const deadAfter = 4 * 60_000;
const glideFor = 1100;

class Wall {
  constructor(element) {
    this.element = element;
    this.glides = new Glides(element, { duration: glideFor });
    this.changes = new MutationObserver(() => {
      this.glides.play();
      this.glides.remember();
      this.lookAtClock();
    });
    this.changes.observe(element, { childList: true, subtree: true, characterData: true });
    this.glides.remember();
    this.turnedAt = Date.now();

    this.abort = new AbortController();
    const { signal } = this.abort;
    const connection = document.getElementById("components-reconnect-modal");
    connection?.addEventListener("components-reconnect-state-changed", (event) => this.onState(event.detail.state), {
      signal,
    });
    document.addEventListener("hub-reload", (event) => (event.preventDefault(), this.comeBack()), { signal });
    document.addEventListener("visibilitychange", () => this.stayAwake(), { signal });
    for (const kind of ["pointermove", "keydown", "focusin"]) {
      document.addEventListener(kind, () => this.wake(), { signal, passive: true });
    }
    this.watch = setInterval(() => Date.now() - this.turnedAt > deadAfter && this.comeBack(), askEvery);
    this.wake();
    this.stayAwake();
    element.dataset.hung = "";
  }

  lookAtClock() {
    const shown = this.element.querySelector("[data-clock]")?.textContent;
    if (shown !== this.shown) {
      this.shown = shown;
      this.turnedAt = Date.now();
    }
  }

  // Pointer and buttons show while somebody is at the screen.
  wake() {
    delete this.element.dataset.idle;
    clearTimeout(this.sleep);
    this.sleep = setTimeout(() => (this.element.dataset.idle = ""), idleAfter);
  }

  onState(state) {
    this.element.toggleAttribute("data-lost", state !== "hide");
    if (["failed", "resume-failed", "paused"].includes(state)) {
      this.comeBack();
    }
  }

  // Loaded anew only once the server answers: the browser's own error page would stay for ever.
  async comeBack() {
    if (this.isComingBack) {
      return;
    }
    this.isComingBack = true;
    this.element.toggleAttribute("data-lost", true);
    while (!this.abort.signal.aborted) {
      try {
        const answer = await fetch(location.href, { method: "HEAD", cache: "no-store", signal: this.abort.signal });
        if (answer.ok) {
          location.reload();
          return;
        }
      } catch {}
      await new Promise((done) => setTimeout(done, askEvery));
    }
  }

  // The browser lets go of the lock whenever the page is hidden, and may refuse it, as on battery.
  async stayAwake() {
    if (document.visibilityState !== "visible" || !navigator.wakeLock) {
      return;
    }
    try {
      const lock = await navigator.wakeLock.request("screen");
      this.abort.signal.aborted ? await lock.release() : (this.lock = lock);
    } catch {}
  }

  close() {
    this.abort.abort();
    this.changes.disconnect();
    this.glides.close();
    clearInterval(this.watch);
    clearTimeout(this.sleep);
    this.lock?.release().catch(() => {});
  }
}

// A page left at once has taken its element away before this is asked for.
export function hang(element) {
  return new Wall(element ?? document.createElement("div"));
}
