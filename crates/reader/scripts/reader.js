// Must exist before the .wasm: the entry of `review-card-reader.js`, which is loaded when a card first needs it, and
// starts `review-card-reader.wasm`.
import { instantiate } from "../../element/scripts/instantiate.js";
import { checked } from "../../element/scripts/integrity.js";
import { take } from "../../element/scripts/originals.js";
import { initSync, Conversion, safe } from "./review_card_reader.js";

/** Stores the original functions that the element's script kept. Must be called before any other function. */
export const begin = (originals) => take(originals);

let starting;

function start() {
  const address = new URL("review-card-reader.wasm?v=__READER_WASM_HASH__", import.meta.url);
  return (starting ??= instantiate(initSync, address, checked("__READER_WASM_INTEGRITY__")).catch((error) => {
    starting = null; // The next card may find the network again.
    throw error;
  }));
}

/**
 * Converts JSON of any supported format to plain JSON; throws `kind: message`. `policy` is the page's Trusted Types
 * policy, if it has one; it is used to parse HTML.
 */
export async function readJson(bytes, base, policy) {
  await start();
  const conversion = new Conversion(bytes, base, policy);
  await inSlices(() => conversion.step());
  return conversion.finish();
}

/**
 * Converts JSON like `readJson`, but in parts, so that no task has to read all of it. The first is the document without
 * its reviews; the others contain the reviews.
 */
export async function readParts(bytes, base, policy) {
  await start();
  const conversion = new Conversion(bytes, base, policy);
  const parts = [""];
  await inSlices(() => {
    const goesOn = conversion.step();
    const part = conversion.part();
    if (part) parts.push(part);
    return goesOn;
  });
  parts[0] = conversion.finish();
  return parts;
}

/** Returns the safe tree of an author's HTML, as JSON; `policy` as above. */
export async function readHtml(html, base, policy) {
  await start();
  return safe(html, base, policy);
}

/** How long (ms) a document is read before a pause: half of the delay that a visitor notices. */
const SLICE = 25;

/** Calls `step` until it returns `false`, with a pause after each slice. */
async function inSlices(step) {
  let stop = performance.now() + SLICE;
  while (step()) {
    if (performance.now() < stop) continue;
    await new Promise((resolve) => setTimeout(resolve));
    stop = performance.now() + SLICE;
  }
}
