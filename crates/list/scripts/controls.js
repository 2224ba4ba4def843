// Runs around the .wasm: handles the DOM events of the controls, buttons and toggles.

/** The delay (ms) between the last keystroke and the search. */
const TYPING = 120;

/** Handles what the visitor does to a list: controls, buttons and the toggles of cards, each by its name. */
export class Controls {
  #root;
  #acts;
  #typing;
  /** The pressed button that is about to disappear, and a function that returns the element to focus instead. */
  #going;

  constructor(root, acts) {
    this.#root = root;
    this.#acts = acts;
    root.addEventListener("input", ({ target }) => target.name == "search" && this.#typed(target));
    root.addEventListener("change", ({ target }) => this.#changed(target));
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#search(this.#search_);
    });
    root.addEventListener("click", (event) => this.#clicked(event));
    root.addEventListener("focusin", () => (this.#going = null));
  }

  get #search_() {
    return this.#root.querySelector("input[name=search]");
  }

  #card(position) {
    return this.#root.querySelector(`[aria-posinset="${position}"]`);
  }

  /** Sets the controls to the current query, except a search box that is being typed in. */
  fill({ search, sort }, engine) {
    this.#refocus();
    const form = this.#root.querySelector(".review-list__controls");
    if (!form) return;
    for (const control of form.elements) {
      let value;
      if (control.name == "search") value = this.#typing ? control.value : search;
      else if (control.name == "sort") value = sort;
      else if (control.localName == "select") value = engine.chosen(control.name);
      else continue;
      if (control.value != value) control.value = value;
    }
  }

  #typed(target) {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#search(target), TYPING);
  }

  #search(target) {
    clearTimeout(this.#typing);
    this.#typing = null;
    if (target) this.#acts.search(target.value);
  }

  #changed({ name, localName, value }) {
    if (localName != "select") return;
    if (name == "sort") this.#acts.sort(value);
    else this.#acts.choose(name, value);
  }

  #clicked(event) {
    const button = event.target.closest?.("button");
    if (button?.name == "remove") this.#remove(button);
    else if (button?.name == "clear") this.#clear(button);
    else if (button?.name == "retry") this.#retry(button);
    const toggle = event.target.closest?.(".review-card__toggle");
    const card = toggle?.closest("[aria-posinset]");
    if (!card) return;
    event.preventDefault(); // The card opens once its text has been loaded.
    this.#acts.toggle(card, !toggle.parentNode.open);
  }

  /** The focus moves to the filter that takes this one's place. */
  #remove(button) {
    const filters = () => [...this.#root.querySelectorAll("button[name=remove]")];
    const at = filters().indexOf(button);
    this.#goes(button, () => filters()[at] ?? filters().at(-1) ?? this.#search_);
    this.#acts.remove(Number(button.value));
  }

  #clear(button) {
    clearTimeout(this.#typing);
    this.#typing = null;
    this.#goes(button, () => this.#card(1));
    this.#acts.clear();
    this.#search_?.focus();
  }

  /** The loaded reviews will appear below the last card. */
  #retry(button) {
    const last = [...this.#root.querySelectorAll("[aria-posinset]")].at(-1)?.ariaPosInSet;
    this.#goes(button, () => this.#card(last ?? 1) ?? this.#search_);
    this.#acts.retry();
  }

  #goes(button, to) {
    this.#going = this.#root.activeElement == button ? { button, to } : null;
  }

  /** Moves the focus if its button is gone. Otherwise Tab would start at the top of the page. */
  #refocus() {
    const { button, to } = this.#going ?? {};
    if (!button || button.isConnected) return;
    const { activeElement, body } = this.#root.ownerDocument;
    if (activeElement && activeElement != body) this.#going = null;
    else to()?.focus({ preventScroll: true });
  }
}
