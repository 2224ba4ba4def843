// Must exist before the .wasm and after a crash: decides which nodes an element has, its fallback or the card.

import { applySheets, prepare } from "./sheet.js";
import { warnUnclosed } from "./unclosed.js";

/**
 * Marks the template that holds the page's own nodes while a light-mode card is shown. It stays in the DOM, so that a
 * clone of the element has these nodes too.
 */
const HELD = "data-review-card";

/** The nodes of one element. */
export class Nodes {
  #card;
  #light;
  #root;
  /** What the shadow root contained at first: the slot for the page's nodes, or a prerendered card. */
  #fallback;
  #held;
  /** The nodes of a crashed instance, which stay visible until the card is drawn again. */
  #dead;
  /** Whether the element had a prerendered card. */
  isPrerendered = false;

  constructor(card) {
    this.#card = card;
    this.#light = card.light;
    // A router cached a clone of the element: the nodes drawn in it belong to another card.
    const held = this.#light && card.querySelector(`:scope > template[${HELD}]`);
    if (held) card.replaceChildren(held.content);
    this.#root = this.#light ? card : (card.shadowRoot ?? card.attachShadow({ mode: "open" }));
    if (this.#light) return;
    this.isPrerendered = !!this.#root.querySelector(".review-card");
    if (!this.isPrerendered) {
      prepare(this.#root);
      this.#root.replaceChildren(card.ownerDocument.createElement("slot"));
    }
    this.#fallback = [...this.#root.childNodes];
  }

  get root() {
    return this.#root;
  }

  /** The page's own nodes while a light-mode card is shown. */
  get held() {
    return this.#held?.content;
  }

  /** Whether the fallback is the slot for the page's own nodes. */
  get isSlot() {
    return this.#fallback?.[0].localName == "slot";
  }

  /** Applies the sheets again, in another document. */
  applySheets() {
    if (!this.#light) applySheets(this.#root);
  }

  /** Replaces the fallback with the card, in one step. */
  reveal(mount) {
    const card = this.#card;
    if (!this.#held) warnUnclosed(card);
    if (this.#light) {
      this.bury();
      if (!this.#held) {
        this.#held = card.ownerDocument.createElement("template");
        this.#held.toggleAttribute(HELD);
        this.#held.content.append(...card.childNodes);
      }
      card.append(this.#held, mount);
    } else {
      applySheets(this.#root);
      this.#root.replaceChildren(mount);
    }
  }

  /** Replaces the card with the fallback. */
  restore() {
    this.bury();
    if (!this.#light) return this.#root.replaceChildren(...this.#fallback);
    this.#held?.replaceWith(this.#held.content);
    this.#held = null;
  }

  /** Keeps the nodes of a crashed instance until `bury`. */
  keep(mount) {
    this.#dead ??= mount;
  }

  bury() {
    this.#dead?.remove();
    this.#dead = null;
  }

  /** Shows the fallback as final: nothing more is being loaded. */
  finish() {
    this.#fallback?.[0]?.classList?.add("final");
  }
}
