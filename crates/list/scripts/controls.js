/** Before what is typed is looked for, in milliseconds. */
const TYPING = 120;

/** What a reader does to a list: the controls, the buttons and the toggles of the cards, by what they are called. */
export class Controls {
  #root;
  #acts;
  #typing;
  /** A button that goes with what it does while the focus is in it, and what gives the element that is to have the focus then. */
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

  /** Puts into the controls what is asked, but not into that which is being typed in. */
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
    event.preventDefault(); // The card opens when its text is there.
    this.#acts.toggle(card, !toggle.parentNode.open);
  }

  /** The focus goes on to the filter that takes the place of this one. */
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

  /** What comes will stand below the last card that is there. */
  #retry(button) {
    const last = [...this.#root.querySelectorAll("[aria-posinset]")].at(-1)?.ariaPosInSet;
    this.#goes(button, () => this.#card(last ?? 1) ?? this.#search_);
    this.#acts.retry();
  }

  #goes(button, to) {
    this.#going = this.#root.activeElement == button ? { button, to } : null;
  }

  /** The focus would be nowhere, and Tab begin at the top of the page. */
  #refocus() {
    const { button, to } = this.#going ?? {};
    if (!button || button.isConnected) return;
    const { activeElement, body } = this.#root.ownerDocument;
    if (activeElement && activeElement != body) this.#going = null;
    else to()?.focus({ preventScroll: true });
  }
}
