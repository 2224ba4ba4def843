// Must exist before the .wasm: the entry of `review-card-extras.js`, which is loaded when a card first needs JSON-LD or
// related reviews, and starts `review-card-extras.wasm`.
import { help } from "../../element/scripts/help.js";
import { instantiate } from "../../element/scripts/instantiate.js";
import { checked } from "../../element/scripts/integrity.js";
import { take } from "../../element/scripts/originals.js";
import { pause } from "../../element/scripts/pause.js";
import { initSync, Library, linked_data } from "./review_card_extras.js";

/** Stores the original functions that the element's script kept. Must be called before any other function. */
export const begin = (originals) => take(originals);

let starting;

function start() {
  const address = new URL("review-card-extras.wasm?v=__EXTRAS_WASM_HASH__", import.meta.url);
  return (starting ??= instantiate(initSync, address, checked("__EXTRAS_WASM_INTEGRITY__")).catch((error) => {
    starting = null; // The next card may find the network again.
    throw error;
  }));
}

/**
 * Returns the JSON-LD of the parts of a review that the card shows. The review is given as plain JSON; `policy` is the
 * page's Trusted Types policy, if it has one, and is used to parse HTML.
 */
export async function linkedData(plain, variant, hide, policy) {
  await start();
  return linked_data(plain, variant, hide, policy);
}

/** The longest collection (bytes) that is read at once. The reader module reads a longer one in slices. */
const WHOLE = 1 << 18;

/** Collections by their bytes. Each is parsed once, and dropped together with its bytes. */
const libraries = new WeakMap();

/**
 * Returns a review, given as plain JSON, with its related reviews from the collection in `bytes`. `convert` returns the
 * parts of a collection as plain JSON; it is called for another format, for faults and for a long collection.
 */
export async function relate(review, bytes, base, convert) {
  await start();
  if (!libraries.has(bytes)) libraries.set(bytes, gather(bytes, base, convert));
  return (await libraries.get(bytes)).complete(review);
}

async function gather(bytes, base, convert) {
  const library = new Library();
  await fill(library, bytes, base, convert);
  const cut = library.cut();
  if (cut) console.warn(`review-card: related-from: ${base}: ${cut}${help("problems")}`);
  return library;
}

async function fill(library, bytes, base, convert) {
  const add = async () => {
    while (library.step()) await pause();
  };
  if (bytes.length <= WHOLE && library.read(bytes, base, false)) {
    return add();
  }
  for (const part of await convert(bytes, base)) {
    await pause();
    library.read(new TextEncoder().encode(part), base, true);
    await add();
  }
}
