// Reads the microformats2 of HTML. Standard input: a JSON list of HTML; standard output: of each the items that are in it.
import { readFileSync } from "node:fs";
import { mf2 } from "microformats-parser";

const documents = JSON.parse(readFileSync(0, "utf8"));
const items = (html) => mf2(html, { baseUrl: "https://blog.example/" }).items;
process.stdout.write(JSON.stringify(documents.map(items)));
