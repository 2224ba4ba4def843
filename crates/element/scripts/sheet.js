/** The host and what stands in it before there is a card; and the card. */
const [HOST, CARD] = ["__HOST_CSS__", "__CARD_CSS__"];

/** One sheet of each text for all cards of a document: a constructed sheet belongs to the document that made it. */
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

/** Dresses a shadow root without a card: the card's own sheet, which is long, is not read before it is needed. */
export function prepare(root) {
  const view = root.ownerDocument.defaultView;
  if (view) root.adoptedStyleSheets = [sheetOf(view, HOST)];
}

/** Dresses a shadow root, with one more sheet if there is one. No `<style>`: a strict `style-src` would ignore it. */
export function dress(root, ...more) {
  const view = root.ownerDocument.defaultView; // None in a document that nobody sees.
  if (view) root.adoptedStyleSheets = [sheetOf(view, HOST), sheetOf(view, CARD), ...more];
}
