// Runs around the .wasm: only a script can end a task and continue in the next.

/** The longest time (ms) of work without a pause for input and painting. */
const SLICE = 8;

const { port1, port2 } = new MessageChannel();
const waiting = [];
port1.onmessage = () => waiting.shift()?.();

/** Resolves in a later task, after more urgent tasks. */
export function turn() {
  if (globalThis.scheduler?.postTask) return scheduler.postTask(() => {}, { priority: "background" });
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(0);
  });
}

/** Returns a function to await within a loop: it pauses whenever a slice is over, and then resolves to true. */
export function pauses() {
  let end = performance.now() + SLICE;
  return async () => {
    if (performance.now() < end) return false;
    await turn();
    end = performance.now() + SLICE;
    return true;
  };
}

/**
 * Calls `step` in slices until `step` or `alive` returns `false`. Calls `pause` between two slices; if that returns
 * true, because it took long, waits once more.
 */
export async function inSlices(step, alive, pause) {
  while (alive()) {
    const end = performance.now() + SLICE;
    do {
      if (!step()) return;
    } while (performance.now() < end);
    await turn();
    if (alive() && pause?.()) await turn();
  }
}

/** Resolves once the document has been painted, or after 100 ms if the page is not visible. */
export function painted() {
  return new Promise((resolve) => {
    setTimeout(resolve, 100);
    requestAnimationFrame(() => turn().then(resolve));
  });
}

/** Resolves once something has been drawn into an element. */
export function filled(element) {
  return new Promise((resolve) => {
    const filling = new MutationObserver(() => {
      filling.disconnect();
      resolve();
    });
    filling.observe(element, { childList: true });
  });
}
