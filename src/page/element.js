// The custom elements.
import { bytesOf } from "./source.js";
import init, { read } from "./review_card.js";

export const version = "__VERSION__";
const WASM = new URL("review-card.wasm?v=__WASM_HASH__", import.meta.url);

class ReviewCard extends HTMLElement {
  async connectedCallback() {
    await init({ module_or_path: WASM });
    read(await bytesOf(this.getAttribute("src")), document.baseURI);
  }
}
customElements.get("review-card") ?? customElements.define("review-card", ReviewCard);
