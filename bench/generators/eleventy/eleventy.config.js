export default function (eleventy) {
  eleventy.setQuietMode(true);
  eleventy.addFilter("day", (date) =>
    date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }),
  );
  eleventy.addFilter("isoDay", (date) => date.toISOString().slice(0, 10));
  // Disables template languages in the texts, as Hugo does: Markdown only.
  return { markdownTemplateEngine: false };
}
