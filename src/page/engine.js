import { Failure } from "./failure.js";
import { instantiate } from "./instantiate.js";
import { initSync } from "./review_card.js";

let loading;
let running = false;

/** Whether the engine is there already. */
export const isRunning = () => running;

/** The `.wasm`, once for all cards: its exports may be called when this has resolved. */
export function engine() {
  // The address carries the content's hash: after an upgrade no cache serves yesterday's.
  const address = new URL("review-card.wasm?v=__WASM_HASH__", import.meta.url);
  return (loading ??= instantiate(initSync, address, ownScript()?.dataset.wasmIntegrity).then(
    () => (running = true),
    (error) => {
      loading = null; // The next card may find the network again.
      throw Object.assign(new Failure("engine", error.message), { transient: error.transient });
    },
  ));
}

function ownScript() {
  for (const script of document.scripts) if (script.src == import.meta.url) return script;
}
