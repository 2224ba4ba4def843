import { Failure } from "./failure.js";
import { instantiate, together } from "./instantiate.js";
import { initSync } from "./review_card.js";

let running = false;

/** Whether the engine is there already. */
export const isRunning = () => running;

/** The `.wasm`, once for all cards, each of which waits so many seconds: its exports may be called when this has resolved. */
export const engine = together((signal) => {
  // The address carries the content's hash: after an upgrade no cache serves yesterday's.
  const address = new URL("review-card.wasm?v=__WASM_HASH__", import.meta.url);
  return instantiate(initSync, address, ownScript()?.dataset.wasmIntegrity, signal).then(
    () => (running = true),
    (error) => {
      throw Object.assign(new Failure("engine", error.message), { transient: error.transient });
    },
  );
});

function ownScript() {
  for (const script of document.scripts) if (script.src == import.meta.url) return script;
}
