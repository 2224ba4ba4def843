// Puts HTML through WordPress's `wpautop`, as it stands in a post, and tells where its tree is another one afterwards.
// Standard input: a JSON list of HTML. Standard output: a JSON list, of each a text that says what differs, or null.
import { readFileSync } from "node:fs";
import { autop } from "@wordpress/autop";
import { parseFragment, serialize } from "parse5";

/** What stands around a fragment in a post. */
const PLACES = [
  ["", ""],
  ["Words before it.\n\n", "\n\nAnd words after it."],
  ["A line before it\n", "and a line after it."],
];

/** The tree as HTML, without the line breaks that `wpautop` writes between blocks. */
function tree(html) {
  const root = parseFragment(html);
  tidy(root);
  return serialize(root);
}

function tidy(node) {
  const isBreak = (child) => child.nodeName == "#text" && /^\s*\n\s*$/.test(child.value);
  node.childNodes = node.childNodes.filter((child) => !isBreak(child));
  for (const child of node.childNodes) {
    if (child.nodeName == "#text") child.value = child.value.replace(/^\n|\n$/g, "");
    if (child.childNodes && child.nodeName != "pre") tidy(child);
  }
}

function difference(html) {
  const expected = tree(html.trim());
  for (const [before, after] of PLACES) {
    const found = tree(autop(before + html + after));
    if (found.includes(expected)) continue;
    const begin = found.indexOf(expected.slice(0, expected.indexOf(">")));
    const at = [...expected].findIndex((c, i) => found[begin + i] != c);
    const near = (text, from) => JSON.stringify(text.slice(Math.max(0, from - 60), from + 60));
    return `expected ${near(expected, at)}, found ${near(found, begin + at)}`;
  }
  return null;
}

const fragments = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(fragments.map(difference)));
