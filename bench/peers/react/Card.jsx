import { fills, inWords, minutes, STAR } from "../words.js";

function Numeral({ rating }) {
  return (
    <span className="numeral" role="img" aria-label={`Rated ${rating} out of 5`}>
      <b>{rating}</b>
      <small>/5</small>
    </span>
  );
}

function Rating({ rating: { value, label } }) {
  return (
    <div className="rating">
      <p className="mark" role="img" aria-label={`Rated ${value} out of 5`}>
        <span className="numeral">
          <b>{value}</b>
          <small>/5</small>
        </span>
        <span className="stars">
          {fills(value).map((fill, at) => (
            <svg key={at} aria-hidden="true" viewBox="0 0 24 24">
              <path className="line" d={STAR} />
              {fill && <path className="fill" d={fill} />}
            </svg>
          ))}
        </span>
      </p>
      <p className="label">{label}</p>
    </div>
  );
}

function Aspects({ aspects }) {
  return (
    <section className="aspects">
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
    <section className={name}>
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
        <span className="more">
          Read the review<span className="minutes"> · {minutes(paragraphs)} min</span>
        </span>
        <span className="less">Show less</span>
      </summary>
      <div className="text">
        {paragraphs.map((paragraph, at) => (
          <p key={at}>{paragraph}</p>
        ))}
      </div>
    </details>
  );
}

function Author({ author }) {
  return (
    <section className="author">
      <h3>About the author</h3>
      <div>
        <img src={author.image} alt="" loading="lazy" decoding="async" />
        <div>
          <p className="byline">
            <a href={author.url}>{author.name}</a> <span>{author.role}</span>
          </p>
          <p className="bio">{author.bio}</p>
        </div>
      </div>
    </section>
  );
}

function Related({ related }) {
  return (
    <section className="related">
      <h3>Related reviews</h3>
      <ul>
        {related.map(({ title, url, verdict, image, rating }) => (
          <li key={url}>
            <img src={image} alt="" loading="lazy" decoding="async" />
            <div>
              <p className="head">
                <a href={url}>{title}</a> <Numeral rating={rating} />
              </p>
              {verdict && <p className="excerpt">{verdict}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Piece({ name, direction, piece }) {
  return (
    <div className={name}>
      <a href={piece.url}>
        <small>{direction}</small> {piece.title}
      </a>
    </div>
  );
}

export function Card({ review }) {
  const { image, work } = review;
  return (
    <article className="card" lang={review.lang}>
      <div className="layout">
        <header>
          <p className="section">{review.section}</p>
          <h2>
            <a href={review.url}>{review.title}</a>
          </h2>
          <div className="about">
            <p>
              <cite>{work.name}</cite> ({work.year}) · {work.creators.join(" · ")}
            </p>
            <p>
              <time dateTime={review.published}>{inWords(review.published)}</time> ·{" "}
              <time dateTime={review.updated}>Updated {inWords(review.updated)}</time>
            </p>
          </div>
          <p className="verdict">{review.verdict}</p>
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
        <div className="facts">
          <Rating rating={review.rating} />
          <Aspects aspects={review.aspects} />
          <div className="notes">
            <Notes name="pros" heading="Pros" notes={review.pros} />
            <Notes name="cons" heading="Cons" notes={review.cons} />
          </div>
        </div>
        <div className="rest">
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
