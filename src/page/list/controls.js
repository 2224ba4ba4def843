/** Before what is typed is looked for, in milliseconds. */
const TYPING = 120;

/** What a reader does to a list: the controls, the buttons and the toggles of the cards, by what they are called. */
export class Controls {
  #root;
  #acts;
  #typing;

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
  }

  get #search_() {
    return this.#root.querySelector("input[name=search]");
  }

  focus() {
    this.#search_?.focus();
  }

  /** Puts into the controls what is asked, but not into that which is being typed in. */
  fill({ search, sort }, engine) {
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
    if (button?.name == "remove") this.#acts.remove(Number(button.value));
    else if (button?.name == "clear") this.#acts.clear();
    else if (button?.name == "retry") this.#acts.retry();
    const toggle = event.target.closest?.(".review-card__toggle");
    const card = toggle?.closest("[aria-posinset]");
    if (!card) return;
    event.preventDefault(); // The card opens when its text is there.
    this.#acts.toggle(card, !toggle.parentNode.open);
  }
}
