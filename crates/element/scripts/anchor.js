// What the page's address ends in, for all lists: it leads to a review once, and not where the reader has gone elsewhere.

/** How the address ended when it was last looked at, and what of that is still to be found. */
let last;
let end = "";

/** Looks at how the page's address ends, unless it has been looked at. */
export function look() {
  if (last != (last = location.hash)) end = last.slice(1);
}

/** The end of the address, until a list has found it or the reader does anything: then it is set to nothing. */
export const anchor = (now = end) => (end = now);

/** Whether it may name a review: it is not the top of the page, nor what scripts write there, nor something on the page. */
export const mayBeReview = () => /^(?!top$|[/!])./i.test(end) && !document.getElementById(end);

look();
// A window hears them without holding up the scrolling. A finger that scrolls begins with `pointerdown`.
for (const name of ["wheel", "keydown", "pointerdown"]) addEventListener(name, () => anchor(""), true);
