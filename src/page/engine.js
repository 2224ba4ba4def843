import { Failure } from "./failure.js";
import { instantiate } from "./instantiate.js";
import init from "./review_card.js";

let loading;

/** The `.wasm`, once for all cards: its exports may be called when this has resolved. */
export function engine() {
  // The address carries the content's hash: after an upgrade no cache serves yesterday's.
  const address = new URL("review-card.wasm?v=__WASM_HASH__", import.meta.url);
  return (loading ??= instantiate(init, address, ownScript()?.dataset.wasmIntegrity).catch((error) => {
    loading = null; // The next card may find the network again.
    throw Object.assign(new Failure("engine", error.message), { transient: error.transient });
  }));
}

function ownScript() {
  for (const script of document.scripts) if (script.src == import.meta.url) return script;
}
