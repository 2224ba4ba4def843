// The workbench: a form in, one live <review-card> out, with what it reports and the HTML that makes it.
//
// Live attributes are set on the card that stands there, so that the bench shows what a page would see. A fresh card
// is made where the interface asks for one: `light` is read once, and data goes over to `src` or back.

const PARTS = [
  "section", "title", "work", "meta", "rating", "verdict", "pros", "cons", "aspects",
  "image", "toggle", "body", "author", "related", "opinions", "previous", "next",
];
const VALUES = ["item", "variant", "theme", "loading", "timeout", "heading-level", "lang", "dir"];
const FLAGS = ["open", "schema"];
const LOG_LENGTH = 50;
const TYPING_PAUSE = 300; // ms

const byId = (id) => document.getElementById(id);
const form = byId("controls");
/** By `namedItem`, since `elements.item` is a method and not our field. */
const field = (name) => form.elements.namedItem(name);
const sheet = byId("sheet");
const status = byId("status");

let card;
let shown; // the settings that the card has

/** What the form says: `{ json }` or `{ src }`, and the card's attributes in the order of the interface's table. */
function settings() {
  const attributes = new Map();
  for (const name of VALUES) {
    const value = field(name).value.trim();
    if (value) attributes.set(name, value);
  }
  for (const name of [...FLAGS, "light"]) if (field(name).checked) attributes.set(name, "");
  const hidden = PARTS.filter((part) => field(`hide-${part}`).checked);
  if (hidden.length) attributes.set("hide", hidden.join(" "));
  return field("source").value === "url"
    ? { src: field("src").value.trim(), attributes }
    : { json: field("json").value, attributes };
}

// The card

function show(wanted) {
  const sameData = shown?.src === wanted.src && shown?.json === wanted.json;
  if (!sameData) tell("Waiting for the card.");
  if (shown && kindOf(shown) === kindOf(wanted)) update(wanted, sameData);
  else make(wanted);
  shown = wanted;
}

const kindOf = ({ src, attributes }) => `${src === undefined ? "data" : "src"} ${attributes.has("light") ? "light" : "shadow"}`;

function make(wanted) {
  card = document.createElement("review-card");
  card.append(fallback());
  for (const [name, value] of wanted.attributes) card.setAttribute(name, value);
  giveData(wanted);
  sheet.replaceChildren(card);
}

function update(wanted, sameData) {
  for (const name of [...VALUES, ...FLAGS, "hide"]) {
    const value = wanted.attributes.get(name);
    if (value === undefined) card.removeAttribute(name);
    else if (card.getAttribute(name) !== value) card.setAttribute(name, value);
  }
  if (!sameData) giveData(wanted);
}

function giveData({ src, json }) {
  if (src === undefined) card.data = json;
  else card.setAttribute("src", src);
}

function fallback() {
  const text = document.createElement("p");
  text.className = "fallback";
  text.textContent = "The fallback: what a page’s author wrote inside the element. It stays until the card is ready.";
  return text;
}

// What the card reports

function onLoad({ detail }) {
  const problems = detail.problems ?? [];
  const count = problems.length === 1 ? "1 problem" : `${problems.length || "no"} problems`;
  tell(`Shown: “${detail.title}”, ${count}.`, problems.length ? "problems" : "well");
  list(problems);
}

function onError({ detail }) {
  tell(`Not shown (${detail.kind}): ${detail.message}`, "failed");
  list([]);
}

function onToggle({ detail }) {
  field("open").checked = detail.open;
  showSnippet();
}

function tell(message, state = "") {
  status.textContent = message;
  status.dataset.state = state;
}

function list(problems) {
  const table = byId("problems");
  table.hidden = problems.length === 0;
  table.tBodies[0].replaceChildren(...problems.map(({ path, message }) => {
    const row = document.createElement("tr");
    const where = document.createElement("code");
    where.textContent = path || "the document";
    row.insertCell().append(where);
    row.insertCell().textContent = message;
    return row;
  }));
}

