//! What machines read of static HTML: microformats, JSON-LD, hashes; and that no attack comes through.

use super::*;

/// An element of a page, with all the text in it.
pub(crate) struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    pub(crate) text: String,
    /// The classes of what is around it.
    around: Vec<String>,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find_map(|(known, value)| (known == name).then_some(value.as_str()))
    }

    fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.split(' ').any(|known| known == class))
    }

    fn is_in(&self, class: &str) -> bool {
        self.around.iter().any(|classes| classes.split(' ').any(|known| known == class))
    }
}

/// Elements in the order of their ends, as html5ever's tokenizer sees them. Their nesting is Yew's, which closes what it
/// opens.
#[derive(Default)]
struct Elements {
    open: RefCell<Vec<Element>>,
    done: RefCell<Vec<Element>>,
}

impl TokenSink for Elements {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut open = self.open.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let around = open.iter().filter_map(|element| element.get("class")).map(Into::into).collect();
                let attributes = tag.attrs.iter().map(|a| (a.name.local.to_string(), a.value.to_string()));
                let attributes = attributes.collect();
                let element = Element { name: tag.name.to_string(), attributes, text: String::new(), around };
                let raw = match &*element.name {
                    "script" => Some(RawKind::ScriptData),
                    "style" => Some(RawKind::Rawtext),
                    _ => None,
                };
                if ["img", "link", "meta", "br", "hr", "wbr"].contains(&&*element.name) {
                    self.done.borrow_mut().push(element);
                } else {
                    open.push(element);
                }
                if let Some(raw) = raw {
                    return TokenSinkResult::RawData(raw);
                }
            }
            Token::TagToken(tag) => {
                let element = open.pop().unwrap();
                assert_eq!(element.name, &*tag.name, "what is closed is what was opened");
                self.done.borrow_mut().push(element);
            }
            Token::CharacterTokens(text) => open.iter_mut().for_each(|element| element.text.push_str(&text)),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

pub(crate) fn elements(html: &str) -> Vec<Element> {
    let tokenizer = Tokenizer::new(Elements::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(html.into());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    assert!(tokenizer.sink.open.borrow().is_empty());
    tokenizer.sink.done.take()
}

/// The one property of the `h-review` itself: not of an author or a work in it.
#[track_caller]
pub(crate) fn property<'a>(elements: &'a [Element], class: &str) -> Option<&'a Element> {
    let own = |element: &&Element| {
        element.has_class(class) && !["h-card", "h-item", "h-product"].iter().any(|root| element.is_in(root))
    };
    let found: Vec<_> = elements.iter().filter(own).collect();
    assert!(found.len() <= 1, "{class} stands once");
    found.first().copied()
}

fn within<'a>(elements: &'a [Element], root: &str, class: &str) -> Vec<&'a str> {
    let found = elements.iter().filter(|element| element.has_class(class) && element.is_in(root));
    found.map(|element| element.text.as_str()).collect()
}

pub(crate) fn light() -> Renderer {
    Renderer::new(Form { light: true, lang: Some("fr".into()), ..Form::default() }).unwrap()
}

#[test]
fn microformats_say_what_the_review_says() {
    let json = br#"{
        "title": "The Key", "url": "/key", "verdict": "Exact.", "rating": { "value": 4.5, "best": 6, "worst": 1 },
        "work": { "name": "The Apartment", "type": "Movie" }, "author": ["Ann <b>", { "name": "Bo", "url": "/bo" }],
        "published": "2024-06-30", "body": "One.\n\nTwo.", "image": "/p.webp", "section": "Home",
        "related": [{ "title": "Other", "url": "/other", "rating": 2 }], "aspects": [{ "name": "Sound", "rating": 3 }]
    }"#;
    let (collection, _) = read(json, BASE).unwrap();
    let elements = elements(&light().render(collection.reviews[0].clone()));
    let text = |class| property(&elements, class).map(|element| element.text.as_str());
    let value = |class| property(&elements, class).and_then(|element| element.get("value"));
    assert!(elements.last().unwrap().has_class("h-review"));
    assert_eq!(text("p-name"), Some("The Key"));
    assert_eq!(text("p-summary"), Some("Exact."));
    assert_eq!(text("p-category"), Some("Home"));
    assert_eq!(text("e-content"), Some("One.Two."));
    assert_eq!(value("p-rating"), Some("4.5"));
    assert_eq!(text("p-rating"), Some("4,5"), "to people in their own figures");
    assert_eq!((value("p-best"), value("p-worst")), (Some("6"), Some("1")));
    assert_eq!(property(&elements, "u-url").unwrap().get("href"), Some("https://blog.example/key"));
    assert_eq!(property(&elements, "u-photo").unwrap().get("src"), Some("https://blog.example/p.webp"));
    assert_eq!(property(&elements, "dt-published").unwrap().get("datetime"), Some("2024-06-30"));
    assert_eq!(within(&elements, "h-card", "p-name"), ["Ann <b>", "Bo"]);
    assert_eq!(within(&elements, "h-item", "p-name"), ["The Apartment"]);
    assert_eq!(within(&elements, "h-card", "u-url"), ["Bo"]);
}

