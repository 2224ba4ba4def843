// Runs around the .wasm: loads two more modules on demand, and passes data between the modules.

import { load } from "./request.js";
import { Failure } from "./failure.js";
import { originals } from "./originals.js";
import { pause } from "./pause.js";
import { trusted } from "./policy.js";
import { add, read } from "./review_card.js";

const READER = "review-card-reader.js?v=__READER_HASH__";
const EXTRAS = "review-card-extras.js?v=__EXTRAS_HASH__";

/** The modules that have been loaded, by the constants above. */
const modules = {};

/** Calls a function of a module. The module is loaded with the first call, because few cards need it. */
async function call(file, what, input) {
  const { href } = new URL(file, import.meta.url);
  modules[file] ??= load(href).then((module) => {
    module.begin(originals);
    return module;
  });
  try {
    return await (await modules[file])[what](...input, trusted());
  } catch (thrown) {
    // A message about the document, or the failure of the other module, which this one has called.
    if (typeof thrown == "string" || thrown.file) throw thrown;
    modules[file] = null;
    const failure = new Failure("engine", `${file.split("?")[0]} did not start: ${thrown.message}`);
    throw Object.assign(failure, { transient: thrown.transient, file });
  }
}

/** Calls a function of the reader module. */
export const ask = (what, ...input) => call(READER, what, input);

const encode = (text) => new TextEncoder().encode(text);

/** The longest document (bytes) that is read at once. A longer one is read in slices by the reader module. */
const WHOLE = 1 << 20;

const convert = (bytes, base) => ask("readParts", bytes, base);

/** Returns the handle of a document. Plain JSON is read at once; the reader module converts any other format first. */
export async function readDocument(bytes, base) {
  const plain = bytes.length > WHOLE ? 0 : read(bytes, base, false);
  if (plain) return plain;
  const [frame, ...parts] = await convert(bytes, base);
  const number = read(encode(frame), base, true);
  for (const part of parts) {
    await pause();
    add(number, encode(part));
  }
  return number;
}

/** Returns the handle of a document with one review, given as plain JSON, and its related reviews from `source`. */
export async function relate(review, base, source) {
  return read(encode(await call(EXTRAS, "relate", [review, await source.bytes, source.base, convert])), base, true);
}

/** Returns the JSON-LD of a review given as plain JSON. */
export const linkedData = (review, variant, hide) => call(EXTRAS, "linkedData", [review, variant, hide]);

/** Returns the safe tree of an author's HTML, as JSON. */
export const readHtml = (html, base) => ask("readHtml", html, base);
