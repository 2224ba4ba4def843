// Must exist before the .wasm: keeps the original functions before later scripts of the page can replace them.
export let { fetch } = globalThis;
export let { parse, stringify } = JSON;

/** The same functions, for modules that are loaded later. */
export const originals = { fetch, parse, stringify };

/** Stores the given functions. Called in a module that was loaded too late to keep the originals itself. */
export function take(originals) {
  ({ fetch, parse, stringify } = originals);
}