/// The elements and attributes of a static card, apart from the page around it.
const ELEMENTS: &str = "review-card template style link script article div header section nav figure figcaption h1 h2 h3 h4 h5 h6 \
    p ul ol li dl dt dd a span cite bdi time data img svg path circle rect details summary blockquote q pre code kbd samp var \
    table caption thead tbody tfoot tr th td em strong b i u s small mark del ins sub sup ruby rt rp abbr dfn bdo br hr wbr";
const ATTRIBUTES: &str = "class part lang dir role aria-label aria-hidden hidden open href hreflang rel src alt width height \
    loading decoding datetime cite title start reversed value scope colspan rowspan viewbox preserveaspectratio d cx cy r \
    stroke-dasharray type shadowrootmode";

/// The types of `<script>` that are data and not run.
const DATA: [&str; 2] = ["application/json", "application/ld+json"];

#[test]
fn other_peoples_attacks_in_every_field_are_harmless() {
    let Some(corpora) = corpora::corpora() else { return };
    let mut payloads: Vec<String> =
        corpora::attacks(&corpora).into_iter().flat_map(|(_, payloads)| payloads).collect();
    payloads.extend(corpora::addresses(&corpora));
    check_in_every_field(&payloads);
}

#[test]
fn addresses_in_every_field_are_harmless() {
    check_in_every_field(&corpora::url_tests());
}

#[test]
fn naughty_strings_in_every_field_are_harmless() {
    let Some(strings) = corpora::naughty_strings() else { return };
    check_in_every_field(&strings);
}

#[track_caller]
fn check_in_every_field(payloads: &[String]) {
    let renderers =
        [Form::default(), Form { light: true, ..Form::default() }].map(|form| Renderer::new(form).unwrap());
    let mut count = 0;
    for payload in payloads {
        let other = corpora::in_other_shapes(payload).map(|json| (json, &renderers[1..]));
        let plain = (corpora::review_of(0, payload), &renderers[..]);
        for (json, renderers) in std::iter::once(plain).chain(other) {
            let bytes = json.to_string();
            let (collection, _) = read(bytes.as_bytes(), Some("https://blog.example/reviews/")).unwrap();
            let review = collection.reviews.first().unwrap();
            for renderer in renderers {
                count += check_harmless(&renderer.render(review.clone()), payload);
            }
        }
    }
    println!(
        "{} texts in every field of static cards, out of four formats: {count} elements, none that should not be",
        payloads.len()
    );
}

/// Panics where the HTML has an element, an attribute or an address that it should not; how many elements it has.
#[track_caller]
fn check_harmless(html: &str, payload: &str) -> usize {
    let named = |list: &str, name: &str| list.split_ascii_whitespace().any(|known| known == name);
    let elements = elements(html);
    for element in &elements {
        assert!(named(ELEMENTS, &element.name), "{payload:?}: <{}>", element.name);
        if element.name == "script" {
            assert!(DATA.map(Some).contains(&element.get("type")), "{payload:?}");
            json::parse(element.text.as_bytes()).unwrap();
        }
        for (name, value) in &element.attributes {
            assert!(named(ATTRIBUTES, name), "{payload:?}: {name} of <{}>", element.name);
            if matches!(name.as_str(), "href" | "src" | "cite") {
                let base = url::Url::parse("https://blog.example/").unwrap();
                let scheme = base.join(value).map(|url| url.scheme().to_owned()).unwrap_or_default();
                let raster = name == "src" && value.starts_with("data:image/") && !value.contains("svg");
                assert!(named("http https mailto tel", &scheme) || raster, "{payload:?}: {name}={value:?}");
            }
        }
    }
    elements.len()
}

