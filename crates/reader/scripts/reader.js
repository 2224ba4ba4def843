// The entry of `review-card-reader.js`, which is loaded when a card first needs it.
import { instantiate } from "../../element/scripts/instantiate.js";
import { checked } from "../../element/scripts/integrity.js";
import { take } from "../../element/scripts/originals.js";
import { initSync, Library, convert, linked_data, safe } from "./review_card_reader.js";

/** Before anything else: what the element's script took of the page before other scripts could change it. */
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
 * JSON of any shape as plain JSON; throws `kind: message`. `policy` is the page's Trusted Types policy, if it has one: what is HTML
 * is parsed with it.
 */
export async function readJson(bytes, base, policy) {
  await start();
  return convert(bytes, base, policy);
}

/** JSON-LD of what a card shows of a review in plain JSON. `policy` as above. */
export async function linkedData(plain, variant, hide, policy) {
  await start();
  return linked_data(plain, variant, hide, policy);
}

/** The safe tree of an author's HTML, as JSON. `policy` as above. */
export async function readHtml(html, base, policy) {
  await start();
  return safe(html, base, policy);
}

/** Between two pauses while a collection is read, in milliseconds: half of what a reader feels as a jerk. */
const SLICE = 25;
/** Bytes that are read before the clock is looked at. */
const PIECE = 1 << 15;

/** Collections by their bytes: read once, and gone with them. */
const libraries = new WeakMap();

/** A review, as plain JSON, with what belongs to it in the collection of these bytes. `policy` as above. */
export async function relate(review, bytes, base, policy) {
  await start();
  if (!libraries.has(bytes)) libraries.set(bytes, gather(bytes, base, policy));
  return (await libraries.get(bytes)).complete(review);
}

async function gather(bytes, base, policy) {
  const library = new Library(base, policy);
  let stop = performance.now() + SLICE;
  for (let at = 0; at < bytes.length; at += PIECE) {
    library.push(bytes.subarray(at, at + PIECE));
    if (performance.now() < stop) continue;
    await new Promise((resolve) => setTimeout(resolve));
    stop = performance.now() + SLICE;
  }
  library.finish();
  return library;
}
