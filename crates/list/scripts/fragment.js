// Runs around the .wasm: only the page knows which of its elements a fragment names.

/** Fragments that never name a review: empty, `#top`, and router fragments (`#/…`, `#!…`). */
const NO_REVIEW = /^(top$|[/!]|$)/i;

/** Returns the id of the review that a fragment may name; "" if it names none, or an element of the page. */
export function reviewIn(fragment) {
  let id = fragment;
  try {
    id = decodeURIComponent(id);
  } catch {
    // Not percent-encoded: use it unchanged.
  }
  return NO_REVIEW.test(id) || document.getElementById(id) || document.getElementsByName(id)[0] ? "" : id;
}
