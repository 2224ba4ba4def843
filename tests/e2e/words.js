// The words in which tests speak of a page; in scope of each of their expressions.

/** Firefox runs a test's scripts in a room of their own: what is to stay is the window's. */
const globalThis = window;

/** The first card, or the one with an id. */
const card = document.querySelector("review-card");
/** The first list. */
const list = document.querySelector("review-list");
const byId = (id) => document.getElementById(id);
/** Where a card is rendered. */
const rootOf = (of = card) => of.shadowRoot ?? of;
/** Elements of a card. */
const find = (selector, of = card) => rootOf(of).querySelector(selector);
const all = (selector, of = card) => [...rootOf(of).querySelectorAll(selector)];
const part = (name, of = card) => find(`[part~="${name}"]`, of);
const parts = (name, of = card) => all(`[part~="${name}"]`, of);
/** The cards that a list has in the document, and its controls. */
const cards = (of = list) => all("[aria-posinset]", of);
const control = (name, of = list) => find(`[name="${name}"]`, of);
/** The words of an element, spaces made one. */
const text = (of) => of?.textContent.replace(/\s+/g, " ").trim();
const style = (of, property) => getComputedStyle(of).getPropertyValue(property);
const seen = (of) => of.checkVisibility() && of.getClientRects().length > 0;
const events = (name) => heard.filter((event) => event.name == name).map((event) => event.detail);
/** The element that has the focus, in whatever shadow root. */
const focused = () => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
};
/** Writes `html` at the end of the page. */
const write = (html) => document.querySelector("main").insertAdjacentHTML("beforeend", html);
