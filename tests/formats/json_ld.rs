//! JSON-LD, there and back: what `render` writes for search engines is read as the same review.

use super::*;

/// What `render` writes for search engines is read as the same review, in every field that schema.org has.
#[test]
fn json_ld_comes_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let (mut reviews, mut fields) = (0, 0);
    for (folder, file) in [("card", "review.json"), ("prerender", "review.json"), ("formats", "input.json")] {
        for case in files(&root.join(folder)) {
            let Ok((collection, _)) = read(&fs::read(case.join(file)).unwrap(), BASE) else { continue };
            for review in &collection.reviews {
                fields += comes_back(review);
                reviews += 1;
            }
        }
    }
    println!("{reviews} reviews came back from JSON-LD, {fields} fields compared");
    assert!(reviews >= 100 && fields >= 400, "{reviews} reviews, {fields} fields");
}

/// Panics where a field does not come back; how many did.
#[track_caller]
fn comes_back(review: &Review) -> usize {
    let json_ld = write::json_ld(review).to_string();
    let (back, problems) =
        read(json_ld.as_bytes(), BASE).unwrap_or_else(|error| panic!("{error}: {json_ld}"));
    let back = back.reviews.first().unwrap();
    let (mut expected, mut found) = (schema_org(review), schema_org(back));
    // Text that looks like HTML is read as such.
    for key in ["body", "verdict"] {
        let text = expected.get(key).map(ToString::to_string).unwrap_or_default();
        for review in [&mut expected, &mut found] {
            if text.contains("</") || text.contains("&amp;") {
                review.as_object_mut().unwrap().remove(key);
            }
        }
    }
    assert_eq!(expected, found, "{problems:?}\n{json_ld}");
    expected.as_object().unwrap().len()
}

/// A review in plain JSON, field by field, as schema.org can say it. What it has no property for, or a card does not show, is
/// left out by name: a field that is not named here does not compile.
fn schema_org(review: &Review) -> Value {
    let Review {
        id,
        title,
        url,
        section,
        work,
        verdict,
        rating,
        aspects,
        pros,
        cons,
        body,
        authors,
        published,
        updated,
        image,
        tags,
        related,
        opinions,
        // A ListItem has a previous and a next one, a CreativeWork has not.
        previous: _,
        next: _,
        lang,
        // schema.org has nothing for these.
        history: _,
        links: _,
        disclosure: _,
        measure: _,
    } = review.clone();
    let review = Review {
        id,
        title,
        url,
        section,
        // "Of the same work" can be said of what has a name.
        opinions: if work.is_some() {
            opinions.into_iter().map(entry_in_schema_org).collect()
        } else {
            Vec::new()
        },
        work: work.map(|work| work_in_schema_org(work, image.is_none())),
        verdict,
        rating: rating.map(rating_in_schema_org),
        aspects: aspects.into_iter().map(aspect_in_schema_org).collect(),
        pros,
        cons,
        body: body_in_schema_org(body),
        authors: authors.into_iter().map(person_in_schema_org).collect(),
        published: published.and_then(date_in_schema_org),
        updated: updated.and_then(date_in_schema_org),
        image,
        tags,
        related: related.into_iter().map(entry_in_schema_org).collect(),
        lang,
        ..Review::default()
    };
    serde_json::from_str(&write::plain(&review).to_string()).unwrap()
}

/// Not the words with a picture that the card does not show, having another.
fn work_in_schema_org(work: Work, is_shown: bool) -> Work {
    let Work { name, mut kind, series, season, episode, year, creators, image, url, same_as } = work;
    let part = if episode.is_some() { "Episode" } else { "Season" };
    let family =
        if kind.as_deref().is_some_and(|kind| kind.starts_with("Podcast")) { "Podcast" } else { "TV" };
    // Who gives the number of an episode does not speak of the series.
    if (season.is_some() || episode.is_some()) && kind.as_deref().is_none_or(|kind| kind.ends_with("Series"))
    {
        kind = Some([family, part].concat());
    }
    let image = image.map(|image| if is_shown { image } else { Image { alt: None, caption: None, ..image } });
    Work { name, kind, series, season, episode, year, creators, image, url, same_as }
}

fn person_in_schema_org(person: Person) -> Person {
    let Person { name, role, bio, image, url } = person;
    Person { name, role, bio, image: image.map(without_a_line), url }
}

fn entry_in_schema_org(entry: Related) -> Related {
    let Related { title, url, verdict, author, image, rating } = entry;
    let (image, rating) = (image.map(without_a_line), rating.map(figures_in_schema_org));
    Related { title, url, verdict, author, image, rating }
}

/// A small picture has no line under it on a card.
fn without_a_line(image: Image) -> Image {
    let Image { src, alt, width, height, caption: _ } = image;
    Image { src, alt, width, height, caption: None }
}

fn aspect_in_schema_org(aspect: Aspect) -> Aspect {
    let Aspect { name, rating } = aspect;
    Aspect { name, rating: figures_in_schema_org(rating) }
}

