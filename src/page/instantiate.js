import { answer, transient, twice } from "./request.js";
import { Failure } from "./failure.js";

/** Starts a `.wasm`: compiled on its way in, or, where `integrity` is given, checked first, which needs it whole. */
export function instantiate(init, address, integrity) {
  return twice(async () => {
    const { WebAssembly } = globalThis;
    if (!WebAssembly) throw new Failure("engine", "the browser has no WebAssembly, or forbids it");
    const response = await answer(address.href, null, integrity);
    try {
      await init({ module_or_path: integrity ? response.arrayBuffer() : response });
    } catch (error) {
      if (/unsafe-eval|Content Security Policy|by CSP/i.test(error.message)) {
        throw new Failure("engine", "the page's Content-Security-Policy lacks 'wasm-unsafe-eval' in script-src");
      }
      const failure = new Failure("engine", `${address} did not start: ${error.message}`);
      // Whatever is no fault of the file is one of the way here.
      throw error instanceof WebAssembly.CompileError ? failure : transient(failure);
    }
  });
}
