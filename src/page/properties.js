/** Attributes that are text, with the value of their property where they are absent. */
const TEXTS = { src: "", item: "", variant: "card", theme: "auto", loading: "lazy", hide: "" };
const FLAGS = ["open", "schema", "light"];
/** Attributes that are numbers, with the value of their property where they are absent or no number. */
const NUMBERS = { timeout: 20, "heading-level": 2 };

export const ATTRIBUTES = [...Object.keys(TEXTS), ...FLAGS, ...Object.keys(NUMBERS)];

/** The property of each attribute. */
export const PROPERTIES = {};
for (const [name, absent] of Object.entries(TEXTS)) {
  PROPERTIES[name] = {
    get() {
      return this.getAttribute(name) ?? absent;
    },
    set(value) {
      if (value == null) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  };
}
for (const name of FLAGS) {
  PROPERTIES[name] = {
    get() {
      return this.hasAttribute(name);
    },
    set(value) {
      this.toggleAttribute(name, !!value);
    },
  };
}
for (const [name, absent] of Object.entries(NUMBERS)) {
  PROPERTIES[name.replace(/-(.)/, (_, letter) => letter.toUpperCase())] = {
    get() {
      const number = parseFloat(this.getAttribute(name));
      return number > 0 ? number : absent;
    },
    set(value) {
      this.setAttribute(name, value);
    },
  };
}
for (const property of Object.values(PROPERTIES)) Object.assign(property, { enumerable: true, configurable: true });
