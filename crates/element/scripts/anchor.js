// Must exist before the .wasm: the fragment decides whether a list is loaded at once. All lists share it: it leads to a
// review once, and no longer after the visitor has scrolled or pressed something.

/** The fragment when it was last read, and the part of it that no list has found yet. */
let last;
let end = "";

/** Reads the fragment if it has changed since the last call. */
export function look() {
  if (last != (last = location.hash)) end = last.slice(1);
}

/**
 * Returns the fragment, or sets it. It is cleared when a list has found the review, or when the visitor does anything.
 */
export const anchor = (now = end) => (end = now);

/**
 * Returns whether the fragment may name a review: not `#top`, not a router's fragment (`#/…`, `#!…`), not an element's
 * id.
 */
export const mayBeReview = () => /^(?!top$|[/!])./i.test(end) && !document.getElementById(end);

look();
// Wheel listeners on the window are passive, so they do not block scrolling. Touch scrolling begins with `pointerdown`.
for (const name of ["wheel", "keydown", "pointerdown"]) addEventListener(name, () => anchor(""), true);
