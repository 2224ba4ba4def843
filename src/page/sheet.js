const CSS = "__SHADOW_CSS__";

/** One sheet for all cards of a document: a constructed sheet belongs to the document that made it. */
const sheets = new WeakMap();

/** Dresses a shadow root, with one more sheet if there is one. No `<style>`: a strict `style-src` would ignore it. */
export function dress(root, ...more) {
  const { ownerDocument } = root;
  const view = ownerDocument.defaultView;
  if (!view) return; // A document that nobody sees.
  let sheet = sheets.get(ownerDocument);
  if (!sheet) {
    sheet = new view.CSSStyleSheet();
    sheet.replaceSync(CSS);
    sheets.set(ownerDocument, sheet);
  }
  root.adoptedStyleSheets = [sheet, ...more];
}
