export default { layout: "review.njk", permalink: (data) => `/${data.page.fileSlug}.html` };
