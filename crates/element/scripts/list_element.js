// Must exist before the .wasm: the class `<review-list>` has to be defined before the list module is downloaded.

import { help } from "./help.js";
import { anchor, look, mayBeReview } from "./anchor.js";
import { leave, whenNear } from "./near.js";
import { waitingForNetwork } from "./offline.js";
import { originals } from "./originals.js";
import { reflect, replay } from "./properties.js";
import { ask } from "./reading.js";
import { inTime, load, TIMEOUT } from "./request.js";
import { follow, unfollow } from "./scheme.js";
import { applySheets, prepare } from "./sheet.js";
import { warnUnclosed } from "./unclosed.js";

const { attributes, properties } = reflect(
  {
    src: "",
    layout: "grid",
    variant: "card",
    search: "",
    sort: "",
    filter: "",
    theme: "auto",
    loading: "lazy",
    hide: "",
    "next-origins": "",
  },
  ["controls", "summary", "sync"],
  { timeout: TIMEOUT, "heading-level": 2 },
);

let module;

const begin = (lists) => lists.forEach((list) => list.reload());

/** Lists that wait until they come near the viewport, or until the fragment may name one of their reviews. */
const waiting = new Set();
addEventListener("hashchange", () => {
  look();
  if (mayBeReview()) begin(waiting);
});

/**
 * Shows many reviews as a list. This class is the stub; the rest is in `review-list.js`, which is loaded when the first
 * list comes near the viewport.
 */
export class ReviewList extends HTMLElement {
  static version = "__VERSION__";
  static observedAttributes = attributes;

  #connected = false;
  #started = false;
  #list;
  #data;

  connectedCallback() {
    if (this.#connected) return; // The element was moved: disconnected and connected again in the same task.
    this.#connected = true;
    replay(this, properties);
    if (!this.shadowRoot) {
      prepare(this.attachShadow({ mode: "open" }));
      this.shadowRoot.append(this.ownerDocument.createElement("slot"));
    }
    follow(this);
    this.#wait();
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected || !this.#connected) return;
      this.#connected = this.#started = false;
      this.#leave();
      unfollow(this);
      this.#list?.leave();
    });
  }

  /** Because this method exists, `moveBefore()` calls neither `disconnectedCallback` nor `connectedCallback`. */
  connectedMoveCallback() {}

  adoptedCallback() {
    this.#list?.applySheets();
  }

  attributeChangedCallback(name, before, after) {
    if (!this.#connected || before === after) return;
    if (name == "loading" || (name == "src" && !this.#list)) this.#wait();
    else this.#list?.change(name);
  }

  /** Downloads and reads the data again. */
  reload() {
    this.#started = false;
    this.#start();
  }

  /**
   * A collection in any supported format, as an object or as a JSON string. It takes precedence over `src` and inline
   * data.
   */
  get data() {
    return this.#data;
  }
  set data(value) {
    this.#data = value === "" ? null : value;
    if (!this.#connected) return;
    if (this.#list) this.#list.change("data");
    else this.#wait();
  }

  #wait() {
    if (this.#started || this.#isStill()) return;
    this.#leave();
    look();
    if (this.loading == "eager" || mayBeReview()) return this.#start();
    waiting.add(this);
    whenNear(this, () => this.#start());
  }

  /** Cancels everything that the list waits for. */
  #leave() {
    leave(this);
    waiting.delete(this);
    waitingForNetwork.delete(this);
  }

  /** Returns whether this is a prerendered list without a collection: it stays as it is. */
  #isStill() {
    return !this.src && this.#data == null && this.shadowRoot.querySelector(".review-list");
  }

  async #start() {
    if (!this.#connected || this.#started) return;
    this.#leave();
    this.#started = true;
    try {
      const { href } = new URL("review-list.js?v=__LIST_HASH__", import.meta.url);
      module ??= load(href);
      const { List } = await inTime(module, this.timeout, () => href);
      if (!this.#connected) return;
      if (!this.#list) warnUnclosed(this);
      this.#list ??= new List(this, { ask, applySheets, originals, anchor });
      this.#list.start();
    } catch ({ kind, message, transient }) {
      module = null; // The next list may find the network again.
      if (transient) waitingForNetwork.add(this);
      if (kind != "timeout") kind = "engine";
      message = `review-list.js did not start: ${message}`;
      console.warn(`review-list: ${kind}: ${message}${help(kind)}`);
      const detail = { kind, message, url: this.src };
      this.dispatchEvent(new CustomEvent("review-list-error", { detail, bubbles: true, composed: true }));
    }
  }
}

Object.defineProperties(ReviewList.prototype, properties);