#[test]
fn json_ld_is_json_and_says_the_title() {
    for form in [Form::default(), Form { light: true, page: true, ..Form::default() }] {
        let review = Review { title: "</script><!--<script>\u{2028}".into(), ..Review::default() };
        // A shadow root's element has the review itself too.
        let expected = if form.light { &DATA[1..] } else { &DATA };
        let html = Renderer::new(form).unwrap().render(Rc::new(review));
        let elements = elements(&html);
        let scripts: Vec<_> = elements.iter().filter(|element| element.name == "script").collect();
        let types: Vec<_> = scripts.iter().filter_map(|script| script.get("type")).collect();
        assert_eq!(types, expected, "no script but the data");
        for script in scripts {
            let data = json::parse(script.text.as_bytes()).unwrap();
            let title = data.get("name").or(data.get("title")).and_then(json::Json::as_text);
            assert_eq!(title, Some("</script><!--<script>\u{2028}"));
        }
    }
}

/// The JSON-LD of a page, and the page without any data.
fn json_ld(html: &str) -> (json::Json, String) {
    let own = html.split_once("<script type=\"application/json\">");
    let own = own.and_then(|(before, rest)| Some([before, rest.split_once("</script>")?.1].concat()));
    let html = own.as_deref().unwrap_or(html);
    let (before, rest) = html.split_once("<script type=\"application/ld+json\">").unwrap();
    let (data, after) = rest.split_once("</script>").unwrap();
    (json::parse(data.as_bytes()).unwrap(), [before, after].concat())
}

/// Keys of JSON-LD whose values are no text for readers: they say where things are, in which language, and how they are sorted.
const UNSEEN: [&str; 8] =
    ["@context", "@type", "@id", "identifier", "url", "sameAs", "inLanguage", "keywords"];

/// The texts in JSON-LD that a reader could see, each with its key.
fn texts<'a>(key: &'a str, value: &'a json::Json, found: &mut Vec<(&'a str, &'a str)>) {
    match value {
        json::Json::Text(text) => found.push((key, text)),
        json::Json::List(items) => items.iter().for_each(|item| texts(key, item, found)),
        json::Json::Object(members) => {
            let seen = members.iter().filter(|(key, _)| !UNSEEN.contains(&key.as_str()));
            seen.for_each(|(key, value)| texts(key, value, found));
        }
        _ => {}
    }
}

#[test]
fn json_ld_says_no_text_that_is_not_on_the_page() {
    // Without spaces: between blocks there are none on the page.
    let words = |text: &str| text.split_whitespace().collect::<String>();
    let mut count = 0;
    for folder in ["card", "prerender"] {
        let folder =
            Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/cases").join(folder);
        for case in fs::read_dir(folder).unwrap() {
            let file = case.unwrap().path().join("review.json");
            // Some cases are about documents that are none.
            let collection = read(&fs::read(&file).unwrap(), BASE).map(|(collection, _)| collection);
            for review in collection.unwrap_or_default().reviews {
                let (data, html) = json_ld(&light().render(review));
                let page = elements(&html);
                let shown = words(&page.last().unwrap().text);
                let mut found = Vec::new();
                texts("", &data, &mut found);
                count += found.len();
                for (key, text) in found {
                    // Percentages: the page is in French.
                    let text = if key == "ratingValue" { &text.replace('.', ",") } else { text };
                    let is_there = text.split("\n\n").all(|paragraph| shown.contains(&words(paragraph)))
                        || page.iter().any(|element| element.get("datetime") == Some(text))
                        || page
                            .iter()
                            .any(|element| element.name == "img" && element.get("alt") == Some(text));
                    assert!(is_there, "{}: {key}: {text}", file.display());
                }
            }
        }
    }
    assert!(count > 200, "expected the texts of the cases, found {count}");
}