function record(event) {
  const line = document.createElement("li");
  const time = document.createElement("time");
  time.textContent = new Date().toLocaleTimeString("en-GB");
  const name = document.createElement("b");
  name.textContent = event.type;
  const detail = document.createElement("code");
  detail.textContent = JSON.stringify(event.detail);
  line.append(time, " ", name, " ", detail);
  byId("log").prepend(line);
  while (byId("log").children.length > LOG_LENGTH) byId("log").lastChild.remove();
}

// The HTML

const SCRIPT = '<script type="module" src="/review-card/review-card.js"></script>';
const SHEET = '<link rel="stylesheet" href="/review-card/review-card.css">';

function snippet({ src, json, attributes }) {
  const all = src === undefined ? attributes : new Map([["src", src], ...attributes]);
  const open = ["<review-card", ...[...all].map(([name, value]) => (value === "" ? name : `${name}="${escaped(value)}"`))].join(" ");
  const inside = src === undefined
    ? ['  <script type="application/json">', ...scriptText(json).split("\n").map((line) => `  ${line}`), "  </script>"]
    : ['  <a href="/where/the/review/is">Its title, until the card is ready</a>'];
  return [...(attributes.has("light") ? [SHEET] : []), SCRIPT, "", `${open}>`, ...inside, "</review-card>"].join("\n");
}

const escaped = (value) => value.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/** JSON that cannot end its script early: `<` occurs only inside strings, where `\u003c` says the same. */
const scriptText = (json) => json.trim().replaceAll("<", "\\u003c");

function showSnippet() {
  byId("snippet").textContent = snippet(settings());
}

async function copy() {
  try {
    await navigator.clipboard.writeText(byId("snippet").textContent);
    tellOnButton("Copied");
  } catch {
    // No clipboard here (an insecure page, or a refusal): select it, and let the reader's own keys do the rest.
    getSelection().selectAllChildren(byId("snippet"));
    byId("snippet").focus();
    tellOnButton("Selected");
  }
}

function tellOnButton(word) {
  byId("copy").textContent = word;
  setTimeout(() => { byId("copy").textContent = "Copy"; }, 2000);
}

// The form

function showSource() {
  const chosen = field("source").value;
  for (const box of form.querySelectorAll("[data-source]")) box.hidden = box.dataset.source !== chosen;
}

function apply() {
  showSource();
  show(settings());
  showSnippet();
}

let asked;
async function example(path) {
  asked = path;
  field("item").value = "";
  let text;
  try {
    const response = await fetch(new URL(path, import.meta.url));
    if (!response.ok) throw new Error(`${path}: status ${response.status}`);
    text = await response.text();
  } catch (error) {
    return tell(`The example did not come: ${error.message}`, "failed");
  }
  if (path !== asked) return; // another button was pressed in the meantime
  field("json").value = text.trimEnd();
  field("json").scrollTop = 0;
  field("source").value = "text";
  apply();
}

function setWidth() {
  const width = `${byId("width").value}px`;
  sheet.style.inlineSize = width;
  byId("width-shown").value = width.replace("px", " px");
}

function partBox(part) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.name = `hide-${part}`;
  label.append(box, ` ${part}`);
  return label;
}

let typing;
function onInput({ target }) {
  clearTimeout(typing);
  typing = setTimeout(apply, target.matches("textarea, [type=text]") ? TYPING_PAUSE : 0);
}

byId("parts").append(...PARTS.map(partBox));
form.addEventListener("input", onInput);
form.addEventListener("submit", (event) => event.preventDefault());
for (const button of form.querySelectorAll("[data-example]")) {
  button.addEventListener("click", () => example(button.dataset.example));
}
byId("width").addEventListener("input", setWidth);
byId("reload").addEventListener("click", () => card?.reload?.());
byId("copy").addEventListener("click", copy);
byId("clear").addEventListener("click", () => byId("log").replaceChildren());
for (const [type, react] of [["review-card-load", onLoad], ["review-card-error", onError], ["review-card-toggle", onToggle]]) {
  sheet.addEventListener(type, (event) => {
    react(event);
    record(event);
  });
}

setWidth();
if (field("json").value || field("source").value === "url") apply(); // a form that the browser kept over a reload
else example("reviews/film.json");
