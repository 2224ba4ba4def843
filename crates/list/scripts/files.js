import { Failure } from "../../element/scripts/failure.js";
import { absolute, address } from "../../element/scripts/place.js";
import { download } from "./download.js";
import { pieces } from "./pieces.js";
import { pauses } from "./slices.js";

const INLINE = ':scope > script[type="application/json"], :scope > script[type="application/ld+json"]';

/** Bytes that the engine takes at once: what has come in the meantime may be many times that. */
const PIECE = 64 << 10;

/** Files in a row without a review that no file before had; after these no more are asked for. */
const MOST_BARREN = 3;

/** Files of one list: of a server that always names one more, no more are asked for. */
const MOST_FILES = 1000;

/** The files of a list, one after the other: the address of each stands in the one before. */
export class Files {
  /** The address of the next, or data of the page; nothing where there is no more. */
  next;
  /** That of the last which was asked for. */
  address = null;
  loading = false;
  /** Why the last did not come, if it did not. */
  failed = null;
  /** What is wrong with how the files follow each other. */
  problems = [];
  #host;
  #tools;
  #visited = new Set();
  /** Where the first file came from, and the page: `nextUrl` and `Link` lead nowhere else, unless the page allows it. */
  #origins = new Set([location.origin]);
  /** The last file broke off after some of it had been taken. */
  #isBroken = false;
  /** How many reviews there were after the last file, and how many files have brought none since. */
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

  /** Has the engine take the next file; `came` is called as it comes. */
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
      if (document_) await this.#convert(document_, engine, signal);
      if (signal.aborted) return;
      this.next = this.#following(engine.next() ?? link);
    } finally {
      this.loading = false;
    }
  }

  /**
   * All that has come has been read, and so many reviews there are now. Returns whether that is the end: too many files had
   * none of their own.
   */
  ends(count) {
    this.#barren = count > this.#count ? 0 : this.#barren + 1;
    this.#count = count;
    if (!this.next || this.#barren < MOST_BARREN) return false;
    this.next = null;
    const found = `${MOST_BARREN} files in a row without, up to ${this.address}`;
    this.#tell(`expected a review that no file before had, found ${found}`);
    return true;
  }

  /** Has the reader make a plain document of what is of another shape. */
  async #convert(document_, engine, signal) {
    let plain;
    try {
      plain = await this.#tools.ask("readJson", document_, this.address ?? document.baseURI);
    } catch (thrown) {
      if (signal.aborted || Failure.from(thrown).kind != "no-review" || !engine.put_nothing(document_)) throw thrown;
      return;
    }
    if (!signal.aborted) engine.put(new TextEncoder().encode(plain));
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

  /** What has been taken of a file that broke off is not taken again. */
  #begin(engine, base) {
    if (this.#isBroken) engine.begin_again();
    else engine.begin(base);
    this.#isBroken = true;
  }

  async #take(data, engine, signal, came) {
    this.#begin(engine, document.baseURI);
    const encoder = new TextEncoder();
    const pause = pauses();
    for (const piece of pieces(data)) {
      engine.push(encoder.encode(piece));
      await came();
      await pause();
      if (signal.aborted) return;
    }
  }

  /** The address of the next file, unless it leads in a circle, to another site or to no end. */
  #following(next) {
    const url = next && absolute(next, this.address ?? document.baseURI);
    if (!url) return;
    const { origin } = new URL(url);
    const allowed = this.#host.nextOrigins.split(/\s+/);
    if (this.#visited.has(url)) this.#tell(`expected the address of a file of its own, found ${url} once more`);
    else if (!this.#origins.has(origin) && !allowed.includes(origin) && !allowed.includes("*")) {
      this.#tell(`expected an address of ${[...this.#origins].join(" or ")}, found ${url}: name ${origin} in next-origins to allow it`);
    } else if (++this.#followed >= MOST_FILES) this.#tell(`expected at most ${MOST_FILES} files, found one more: ${url}`);
    else return url;
  }

  #tell(message) {
    this.problems.push({ path: "nextUrl", message });
    console.warn(`review-list: nextUrl: ${message}`);
  }

  /** What the element says that it shows: data of the page, or an address. */
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

