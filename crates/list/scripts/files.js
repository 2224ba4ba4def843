// Runs around the .wasm: finds, downloads and hands over the files of a list.

import { Failure } from "../../element/scripts/failure.js";
import { absolute, address } from "../../element/scripts/place.js";
import { download } from "./download.js";
import { joined, pieces } from "./pieces.js";
import { pauses } from "./slices.js";

const INLINE = ':scope > script[type="application/json"], :scope > script[type="application/ld+json"]';

/** Bytes that the wasm module parses at once; a downloaded chunk may be many times larger. */
const PIECE = 64 << 10;

/** Loads the files of a list in order. Each file contains the URL of the next. */
export class Files {
  /** The URL of the next file, or data of the page; nothing if there are no more. */
  next;
  /** The URL of the last file that was requested. */
  address = null;
  #host;
  #tools;
  /** True after a file was interrupted when part of it had been read. */
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

  /** Loads the next file into the wasm module. `came` is called after each piece. */
  async load(engine, signal, came) {
    const file = this.next;
    const link = await (typeof file == "string" ? this.#download(file, engine, signal, came) : this.#take(file.data, engine, signal, came));
    if (signal.aborted) return;
    engine.end();
    this.#isBroken = false;
    const document_ = engine.document();
    if (document_) await this.#convert(document_, engine, signal, came);
    if (signal.aborted) return;
    this.next = engine.next(link, this.address ?? document.baseURI, this.#host.nextOrigins);
  }

  /** Converts a document in another format to plain JSON, using the reader module. */
  async #convert(document_, engine, signal, came) {
    let parts;
    try {
      parts = await this.#tools.ask("readParts", document_, this.address ?? document.baseURI);
    } catch (thrown) {
      if (signal.aborted || Failure.from(thrown).kind != "no-review" || !engine.put_nothing(document_)) throw thrown;
      return;
    }
    if (signal.aborted) return;
    engine.begin_converted();
    await this.#push(joined(parts), engine, signal, came);
    if (!signal.aborted) engine.end();
  }

  async #download(url, engine, signal, came) {
    let link;
    const pause = pauses();
    this.address = address(url, this.#host.baseURI);
    engine.visit(this.address);
    await download(this.address, signal, this.#host.timeout, (base, headers) => {
      this.#begin(engine, base);
      engine.visit(base);
      const header = headers.get("link");
      const next = header && engine.linked(header);
      link = next && absolute(next, base);
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
    await this.#push(pieces(data), engine, signal, came);
  }

  async #push(texts, engine, signal, came) {
    const encoder = new TextEncoder();
    const pause = pauses();
    for (const piece of texts) {
      engine.push(encoder.encode(piece));
      await came();
      await pause();
      if (signal.aborted) return;
    }
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

