//! The icons of the page, in the colour of the text beside them.

use yew::prelude::*;

/// An icon.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Undo,
    Redo,
    Up,
    Grip,
    Cross,
    Plus,
}

impl Sign {
    fn path(self) -> &'static str {
        match self {
            Sign::Undo => "M6 3 2.5 6.5 6 10M3 6.5h6.5a4 4 0 0 1 0 8H6",
            Sign::Redo => "M10 3l3.5 3.5L10 10M13 6.5H6.5a4 4 0 0 0 0 8H10",
            Sign::Up => "M8 13V3.5M4 7l4-4 4 4",
            Sign::Grip => "M3 5.5h10M3 10.5h10",
            Sign::Cross => "M4 4l8 8M12 4l-8 8",
            Sign::Plus => "M8 3v10M3 8h10",
        }
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct IconProps {
    pub(super) sign: Sign,
}

/// Renders an icon beside text, or in a button that has a label.
#[component]
pub(super) fn Icon(props: &IconProps) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path d={props.sign.path()} />
        </svg>
    }
}
