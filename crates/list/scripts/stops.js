/** Gives the focus to the first element after this one that takes it by Tab, whatever trees the two are in; whether there is any. */
export function following(element) {
  for (let at = element; at; at = at.parentNode ?? at.host) {
    for (let next = at.nextElementSibling; next; next = next.nextElementSibling) {
      if (within(next, false)) return true;
    }
  }
  return false;
}

/** The same of the last before it. */
export function preceding(element) {
  for (let at = element; at; at = at.parentNode ?? at.host) {
    for (let next = at.previousElementSibling; next; next = next.previousElementSibling) {
      if (within(next, true)) return true;
    }
  }
  return false;
}

/** An element comes before what is in it. */
function within(element, isBackwards) {
  const inner = [...(element.shadowRoot?.children ?? []), ...element.children];
  if (!isBackwards) return takes(element) || inner.some((each) => within(each, false));
  return inner.reverse().some((each) => within(each, true)) || takes(element);
}

/** Whether it does is the browser's to say: it may be disabled, inert, or not shown. */
function takes(element) {
  if (!(element.tabIndex >= 0)) return false;
  element.focus();
  return element.getRootNode().activeElement == element;
}
