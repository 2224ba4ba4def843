// Runs around the .wasm: reads and writes the page's URL and its history.

/** Keystrokes within this time (ms) of the one before share one history entry. */
const TYPING = 2000;
/** Maps each query parameter to its attribute. */
const NAMES = { q: "search", sort: "sort", filter: "filter" };

/**
 * Mirrors what the visitor asks of a list in the page's query string, so that a link can be shared, and back and
 * forward work. Values that the page's author set as attributes are not written.
 */
export class AddressBar {
  #host;
  /** The attribute values that the page's author set. */
  #own = {};
  /**
   * The attribute values that the visitor or the URL set last. If an attribute differs from them, the page's author
   * changed it.
   */
  #left = {};
  #popped = () => {
    this.#typed = -Infinity; // The next keystroke begins a new history entry.
    this.read();
  };
  #typed = -Infinity;

  constructor(host) {
    this.#host = host;
  }

  /** Detects which values the page's author set, also while the list was out of the document. */
  learn() {
    for (const name of Object.values(NAMES)) {
      if (this.#left[name] !== this.#host[name]) this.#own[name] = this.#left[name] = this.#host[name];
    }
  }

  start() {
    this.read();
    addEventListener("popstate", this.#popped);
  }

  stop() {
    removeEventListener("popstate", this.#popped);
  }

  /** Sets the attributes from the URL. */
  read() {
    this.learn();
    const { searchParams } = new URL(location.href);
    for (const [key, name] of Object.entries(NAMES)) {
      const value = searchParams.get(this.#key(key)) ?? this.#own[name];
      this.#left[name] = value;
      if (this.#host[name] != value) this.#host[name] = value;
    }
  }

  /** Writes the attributes to the URL. Consecutive keystrokes share one history entry. */
  write(isTyped) {
    const url = new URL(location.href);
    for (const [key, name] of Object.entries(NAMES)) {
      const value = (this.#left[name] = this.#host[name]);
      if (value == this.#own[name]) url.searchParams.delete(this.#key(key));
      else url.searchParams.set(this.#key(key), value);
    }
    if (url.href == location.href) return;
    const goesOn = isTyped && performance.now() - this.#typed < TYPING;
    this.#typed = isTyped ? performance.now() : -Infinity;
    try {
      history[goesOn ? "replaceState" : "pushState"](history.state, "", url);
    } catch {
      // Browsers limit the number of calls per minute, and sandboxed pages may not call this at all.
    }
  }

  #key(key) {
    return this.#host.id ? `${this.#host.id}.${key}` : key;
  }
}
