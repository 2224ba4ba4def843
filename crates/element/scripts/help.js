// Must exist before the .wasm: names the page of the docs that explains an error.

/** The address of the site with the docs, with a slash at its end; empty if the release was built without one. */
const HOME = "__HOME__";

/** Returns the end of a console line: the address of the page about errors of this kind, if there is one. */
export const help = (kind) => HOME && ` See ${HOME}errors/${kind}.html`;
