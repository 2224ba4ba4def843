// Runs around the .wasm: only a script can end a task and continue in the next.

/** How long (ms) cards are parsed and drawn before the browser gets to run other tasks. */
const SLICE = 8;

let turn = -SLICE;
let pending;

/**
 * Starts a new task if the current slice is over, so that the browser can handle input and paint. (`scheduler.yield`
 * would continue before other tasks; timers wait 4 ms when nested.)
 */
export async function pause() {
  while (performance.now() - turn > SLICE) await (pending ??= new Promise(rest));
}

function rest(resolve) {
  const go = () => {
    pending = null;
    turn = performance.now();
    resolve();
  };
  if (globalThis.scheduler?.postTask) scheduler.postTask(go);
  else setTimeout(go);
}
