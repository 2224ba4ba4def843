import { Failure } from "./failure.js";
import { readDocument } from "./reading.js";
import { forget } from "./review_card.js";

/** The largest answer that is read for a card: 8 MiB. */
const LIMIT = 8 << 20;
/** Before a second and last try, where the network broke or the server failed (5xx). */
const RETRY_AFTER = 1000; // milliseconds

const sources = new Map();

/** One address that cards show: downloaded once for all of them, let go with the last. */
export class Source {
  #users = 0;
  #stop = new AbortController();
  #document;

  /** The source of an address; whoever takes it calls `release` when done. */
  static at(address) {
    let source = sources.get(address);
    if (!source) sources.set(address, (source = new Source(address)));
    source.#users++;
    return source;
  }

  constructor(address) {
    this.address = address;
    this.bytes = this.#download();
    this.bytes.catch(() => this.expire()); // A failure is not shared with cards to come.
  }

  /** The next card with this address downloads it anew. */
  expire() {
    if (sources.get(this.address) == this) sources.delete(this.address);
  }

  release() {
    if (--this.#users) return;
    this.expire();
    this.#stop.abort();
    this.#document?.then(forget, () => {});
  }

  /** The engine's number of the document, once `bytes` are here and the engine is. */
  document() {
    return (this.#document ??= this.#read());
  }

  async #read() {
    try {
      return await readDocument(await this.bytes, this.base);
    } catch (thrown) {
      const failure = Failure.from(thrown);
      if (failure.kind == "not-json") failure.message += `; ${this.address} came as ${this.type || "no type"}`;
      throw failure;
    }
  }

  async #download() {
    try {
      return await this.#try();
    } catch (failure) {
      if (!failure.transient || this.#stop.signal.aborted) throw failure;
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER));
      return this.#try();
    }
  }

  async #try() {
    const { address } = this;
    const { signal } = this.#stop;
    let response;
    try {
      response = await fetch(address, { signal });
    } catch {
      throw transient(new Failure(
        "network",
        `${address} could not be reached: offline, or a wrong address, or its server sends no Access-Control-Allow-Origin, or the page's Content-Security-Policy lacks it in connect-src`,
      ));
    }
    if (!response.ok) {
      const failure = new Failure("status", `expected ${address}, found status ${response.status}`);
      throw response.status < 500 ? failure : transient(failure);
    }
    this.base = response.url || address;
    this.type = response.headers.get("content-type");
    return this.#collect(response);
  }

  /** The whole body, or no more of it than the limit. */
  async #collect(response) {
    const chunks = [];
    let size = 0;
    const reader = response.body?.getReader();
    while (reader) {
      const { done, value } = await reader.read().catch(() => {
        throw transient(new Failure("network", `${this.address} broke off after ${size} bytes`));
      });
      if (done) break;
      size += value.length;
      if (size > LIMIT) {
        reader.cancel().catch(() => {});
        throw new Failure("too-large", `expected at most ${LIMIT} bytes, found more at ${this.address}`);
      }
      chunks.push(value);
    }
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
  }
}

function transient(failure) {
  failure.transient = true;
  return failure;
}
