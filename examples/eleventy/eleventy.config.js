import { readFile } from "node:fs/promises";

export default function (eleventy) {
  eleventy.addPassthroughCopy({ static: "/" });
  eleventy.addWatchTarget("cards");
  // Eleventy would make pages of these: they are Markdown and HTML too.
  eleventy.ignores.add("README.md");
  eleventy.ignores.add("cards");
  eleventy.ignores.add("static/review-card");

  // {% review "hejira" %} inserts the card that `review-card render` wrote to cards/hejira.html.
  eleventy.addAsyncShortcode("review", (id) => readFile(`cards/${id}.html`, "utf8"));

  eleventy.addFilter("day", (date) =>
    date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }),
  );
  eleventy.addFilter("newestFirst", (reviews) =>
    Object.values(reviews).sort((a, b) => (b.published ?? "").localeCompare(a.published ?? "")),
  );

  return { markdownTemplateEngine: "njk", htmlTemplateEngine: "njk" };
}
