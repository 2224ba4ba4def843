//! Reads posts from the [WordPress REST API](https://developer.wordpress.org/rest-api/reference/posts/): one or many,
//! and other types with a title and content (pages, attachments, comments, custom post types).
//!
//! 1. The excerpt becomes the verdict, without the marks of truncation; the content becomes the body.
//! 2. With `?_embed` the response contains the author, the featured image, and the names of categories and tags. The
//!    first category becomes the section, the others become tags.
//! 3. `date` is the site's local time. Together with `date_gmt` it gives the site's UTC offset.
//!
//! All rendered fields are HTML. [`rich_text`] extracts the text of titles, excerpts, names and captions. Not
//! supported: ratings, which each plugin stores in its own way; `?context=edit`; other responses of the API.

use super::field::Field;
use super::messages::What;
use super::report::Html;
use super::{plain, review_id, text};
use crate::json::Json;
use crate::model::{Body, Collection, Date, Image, Person, Review, slug};
use crate::rich_text;
use crate::rich_text::url::Use;

/// Image sizes, the best for a card first. An upload may be 4000 pixels wide.
const SIZES: [&str; 4] = ["medium_large", "large", "full", "medium"];
/// The beginning of a date that is not set.
const NO_DATE: &str = "0000-";
/// The category of posts without a category.
const NO_CATEGORY: &str = "Uncategorized";
/// The maximum UTC offset of a site, in minutes.
const MAX_OFFSET: i64 = 14 * 60;

/// Other objects of the API, by a key that posts do not have, with their names in singular and plural.
const OTHERS: [(&str, &str, &str); 3] = [
    ("taxonomy", "a term (a category or a tag)", "terms (categories or tags)"),
    ("avatar_urls", "an author", "authors"),
    ("rest_base", "a type of posts or terms", "types of posts or terms"),
];

/// The known keys: those of posts, pages, media and comments, and of widespread plugins. A site may have other keys,
/// for example for a rating that nothing reads.
const KEYS: &str = "id date date_gmt guid modified modified_gmt slug status type link title content excerpt author featured_media \
    parent menu_order comment_status ping_status sticky template format meta categories tags permalink_template generated_slug \
    password class_list block_version lang translations acf author_name author_url author_avatar_urls author_email author_ip \
    author_user_agent post description caption alt_text media_type mime_type media_details missing_image_sizes source_url yoast_head \
    yoast_head_json aioseo_head aioseo_head_json aioseo_meta_data aioseo_notices aioseo_breadcrumb aioseo_breadcrumb_json \
    jetpack_featured_media_url jetpack_sharing_enabled jetpack_shortlink jetpack_likes_enabled jetpack-related-posts \
    jetpack_publicize_connections jetpack_is_tweetstorm jetpack_post_was_ever_published amp_enabled amp_validity featured_image_src \
    featured_image_urls author_info comment_info category_info tag_info uagb_featured_image_src uagb_author_info uagb_comment_info \
    uagb_excerpt blocksy_meta rank_math_title rttpg_featured_image_url rttpg_author rttpg_comment rttpg_category rttpg_excerpt \
    better_featured_image ppma_author authors coauthors guest-author et_pb_use_builder parsely site_id";

pub(super) fn read(root: &Field) -> Collection {
    if let Some(several) = others(root) {
        root.problem(&["expected WordPress posts, found a list of WordPress ", several]);
        return Collection::default();
    }
    let mut reviews = plain::reviews(root, post);
    review_id::tell_apart(&mut reviews);
    Collection { reviews, ..Collection::default() }
}

/// Returns the name of what a list has in place of posts, if that is all it has.
pub(super) fn others(root: &Field) -> Option<&'static str> {
    let others: Vec<_> = root.items().iter().map_while(other).collect();
    let Json::List(items) = root.value else { return None };
    let (_, _, several) = others.first().filter(|_| items.len() == others.len())?;
    Some(several)
}

