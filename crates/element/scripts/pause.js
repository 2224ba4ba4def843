/** How long cards are read and drawn before other tasks have their turn, in milliseconds. */
const SLICE = 8;

let turn = -SLICE;
let pending;

/**
 * Lets the browser do what else there is, where its last turn is long ago: what follows is a task of its own then.
 * (`scheduler.yield` would come before all else; a timer waits four milliseconds once there have been some.)
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
