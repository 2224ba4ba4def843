// The entry of `review-card-reader.js`, which is loaded when a card first needs it.
import { instantiate } from "./instantiate.js";
import init, { convert, safe } from "./review_card_reader.js";

const started = instantiate(init, new URL("review-card-reader.wasm?v=__READER_WASM_HASH__", import.meta.url));

/** JSON of any shape as plain JSON; throws `kind: message`. `policy` as below. */
export async function readJson(bytes, base, policy) {
  await started;
  return convert(bytes, base, policy);
}

/** The safe tree of an author's HTML, as JSON. `policy` is the page's Trusted Types policy, if it has one. */
export async function readHtml(html, base, policy) {
  await started;
  let parsed;
  try {
    // Inert: a document without a window runs and loads nothing.
    parsed = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
  } catch {
    // The page requires Trusted Types and permits no policy of ours: the words alone are shown.
  }
  return safe(html, parsed, base);
}
