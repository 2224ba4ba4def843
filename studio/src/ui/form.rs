//! The form: a field for every key of the plain format, in the order in which critics usually think.

use review_card::text::fill;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::body::Body;
use super::editor::Editor;
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
    pub(super) editor: Editor,
    pub(super) onopen: Callback<()>,
}

/// Renders all fields.
#[component]
pub(super) fn Form(props: &FormProps) -> Html {
    let FormProps { editor, onopen } = props;
    let strings = editor.strings;
    let field = |path: &'static str, label: &'static str, kind: Kind| {
        html! { <Field editor={editor.clone()} {path} {label} {kind} /> }
    };
    let lines = |path: &'static str, label: &'static str, placeholder: &'static str| {
        html! { <Lines editor={editor.clone()} {path} {label} {placeholder} /> }
    };
    let rows = |path: &'static str, label: &'static str, add: &'static str, columns: Vec<Column>| {
        html! { <Rows editor={editor.clone()} {path} {label} {add} {columns} /> }
    };
    let column = |key, label, kind| Column { key, label, of: Of::Field(kind) };
    let rating = Column { key: "rating", label: strings.rating, of: Of::Rating };
    let piece = vec![
        column("title", strings.title, Kind::Text),
        column("url", strings.address, Kind::Address),
        column("verdict", strings.verdict, Kind::Text),
        column("author", strings.author_name, Kind::Text),
        rating.clone(),
    ];
    html! {
        <form class="form" onsubmit={|event: SubmitEvent| event.prevent_default()} aria-label={strings.review}>
            <section aria-label={strings.review}>
                <Field editor={editor.clone()} path="section" label={strings.section} class="kicker" placeholder={strings.section_example} />
                <Field editor={editor.clone()} path="title" label={strings.title} class="headline" placeholder={strings.title_example} />
                { verdict(editor) }
                <RatingInput editor={editor.clone()} path="rating" label={strings.rating} main=true />
                { field("rating.label", strings.rating_label, Kind::Text) }
            </section>
            <section>
                <h2>{ strings.work }</h2>
                <div class="pair wide-first">
                    { field("work.name", strings.work_name, Kind::Text) }
                    { kind_of_work(editor) }
                </div>
                <div class="pair">
                    { field("work.year", strings.year, Kind::Number) }
                    { field("work.url", strings.work_address, Kind::Address) }
                </div>
                { lines("work.creators", strings.creators, strings.creators_example) }
                { more(editor, strings.series, &["work.series", "work.season", "work.episode"], html! {
                    <div class="trio">
                        { field("work.series", strings.series_name, Kind::Text) }
                        { field("work.season", strings.season, Kind::Number) }
                        { field("work.episode", strings.episode, Kind::Number) }
                    </div>
                }) }
                { more(editor, strings.picture_address, &["work.image"], field("work.image", strings.picture_address, Kind::Picture)) }
                { more(editor, strings.same_as, &["work.sameAs"], lines("work.sameAs", strings.same_as, "https://www.wikidata.org/wiki/…")) }
            </section>
            <section>
                <h2>{ strings.facts }</h2>
                <div class="pair">
                    { lines("pros", strings.pros, strings.pros_example) }
                    { lines("cons", strings.cons, strings.cons_example) }
                </div>
                <h3>{ strings.aspects }</h3>
                { rows("aspects", strings.aspects, strings.add_aspect, vec![column("name", strings.aspect_name, Kind::Text), rating]) }
            </section>
            <section>
                <h2>{ strings.the_review }</h2>
                <Body editor={editor.clone()} onfocus={onopen.clone()} />
            </section>
            <section>
                <h2>{ strings.picture }</h2>
                { picture(editor) }
            </section>
            <section>
                <h2>{ strings.byline }</h2>
                { rows("author", strings.author, strings.add_author, vec![
                    column("name", strings.author_name, Kind::Text),
                    column("role", strings.author_role, Kind::Text),
                    column("bio", strings.author_bio, Kind::Long),
                    column("url", strings.address, Kind::Address),
                    column("image", strings.portrait, Kind::Picture),
                ]) }
                <div class="pair">
                    { field("published", strings.published, Kind::Date) }
                    { field("updated", strings.updated, Kind::Date) }
                </div>
                <div class="pair">
                    { field("url", strings.review_address, Kind::Address) }
                    <Field editor={editor.clone()} path="lang" label={strings.lang} placeholder="en-GB" list="languages" />
                </div>
                { lines("tags", strings.tags, strings.tags_example) }
                { disclosure(editor) }
            </section>
            <section>
                <h2>{ strings.around }</h2>
                { more(editor, strings.links, &["links"], rows("links", strings.links, strings.add_link, vec![
                    column("title", strings.link_title, Kind::Text),
                    column("url", strings.address, Kind::Address),
                    Column { key: "sponsored", label: strings.sponsored, of: Of::Flag },
                ])) }
                { more(editor, strings.history, &["history"], rows("history", strings.history, strings.add_history, vec![
                    column("date", strings.date, Kind::Date),
                    Column { key: "rating", label: strings.rating, of: Of::Rating },
                    column("note", strings.note, Kind::Text),
                    column("url", strings.address, Kind::Address),
                ])) }
                { more(editor, strings.related, &["related"], rows("related", strings.related, strings.add_piece, piece.clone())) }
                { more(editor, strings.opinions, &["opinions"], rows("opinions", strings.opinions, strings.add_piece, piece)) }
                { more(editor, strings.sequence, &["previous", "next", "id"], html! {
                    <>
                        <div class="pair">
                            { field("previous.title", strings.previous, Kind::Text) }
                            { field("previous.url", strings.address, Kind::Address) }
                        </div>
                        <div class="pair">
                            { field("next.title", strings.next, Kind::Text) }
                            { field("next.url", strings.address, Kind::Address) }
                        </div>
                        { field("id", strings.id, Kind::Text) }
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
fn more(editor: &Editor, name: &'static str, keys: &[&str], fields: Html) -> Html {
    let is_used = keys.iter().any(|key| editor.count(key) > 0);
    html! { <details class="more" open={is_used}><summary>{ name }</summary>{ fields }</details> }
}

/// Renders the verdict with its length.
fn verdict(editor: &Editor) -> Html {
    let strings = editor.strings;
    let (count, characters) = markdown::count(&editor.text("verdict"));
    let hint = if count > LONG_VERDICT.0 || characters > LONG_VERDICT.1 {
        fill(strings.verdict_long, &[&count.to_string()])
    } else if count == 0 {
        strings.verdict_hint.to_owned()
    } else {
        fill(strings.word_count, &[&count.to_string()])
    };
    html! {
        <Field editor={editor.clone()} path="verdict" label={strings.verdict} kind={Kind::Long} class="verdict" {hint}
            placeholder={strings.verdict_example} />
    }
}

/// Renders the type of the work.
fn kind_of_work(editor: &Editor) -> Html {
    let strings = editor.strings;
    let (id, kind) = (id_of("work.type"), editor.text("work.type"));
    let onchange = {
        let editor = editor.clone();
        Callback::from(move |event: Event| {
            let value =
                event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
            editor.set("work.type", (!value.is_empty()).then(|| value.into()));
        })
    };
    let own = (!kind.is_empty() && !KINDS.contains(&kind.as_str())).then(|| kind.clone());
    let option = |value: String, name: String| html! { <option selected={value == kind} value={value.clone()}>{ name }</option> };
    html! {
        <div class="field">
            <label for={id.clone()}>{ strings.kind }</label>
            <select {id} name="work.type" {onchange}>
                { option(String::new(), strings.kind_none.to_owned()) }
                { for KINDS.iter().zip(strings.kinds).map(|(value, name)| option((*value).to_owned(), name.to_owned())) }
                { for own.map(|own| option(own.clone(), own)) }
            </select>
        </div>
    }
}

/// Renders the picture; asks for alternative text if it is missing.
fn picture(editor: &Editor) -> Html {
    let strings = editor.strings;
    let needs_alt = !editor.text("image.src").is_empty() && editor.text("image.alt").is_empty();
    let field = |path: &'static str, label: &'static str, kind: Kind| html! { <Field editor={editor.clone()} {path} {label} {kind} /> };
    html! {
        <>
            { field("image.src", strings.picture_address, Kind::Picture) }
            <Field editor={editor.clone()} path="image.alt" label={strings.alt} hint={if needs_alt { strings.alt_wanted } else { strings.alt_hint }}
                class={classes!(needs_alt.then_some("wanted"))} />
            { field("image.caption", strings.caption, Kind::Text) }
            <div class="pair">
                { field("image.width", strings.picture_width, Kind::Number) }
                { field("image.height", strings.picture_height, Kind::Number) }
            </div>
        </>
    }
}

/// Renders the disclosure: what visitors should know before they trust the verdict.
fn disclosure(editor: &Editor) -> Html {
    let strings = editor.strings;
    let (id, kind) = (id_of("disclosure.kind"), editor.text("disclosure.kind"));
    let onchange = {
        let editor = editor.clone();
        Callback::from(move |event: Event| {
            let value =
                event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
            editor.edit(Edit::Set("disclosure.kind".to_owned(), (!value.is_empty()).then(|| value.into())));
        })
    };
    let option = |value: &'static str, name: &'static str| html! { <option {value} selected={value == kind}>{ name }</option> };
    html! {
        <div class="pair">
            <div class="field">
                <label for={id.clone()}>{ strings.disclosure }</label>
                <select {id} name="disclosure.kind" {onchange}>
                    { option("", if editor.text("disclosure.text").is_empty() { strings.disclosure_none } else { strings.disclosure_text }) }
                    { for DISCLOSURES.into_iter().zip(strings.disclosures).map(|(value, name)| option(value, name)) }
                </select>
            </div>
            <Field editor={editor.clone()} path="disclosure.text" label={strings.disclosure_text} />
        </div>
    }
}
