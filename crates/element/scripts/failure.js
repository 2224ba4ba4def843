/** Why there is no card: `kind` is that of the event `review-card-error`, `message` a sentence for the page's author. */
export class Failure extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }

  /** A failure from what the engine throws: "kind: message" for what it read, anything else for a crash. */
  static from(thrown) {
    if (thrown?.kind) return thrown;
    const [, kind, message] = /^([a-z-]+): ([^]*)/.exec(thrown) ?? [];
    if (typeof thrown == "string" && kind) return new Failure(kind, message);
    return Object.assign(new Failure("engine", `the card stopped: ${thrown}`), { crash: true });
  }
}
