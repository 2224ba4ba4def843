//! The status of a live list: how many reviews it shows, that it shows none, or that more are loading.

use super::super::tag::{Tag, bare};
use super::{Count, End, ListSetting, Live, part, tag};
use crate::text::fill;

/// Returns, for example, "12 of 1,024 reviews so far".
fn words(count: Count, setting: &ListSetting) -> String {
    let ListSetting { list, words, .. } = setting;
    let Count { shown, all, is_asked, is_whole } = count;
    let count = if is_asked { list.found(shown, all, words) } else { list.reviews(all, words) };
    if is_whole { count } else { fill(list.so_far, &[&count]) }
}

/// Returns the visible count, and a second one for screen readers that changes only after the visitor has asked for
/// something.
pub(super) fn counts(live: &Live, setting: &ListSetting) -> Tag {
    let said = live.said.map(|said| words(said, setting)).unwrap_or_default();
    part("p", "count", setting)
        .lang(setting.words_lang)
        .child(bare("span").set("aria-hidden", "true").words(words(live.count, setting)))
        // Screen readers do not announce a status element that is created again, so only its content changes.
        .child(tag("span", "said").set("role", "status").child(bare("span").words(said)))
}

/// If there is nothing to show, returns the reason and advice.
pub(super) fn nothing(live: &Live, setting: &ListSetting) -> Option<Tag> {
    let list = setting.list;
    if live.count.shown > 0 || !(live.count.is_whole || live.end == End::Failed) {
        return None;
    }
    let nothing = part("div", "nothing", setting).lang(setting.words_lang);
    if !live.count.is_asked {
        return Some(nothing.child(bare("p").words(list.none)));
    }
    Some(
        nothing
            .child(bare("p").words(list.nothing))
            .child(bare("p").words(list.widen))
            .child(button("clear", list.clear)),
    )
}

/// Returns the message at the end of the reviews that have loaded.
pub(super) fn end(live: &Live, setting: &ListSetting) -> Option<Tag> {
    let list = setting.list;
    let end = || part("div", "end", setting).lang(setting.words_lang);
    match live.end {
        End::Nothing => None,
        End::Loading => Some(end().child(bare("p").words(list.loading))),
        End::Failed => Some(
            end().set("role", "alert").child(bare("p").words(list.failed)).child(button("retry", list.retry)),
        ),
    }
}

fn button(name: &'static str, words: &'static str) -> Tag {
    bare("button").with_more_names().set("type", "button").set("name", name).words(words)
}
