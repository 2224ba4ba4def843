import { render } from "preact";
import { inWords } from "../words.js";

/** The first piece of a JSON Feed, or of WordPress' REST API. */
function piece(feed) {
  if (!feed.items) {
    const [{ title, link, date, excerpt, content }] = feed;
    return { title: title.rendered, url: link, published: date, summary: excerpt.rendered, html: content.rendered };
  }
  const [{ title, url, date_published: published, summary, content_html: html }] = feed.items;
  return { title, url, published, summary, html };
}

function Card({ title, url, published, summary, html }) {
  return (
    <article class="card">
      <h2>
        <a href={url}>{title}</a>
      </h2>
      <p>{inWords(published.slice(0, 10))}</p>
      <p class="verdict">{summary.replace(/<[^>]*>/g, "").trim()}</p>
      <details>
        <summary>Read the review</summary>
        <div dangerouslySetInnerHTML={{ __html: html }} />
      </details>
    </article>
  );
}

for (const place of document.querySelectorAll("[data-review]")) {
  const feed = await (await fetch(place.dataset.review)).json();
  place.replaceChildren();
  render(<Card {...piece(feed)} />, place);
}
