import { fills, inWords, minutes, STAR } from "../words.js";

function Numeral({ rating }) {
  return (
    <span class="numeral" role="img" aria-label={`Rated ${rating} out of 5`}>
      <b>{rating}</b>
      <small>/5</small>
    </span>
  );
}

function Rating({ rating: { value, label } }) {
  return (
    <div class="rating">
      <p class="mark" role="img" aria-label={`Rated ${value} out of 5`}>
        <span class="numeral">
          <b>{value}</b>
          <small>/5</small>
        </span>
        <span class="stars">
          {fills(value).map((fill, at) => (
            <svg key={at} aria-hidden="true" viewBox="0 0 24 24">
              <path class="line" d={STAR} />
              {fill && <path class="fill" d={fill} />}
            </svg>
          ))}
        </span>
      </p>
      <p class="label">{label}</p>
    </div>
  );
}

function Aspects({ aspects }) {
  return (
    <section class="aspects">
      <h3>Ratings in detail</h3>
      <ul>
        {aspects.map(({ name, rating }) => (
          <li key={name}>
            <span>{name}</span>
            <Numeral rating={rating} />
            <svg aria-hidden="true" viewBox="0 0 100 4" preserveAspectRatio="none">
              <rect width={rating * 20} height="4" />
            </svg>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Notes({ name, heading, notes }) {
  return (
    <section class={name}>
      <h3>{heading}</h3>
      <ul>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  );
}

function Body({ paragraphs }) {
  return (
    <details>
      <summary>
        <span class="more">
          Read the review<span class="minutes"> · {minutes(paragraphs)} min</span>
        </span>
        <span class="less">Show less</span>
      </summary>
      <div class="text">
        {paragraphs.map((paragraph, at) => (
          <p key={at}>{paragraph}</p>
        ))}
      </div>
    </details>
  );
}

function Author({ author }) {
  return (
    <section class="author">
      <h3>About the author</h3>
      <div>
        <img src={author.image} alt="" loading="lazy" decoding="async" />
        <div>
          <p class="byline">
            <a href={author.url}>{author.name}</a> <span>{author.role}</span>
          </p>
          <p class="bio">{author.bio}</p>
        </div>
      </div>
    </section>
  );
}

function Related({ related }) {
  return (
    <section class="related">
      <h3>Related reviews</h3>
      <ul>
        {related.map(({ title, url, verdict, image, rating }) => (
          <li key={url}>
            <img src={image} alt="" loading="lazy" decoding="async" />
            <div>
              <p class="head">
                <a href={url}>{title}</a> <Numeral rating={rating} />
              </p>
              {verdict && <p class="excerpt">{verdict}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Piece({ name, direction, piece }) {
  return (
    <div class={name}>
      <a href={piece.url}>
        <small>{direction}</small> {piece.title}
      </a>
    </div>
  );
}

export function Card({ review }) {
  const { image, work } = review;
  return (
    <article class="card" lang={review.lang}>
      <div class="layout">
        <header>
          <p class="section">{review.section}</p>
          <h2>
            <a href={review.url}>{review.title}</a>
          </h2>
          <div class="about">
            <p>
              <cite>{work.name}</cite> ({work.year}) · {work.creators.join(" · ")}
            </p>
            <p>
              <time datetime={review.published}>{inWords(review.published)}</time> ·{" "}
              <time datetime={review.updated}>Updated {inWords(review.updated)}</time>
            </p>
          </div>
          <p class="verdict">{review.verdict}</p>
        </header>
        <figure>
          <img
            src={image.src}
            alt={image.alt}
            width={image.width}
            height={image.height}
            loading="lazy"
            decoding="async"
          />
          <figcaption>{image.caption}</figcaption>
        </figure>
        <div class="facts">
          <Rating rating={review.rating} />
          <Aspects aspects={review.aspects} />
          <div class="notes">
            <Notes name="pros" heading="Pros" notes={review.pros} />
            <Notes name="cons" heading="Cons" notes={review.cons} />
          </div>
        </div>
        <div class="rest">
          <Body paragraphs={review.body} />
          <Author author={review.author} />
          <Related related={review.related} />
          <nav aria-label="More reviews">
            <Piece name="previous" direction="Previous" piece={review.previous} />
            <Piece name="next" direction="Next" piece={review.next} />
          </nav>
        </div>
      </div>
    </article>
  );
}
