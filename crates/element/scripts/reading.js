import { load } from "./request.js";
import { Failure } from "./failure.js";
import { originals } from "./originals.js";
import { trusted } from "./policy.js";
import { read } from "./review_card.js";

let reader;

/** What few cards need is in a module of its own, loaded with the first of them. */
export async function ask(what, ...input) {
  const { href } = new URL("review-card-reader.js?v=__READER_HASH__", import.meta.url);
  reader ??= load(href).then((module) => {
    module.begin(originals);
    return module;
  });
  try {
    return await (await reader)[what](...input, trusted());
  } catch (thrown) {
    if (typeof thrown == "string") throw thrown; // What it has to say of the document.
    reader = null;
    const failure = new Failure("engine", `review-card-reader.js did not start: ${thrown.message}`);
    throw Object.assign(failure, { transient: thrown.transient });
  }
}

const encode = (text) => new TextEncoder().encode(text);

/** The engine's number of a document: a plain one is read at once, any other is made plain first. */
export async function readDocument(bytes, base) {
  return read(bytes, base, false) || read(encode(await ask("readJson", bytes, base)), base, true);
}

/** The number of a document with one review, which is given as plain JSON, and what belongs to it in the collection of a source. */
export async function relate(review, base, source) {
  return read(encode(await ask("relate", review, await source.bytes, source.base)), base, true);
}

/** The JSON-LD of a review, which is given as plain JSON. */
export const linkedData = (review, variant, hide) => ask("linkedData", review, variant, hide);

/** The safe tree of an author's HTML, as JSON. */
export const readHtml = (html, base) => ask("readHtml", html, base);
