//! The strings of the page, with one table for each language. A missing string is a compile error.

mod ar;
mod de;
mod en;
mod es;
mod fr;

/// All strings in one language; `#` is a placeholder.
#[derive(Debug, PartialEq)]
pub(crate) struct Strings {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// The language's own name.
    pub name: &'static str,
    pub studio: &'static str,
    pub motto: &'static str,
    pub undo: &'static str,
    pub redo: &'static str,
    pub open: &'static str,
    pub save: &'static str,
    pub language: &'static str,
    pub panes: &'static str,
    pub write: &'static str,
    pub see: &'static str,
    pub elsewhere: &'static str,
    pub looks: &'static str,
    pub take: &'static str,
    pub view: &'static str,
    pub form: &'static str,
    pub review: &'static str,
    pub untitled: &'static str,
    pub kept: &'static str,
    pub not_kept: &'static str,
    pub forget: &'static str,
    pub forgotten: &'static str,
    pub reviews: &'static str,
    pub add_review: &'static str,
    pub imported: &'static str,
    pub not_imported: &'static str,
    pub notes: &'static str,
    pub dismiss: &'static str,
    pub section: &'static str,
    pub section_example: &'static str,
    pub title: &'static str,
    pub title_example: &'static str,
    pub verdict: &'static str,
    pub verdict_example: &'static str,
    pub verdict_hint: &'static str,
    pub verdict_long: &'static str,
    pub word_count: &'static str,
    pub rating: &'static str,
    pub rating_label: &'static str,
    pub scale: &'static str,
    pub stars: &'static str,
    pub points: &'static str,
    pub percent: &'static str,
    pub grade: &'static str,
    pub not_rated: &'static str,
    pub out_of: &'static str,
    pub clear: &'static str,
    pub work: &'static str,
    pub work_name: &'static str,
    pub kind: &'static str,
    pub kind_none: &'static str,
    pub year: &'static str,
    pub work_address: &'static str,
    pub creators: &'static str,
    pub creators_example: &'static str,
    pub series: &'static str,
    pub series_name: &'static str,
    pub season: &'static str,
    pub episode: &'static str,
    pub same_as: &'static str,
    pub facts: &'static str,
    pub pros: &'static str,
    pub pros_example: &'static str,
    pub cons: &'static str,
    pub cons_example: &'static str,
    pub aspects: &'static str,
    pub aspect_name: &'static str,
    pub add_aspect: &'static str,
    pub the_review: &'static str,
    pub body: &'static str,
    pub body_format: &'static str,
    pub marks: &'static str,
    pub bold: &'static str,
    pub italic: &'static str,
    pub heading: &'static str,
    pub list: &'static str,
    pub quote: &'static str,
    pub link: &'static str,
    pub spoiler: &'static str,
    pub picture: &'static str,
    pub picture_address: &'static str,
    pub alt: &'static str,
    pub alt_hint: &'static str,
    pub alt_wanted: &'static str,
    pub caption: &'static str,
    pub picture_width: &'static str,
    pub picture_height: &'static str,
    pub byline: &'static str,
    pub author: &'static str,
    pub author_name: &'static str,
    pub author_role: &'static str,
    pub author_bio: &'static str,
    pub portrait: &'static str,
    pub add_author: &'static str,
    pub address: &'static str,
    pub published: &'static str,
    pub updated: &'static str,
    pub review_address: &'static str,
    pub lang: &'static str,
    pub tags: &'static str,
    pub tags_example: &'static str,
    pub disclosure: &'static str,
    pub disclosure_none: &'static str,
    pub disclosure_text: &'static str,
    pub around: &'static str,
    pub links: &'static str,
    pub link_title: &'static str,
    pub sponsored: &'static str,
    pub add_link: &'static str,
    pub history: &'static str,
    pub date: &'static str,
    pub note: &'static str,
    pub add_history: &'static str,
    pub related: &'static str,
    pub opinions: &'static str,
    pub add_piece: &'static str,
    pub sequence: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub id: &'static str,
    pub json_label: &'static str,
    pub json_hint: &'static str,
    pub move_hint: &'static str,
    pub move_item: &'static str,
    pub move_up: &'static str,
    pub remove: &'static str,
    pub moved: &'static str,
    pub scheme: &'static str,
    pub light: &'static str,
    pub dark: &'static str,
    pub variant: &'static str,
    pub card: &'static str,
    pub full: &'static str,
    pub compact: &'static str,
    pub direction: &'static str,
    pub ltr: &'static str,
    pub rtl: &'static str,
    pub width: &'static str,
    pub fits: &'static str,
    pub pixels: &'static str,
    pub hide: &'static str,
    pub stage: &'static str,
    pub row: &'static str,
    pub search_result: &'static str,
    pub your_site: &'static str,
    pub lack_author: &'static str,
    pub lack_rating: &'static str,
    pub lack_scale: &'static str,
    pub lack_work: &'static str,
    pub lack_kind: &'static str,
    pub complete: &'static str,
    pub lacking: &'static str,
    pub link_card: &'static str,
    pub no_image: &'static str,
    pub colors_light: &'static str,
    pub colors_dark: &'static str,
    pub contrast: &'static str,
    pub enough: &'static str,
    pub too_low: &'static str,
    pub reset_theme: &'static str,
    pub no_review: &'static str,
    pub taken: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
    pub download: &'static str,
    pub no_theme: &'static str,
    /// The types of a work, in the order of the form.
    pub kinds: [&'static str; 16],
    /// The kinds of a disclosure, in the order of the form.
    pub disclosures: [&'static str; 5],
    /// The export formats, and where each goes.
    pub forms: [(&'static str, &'static str); 8],
    /// Where to paste each format, one sentence for each host.
    pub hosts: &'static [&'static str],
}

/// All languages of the page.
pub(crate) const ALL: [&Strings; 5] = [&en::WORDS, &de::WORDS, &es::WORDS, &fr::WORDS, &ar::WORDS];

/// Returns the strings for a BCP 47 tag; English if there are none.
pub(crate) fn of(tag: &str) -> &'static Strings {
    let primary = tag.split('-').next().unwrap_or_default();
    ALL.into_iter().find(|strings| strings.tag.eq_ignore_ascii_case(primary)).unwrap_or(&en::WORDS)
}

/// Returns the browser's preferred language.
pub(crate) fn preferred() -> String {
    web_sys::window().and_then(|window| window.navigator().language()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each string has the same number of placeholders in every language.
    #[test]
    fn all_languages_have_the_same_places() {
        for strings in ALL {
            for (text, expected) in [
                (strings.imported, 2),
                (strings.moved, 2),
                (strings.out_of, 2),
                (strings.reviews, 1),
                (strings.verdict_long, 1),
                (strings.word_count, 1),
                (strings.remove, 1),
                (strings.pixels, 1),
                (strings.enough, 1),
            ] {
                assert_eq!(text.matches('#').count(), expected, "{}: {text}", strings.tag);
            }
        }
    }

    #[test]
    fn a_language_is_found_wherever_it_is_spoken() {
        for (tag, expected) in [("de-AT", "de"), ("AR", "ar"), ("en-GB", "en"), ("tlh", "en"), ("", "en")] {
            assert_eq!(of(tag).tag, expected);
        }
    }
}
