// Must exist before the .wasm: styles the element while the module is loading.

/** The styles of the host and its content before a card is shown, and the styles of the card. */
const [HOST, CARD] = ["__HOST_CSS__", "__CARD_CSS__"];

/** Style sheets by document, one for each text: a constructed sheet can only be used in the document that made it. */
const sheets = new WeakMap();

function sheetOf(view, text) {
  const { document } = view;
  if (!sheets.has(document)) sheets.set(document, new Map());
  const made = sheets.get(document);
  if (!made.has(text)) {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(text);
    made.set(text, sheet);
  }
  return made.get(text);
}

/** Styles a shadow root without a card. The card's style sheet is long, so it is not parsed until a card is shown. */
export function prepare(root) {
  const view = root.ownerDocument.defaultView;
  if (view) root.adoptedStyleSheets = [sheetOf(view, HOST)];
}

/**
 * Styles a shadow root with a card, and adds the sheets in `more`. Does not use `<style>`, because a strict `style-src`
 * would block it.
 */
export function applySheets(root, ...more) {
  const view = root.ownerDocument.defaultView; // Null in a document without a window.
  if (view) root.adoptedStyleSheets = [sheetOf(view, HOST), sheetOf(view, CARD), ...more];
}
