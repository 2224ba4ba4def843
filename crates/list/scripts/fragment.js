// Runs around the .wasm: only the page knows which of its elements a fragment names.

/** Returns whether files are loaded to find this review: not for `#top` and a router's fragments (`#/…`, `#!…`). */
export const isSought = (id) => !/^(top$|[/!]|$)/i.test(id);

/** Returns the id of the review that a fragment may name; "" if it names an element of the page. */
export function reviewIn(fragment) {
  let id = fragment;
  try {
    id = decodeURIComponent(id);
  } catch {
    // Not percent-encoded: use it unchanged.
  }
  return document.getElementById(id) || document.getElementsByName(id)[0] ? "" : id;
}