pub(super) fn post(field: &Field) -> Option<Review> {
    if !field.is_object() {
        field.expected(What::Post);
        return None;
    }
    if let Some((_, one, _)) = other(field) {
        field.problem(&["expected a WordPress post, found ", one]);
        return None;
    }
    field.knows(KEYS);
    let body = content(field);
    let verdict = excerpt(field).map(|verdict| of_author(&verdict, &body, field.html()).unwrap_or(verdict));
    let title = rendered(field, "title")
        .or_else(|| text::beginning(verdict.as_ref()?, field.html()))
        .or_else(|| match &body {
            Body::Empty => None,
            body => text::beginning(&text::of(body, field.html()), field.html()),
        });
    let Some(title) = title.or_else(|| slug_of(field)) else {
        field.missing("title", What::Rendered);
        return None;
    };
    let url = field.address_of("link", Use::Link);
    let published = date(field, "date");
    let mut review = Review {
        id: field.text_of("id").or_else(|| url.clone()).unwrap_or_else(|| slug(&title)),
        // An update on the day of publication is not worth a line.
        updated: date(field, "modified")
            .filter(|updated| updated.day() != published.as_ref().and_then(Date::day)),
        published,
        lang: field.language_of("lang"),
        title,
        url,
        verdict,
        body,
        ..Review::default()
    };
    if let Some(embedded) = field.get("_embedded") {
        review.authors = embedded.each("author", author);
        review.image = embedded.each("wp:featuredmedia", media).into_iter().next();
        terms(&embedded, &mut review);
    }
    if review.authors.is_empty()
        && let Some(name) = field.text_of("author_name").and_then(|name| words(&name, field.html()))
    {
        review.authors =
            vec![Person { name, url: field.address_of("author_url", Use::Link), ..Person::default() }];
    }
    if review.image.is_none() && field.get("source_url").is_some() {
        review.image = media(field);
    }
    Some(review)
}

fn other(field: &Field) -> Option<&'static (&'static str, &'static str, &'static str)> {
    let is_post = ["title", "content", "excerpt"].iter().any(|key| field.get(key).is_some());
    OTHERS.iter().find(|(key, ..)| !is_post && field.get(key).is_some())
}

/// Returns the text of HTML, or `None` if it is empty. Some plugins escape twice, so remaining character references are
/// decoded too.
fn words(html: &str, allowed: &Html) -> Option<String> {
    let words = if html.contains(['<', '&', '[']) {
        text::unescaped(&text::uncovered(html, allowed), allowed)
    } else {
        html.into()
    };
    Some(words).filter(|words| !words.is_empty())
}

/// Returns the HTML at `key`: `{ rendered }`, or text as some plugins write it.
fn html(field: &Field, key: &str) -> Option<String> {
    let field = field.get(key)?;
    let field = if field.is_object() { field.get("rendered")? } else { field };
    if key == "content" { field.long_text() } else { field.text() }
}

fn rendered(field: &Field, key: &str) -> Option<String> {
    words(&html(field, key)?, field.html())
}

/// Returns a title made from the slug, for responses with few fields. Returns `None` if there is a name: then it may be
/// a term or an author.
fn slug_of(field: &Field) -> Option<String> {
    if field.get("name").is_some() {
        return None;
    }
    let words = field.text_of("slug")?.replace('-', " ");
    field.missing("title", What::Rendered);
    Some(words.trim().to_owned()).filter(|words| !words.is_empty())
}

fn content(field: &Field) -> Body {
    let html = html(field, "content");
    if let Some(content) = field.get("content")
        && content.value.get("protected") == Some(&Json::Bool(true))
        && html.is_none()
    {
        content.problem(&["expected the content, found a post with a password"]);
    }
    html.map_or(Body::Empty, |html| Body::Html { html, base: field.base().map(Into::into) })
}

/// Returns the excerpt's text, with an ellipsis in place of the marks of truncation: `[…]`, "Continue reading Alien →".
fn excerpt(field: &Field) -> Option<String> {
    let html = html(field, "excerpt")?;
    let text = words(
        html.split_once("class=\"more-link").map_or(html.as_str(), |(before, _)| before_tag(before)),
        field.html(),
    )?;
    // In an excerpt that WordPress has made, Jetpack's buttons are words.
    let ends = ["Continue reading", "Share this:", "Like this:"];
    let text = ends.iter().fold(text.as_str(), |text, end| text.split(end).next().unwrap_or_default());
    let text = text.trim_end_matches(['→', '»', ' ', '\n']);
    let text = without_votes(text);
    let marks = ["[…]", "[...]", "[\u{2026} ]", "(more…)", "…", "..."];
    let uncut = marks.iter().fold(text, |text, mark| text.strip_suffix(mark).unwrap_or(text).trim_end());
    let whole = uncut.len() == text.len() || uncut.ends_with(['.', '!', '?']);
    (!uncut.is_empty()).then(|| [uncut, if whole { "" } else { "…" }].concat())
}

