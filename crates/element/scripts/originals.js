// Taken before the page's later scripts can put something else in their place.
export let { fetch } = globalThis;
export let { parse, stringify } = JSON;

/** For a module of ours that is loaded later. */
export const originals = { fetch, parse, stringify };

/** In such a module: it was loaded too late to take its own. */
export function take(originals) {
  ({ fetch, parse, stringify } = originals);
}
