// Runs around the .wasm: downloads a file and hands over its chunks.

import { Failure } from "../../element/scripts/failure.js";
import { LONGEST, request } from "../../element/scripts/request.js";

/** The largest file that a list reads: 64 MiB. */
const LIMIT = 64 << 20;

/**
 * Downloads a file. `begin` gets its final URL and headers, and returns the function that takes each chunk. `seconds`
 * is the longest wait for the next chunk.
 */
export async function download(address, given, seconds, begin) {
  const stop = new AbortController();
  const { signal } = stop;
  let isLate = false;
  const late = new Failure("timeout", `expected more of ${address} within ${seconds} seconds`);
  let timer;
  const wait = (promise) => {
    clearTimeout(timer);
    const end = () => {
      isLate = true;
      stop.abort();
    };
    timer = setTimeout(end, Math.min(seconds * 1000, LONGEST));
    return promise.catch((error) => {
      throw isLate ? late : error;
    });
  };
  const abort = () => stop.abort();
  given.addEventListener("abort", abort);
  try {
    const response = await wait(request(address, signal));
    const take = begin(response.url || address, response.headers);
    const reader = response.body?.getReader();
    let size = 0;
    while (reader) {
      const { done, value } = await wait(reader.read()).catch((error) => {
        throw error.kind ? error : new Failure("network", `${address} broke off after ${size} bytes`);
      });
      if (done) break;
      size += value.length;
      if (size > LIMIT) {
        reader.cancel().catch(() => {});
        throw new Failure("too-large", `expected at most ${LIMIT >> 20} MiB at ${address}, found more`);
      }
      await take(value);
    }
  } finally {
    clearTimeout(timer);
    given.removeEventListener("abort", abort);
  }
}
