/** The longest piece of work without a pause for input and painting, in milliseconds. */
const SLICE = 8;
/** The same of what somebody waits for: about a frame, on a slow phone. */
export const URGENT = 32;

const { port1, port2 } = new MessageChannel();
const waiting = [];
port1.onmessage = () => waiting.shift()?.();

/** Resolves in a task of its own; one of `background` comes after all that is more urgent. */
export function turn(priority = "background") {
  if (globalThis.scheduler?.postTask) return scheduler.postTask(() => {}, { priority });
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(0);
  });
}

/** For work in a loop: what is given back waits for a turn whenever a slice is over. */
export function pauses(slice = SLICE, priority) {
  let end = performance.now() + slice;
  return async () => {
    if (performance.now() < end) return;
    await turn(priority);
    end = performance.now() + slice;
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
