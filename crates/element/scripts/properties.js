// Must exist before the .wasm: properties and attributes belong to the element's class.

/**
 * Returns the attribute names of an element and the properties that reflect them. `texts` and `numbers` map a name to
 * the default value, which is also returned if a number cannot be parsed; `flags` are boolean attributes.
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

/** Sets again the properties that were set before the element was defined. */
export function replay(element, properties) {
  for (const name of ["data", ...Object.keys(properties)]) {
    if (!Object.hasOwn(element, name)) continue;
    const value = element[name];
    delete element[name];
    element[name] = value;
  }
}
