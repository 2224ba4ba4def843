//! The form: a field for every key of the plain format, in the order in which critics usually think.

use review_card::text::fill;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::body::Body;
use super::desk::Desk;
use super::field::{Field, Kind, id_of};
use super::lines::Lines;
use super::rating::RatingInput;
use super::rows::{Column, Of, Rows};
use crate::draft::Edit;
use crate::markdown;

/// The recommended maximum length of a verdict, in words and in characters (for scripts without spaces).
const LONG_VERDICT: (usize, usize) = (45, 280);
/// The most common schema.org types of a work.
const KINDS: [&str; 16] = [
    "Movie",
    "TVSeries",
    "TVSeason",
    "TVEpisode",
    "Book",
    "MusicAlbum",
    "MusicRecording",
    "VideoGame",
    "Game",
    "Restaurant",
    "Product",
    "Recipe",
    "Event",
    "SoftwareApplication",
    "PodcastSeries",
    "Course",
];
/// The kinds of a disclosure.
const DISCLOSURES: [&str; 5] = ["gift", "paid", "affiliate", "own", "ai"];

#[derive(PartialEq, Properties)]
pub(super) struct FormProps {
    pub(super) desk: Desk,
    pub(super) onopen: Callback<()>,
}

/// Renders all fields.
#[component]
pub(super) fn Form(props: &FormProps) -> Html {
    let FormProps { desk, onopen } = props;
    let words = desk.words;
    let field = |path: &'static str, label: &'static str, kind: Kind| {
        html! { <Field desk={desk.clone()} {path} {label} {kind} /> }
    };
    let lines = |path: &'static str, label: &'static str, placeholder: &'static str| {
        html! { <Lines desk={desk.clone()} {path} {label} {placeholder} /> }
    };
    let rows = |path: &'static str, label: &'static str, add: &'static str, columns: Vec<Column>| {
        html! { <Rows desk={desk.clone()} {path} {label} {add} {columns} /> }
    };
    let column = |key, label, kind| Column { key, label, of: Of::Field(kind) };
    let rating = Column { key: "rating", label: words.rating, of: Of::Rating };
    let piece = vec![
        column("title", words.title, Kind::Text),
        column("url", words.address, Kind::Address),
        column("verdict", words.verdict, Kind::Text),
        column("author", words.author_name, Kind::Text),
        rating.clone(),
    ];
    html! {
        <form class="form" onsubmit={|event: SubmitEvent| event.prevent_default()} aria-label={words.review}>
            <section aria-label={words.review}>
                <Field desk={desk.clone()} path="section" label={words.section} class="kicker" placeholder={words.section_example} />
                <Field desk={desk.clone()} path="title" label={words.title} class="headline" placeholder={words.title_example} />
                { verdict(desk) }
                <RatingInput desk={desk.clone()} path="rating" label={words.rating} main=true />
                { field("rating.label", words.rating_label, Kind::Text) }
            </section>
            <section>
                <h2>{ words.work }</h2>
                <div class="pair wide-first">
                    { field("work.name", words.work_name, Kind::Text) }
                    { kind_of_work(desk) }
                </div>
                <div class="pair">
                    { field("work.year", words.year, Kind::Number) }
                    { field("work.url", words.work_address, Kind::Address) }
                </div>
                { lines("work.creators", words.creators, words.creators_example) }
                { more(desk, words.series, &["work.series", "work.season", "work.episode"], html! {
                    <div class="trio">
                        { field("work.series", words.series_name, Kind::Text) }
                        { field("work.season", words.season, Kind::Number) }
                        { field("work.episode", words.episode, Kind::Number) }
                    </div>
                }) }
                { more(desk, words.picture_address, &["work.image"], field("work.image", words.picture_address, Kind::Picture)) }
                { more(desk, words.same_as, &["work.sameAs"], lines("work.sameAs", words.same_as, "https://www.wikidata.org/wiki/…")) }
            </section>
            <section>
                <h2>{ words.facts }</h2>
                <div class="pair">
                    { lines("pros", words.pros, words.pros_example) }
                    { lines("cons", words.cons, words.cons_example) }
                </div>
                <h3>{ words.aspects }</h3>
                { rows("aspects", words.aspects, words.add_aspect, vec![column("name", words.aspect_name, Kind::Text), rating]) }
            </section>
            <section>
                <h2>{ words.the_review }</h2>
                <Body desk={desk.clone()} onfocus={onopen.clone()} />
            </section>
            <section>
                <h2>{ words.picture }</h2>
                { picture(desk) }
            </section>
            <section>
                <h2>{ words.byline }</h2>
                { rows("author", words.author, words.add_author, vec![
                    column("name", words.author_name, Kind::Text),
                    column("role", words.author_role, Kind::Text),
                    column("bio", words.author_bio, Kind::Long),
                    column("url", words.address, Kind::Address),
                    column("image", words.portrait, Kind::Picture),
                ]) }
                <div class="pair">
                    { field("published", words.published, Kind::Date) }
                    { field("updated", words.updated, Kind::Date) }
                </div>
                <div class="pair">
                    { field("url", words.review_address, Kind::Address) }
                    <Field desk={desk.clone()} path="lang" label={words.lang} placeholder="en-GB" list="languages" />
                </div>
                { lines("tags", words.tags, words.tags_example) }
                { disclosure(desk) }
            </section>
            <section>
                <h2>{ words.around }</h2>
                { more(desk, words.links, &["links"], rows("links", words.links, words.add_link, vec![
                    column("title", words.link_title, Kind::Text),
                    column("url", words.address, Kind::Address),
                    Column { key: "sponsored", label: words.sponsored, of: Of::Flag },
                ])) }
                { more(desk, words.history, &["history"], rows("history", words.history, words.add_history, vec![
                    column("date", words.date, Kind::Date),
                    Column { key: "rating", label: words.rating, of: Of::Rating },
                    column("note", words.note, Kind::Text),
                    column("url", words.address, Kind::Address),
                ])) }
                { more(desk, words.related, &["related"], rows("related", words.related, words.add_piece, piece.clone())) }
                { more(desk, words.opinions, &["opinions"], rows("opinions", words.opinions, words.add_piece, piece)) }
                { more(desk, words.sequence, &["previous", "next", "id"], html! {
                    <>
                        <div class="pair">
                            { field("previous.title", words.previous, Kind::Text) }
                            { field("previous.url", words.address, Kind::Address) }
                        </div>
                        <div class="pair">
                            { field("next.title", words.next, Kind::Text) }
                            { field("next.url", words.address, Kind::Address) }
                        </div>
                        { field("id", words.id, Kind::Text) }
                    </>
                }) }
            </section>
            <datalist id="languages">
                { for ["ar", "de", "en-GB", "en-US", "es", "fr", "it", "ja", "nl", "pl", "pt", "tr", "zh"].into_iter().map(|tag| html! { <option value={tag} /> }) }
            </datalist>
        </form>
    }
}

