// The entry of studio.js: it starts the app, which cannot start itself.
import init from "./review_card_studio.js";

init({ module_or_path: new URL("studio.wasm?v=__STUDIO_WASM_HASH__", import.meta.url) });
