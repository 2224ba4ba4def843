import { answer, transient, twice } from "./request.js";
import { Failure } from "./failure.js";

/** Starts a `.wasm`. */
export function instantiate(initSync, address, integrity) {
  return twice(async () => {
    const { WebAssembly } = globalThis;
    if (!WebAssembly) throw new Failure("engine", "the browser has no WebAssembly, or forbids it");
    const response = await answer(address.href, null, integrity);
    try {
      initSync({ module: await compile(response, integrity) });
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

/** Compiles it on its way in, where the server says what it is; one that is checked has to be whole. */
async function compile(response, integrity) {
  const type = response.headers.get("content-type");
  if (type == "application/wasm" && !integrity) return WebAssembly.compileStreaming(response);
  if (!integrity) console.warn(`review-card: ${response.url} starts later: it came as ${type}, not as application/wasm`);
  return WebAssembly.compile(await response.arrayBuffer());
}
