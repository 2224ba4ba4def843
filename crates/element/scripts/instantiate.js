// Must exist before the .wasm: compiles and starts it.

import { answer, LONGEST, transient, twice } from "./request.js";
import { Failure } from "./failure.js";

/** Grace period (ms) before an abandoned download is aborted, so that every waiter can time out first. */
const MOMENT = 100;

/**
 * Shares one operation among many waiters, each with a timeout in `seconds`. `start` is called once; the operation is
 * aborted after the longest timeout. After an abort or a failure, the next call starts it again.
 */
export function together(start) {
  let running, stop, timer, until;
  return (seconds) => {
    if (!running) {
      stop = new AbortController();
      running = start(stop.signal);
      until = 0;
      const end = (then) => () => {
        clearTimeout(timer);
        then();
      };
      running.then(end(() => (until = Infinity)), end(() => (running = null)));
    }
    const mine = performance.now() + seconds * 1000;
    if (mine > until) {
      until = mine;
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), Math.min(seconds * 1000 + MOMENT, LONGEST));
    }
    return running;
  };
}

/** Downloads, compiles and starts a `.wasm` file. */
export function instantiate(initSync, address, integrity, signal) {
  return twice(async () => {
    const { WebAssembly } = globalThis;
    if (!WebAssembly) throw new Failure("engine", "the browser has no WebAssembly, or forbids it");
    const response = await answer(address.href, signal, integrity);
    try {
      initSync({ module: await compile(response, integrity) });
    } catch (error) {
      if (/unsafe-eval|Content Security Policy|by CSP/i.test(error.message)) {
        throw new Failure("engine", "the page's Content-Security-Policy lacks 'wasm-unsafe-eval' in script-src");
      }
      const failure = new Failure("engine", `${address} did not start: ${error.message}`);
      // A compile error means that the file itself is faulty; any other error may be a transport problem.
      throw error instanceof WebAssembly.CompileError ? failure : transient(failure);
    }
  }, signal);
}

/**
 * Compiles the response while it is downloading. Without the type application/wasm, or with an integrity check, waits
 * for the whole file.
 */
async function compile(response, integrity) {
  const type = response.headers.get("content-type");
  if (type == "application/wasm" && !integrity) return WebAssembly.compileStreaming(response);
  if (!integrity) console.warn(`review-card: ${response.url} starts later: it came as ${type}, not as application/wasm`);
  return WebAssembly.compile(await response.arrayBuffer());
}
