// Must exist before the .wasm: downloads and starts it.

import { Failure } from "./failure.js";
import { instantiate, together } from "./instantiate.js";
import { initSync } from "./review_card.js";

let running = false;

/** Returns whether the wasm module has started. */
export const isRunning = () => running;

/**
 * Starts the `.wasm` once for all cards; each card waits up to its own timeout, in seconds. When the promise has
 * resolved, the exports may be called.
 */
export const engine = together((signal) => {
  // The URL contains the content hash, so that no cache serves an older version after an upgrade.
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
