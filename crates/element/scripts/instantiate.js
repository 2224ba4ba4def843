import { answer, LONGEST, transient, twice } from "./request.js";
import { Failure } from "./failure.js";

/** Before what nobody waits for any longer is stopped, in milliseconds: all have said so by then. */
const MOMENT = 100;

/**
 * What many wait for, each for so many `seconds`: `start` begins it once for all of them. When the last has given up it is
 * stopped; after that, or a failure, it is begun anew for whoever asks next.
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

/** Starts a `.wasm`. */
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
      // Whatever is no fault of the file is one of the way here.
      throw error instanceof WebAssembly.CompileError ? failure : transient(failure);
    }
  }, signal);
}

/** Compiles it on its way in, where the server says what it is; one that is checked has to be whole. */
async function compile(response, integrity) {
  const type = response.headers.get("content-type");
  if (type == "application/wasm" && !integrity) return WebAssembly.compileStreaming(response);
  if (!integrity) console.warn(`review-card: ${response.url} starts later: it came as ${type}, not as application/wasm`);
  return WebAssembly.compile(await response.arrayBuffer());
}
