/** What is typed within so many milliseconds of what was typed before it is one step. */
const TYPING = 2000;
/** The attributes that go into the page's address, by their names there. */
const NAMES = { q: "search", sort: "sort", filter: "filter" };

/**
 * What is asked of a list, in the query string of the page: a link to it can be shared, and back and forward work. What the
 * page's author has set in the element is not written.
 */
export class AddressBar {
  #host;
  /** The attributes as the author has them. */
  #own = {};
  /** The attributes as the reader, or the address, has left them: what is otherwise, the author has set since. */
  #left = {};
  #popped = () => {
    this.#typed = -Infinity; // What is typed now is a step from here.
    this.read();
  };
  #typed = -Infinity;

  constructor(host) {
    this.#host = host;
  }

  /** Takes notice of what the page's author has set, also while the list was away. */
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

  /** Sets the attributes to what the address says. */
  read() {
    this.learn();
    const { searchParams } = new URL(location.href);
    for (const [key, name] of Object.entries(NAMES)) {
      const value = searchParams.get(this.#key(key)) ?? this.#own[name];
      this.#left[name] = value;
      if (this.#host[name] != value) this.#host[name] = value;
    }
  }

  /** Writes what the attributes say. What is typed letter by letter is one step back. */
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
      // A browser allows so many a minute; a sandboxed page none.
    }
  }

  #key(key) {
    return this.#host.id ? `${this.#host.id}.${key}` : key;
  }
}
