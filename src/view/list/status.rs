//! What a live list says of itself: how many it shows, that it shows none, that more is to come.

use super::super::tag::{Tag, bare};
use super::{Count, End, ListSetting, Live, part, tag};
use crate::text::fill;

/// "12 of 1,024 reviews so far".
fn words(count: Count, setting: &ListSetting) -> String {
    let ListSetting { list, words, .. } = setting;
    let Count { shown, all, is_asked, is_whole } = count;
    let count = if is_asked { list.found(shown, all, words) } else { list.reviews(all, words) };
    if is_whole { count } else { fill(list.so_far, &[&count]) }
}

/// The count, to be read and, where the reader has asked for something, to be heard: not each time that it changes.
pub(super) fn counts(live: &Live, setting: &ListSetting) -> Tag {
    let said = live.said.map(|said| words(said, setting)).unwrap_or_default();
    part("p", "count", setting)
        .lang(setting.words_lang)
        .child(bare("span").set("aria-hidden", "true").words(words(live.count, setting)))
        // A status that is made anew is not read out: the element stays, and what it holds changes.
        .child(tag("span", "said").set("role", "status").child(bare("span").words(said)))
}

/// Where there is nothing to show: why, and what to do.
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

/// What stands at the end of what is there.
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
