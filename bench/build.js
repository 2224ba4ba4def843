// Builds the peers as for production: each as one bundled, minified script. `node build.js FOLDER`

import { build } from "esbuild";

const [, , outdir] = process.argv;
const target = "es2022";

/** Imports a style sheet as its minified text, as Lit expects it. */
const sheetsAsText = {
  name: "sheets-as-text",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { outputFiles } = await build({ entryPoints: [path], bundle: true, minify: true, target, write: false });
      return { contents: outputFiles[0].text.trim(), loader: "text" };
    }),
};

const common = {
  outdir,
  outbase: "peers",
  bundle: true,
  minify: true,
  format: "esm",
  target,
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
};
await build({
  ...common,
  entryPoints: ["page", "many", "text"].flatMap((entry) => [
    `peers/vanilla/${entry}.js`,
    `peers/preact/${entry}.jsx`,
    ...(entry == "text" ? [] : [`peers/lit/${entry}.js`]),
    `peers/react/${entry}.jsx`,
  ]).concat("peers/preact/feed.jsx"),
  plugins: [sheetsAsText],
});
await build({ ...common, entryPoints: ["peers/card.css"] });