/// Renders fields that few reviews need: closed until one of their keys is set.
fn more(desk: &Desk, name: &'static str, keys: &[&str], fields: Html) -> Html {
    let is_used = keys.iter().any(|key| desk.count(key) > 0);
    html! { <details class="more" open={is_used}><summary>{ name }</summary>{ fields }</details> }
}

/// Renders the verdict with its length.
fn verdict(desk: &Desk) -> Html {
    let words = desk.words;
    let (count, characters) = markdown::count(&desk.text("verdict"));
    let hint = if count > LONG_VERDICT.0 || characters > LONG_VERDICT.1 {
        fill(words.verdict_long, &[&count.to_string()])
    } else if count == 0 {
        words.verdict_hint.to_owned()
    } else {
        fill(words.word_count, &[&count.to_string()])
    };
    html! {
        <Field desk={desk.clone()} path="verdict" label={words.verdict} kind={Kind::Long} class="verdict" {hint}
            placeholder={words.verdict_example} />
    }
}

/// Renders the type of the work.
fn kind_of_work(desk: &Desk) -> Html {
    let words = desk.words;
    let (id, kind) = (id_of("work.type"), desk.text("work.type"));
    let onchange = {
        let desk = desk.clone();
        Callback::from(move |event: Event| {
            let value =
                event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
            desk.set("work.type", (!value.is_empty()).then(|| value.into()));
        })
    };
    let own = (!kind.is_empty() && !KINDS.contains(&kind.as_str())).then(|| kind.clone());
    let option = |value: String, name: String| html! { <option selected={value == kind} value={value.clone()}>{ name }</option> };
    html! {
        <div class="field">
            <label for={id.clone()}>{ words.kind }</label>
            <select {id} name="work.type" {onchange}>
                { option(String::new(), words.kind_none.to_owned()) }
                { for KINDS.iter().zip(words.kinds).map(|(value, name)| option((*value).to_owned(), name.to_owned())) }
                { for own.map(|own| option(own.clone(), own)) }
            </select>
        </div>
    }
}

/// Renders the picture; asks for alternative text if it is missing.
fn picture(desk: &Desk) -> Html {
    let words = desk.words;
    let needs_alt = !desk.text("image.src").is_empty() && desk.text("image.alt").is_empty();
    let field = |path: &'static str, label: &'static str, kind: Kind| html! { <Field desk={desk.clone()} {path} {label} {kind} /> };
    html! {
        <>
            { field("image.src", words.picture_address, Kind::Picture) }
            <Field desk={desk.clone()} path="image.alt" label={words.alt} hint={if needs_alt { words.alt_wanted } else { words.alt_hint }}
                class={classes!(needs_alt.then_some("wanted"))} />
            { field("image.caption", words.caption, Kind::Text) }
            <div class="pair">
                { field("image.width", words.picture_width, Kind::Number) }
                { field("image.height", words.picture_height, Kind::Number) }
            </div>
        </>
    }
}

/// Renders the disclosure: what visitors should know before they trust the verdict.
fn disclosure(desk: &Desk) -> Html {
    let words = desk.words;
    let (id, kind) = (id_of("disclosure.kind"), desk.text("disclosure.kind"));
    let onchange = {
        let desk = desk.clone();
        Callback::from(move |event: Event| {
            let value =
                event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
            desk.edit(Edit::Set("disclosure.kind".to_owned(), (!value.is_empty()).then(|| value.into())));
        })
    };
    let option = |value: &'static str, name: &'static str| html! { <option {value} selected={value == kind}>{ name }</option> };
    html! {
        <div class="pair">
            <div class="field">
                <label for={id.clone()}>{ words.disclosure }</label>
                <select {id} name="disclosure.kind" {onchange}>
                    { option("", if desk.text("disclosure.text").is_empty() { words.disclosure_none } else { words.disclosure_text }) }
                    { for DISCLOSURES.into_iter().zip(words.disclosures).map(|(value, name)| option(value, name)) }
                </select>
            </div>
            <Field desk={desk.clone()} path="disclosure.text" label={words.disclosure_text} />
        </div>
    }
}
