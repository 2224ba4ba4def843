/** The longest piece of work without a pause for input and painting, in milliseconds. */
const SLICE = 8;

const { port1, port2 } = new MessageChannel();
const waiting = [];
port1.onmessage = () => waiting.shift()?.();

/** Resolves in a task of its own, after what is more urgent. */
export function turn() {
  if (globalThis.scheduler?.postTask) return scheduler.postTask(() => {}, { priority: "background" });
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(0);
  });
}

/** For work in a loop: what is given back waits for a turn whenever a slice is over. */
export function pauses() {
  let end = performance.now() + SLICE;
  return async () => {
    if (performance.now() < end) return;
    await turn();
    end = performance.now() + SLICE;
  };
}

/** Calls `step` until it returns `false` or `alive` does, and `pause` between two slices; it says whether it took long. */
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

/** Resolves once what is in the document has been painted, or where nobody looks at it. */
export function painted() {
  return new Promise((resolve) => {
    setTimeout(resolve, 100);
    requestAnimationFrame(() => turn().then(resolve));
  });
}
