//! The status of a live list: how many reviews it shows, that it shows none, or that more are loading.

use super::super::tag::{Attribute, Tag, bare};
use super::{Count, End, ListContext, Live, part, tag};
use crate::text::fill;

/// Returns, for example, "12 of 1,024 reviews so far".
fn count_text(count: Count, context: &ListContext) -> String {
    let ListContext { list, strings, .. } = context;
    let Count { shown, all, is_asked, is_whole } = count;
    let count = if is_asked { list.found(shown, all, strings) } else { list.reviews(all, strings) };
    if is_whole { count } else { fill(list.so_far, &[&count]) }
}

/// Returns the visible count, and a second one for screen readers that changes only after the visitor has asked for
/// something.
pub(super) fn counts(live: &Live, context: &ListContext) -> Tag {
    let said = live.said.map(|said| count_text(said, context)).unwrap_or_default();
    part("p", "count", context)
        .lang(context.strings_lang)
        .child(bare("span").attr(Attribute::AriaHidden, "true").text(count_text(live.count, context)))
        // Screen readers do not announce a status element that is created again, so only its content changes.
        .child(tag("span", "said").attr(Attribute::Role, "status").child(bare("span").text(said)))
}

/// If there is nothing to show, returns the reason and advice.
pub(super) fn nothing(live: &Live, context: &ListContext) -> Option<Tag> {
    let list = context.list;
    if live.count.shown > 0 || !(live.count.is_whole || live.end == End::Failed) {
        return None;
    }
    let nothing = part("div", "nothing", context).lang(context.strings_lang);
    if !live.count.is_asked {
        return Some(nothing.child(bare("p").text(list.none)));
    }
    Some(
        nothing
            .child(bare("p").text(list.nothing))
            .child(bare("p").text(list.widen))
            .child(button("clear", list.clear)),
    )
}

/// Returns the message at the end of the reviews that have loaded.
pub(super) fn end(live: &Live, context: &ListContext) -> Option<Tag> {
    let list = context.list;
    let end = || part("div", "end", context).lang(context.strings_lang);
    match live.end {
        End::Nothing => None,
        End::Loading => Some(end().child(bare("p").text(list.loading))),
        End::Failed => Some(
            end()
                .attr(Attribute::Role, "alert")
                .child(bare("p").text(list.failed))
                .child(button("retry", list.retry)),
        ),
    }
}

fn button(name: &'static str, label: &'static str) -> Tag {
    bare("button").attr(Attribute::Type, "button").attr(Attribute::Name, name).text(label)
}
