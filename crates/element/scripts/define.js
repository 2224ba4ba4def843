// Must exist before the .wasm: defines the elements, once on a page.

/** Defines an element, unless another copy of the script has done so. */
export function define(name, element) {
  const defined = customElements.get(name);
  if (!defined) customElements.define(name, element);
  else if (defined.version != element.version) {
    console.warn(`${name}: version ${defined.version} is on this page already; ${element.version} is not used`);
  }
}
