import { Failure } from "../failure.js";
import { absolute, address } from "../place.js";
import { download } from "./download.js";
import { pieces } from "./pieces.js";
import { pauses } from "./slices.js";

const INLINE = ':scope > script[type="application/json"], :scope > script[type="application/ld+json"]';

/** Bytes that the engine takes at once: what has come in the meantime may be many times that. */
const PIECE = 64 << 10;

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
  /** The last file broke off after some of it had been taken. */
  #isBroken = false;

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
      if (document_) {
        const plain = await this.#tools.ask("readJson", document_, this.address ?? document.baseURI);
        if (signal.aborted) return;
        engine.put(new TextEncoder().encode(plain));
      }
      this.next = this.#following(engine.next() ?? link);
    } finally {
      this.loading = false;
    }
  }

  async #download(url, engine, signal, came) {
    let link;
    const pause = pauses();
    this.address = address(url, this.#host.baseURI);
    this.#visited.add(this.address);
    await download(this.address, signal, this.#host.timeout, (base, headers) => {
      if (this.#isBroken) engine.begin_again();
      else engine.begin(base);
      this.#isBroken = true;
      this.#visited.add(base);
      link = linked(headers.get("link"), base);
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

  async #take(data, engine, signal, came) {
    engine.begin(document.baseURI);
    const encoder = new TextEncoder();
    const pause = pauses();
    for (const piece of pieces(data)) {
      engine.push(encoder.encode(piece));
      await came();
      await pause();
      if (signal.aborted) return;
    }
  }

  /** The address of the next file, unless it leads in a circle. */
  #following(next) {
    const url = next && absolute(next, this.address ?? document.baseURI);
    if (!url || !this.#visited.has(url)) return url;
    const message = `expected the address of a file of its own, found ${url} once more`;
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

/** The next page by the header `Link`, as WordPress has it: `<address>; rel="next"`. */
function linked(header, base) {
  const [, address] = /<([^>]*)>\s*;[^,]*\brel="?next\b/.exec(header ?? "") ?? [];
  return address && absolute(address, base);
}
