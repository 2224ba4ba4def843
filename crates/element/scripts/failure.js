// Must exist before the .wasm: most failures happen while data and the module are being loaded.

/**
 * The reason why no card is shown. `kind` is the kind in `review-card-error`; `message` is a sentence for the page's
 * author.
 */
export class Failure extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }

  /**
   * Converts an exception. The wasm module throws the string "kind: message" for faulty input; anything else is a
   * crash.
   */
  static from(thrown) {
    if (thrown?.kind) return thrown;
    const [, kind, message] = /^([a-z-]+): ([^]*)/.exec(thrown) ?? [];
    if (typeof thrown == "string" && kind) return new Failure(kind, message);
    return Object.assign(new Failure("engine", `the card stopped: ${thrown}`), { crash: true });
  }
}
