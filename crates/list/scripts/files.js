// Runs around the .wasm: finds, downloads and hands over the files of a list.

import { Failure } from "../../element/scripts/failure.js";
import { absolute, address } from "../../element/scripts/place.js";
import { download } from "./download.js";
import { pieces } from "./pieces.js";
import { pauses } from "./slices.js";

const INLINE = ':scope > script[type="application/json"], :scope > script[type="application/ld+json"]';

/** Bytes that the wasm module parses at once; a downloaded chunk may be many times larger. */
const PIECE = 64 << 10;

/** The number of consecutive files without a new review after which no more are loaded. */
const MOST_BARREN = 3;

/** The largest number of files of a list. Protects against a server that always names one more. */
const MOST_FILES = 1000;

/** Loads the files of a list in order. Each file contains the URL of the next. */
export class Files {
  /** The URL of the next file, or data of the page; nothing if there are no more. */
  next;
  /** The URL of the last file that was requested. */
  address = null;
  loading = false;
  /** Why the last file could not be loaded, if it could not. */
  failed = null;
  /** Problems with the links from file to file. */
  problems = [];
  #host;
  #tools;
  #visited = new Set();
  /**
   * The origins of the first file and the page. `nextUrl` and `Link` may lead to other origins only if the page allows
   * it.
   */
  #origins = new Set([location.origin]);
  /** True after a file was interrupted when part of it had been read. */
  #isBroken = false;
  /** The number of reviews after the last file, and the number of files since then without a new review. */
  #count = 0;
  #barren = 0;
  #followed = 0;

  constructor(host, tools) {
    this.#host = host;
    this.#tools = tools;
    this.next = this.#first();
  }

  /** Whether there is anything to show. */
  get any() {
    return this.next != null;
  }

  /** Loads the next file into the wasm module. `came` is called after each piece. */
  async load(engine, signal, came) {
    const file = this.next;
    this.loading = true;
    this.failed = null;
    try {
      const link = await (typeof file == "string" ? this.#download(file, engine, signal, came) : this.#take(file.data, engine, signal, came));
      if (signal.aborted) return;
      engine.end();
      this.#isBroken = false;
      const document_ = engine.document();
      if (document_) await this.#convert(document_, engine, signal, came);
      if (signal.aborted) return;
      this.next = this.#following(engine.next() ?? link);
    } finally {
      this.loading = false;
    }
  }

  /**
   * Called when everything loaded has been read; `count` is the number of reviews now. Returns true if too many
   * consecutive files had no new review, so that the list ends here.
   */
  ends(count) {
    this.#barren = count > this.#count ? 0 : this.#barren + 1;
    this.#count = count;
    if (!this.next || this.#barren < MOST_BARREN) return false;
    this.next = null;
    const found = `${MOST_BARREN} files in a row without, up to ${this.address}`;
    this.#dispatch(`expected a review that no file before had, found ${found}`);
    return true;
  }

  /** Converts a document in another format to plain JSON, using the reader module. */
  async #convert(document_, engine, signal, came) {
    let plain;
    try {
      plain = await this.#tools.ask("readJson", document_, this.address ?? document.baseURI);
    } catch (thrown) {
      if (signal.aborted || Failure.from(thrown).kind != "no-review" || !engine.put_nothing(document_)) throw thrown;
      return;
    }
    if (signal.aborted) return;
    engine.begin_converted();
    await this.#push(plain, engine, signal, came);
    if (!signal.aborted) engine.end();
  }

  async #download(url, engine, signal, came) {
    let link;
    const pause = pauses();
    this.address = address(url, this.#host.baseURI);
    this.#visited.add(this.address);
    await download(this.address, signal, this.#host.timeout, (base, headers) => {
      this.#begin(engine, base);
      this.#visited.add(base);
      const header = headers.get("link");
      const next = header && engine.linked(header);
      link = next && absolute(next, base);
      if (!this.#followed) for (const each of [this.address, base]) this.#origins.add(new URL(each).origin);
      return async (bytes) => {
        for (let at = 0; at < bytes.length && !signal.aborted; at += PIECE) {
          engine.push(bytes.subarray(at, at + PIECE));
          await came();
          await pause();
        }
      };
    });
    return link;
  }

  /** Starts a file. After an interruption, the part that was already read is skipped. */
  #begin(engine, base) {
    if (this.#isBroken) engine.begin_again();
    else engine.begin(base);
    this.#isBroken = true;
  }

  async #take(data, engine, signal, came) {
    this.#begin(engine, document.baseURI);
    await this.#push(data, engine, signal, came);
  }

  async #push(data, engine, signal, came) {
    const encoder = new TextEncoder();
    const pause = pauses();
    for (const piece of pieces(data)) {
      engine.push(encoder.encode(piece));
      await came();
      await pause();
      if (signal.aborted) return;
    }
  }

  /**
   * Returns the URL of the next file, unless it was visited before, leads to an origin that is not allowed, or exceeds
   * the limit.
   */
  #following(next) {
    const url = next && absolute(next, this.address ?? document.baseURI);
    if (!url) return;
    const { origin } = new URL(url);
    const allowed = this.#host.nextOrigins.split(/\s+/);
    if (this.#visited.has(url)) this.#dispatch(`expected the address of a file of its own, found ${url} once more`);
    else if (!this.#origins.has(origin) && !allowed.includes(origin) && !allowed.includes("*")) {
      this.#dispatch(`expected an address of ${[...this.#origins].join(" or ")}, found ${url}: name ${origin} in next-origins to allow it`);
    } else if (++this.#followed >= MOST_FILES) this.#dispatch(`expected at most ${MOST_FILES} files, found one more: ${url}`);
    else return url;
  }

  #dispatch(message) {
    this.problems.push({ path: "nextUrl", message });
    console.warn(`review-list: nextUrl: ${message}`);
  }

  /** Returns the first file that the element names: data of the page, or a URL. */
  #first() {
    const { data, src } = this.#host;
    if (data != null) return { data };
    if (src.startsWith("#")) {
      const script = this.#host.getRootNode().getElementById?.(src.slice(1)) ?? document.getElementById(src.slice(1));
      if (!script) throw new Failure("no-review", `expected a JSON script with the id "${src.slice(1)}", found none`);
      return { data: script.textContent };
    }
    if (src) return src;
    const inline = this.#host.querySelector(INLINE);
    return inline && { data: inline.textContent };
  }
}

