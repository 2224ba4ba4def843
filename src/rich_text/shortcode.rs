//! Removes WordPress shortcodes that were not run: `[vc_row][vc_column width="1/1"]Words.[/vc_column][/vc_row]` becomes
//! `Words.`.
//!
//! A bracket is a shortcode if its name has an underscore (page builders: `vc_*`, `et_pb_*`, `fusion_*`, `av_*`,
//! `su_*`), if it has attributes in quotes, if the same text has its end tag, or if it is one of [`CORE`]. `[sic]`,
//! `[1]`, `[…]` and `[Spoiler]` stay.

use std::borrow::Cow;

use super::cut;
use crate::steps;

/// The maximum length of a bracket, in bytes.
const MAX_BRACKET: usize = 2000;
/// The maximum number of names whose end tag is searched for in one text.
const MAX_NAMES: usize = 64;
/// Shortcodes of WordPress itself and of widespread plugins that need no end tag.
const CORE: [&str; 18] = [
    "gallery",
    "playlist",
    "caption",
    "embed",
    "contact-form-7",
    "wpforms",
    "toc",
    "ez-toc",
    "lwptoc",
    "mc4wp-form",
    "ratings",
    "kkstarratings",
    "yarpp",
    "addtoany",
    "shareaholic",
    "youtube",
    "vimeo",
    "polldaddy",
];
/// Shortcodes that are words, too. They have a value: `[rating=4]`, `[video src=/a.mp4]`.
const WITH_VALUE: [&str; 10] =
    ["rating", "stars", "rate", "score", "audio", "video", "tweet", "gist", "soundcloud", "spotify"];
const QUOTES: [char; 8] = ['"', '\'', '”', '“', '″', '’', '‘', '»'];

/// Returns the text without shortcodes but with their content.
pub(super) fn without(text: &str) -> Cow<'_, str> {
    if !text.contains('[') {
        return text.into();
    }
    let mut names: Vec<(&str, bool)> = Vec::new();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        let (before, bracket) = rest.split_at_checked(at).unwrap_or_default();
        out.push_str(before);
        let soon = bracket.get(..bracket.floor_char_boundary(MAX_BRACKET)).unwrap_or_default();
        let (inside, close) = cut(soon.get(1..).unwrap_or_default(), b"[]");
        steps::count(inside.len());
        let end = close.starts_with(']').then_some(inside.len() + 1);
        match end {
            Some(end) if is_shortcode(inside, text, &mut names) => {
                rest = bracket.get(end + 1..).unwrap_or_default();
            }
            _ => {
                out.push('[');
                rest = bracket.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out.into()
}

fn is_shortcode<'a>(inside: &'a str, text: &str, names: &mut Vec<(&'a str, bool)>) -> bool {
    let (is_end, tag) = inside.strip_prefix('/').map_or((false, inside), |tag| (true, tag));
    let length =
        tag.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(tag.len());
    let (name, attributes) = tag.split_at_checked(length).unwrap_or_default();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !name.to_ascii_lowercase().starts_with("spoiler");
    if !is_name || !(attributes.is_empty() || attributes.starts_with([' ', '/', '\n', '\u{A0}', '='])) {
        return false;
    }
    let has_attributes =
        attributes.split('=').skip(1).any(|value| value.starts_with(QUOTES)) || attributes.contains("=&");
    let has_value = attributes.contains('=') && WITH_VALUE.contains(&name);
    if is_end || name.contains('_') || has_attributes || has_value || CORE.contains(&name) {
        return true;
    }
    if !attributes.is_empty() && !attributes.contains('=') {
        return false; // [see above]
    }
    if let Some((_, ends)) = names.iter().find(|(known, _)| *known == name) {
        return *ends;
    }
    if names.len() == MAX_NAMES {
        return false;
    }
    steps::count(text.len());
    let ends = text.contains(&["[/", name, "]"].concat());
    names.push((name, ends));
    ends
}

#[cfg(test)]
mod tests {
    use super::without;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(without(text), expected);
    }

    #[test]
    fn shortcodes_leave_their_content() {
        check("[vc_row][vc_column width=”1/1″]A wheel [sic].[/vc_column][/vc_row]", "A wheel [sic].");
        check("[et_pb_text admin_label=\"Text\"]One[/et_pb_text] two", "One two");
        check("[caption id='a1' width='300']A key[/caption]", "A key");
        check("[button url=\"/x\"]Read[/button]", "Read");
        check("[dropcap]O[/dropcap]nce", "Once");
        check("a [gallery ids=\"1,2\"] b [su_divider] c", "a  b  c");
        check("[embed width=640]https://a.example/v[/embed]", "https://a.example/v");
        check("[button url=\"/x\"] and [button url=&#8221;/x&#8221;]", " and ");
        check("[dropcap]O[/dropcap]nce [sic] more [sic]", "Once [sic] more [sic]");
        check("Good. [rating=4]", "Good. ");
        check("[rating stars=4 of=5] Good. [ratings] [toc]", " Good.  ");
        check("[youtube https://youtu.be/abc] and [vimeo 123]", " and ");
        check("[url=https://a.example]here[/url] [size=4]big[/size]", "here big");
    }

    #[test]
    fn ordinary_brackets_stay() {
        for text in [
            "seperate [sic]",
            "[1] and [12]",
            "[…]",
            "[Spoiler] he dies",
            "[spoiler]he dies[/spoiler]",
            "[see above]",
            "a[i] = b[0]",
            "[a = b]",
            "a[i=0] = b",
            "[x=1]",
            "[rated R]",
            "[rating withheld]",
            "[video]",
            "[not closed",
            "[[wiki]]",
            "[Laughter.]",
            "[x](https://a.example)",
        ] {
            check(text, text);
        }
    }
}
