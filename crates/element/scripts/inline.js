// Must exist before the .wasm: finds data that is already on the page.

import { Failure } from "./failure.js";
import { stringify } from "./originals.js";
import { warn } from "./report.js";

const INLINE = ':scope > script[type="application/json"], :scope > script[type="application/ld+json"]';

/** How long (ms) an element may have no data before that is reported. */
const LONG = 3000;

/** The data of one element that is on the page: its property `data`, a script that `src` names, or a child. */
export class Inline {
  #card;
  #load;
  #children;
  #warning;

  /** `load` is called when children with data may have arrived. */
  constructor(card, load) {
    this.#card = card;
    this.#load = load;
  }

  /** Returns the data as text; nothing if `src` has to be downloaded. `held` are the children while a card is shown. */
  text(data, held) {
    if (typeof data == "string") return data;
    if (data != null) {
      try {
        return stringify(data);
      } catch (error) {
        throw new Failure("not-json", `expected data that can be written as JSON, found ${error.message}`);
      }
    }
    const card = this.#card;
    const src = card.getAttribute("src");
    if (src?.startsWith("#")) {
      const script = card.getRootNode().getElementById?.(src.slice(1)) ?? document.getElementById(src.slice(1));
      if (!script) throw new Failure("no-review", `expected a JSON script with the id "${src.slice(1)}", found none`);
      return script.textContent;
    }
    if (src) return null;
    const inline = card.querySelector(INLINE) ?? held?.querySelector(INLINE.replaceAll(":scope > ", ""));
    if (!inline) this.#await();
    return inline?.textContent;
  }

  /** Waits for inline data that the HTML parser or a framework has not written yet. */
  #await() {
    if (this.#children) return;
    const card = this.#card;
    this.#children = new MutationObserver(() => {
      if (card.querySelector(INLINE) && document.readyState != "loading") this.#load();
    });
    this.#children.observe(card, { childList: true, subtree: true });
    this.#warning = setTimeout(warn, LONG, "expected data, found none: add src, or JSON in a script inside the element", "no-review");
    if (document.readyState == "loading") {
      document.addEventListener("DOMContentLoaded", () => card.isConnected && this.#load(), { once: true });
    }
  }

  /** Stops waiting. */
  stop() {
    clearTimeout(this.#warning);
    this.#children?.disconnect();
    this.#children = null;
  }
}