#[test]
fn json_ld_has_what_snippets_require_where_the_review_has_it() {
    let data = |json: &str| {
        let (collection, _) = read(json.as_bytes(), BASE).unwrap();
        json_ld(&light().render(collection.reviews[0].clone())).0
    };
    let at = |data: &json::Json, path: &str| {
        let value = path.split('.').try_fold(data, |value, key| match value {
            json::Json::List(items) => items.first()?.get(key),
            value => value.get(key),
        });
        value.map(ToString::to_string).unwrap_or_default()
    };
    // https://developers.google.com/search/docs/appearance/structured-data/review-snippet
    let whole = data(
        r#"{ "title": "A", "author": "B", "rating": "8/10", "work": { "name": "C", "type": "Movie" }, "published": "2024-06-30" }"#,
    );
    for (path, expected) in [
        ("@type", "\"Review\""),
        ("author.@type", "\"Person\""),
        ("author.name", "\"B\""),
        ("itemReviewed.@type", "\"Movie\""),
        ("itemReviewed.name", "\"C\""),
        ("reviewRating.ratingValue", "8"),
        ("reviewRating.bestRating", "10"),
        ("reviewRating.worstRating", "0"),
        ("datePublished", "\"2024-06-30\""),
    ] {
        assert_eq!(at(&whole, path), expected, "{path}");
    }
    // Another review of the work has what they require too; a side of it and what is cited do not pass for one.
    let others = data(
        r#"{ "title": "A", "author": "B", "work": { "name": "C", "type": "Movie" }, "aspects": [{ "name": "Sound", "rating": 3 }],
            "opinions": [{ "title": "D", "author": "E", "rating": 2 }], "related": [{ "title": "F", "author": "G" }, { "title": "H", "rating": 1 }] }"#,
    );
    let json::Json::List(associated) = others.get("associatedReview").unwrap() else { panic!("a list") };
    for (path, side, opinion) in [
        ("@type", "\"Review\"", "\"Review\""),
        ("reviewAspect", "\"Sound\"", ""),
        ("author.name", "", "\"E\""),
        ("itemReviewed.@type", "", "\"Movie\""),
        ("itemReviewed.name", "", "\"C\""),
        ("reviewRating.ratingValue", "3", "2"),
    ] {
        assert_eq!(
            [&associated[0], &associated[1]].map(|review| at(review, path)),
            [side, opinion],
            "{path}"
        );
    }
    let json::Json::List(cited) = others.get("citation").unwrap() else { panic!("a list") };
    for (path, plain, rated) in [
        ("@type", "\"CreativeWork\"", "\"Review\""),
        ("reviewRating.ratingValue", "", "1"),
        ("itemReviewed", "", ""),
    ] {
        assert_eq!([&cited[0], &cited[1]].map(|piece| at(piece, path)), [plain, rated], "{path}");
    }
    let bare = data(r#"{ "title": "A", "work": "C", "published": "last summer", "rating": "five" }"#);
    for (path, expected) in [
        ("author", ""),
        ("itemReviewed.@type", "\"Thing\""),
        ("reviewRating.ratingValue", "\"five\""),
        ("reviewRating.bestRating", ""),
        ("datePublished", ""),
        ("image", ""),
    ] {
        assert_eq!(at(&bare, path), expected, "nothing is made up: {path}");
    }
}

#[test]
fn hashes_are_those_of_the_sheets() {
    let form = |light, page| Form { light, page, ..Form::default() };
    assert_eq!(form(false, false).style_sources().len(), 1);
    assert_eq!(form(false, true).style_sources().len(), 2);
    assert_eq!(form(true, false).style_sources().len(), 0);
    assert_eq!(form(true, true).style_sources().len(), 1);
    let linked = Form { stylesheets: vec!["/card.css".into()], ..form(false, true) };
    assert_eq!(linked.style_sources(), [""; 0]);
    let html = Renderer::new(linked).unwrap().render(Rc::default());
    assert!(!html.contains("<style") && !html.contains("style="), "{html}");
}

#[test]
fn the_deepest_html_is_written() {
    // As deep as HTML is read before it costs too much; the rest is left out.
    let html = "<blockquote>".repeat(200) + "deep" + &"<blockquote><i>".repeat(5000);
    let review = Review { body: Body::Html { html, base: None }, ..Review::default() };
    assert!(light().render(Rc::new(review)).contains("deep"));
}