/// In a line of text a card shows no words beside a rating.
fn figures_in_schema_org(rating: Rating) -> Rating {
    rating_in_schema_org(Rating { label: None, ..rating })
}

/// Without a number that is on no scale where there are words beside it.
fn rating_in_schema_org(rating: Rating) -> Rating {
    let Rating { mark, label } = rating;
    match (mark, label) {
        // A grade that is words only is read as one.
        (Mark::Letter(text), None) => Rating { mark: Mark::Text(text), label: None },
        (Mark::Text(text), Some(label)) if Decimal::parse(&text).is_some() => {
            Rating { mark: Mark::Text(label), label: None }
        }
        (mark, label) => Rating { mark, label },
    }
}

/// The words alone: a reviewBody is text.
fn body_in_schema_org(body: Body) -> Body {
    match body {
        Body::Html { html, .. } | Body::Safe { html, .. } => {
            let words = plain_text(&html);
            let paragraphs = words.split("\n\n").filter(|words| !words.is_empty());
            Body::Text(paragraphs.map(str::to_owned).collect())
        }
        body => body,
    }
}

/// Not in words: it is a Date or a DateTime.
fn date_in_schema_org(date: Date) -> Option<Date> {
    Some(Date::new(date.machine_readable()?.into()))
}

/// A review that has all that there is, in each notation of ratings. A new field is missing here first.
fn whole_review() -> Review {
    let text = |text: &str| Some(text.to_owned());
    let image = |src: &str| Image {
        src: format!("https://blog.example/{src}"),
        alt: text("A key"),
        width: Some(600),
        height: Some(900),
        caption: text("The key"),
    };
    let score = |value| Mark::Score(Score::new(value, Decimal::whole(6), Decimal::whole(1)).unwrap());
    let rating = |mark| Rating { mark, label: text("Good") };
    let entry = |title: Option<&str>, rating| Related {
        title: title.map(str::to_owned),
        url: title.map(|title| format!("https://other.example/{title}")),
        verdict: text("First words."),
        author: text("Bo"),
        image: Some(image("small.webp")),
        rating,
    };
    let link = |title: &str| Some(Link { title: title.into(), url: text("https://blog.example/near") });
    let work = Work {
        name: "The Apartment".into(),
        kind: text("TVEpisode"),
        series: text("Office Hours"),
        season: Some(0),
        episode: Some(3),
        year: text("1960"),
        creators: vec!["Billy Wilder".into(), "I. A. L. Diamond".into()],
        image: Some(image("poster.webp")),
        url: text("https://film.example/"),
        same_as: vec!["https://db.example/1".into(), "https://db.example/2".into()],
    };
    let author = |name: &str| Person {
        name: name.into(),
        role: text("Editor"),
        bio: text("Writes at night."),
        image: Some(image("ann.webp")),
        url: text("https://blog.example/ann"),
    };
    let half = Decimal::from_thousandths(4500).unwrap();
    Review {
        id: "apartment".into(),
        title: "The Key".into(),
        url: text("https://blog.example/key"),
        section: text("Second Viewing"),
        work: Some(work),
        verdict: text("Exact."),
        rating: Some(rating(score(half))),
        aspects: [score(half), Mark::Percent(half), Mark::Letter("B+".into()), Mark::Text("five".into())]
            .map(|mark| Aspect { name: "Sound".into(), rating: rating(mark) })
            .to_vec(),
        pros: vec!["The light".into(), "The end".into()],
        cons: vec!["The middle".into()],
        body: Body::Text(vec!["One.".into(), "Two.".into()]),
        authors: vec![author("Ann"), author("Bo")],
        published: Some(Date::new("2024-06-30".into())),
        updated: Some(Date::new("2024-07-01T10:00:00+02:00".into())),
        image: Some(image("still.webp")),
        tags: vec!["comedy".into(), "offices, keys".into()],
        history: Vec::new(),
        links: Vec::new(),
        disclosure: None,
        measure: None,
        // In this order, whether they have a rating or not.
        related: vec![
            entry(Some("a"), None),
            entry(Some("b"), Some(rating(score(half)))),
            entry(None, Some(Rating { mark: Mark::Text("five".into()), label: None })),
            entry(Some("d"), None),
        ],
        opinions: vec![entry(Some("e"), Some(rating(score(half)))), entry(Some("f"), None)],
        previous: link("Before"),
        next: link("After"),
        lang: text("en-GB"),
    }
}

#[test]
fn a_review_with_all_that_there_is_comes_back_from_json_ld() {
    let whole = whole_review();
    // All keys but those of the pieces before and after.
    assert_eq!(comes_back(&whole), 19);
    assert_eq!(comes_back(&Review { image: None, ..whole.clone() }), 18);
    assert_eq!(comes_back(&Review { work: None, ..whole.clone() }), 17, "nor opinions on what has no name");
    // Ids that nobody gave.
    assert_eq!(comes_back(&Review { id: "https://blog.example/key".into(), ..whole.clone() }), 19);
    assert_eq!(comes_back(&Review { id: "the-key".into(), url: None, ..whole }), 18);
}
