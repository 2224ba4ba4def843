// Must exist before the .wasm: the module is downloaded when the first card comes near the viewport.

/** The distance from the viewport at which a card counts as near. */
const MARGIN = 800; // CSS pixels

const waiting = new Map();

const observer =
  globalThis.IntersectionObserver &&
  new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) start(target);
    },
    { rootMargin: `${MARGIN}px` },
  );

function start(element) {
  const begin = waiting.get(element);
  leave(element);
  begin?.();
}

/** Whether an element has waited. */
let any = false;

/**
 * Calls `begin` once the element comes near the viewport, or before the page is printed. The observer reports after the
 * next frame, which takes long on a slow phone. So the first element is also looked at directly, in a task of its own:
 * only the first, because looking lays out the page, and not in a frame, where only the observer knows the viewport.
 */
export function whenNear(element, begin) {
  if (!observer) return begin();
  waiting.set(element, begin);
  observer.observe(element);
  if (!any && self == top) setTimeout(() => waiting.has(element) && isNear(element) && start(element));
  any = true;
}

/** Cancels the element's wait. */
export function leave(element) {
  waiting.delete(element);
  observer?.unobserve(element);
}

/** Returns whether the element has a box near the viewport now. A hidden element has none. */
export function isNear(element) {
  const [{ top, bottom } = {}] = element.getClientRects();
  return bottom > -MARGIN && top < innerHeight + MARGIN;
}

addEventListener("beforeprint", () => {
  for (const element of waiting.keys()) start(element);
});
