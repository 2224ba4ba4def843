/**
 * The attributes of an element and the property of each: texts and numbers with the value of their property where they are
 * absent (or no number), and flags.
 */
export function reflect(texts, flags, numbers) {
  const properties = {};
  const camelCase = (name) => name.replace(/-(.)/, (_, letter) => letter.toUpperCase());
  for (const [name, absent] of Object.entries(texts)) {
    properties[camelCase(name)] = {
      get() {
        return this.getAttribute(name) ?? absent;
      },
      set(value) {
        if (value == null) this.removeAttribute(name);
        else this.setAttribute(name, value);
      },
    };
  }
  for (const name of flags) {
    properties[name] = {
      get() {
        return this.hasAttribute(name);
      },
      set(value) {
        this.toggleAttribute(name, !!value);
      },
    };
  }
  for (const [name, absent] of Object.entries(numbers)) {
    properties[camelCase(name)] = {
      get() {
        const number = parseFloat(this.getAttribute(name));
        return number > 0 ? number : absent;
      },
      set(value) {
        this.setAttribute(name, value);
      },
    };
  }
  for (const property of Object.values(properties)) Object.assign(property, { enumerable: true, configurable: true });
  return { attributes: [...Object.keys(texts), ...flags, ...Object.keys(numbers), "lang", "dir"], properties };
}

/** Properties that were set before the element was defined: they are set once more. */
export function replay(element, properties) {
  for (const name of ["data", ...Object.keys(properties)]) {
    if (!Object.hasOwn(element, name)) continue;
    const value = element[name];
    delete element[name];
    element[name] = value;
  }
}
