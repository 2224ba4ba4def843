// Runs around the .wasm: loads the reader module on demand and passes data between the two modules.

import { load } from "./request.js";
import { Failure } from "./failure.js";
import { originals } from "./originals.js";
import { pause } from "./pause.js";
import { trusted } from "./policy.js";
import { add, read } from "./review_card.js";

let reader;

/** Calls a function of the reader module. The module is loaded with the first call, because few cards need it. */
export async function ask(what, ...input) {
  const { href } = new URL("review-card-reader.js?v=__READER_HASH__", import.meta.url);
  reader ??= load(href).then((module) => {
    module.begin(originals);
    return module;
  });
  try {
    return await (await reader)[what](...input, trusted());
  } catch (thrown) {
    if (typeof thrown == "string") throw thrown; // A message about the document.
    reader = null;
    const failure = new Failure("engine", `review-card-reader.js did not start: ${thrown.message}`);
    throw Object.assign(failure, { transient: thrown.transient });
  }
}

const encode = (text) => new TextEncoder().encode(text);

/** The longest document (bytes) that is read at once. A longer one is read in slices by the reader module. */
const WHOLE = 1 << 20;

/** Returns the handle of a document. Plain JSON is read at once; the reader module converts any other format first. */
export async function readDocument(bytes, base) {
  const plain = bytes.length > WHOLE ? 0 : read(bytes, base, false);
  if (plain) return plain;
  const [frame, ...parts] = await ask("readParts", bytes, base);
  const number = read(encode(frame), base, true);
  for (const part of parts) {
    await pause();
    add(number, encode(part));
  }
  return number;
}

/** Returns the handle of a document with one review, given as plain JSON, and its related reviews from `source`. */
export async function relate(review, base, source) {
  return read(encode(await ask("relate", review, await source.bytes, source.base)), base, true);
}

/** Returns the JSON-LD of a review given as plain JSON. */
export const linkedData = (review, variant, hide) => ask("linkedData", review, variant, hide);

/** Returns the safe tree of an author's HTML, as JSON. */
export const readHtml = (html, base) => ask("readHtml", html, base);
