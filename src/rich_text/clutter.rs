//! Removes what plugins and page builders add to a post around the review. They are recognized by class names that have
//! been stable for years.
//!
//! To add a plugin, add its outermost class to [`CLASSES`], and a row to the test in `tests/rich_text.rs`.

use crate::steps;

/// Kinds of additions, and their class names separated by spaces. A name that ends in `*` is a prefix; in `#`,
/// a number follows.
const CLASSES: [(&str, &str); 9] = [
    (
        "sharing buttons",
        "sharedaddy sd-sharing jp-sharing-input-touch addtoany_share_save_container addtoany_content a2a_kit shareaholic-canvas \
         shareaholic-share-buttons-container swp_social_panel swp-content-locator ssba ssba-wrap ssbp-wrap heateor_sss_sharing_container \
         heateor_sss_sharing_title the_champ_sharing_container addthis_toolbox addthis_inline_share_toolbox at-above-post at-below-post \
         sfsi_Sicons sfsi_widget essb_links essb_content mashsb-container mashsb-box novashare-buttons dpsp-content-wrapper \
         dpsp-share-text simplesocialbuttons sharethis-inline-share-buttons sharethis-inline-reaction-buttons sharethis-inline-follow-buttons sharethis-sticky-share-buttons st-post-share scriptlesssocialsharing wp-block-jetpack-sharing-buttons \
         wp-block-social-links social-share-buttons elementor-widget-share-buttons et_social_inline shariff \
         sfsiaftrpstwpr sfsi_plus_Sicons",
    ),
    (
        "like buttons and votes",
        "sd-like jetpack-likes-widget-wrapper wpulike likebtn_container kk-star-ratings post-ratings yasr-auto-insert-overall \
         yasr-auto-insert-visitor yasr-vv-stars-container yasr-overall-rating yasr-visitor-votes rmp-widgets-container rmp-rating-widget \
         gdrts-rating-block gdrts-rating-element thumbs-rating-container wpdiscuz-rating rating-form post-views wp-postviews \
         pvc_stats multi-rating-pro wp_rp_vote pld-like-dislike-wrap post-ratings-loading",
    ),
    (
        "a table of contents",
        "ez-toc-container ez-toc-v* lwptoc toc_container wp-block-rank-math-toc-block wp-block-yoast-seo-table-of-contents \
         yoast-table-of-contents wp-block-aioseo-table-of-contents wp-block-uagb-table-of-contents kb-table-of-content-nav \
         wp-block-kadence-tableofcontents ftwp-in-post simpletoc wp-block-simpletoc-toc rank-math-toc joli-toc \
         elementor-widget-table-of-contents wp-block-table-of-contents",
    ),
    (
        "related posts",
        "jp-relatedposts yarpp yarpp-related crp_related crp-list-container wp_rp_wrap rp4wp-related-posts relatedposts \
         related-posts shareaholic-recommendations-container zem_rp_wrap wp-block-jetpack-related-posts arpw-block \
         internal-linking-related-contents irp* upprev_box wpp-list relpost-thumb-wrapper",
    ),
    (
        "the reading time",
        "rt-reading-time span-reading-time bsf-rt-display-label bsf-rt-reading-time wp-block-post-time-to-read",
    ),
    (
        "a newsletter form",
        "mailpoet_form mc4wp-form tnp-subscription tnp wp-block-jetpack-subscriptions jetpack_subscription_widget mc_embed_signup \
         om-holder optin-monster-overlay convertkit-form seva-form hustle-ui sib_signup_form substack-post-embed subscription-widget-wrap \
         subscription-widget wp-block-newsletterglue-form",
    ),
    (
        "an author box",
        "abh_box saboxplugin-wrap pp-multiple-authors-boxes-wrapper pp-multiple-authors-wrapper m-a-box author-box wp-block-post-author \
         starbox elementor-widget-author-box",
    ),
    (
        "advertising",
        "code-block-# adsbygoogle ai-viewports advads-* quads-location ezoic-ad google-auto-placed wpcnt adthrive-ad mv-ad-box \
         wp-block-jetpack-wordads",
    ),
    (
        "links to other pages",
        "post-navigation elementor-widget-post-navigation nav-links post-page-numbers page-links jetpack-sitemap breadcrumbs rank-math-breadcrumb yoast-breadcrumbs \
         screen-reader-text print-only pf-content-print printfriendly",
    ),
];

/// The maximum number of classes of an element that are looked up.
const MAX_CLASSES: usize = 64;

/// Returns the kind of addition that has one of these classes, if any is known.
pub(super) fn of(classes: &str) -> Option<&'static str> {
    let is_known = |class: &str| {
        steps::count(class.len());
        let is = |known: &str| match known.strip_suffix('*') {
            Some(start) => class.starts_with(start),
            None => match known.strip_suffix('#') {
                Some(start) => class.strip_prefix(start).is_some_and(|number| number.parse::<u32>().is_ok()),
                None => class == known,
            },
        };
        CLASSES.iter().find(|(_, known)| known.split_ascii_whitespace().any(is)).map(|(what, _)| *what)
    };
    classes.split_ascii_whitespace().take(MAX_CLASSES).find_map(is_known)
}

/// Returns whether an image is an emoji, whose `alt` is the character.
pub(super) fn is_emoji(classes: &str) -> bool {
    classes.split_ascii_whitespace().any(|class| matches!(class, "emoji" | "wp-smiley" | "twemoji"))
}

/// Returns the kinds of additions that are removed from this HTML, each once.
pub(super) fn all_in(html: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    for attribute in html.split("class=").skip(1) {
        let quote = attribute.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = quote.and_then(|quote| attribute.get(1..)?.split(quote).next());
        if let Some(what) = value.and_then(of)
            && !found.contains(&what)
        {
            found.push(what);
        }
    }
    if html.contains('[') && super::shortcode::without(html).len() < html.len() {
        found.push("the brackets of shortcodes that were not run");
    }
    found
}