/// The number of bytes of a post that can matter for an excerpt of 55 words.
const EXCERPTED: usize = 16_000;

/// An excerpt that WordPress has made contains the words of what plugins put at the beginning of the post. Returns the same
/// number of words that the author wrote, or `None` if the excerpt has no others.
fn of_author(excerpt: &str, body: &Body, allowed: &Html) -> Option<String> {
    let Body::Html { html, .. } = body else { return None };
    let beginning = html.get(..html.floor_char_boundary(EXCERPTED))?;
    if !allowed.may_parse(beginning) || rich_text::left_out(beginning).is_empty() {
        return None;
    }
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    // As `wp_strip_all_tags` makes it.
    let mut stripped = String::new();
    for part in beginning.split('<') {
        stripped.push_str(part.split_once('>').map_or("", |(_, text)| text));
    }
    if !letters(&text::unescaped(&stripped, allowed)).starts_with(&letters(excerpt)) {
        return None;
    }
    let own = words(beginning, allowed)?;
    let count = excerpt.split_whitespace().count();
    let few: Vec<_> = own.split_whitespace().take(count).collect();
    let is_whole = few.len() == own.split_whitespace().count() && beginning.len() == html.len();
    let is_whole = is_whole || few.last().is_some_and(|word| word.ends_with(['.', '!', '?']));
    (!few.is_empty()).then(|| few.join(" ") + if is_whole { "" } else { "…" })
}

/// Removes the votes that some plugins put before an excerpt: `4.3/5 - (15 votes) `, `(12 votes, average: 4.50 out of
/// 5) `, `[Total: 3 Average: 4] `.
fn without_votes(text: &str) -> &str {
    let of_bracket = |text: &'_ str, ends: char| -> Option<usize> {
        let end = text.find(ends)?;
        let inside = text.get(1..end)?.to_lowercase();
        let is_count = ["vote", "rating", "average", "stimme", "bewertung", "voto", "avis", "ocen", "голос"]
            .iter()
            .any(|word| inside.contains(word));
        (is_count && inside.contains(|c: char| c.is_ascii_digit())).then_some(end + ends.len_utf8())
    };
    let number = text
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '/' | ' ' | '-' | '–'));
    let end = match number.chars().next() {
        Some('(') => of_bracket(number, ')'),
        Some('[') => of_bracket(number, ']'),
        _ => None,
    };
    end.and_then(|end| number.get(end..)).map_or(text, str::trim_start)
}

/// Returns the HTML before its last `<`, where a tag was cut.
fn before_tag(html: &str) -> &str {
    html.rsplit_once('<').map_or(html, |(before, _)| before)
}

/// Returns the local date, with the UTC offset computed from the same date in GMT.
fn date(field: &Field, key: &str) -> Option<Date> {
    let known = |key: &str| field.text_of(key).filter(|date| !date.starts_with(NO_DATE));
    let gmt = known(&[key, "_gmt"].concat()).map(|gmt| gmt.trim_end_matches('Z').to_owned());
    let Some(local) = known(key) else {
        return Some(Date::new(gmt? + "Z"));
    };
    let offset = gmt
        .and_then(|gmt| Some(minutes(&local)? - minutes(&gmt)?))
        .filter(|offset| offset.abs() <= MAX_OFFSET);
    let Some(offset) = offset else { return field.date_of(key) };
    let two = |number: i64| [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
    let sign = if offset < 0 { "-" } else { "+" };
    let offset = offset.abs();
    Some(Date::new([local.as_str(), sign, &two(offset / 60), ":", &two(offset % 60)].concat()))
}

/// Returns the minutes from a fixed day in the past to a WordPress date such as `2012-10-29T08:00:00`.
fn minutes(text: &str) -> Option<i64> {
    let (date, time) = text.split_once('T')?;
    let day = Date::new(date.into()).day()?;
    let (hours, rest) = time.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, rest.get(..2)?.parse().ok()?);
    // The number of days in the civil calendar, for years that begin in March.
    let (year, month) = (i64::from(day.year), i64::from(day.month));
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + i64::from(day.day);
    Some((days * 24 + hours) * 60 + minutes)
}

