// Must exist before the .wasm: prerendered elements follow the page without the module.

/**
 * Keeps the state `dark` of an element whose `color-scheme` is dark alone. Such an element is dark, whatever its text. With
 * `light dark`, the page may have a switch of its own, so the colour of the text decides. CSS cannot tell the two apart.
 * The style sheets have a transition of `color-scheme`, so that each change is an event.
 */
export function followScheme(element) {
  const states = element.attachInternals?.().states;
  const update = () => {
    const isDark = !/light|normal/.test(getComputedStyle(element).colorScheme);
    states?.[isDark ? "add" : "delete"]("dark");
  };
  element.addEventListener("transitionrun", update);
  update();
}
