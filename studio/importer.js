// Loads the importers when the first file needs them. A script, since only a script can import a module while it runs.

let loading;

const load = async () => {
  const module = await import("./studio-importer.js?v=__IMPORTER_HASH__");
  await module.default({ module_or_path: new URL("studio-importer.wasm?v=__IMPORTER_WASM_HASH__", import.meta.url) });
  return module;
};

/** Reads a file. Returns the reviews as plain JSON, then the lines of the report; throws a string for its author. */
export async function read(name, bytes) {
  loading ??= load();
  try {
    return (await loading).read_file(name, bytes);
  } catch (error) {
    if (typeof error != "string") loading = undefined; // It did not come, or it crashed: the next file starts it anew.
    throw error;
  }
}