/// Reads an embedded author. An author that is not public is `{ code, message, data }` instead.
fn author(field: &Field) -> Option<Person> {
    // The sizes are in ascending order.
    let avatar = field.get("avatar_urls").and_then(|sizes| {
        let Json::Object(members) = sizes.value else { return None };
        members.iter().rev().find_map(|(size, _)| sizes.address_of(size, Use::Image))
    });
    Some(Person {
        name: name(field)?,
        role: None,
        bio: field.text_of("description").and_then(|bio| words(&bio, field.html())),
        image: avatar.map(|src| Image { src, ..Image::default() }),
        url: ["url", "link"].iter().find_map(|key| field.address_of(key, Use::Link)),
    })
}

/// Reads an image of the [media library](https://developer.wordpress.org/rest-api/reference/media/).
fn media(field: &Field) -> Option<Image> {
    let details = field.get("media_details");
    let sizes = details.as_ref().and_then(|details| details.get("sizes"));
    let sized = sizes.as_ref().and_then(|sizes| {
        SIZES.iter().find_map(|name| {
            let size = sizes.get(name)?;
            Some((
                size.address_of("source_url", Use::Image)?,
                size.pixels_of("width"),
                size.pixels_of("height"),
            ))
        })
    });
    let whole = || {
        let src = field.address_of("source_url", Use::Image)?;
        let pixels = |key| details.as_ref().and_then(|details| details.pixels_of(key));
        Some((src, pixels("width"), pixels("height")))
    };
    let (src, width, height) = sized.or_else(whole)?;
    let alt = field.text_of("alt_text").and_then(|alt| words(&alt, field.html()));
    Some(Image { src, alt, width, height, caption: rendered(field, "caption") })
}

/// Reads categories and tags: one list for each taxonomy.
fn terms(embedded: &Field, review: &mut Review) {
    let lists =
        embedded.each("wp:term", |list| Some(list.entries().iter().filter_map(term).collect::<Vec<_>>()));
    for (taxonomy, name) in lists.concat() {
        match taxonomy.as_str() {
            "category" if name == NO_CATEGORY => {}
            "category" if review.section.is_none() => review.section = Some(name),
            "category" | "post_tag" => review.tags.push(name),
            _ => {}
        }
    }
}

fn term(field: &Field) -> Option<(String, String)> {
    Some((field.text_of("taxonomy")?, name(field)?))
}

fn name(field: &Field) -> Option<String> {
    words(&field.text_of("name")?, field.html())
}

#[cfg(test)]
mod tests {
    use super::super::report::Report;
    use super::{Field, Html, date, excerpt, of_author};
    use crate::json::parse;
    use crate::model::Body;

    #[track_caller]
    fn check_excerpt(html: &str, expected: Option<&str>) {
        let json = crate::json::Json::Object(vec![("excerpt".into(), html.into())]);
        let report = Report::new(None, usize::MAX);
        assert_eq!(excerpt(&Field::root(&json, &report)).as_deref(), expected, "{html}");
    }

    #[test]
    fn excerpts() {
        check_excerpt("<p>It&#8217;s good.</p>\n", Some("It’s good."));
        check_excerpt("<p>A film that [&hellip;]</p>", Some("A film that…"));
        check_excerpt("<p>A film that &#8230;</p>", Some("A film that…"));
        check_excerpt("<p>A film. [...]</p>", Some("A film."));
        check_excerpt(
            "<p>A film&hellip; <a href=\"/a\" class=\"more-link\">Mehr lesen</a></p>",
            Some("A film…"),
        );
        check_excerpt(
            "<p>A film&hellip; <a href='/a'>Continue reading <span>Alien</span> →</a></p>",
            Some("A film…"),
        );
        check_excerpt("<p>[&hellip;]</p>", None);
        check_excerpt("<p>4.3/5 &#8211; (15 votes) Vienna is cut.</p>", Some("Vienna is cut."));
        check_excerpt("<p>(12 votes, average: 4.50 out of 5) Vienna.</p>", Some("Vienna."));
        for text in ["1984 (a novel) is short.", "(1984) is short.", "(Every vote counts) Vienna."] {
            check_excerpt(&["<p>", text, "</p>"].concat(), Some(text));
        }
        check_excerpt("<p>[vc_row]A wheel [sic].[/vc_row]</p>", Some("A wheel [sic]."));
        check_excerpt("", None);
    }

