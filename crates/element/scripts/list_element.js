import { anchor, look, mayBeReview } from "./anchor.js";
import { leave, whenNear } from "./near.js";
import { originals } from "./originals.js";
import { reflect, replay } from "./properties.js";
import { ask } from "./reading.js";
import { inTime, load, TIMEOUT } from "./request.js";
import { dress, prepare } from "./sheet.js";
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

/** Lists whose module may be had when there is a network. */
const stranded = new Set();
addEventListener("online", () => begin(stranded));

/** Lists that come when the reader comes near, or when the page's address may name a review of theirs. */
const waiting = new Set();
addEventListener("hashchange", () => {
  look();
  if (mayBeReview()) begin(waiting);
});

/** Many reviews as a list: what stands for it until its own module is there, which is loaded with the first that comes near. */
export class ReviewList extends HTMLElement {
  static version = "__VERSION__";
  static observedAttributes = attributes;

  #connected = false;
  #started = false;
  #list;
  #data;

  connectedCallback() {
    if (this.#connected) return; // Moved: disconnected and connected again before it settled.
    this.#connected = true;
    replay(this, properties);
    if (!this.shadowRoot) {
      prepare(this.attachShadow({ mode: "open" }));
      this.shadowRoot.append(this.ownerDocument.createElement("slot"));
    }
    this.#wait();
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected || !this.#connected) return;
      this.#connected = this.#started = false;
      this.#leave();
      this.#list?.leave();
    });
  }

  /** With it, `moveBefore()` neither disconnects nor connects. */
  connectedMoveCallback() {}

  adoptedCallback() {
    this.#list?.dress();
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

  /** A collection in any of the shapes, as an object or as JSON text; it comes before `src` and inline data. */
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

  /** It no longer waits for anything. */
  #leave() {
    leave(this);
    waiting.delete(this);
    stranded.delete(this);
  }

  /** A prerendered list that names no collection stands as it came. */
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
      this.#list ??= new List(this, { ask, dress, originals, anchor });
      this.#list.start();
    } catch ({ kind, message, transient }) {
      module = null; // The next may find the network again.
      if (transient) stranded.add(this);
      if (kind != "timeout") kind = "engine";
      message = `review-list.js did not start: ${message}`;
      console.warn(`review-list: ${kind}: ${message}`);
      const detail = { kind, message, url: this.src };
      this.dispatchEvent(new CustomEvent("review-list-error", { detail, bubbles: true, composed: true }));
    }
  }
}

Object.defineProperties(ReviewList.prototype, properties);
