// Runs around the .wasm: only the browser knows which elements can be focused.

/** Focuses the first element after `element` that Tab can reach, across shadow roots. Returns whether there is one. */
export function following(element) {
  for (let at = element; at; at = at.parentNode ?? at.host) {
    for (let next = at.nextElementSibling; next; next = next.nextElementSibling) {
      if (within(next, false)) return true;
    }
  }
  return false;
}

/** Focuses the last element before `element` that Tab can reach. Returns whether there is one. */
export function preceding(element) {
  for (let at = element; at; at = at.parentNode ?? at.host) {
    for (let next = at.previousElementSibling; next; next = next.previousElementSibling) {
      if (within(next, true)) return true;
    }
  }
  return false;
}

/** An element comes before its descendants. */
function within(element, isBackwards) {
  const inner = [...(element.shadowRoot?.children ?? []), ...element.children];
  if (!isBackwards) return takes(element) || inner.some((each) => within(each, false));
  return inner.reverse().some((each) => within(each, true)) || takes(element);
}

/** Tries to focus the element. Only the browser knows whether that works: it may be disabled, inert or hidden. */
function takes(element) {
  if (!(element.tabIndex >= 0)) return false;
  element.focus();
  return element.getRootNode().activeElement == element;
}