    #[test]
    fn an_excerpt_that_was_made_of_plugins_words() {
        let check = |html: &str, excerpt: &str, expected: Option<&str>| {
            let body = Body::Html { html: html.into(), base: None };
            assert_eq!(of_author(excerpt, &body, &Html::default()).as_deref(), expected, "{html}");
        };
        let shares = "<div class=\"sharedaddy\"><ul><li>Share on Facebook</li><li>Tweet</li></ul></div>";
        let long = "A harbour in winter, and nobody who leaves it for long enough to see the ice go.";
        check(
            &format!("{shares}<p>{long}</p>"),
            "Share on FacebookTweet A harbour in…",
            Some("A harbour in winter, and nobody…"),
        );
        check(&format!("{shares}<p>Tom &amp; I.</p>"), "Share on Facebook Tweet Tom & I.", Some("Tom & I."));
        check(&format!("{shares}<p>Tom &amp; I</p>"), "Share on Facebook Tweet Tom & I", Some("Tom & I"));
        let contents = "<div id=\"toc_container\"><p>Contents</p><ul><li>Plot</li></ul></div>";
        check(
            &format!("{}<p>{long}</p>", contents.replace("id=", "class=")),
            "Contents Plot A harbour…",
            Some("A harbour in winter,…"),
        );
        // An excerpt of the author's own, and a post without such words.
        check(&format!("{shares}<p>{long}</p>"), "Read this.", None);
        check(&format!("<p>{long}</p>"), "A harbour in…", None);
    }

    #[track_caller]
    fn check_date(json: &str, expected: Option<&str>) {
        let json = parse(json.as_bytes()).unwrap();
        let report = Report::new(None, usize::MAX);
        let found = date(&Field::root(&json, &report), "date");
        assert_eq!(found.as_ref().map(|date| date.as_written()), expected);
        assert!(found.is_none_or(|date| date.day().is_some() || expected == Some("soon")));
    }

    #[test]
    fn dates() {
        check_date(r#"{ "date": "2012-10-29T08:00:00" }"#, Some("2012-10-29T08:00:00"));
        let gmt = |local, gmt| format!(r#"{{ "date": "{local}", "date_gmt": "{gmt}" }}"#);
        check_date(&gmt("2012-10-29T08:00:00", "2012-10-29T08:00:00"), Some("2012-10-29T08:00:00+00:00"));
        check_date(&gmt("2024-03-01T05:15:00", "2024-02-29T23:45:00"), Some("2024-03-01T05:15:00+05:30"));
        check_date(&gmt("2023-12-31T20:00:00", "2024-01-01T01:00:00"), Some("2023-12-31T20:00:00-05:00"));
        check_date(&gmt("2000-03-01T05:15:00", "2000-02-29T23:45:00"), Some("2000-03-01T05:15:00+05:30"));
        check_date(&gmt("2024-03-01T10:00:00", "2024-03-01T00:00:00"), Some("2024-03-01T10:00:00+10:00"));
        check_date(&gmt("2024-03-01T14:00:00", "2024-03-01T00:00:00"), Some("2024-03-01T14:00:00+14:00"));
        check_date(&gmt("2024-03-01T14:01:00", "2024-03-01T00:00:00"), Some("2024-03-01T14:01:00"));
        check_date(&gmt("2012-10-29T08:00:00", "1970-01-01T00:00:00"), Some("2012-10-29T08:00:00"));
        check_date(r#"{ "date": null, "date_gmt": "2012-10-29T08:00:00" }"#, Some("2012-10-29T08:00:00Z"));
        check_date(r#"{ "date_gmt": "2012-10-29T08:00:00Z" }"#, Some("2012-10-29T08:00:00Z"));
        check_date(&gmt("2012-10-29T10:00:00", "2012-10-29T08:00:00Z"), Some("2012-10-29T10:00:00+02:00"));
        check_date(&gmt("0000-00-00T00:00:00", "2012-10-29T08:00:00"), Some("2012-10-29T08:00:00Z"));
        check_date(&gmt("2012-10-29T10:00:00", "0000-00-00T00:00:00"), Some("2012-10-29T10:00:00"));
        check_date(r#"{ "date": "soon" }"#, Some("soon"));
        check_date("{}", None);
    }
}
