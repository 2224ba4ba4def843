import { Failure } from "./failure.js";
import init from "./review_card.js";

let loading;

/** The `.wasm`, once for all cards: its exports may be called when this has resolved. */
export function engine() {
  return (loading ??= load().catch((error) => {
    loading = null; // The next card may find the network again.
    throw error instanceof Failure ? error : new Failure("engine", `review-card.wasm did not start: ${error}`);
  }));
}

async function load() {
  // The address carries the content's hash: after an upgrade no cache serves yesterday's.
  const address = new URL("review-card.wasm?v=__WASM_HASH__", import.meta.url);
  const integrity = ownScript()?.dataset.wasmIntegrity;
  const response = await fetch(address, { integrity }).catch((error) => {
    throw new Failure("engine", `${address} could not be loaded: ${error.message}`);
  });
  if (!response.ok) throw new Failure("engine", `expected ${address}, found status ${response.status}`);
  try {
    // Bytes that are checked cannot be compiled on their way in.
    await init({ module_or_path: integrity ? response.arrayBuffer() : response });
  } catch (error) {
    throw error instanceof WebAssembly.CompileError && /unsafe-eval|Content Security Policy/i.test(error.message)
      ? new Failure("engine", "the page's Content-Security-Policy lacks 'wasm-unsafe-eval' in script-src")
      : error;
  }
}

function ownScript() {
  return [...document.scripts].find((script) => script.src == import.meta.url);
}
