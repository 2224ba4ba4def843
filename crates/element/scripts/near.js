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
 * next frame, which takes long on a slow phone, so the first element is looked at directly. To look at all would lay out
 * the page again and again.
 */
export function whenNear(element, begin) {
  const isFirst = !any;
  any = true;
  if (!observer || (isFirst && isNear(element))) return begin();
  waiting.set(element, begin);
  observer.observe(element);
}

/** Cancels the element's wait. */
export function leave(element) {
  waiting.delete(element);
  observer?.unobserve(element);
}

/** Returns whether the element is near the viewport now. */
export function isNear(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > -MARGIN && top < innerHeight + MARGIN;
}

addEventListener("beforeprint", () => {
  for (const element of waiting.keys()) start(element);
});
