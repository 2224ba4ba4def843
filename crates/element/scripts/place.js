import { Failure } from "./failure.js";

/** An address to download, of http or https. */
export function address(src, base, attribute = "src") {
  const url = absolute(src, base);
  if (!url) throw new Failure("network", `expected an address in ${attribute}, found "${src}"`);
  if (!/^https?:/.test(url)) {
    const why = /^file:/.test(url) ? ": a page that is opened as a file needs a web server" : "";
    throw new Failure("network", `expected an http or https address in ${attribute}, found ${url}${why}`);
  }
  return url;
}

/** The absolute address without its fragment; `undefined` where there is none. */
export function absolute(src, base) {
  try {
    const url = new URL(src, base);
    url.hash = "";
    return src && url.href;
  } catch {
    // No address.
  }
}

/** The language around an element: that of the nearest `lang`. */
export function languageOf(element) {
  for (let node = element; node; node = node.getRootNode().host) {
    const marked = node.closest("[lang]");
    if (marked) return marked.lang;
  }
  return "";
}
