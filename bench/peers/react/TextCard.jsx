import { inWords } from "../words.js";

/** A card of text alone. */
export function Text({ review: { title, url, work, author, published, verdict, rating, body } }) {
  return (
    <article className="card">
      <h2>
        <a href={url}>{title}</a>
      </h2>
      <p>
        <cite>{work.name}</cite> ({work.year}) · {author} · {inWords(published)}
      </p>
      <p className="verdict">{verdict}</p>
      <p className="mark">{rating}/5</p>
      <details>
        <summary>Read the review</summary>
        {body.map((paragraph, at) => (
          <p key={at}>{paragraph}</p>
        ))}
      </details>
    </article>
  );
}
