// Must exist before the .wasm: prerendered elements need no module.

/**
 * Gives an element whose `color-scheme` is dark alone the state `dark`. Such an element is dark, whatever its text. With
 * `light dark`, the page may have a switch of its own, so the colour of the text decides. CSS cannot tell the two apart.
 */
export function markScheme(element) {
  const isDark = !/light|normal/.test(getComputedStyle(element).colorScheme);
  if (isDark) element.attachInternals?.().states?.add("dark");
  return true;
}
