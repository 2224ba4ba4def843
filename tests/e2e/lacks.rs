//! What an engine cannot do, or its driver cannot show: known failures.
//!
//! Such a case is run like any other and has to fail, with the words that are named here: one that passes fails the suite,
//! so that it comes off this list the day that the engine has learnt it.

use crate::engine::Engine;

pub(crate) struct Lack {
    pub(crate) engine: Engine,
    /// `group::name`
    pub(crate) case: &'static str,
    /// Strings of the failure: any other is none of these.
    pub(crate) found: &'static str,
    pub(crate) reason: &'static str,
}

const fn lack(engine: Engine, case: &'static str, found: &'static str, reason: &'static str) -> Lack {
    Lack { engine, case, found, reason }
}

use Engine::{Firefox, Webkit};

const NO_NETWORK: &str = "no command that takes the network away";
const NO_OFFLINE: &str = "its driver has none; that the event `online` brings cards back is tested there too";
const NO_TREE: &str =
    "its driver cannot; the attributes that the tree is made of are checked before that step";
const NO_MEDIA: &str = "its driver cannot say what the reader's system prefers";

pub(crate) const ALL: &[Lack] = &[
    lack(
        Firefox,
        "list_access::the_tree_is_a_feed_of_articles",
        "no command that reads the accessibility tree",
        NO_TREE,
    ),
    lack(
        Webkit,
        "list_access::the_tree_is_a_feed_of_articles",
        "no command that reads the accessibility tree",
        NO_TREE,
    ),
    lack(
        Webkit,
        "list_ask::an_answer_in_what_came_at_once_gives_way_to_others",
        "no scheduler.postTask",
        "it pauses by messages, which are not counted; that it finds the review is tested before that step",
    ),
    lack(Webkit, "failures::a_card_that_went_offline_comes_back_by_itself", NO_NETWORK, NO_OFFLINE),
    lack(Webkit, "network::a_card_that_is_reloaded_offline_comes_back_by_itself", NO_NETWORK, NO_OFFLINE),
    lack(Webkit, "network::a_reader_that_was_missing_offline_comes_by_itself", NO_NETWORK, NO_OFFLINE),
    lack(Webkit, "network::a_list_that_was_opened_offline_comes_by_itself", NO_NETWORK, NO_OFFLINE),
    lack(
        Webkit,
        "attributes::theme_auto_follows_a_page_that_follows_the_system",
        "no command that sets",
        NO_MEDIA,
    ),
    lack(Webkit, "accessibility::a_card_on_a_dark_system_has_no_violation", "no command that sets", NO_MEDIA),
    lack(
        Webkit,
        "accessibility::forced_colours_leave_the_rating_to_be_seen",
        "no command that sets",
        NO_MEDIA,
    ),
    lack(Webkit, "accessibility::reduced_motion_stands_still", "no command that sets", NO_MEDIA),
    lack(
        Webkit,
        "side_by_side::a_card_in_a_shadow_root_looks_as_the_live_card",
        "no command that sets",
        NO_MEDIA,
    ),
    lack(Webkit, "side_by_side::a_plain_card_looks_as_the_live_card", "no command that sets", NO_MEDIA),
    lack(
        Webkit,
        "side_by_side::a_plain_card_on_a_page_with_styles_of_its_own_looks_as_the_live_card",
        "no command that sets",
        NO_MEDIA,
    ),
    lack(
        Webkit,
        "failures::a_page_of_https_asks_for_nothing_by_http",
        r#"expected "https:""#,
        "its driver speaks TLS with the proxy that encrypted pages are asked for by, which the tests' is not: none is opened",
    ),
    lack(
        Webkit,
        "theme::a_white_page_keeps_its_cards_light_on_a_dark_system",
        "no command that sets",
        NO_MEDIA,
    ),
    lack(Webkit, "theme::cards_follow_a_light_switch_on_a_dark_system", "no command that sets", NO_MEDIA),
    lack(Webkit, "theme::cards_follow_the_color_scheme_of_the_page", "no command that sets", NO_MEDIA),
    lack(
        Webkit,
        "theme::a_color_scheme_that_is_given_counts_whatever_the_text_is",
        "no command that sets",
        NO_MEDIA,
    ),
    lack(
        Webkit,
        "theme::cards_follow_a_color_scheme_that_is_put_on_them_later",
        "no command that sets",
        NO_MEDIA,
    ),
    lack(
        Webkit,
        "theme::prerendered_cards_follow_without_a_script",
        "no command that switches scripts off",
        "its driver has none; the rules of the style sheet are the same with a script, and tested there",
    ),
    lack(
        Webkit,
        "studio::a_review_written_by_keys_alone_is_the_static_card_that_is_taken_away",
        "no command that switches scripts off",
        "its driver has none; writing by keys and the bytes that are taken away are tested before that step",
    ),
    lack(
        Webkit,
        "list_files::a_long_header_is_read_at_once",
        "1.json could not be reached",
        "its network library refuses an answer with so long a header; a short one is read in `a_header_names_the_next_page`",
    ),
    lack(
        Webkit,
        "leaving::hundreds_of_times_a_hundred_cards_leave_no_memory",
        "no command that measures memory",
        "its driver cannot begin a collection, nor say what is in use; the engine's own memory is measured before that step",
    ),
    lack(
        Webkit,
        "list_show::lists_that_have_gone_are_held_by_nothing",
        "no command that measures memory",
        "the same; that no timer, observer or download is left is tested before that step",
    ),
    lack(
        Webkit,
        "list_window::scrolling_to_the_end_and_back_leaves_nothing_behind",
        "no command that measures memory",
        "the same; that it can be scrolled to and fro is tested before that step",
    ),
    lack(
        Webkit,
        "no_script::every_mode_is_complete_and_opens_by_mouse_and_keyboard",
        "no command that switches scripts off",
        "its driver has none; that static HTML has no script is tested without a browser",
    ),
    lack(
        Webkit,
        "no_script::every_mode_covers_a_spoiler_until_it_is_opened",
        "no command that switches scripts off",
        "its driver has none; with scripts, spoilers are opened there too",
    ),
    lack(
        Webkit,
        "list_pages::every_page_works_without_scripts",
        "no command that switches scripts off",
        "its driver has none; that static pages of lists have no script is tested without a browser",
    ),
    lack(
        Webkit,
        "accessibility::a_card_at_400_percent_has_no_violation",
        "found    [true,1]",
        "its driver cannot set how fine the screen is; the narrow page before that step is checked",
    ),
    lack(
        Webkit,
        "layout::a_word_of_100_000_letters_overflows_nothing",
        "h2.review-card__title",
        "beyond some 60,000 letters without a break it loses count of the letter-spacing, and breaks lines too late",
    ),
];

pub(crate) fn of(engine: Engine, case: &str) -> Option<&'static Lack> {
    ALL.iter().find(|lack| lack.engine == engine && lack.case == case)
}
