//! What WordPress plugins leave in posts.

use super::*;

/// Plugins, what they leave, and what `check` calls it.
const PLUGINS: [(&str, &str, &str); 29] = [
    (
        "Elementor",
        r#"<div class="elementor-element elementor-widget elementor-widget-share-buttons"><a>Share on X</a></div>"#,
        "sharing buttons",
    ),
    (
        "Elementor",
        r#"<div class="elementor-widget elementor-widget-table-of-contents"><h4>Table of Contents</h4></div>"#,
        "a table of contents",
    ),
    (
        "Divi Monarch",
        r#"<div class="et_social_inline et_social_mobile_on"><a>Share</a></div>"#,
        "sharing buttons",
    ),
    (
        "Simple Social Buttons",
        r#"<div class="simplesocialbuttons simplesocial-simple-icons"><button>Share</button></div>"#,
        "sharing buttons",
    ),
    (
        "WP-PostRatings",
        r#"<div id="post-ratings-7-loading" class="post-ratings-loading"><img src="/l.gif" alt="Loading..."> Loading...</div>"#,
        "like buttons and votes",
    ),
    (
        "Gutenberg",
        r##"<nav class="wp-block-table-of-contents"><ol><li><a href="#a">Plot</a></li></ol></nav>"##,
        "a table of contents",
    ),
    (
        "Related Posts Thumbnails",
        r#"<div class="relpost-thumb-wrapper"><h3>Related posts:</h3></div>"#,
        "related posts",
    ),
    (
        "Jetpack",
        r#"<div class="sharedaddy sd-sharing-enabled"><div class="robots-nocontent sd-block sd-social"><h3 class="sd-title">Share this:</h3><ul><li><a href="/?share=x">X</a></li></ul></div></div>"#,
        "sharing buttons",
    ),
    (
        "Jetpack",
        r#"<div class='sharedaddy sd-block sd-like jetpack-likes-widget-wrapper jetpack-likes-widget-unloaded'><h3 class="sd-title">Like this:</h3><span class="button">Like</span> <span class="loading">Loading...</span></div>"#,
        "sharing buttons",
    ),
    (
        "AddToAny",
        r#"<div class="addtoany_share_save_container addtoany_content addtoany_content_bottom"><div class="a2a_kit a2a_kit_size_32"><a class="a2a_button_x" href="/x">X</a></div></div>"#,
        "sharing buttons",
    ),
    (
        "Social Warfare",
        r#"<div class="swp_social_panel swp_horizontal_panel swp_flat_fresh"><div class="nc_tweetContainer"><a href="/x">Share</a></div></div>"#,
        "sharing buttons",
    ),
    ("ShareThis", r#"<div class="sharethis-inline-share-buttons">Share</div>"#, "sharing buttons"),
    ("ShareThis", r#"<div class="sharethis-inline-reaction-buttons">Wow</div>"#, "sharing buttons"),
    (
        "kk Star Ratings",
        r#"<div class="kk-star-ratings kksr-auto kksr-align-left kksr-valign-top"><div class="kksr-stars"></div><div class="kksr-legend">4.3/5 - (15 votes)</div></div>"#,
        "like buttons and votes",
    ),
    (
        "WP-PostRatings",
        r#"<div id="post-ratings-7" class="post-ratings"><img src="/r.gif" alt="1 Star"> (<strong>12</strong> votes, average: <strong>4.50</strong> out of 5)<br></div>"#,
        "like buttons and votes",
    ),
    ("YASR", r#"<div class="yasr-vv-stars-container">[Total: 3 Average: 4]</div>"#, "like buttons and votes"),
    (
        "Easy Table of Contents",
        r##"<div id="ez-toc-container" class="ez-toc-v2_0_69 counter-hierarchy ez-toc-counter"><p class="ez-toc-title">Contents</p><nav><ul><li><a href="#a">Plot</a></li></ul></nav></div>"##,
        "a table of contents",
    ),
    (
        "LuckyWP",
        r##"<div class="lwptoc lwptoc-autoWidth lwptoc-light"><div class="lwptoc_i"><b class="lwptoc_title">Contents</b><a href="#a"><span class="lwptoc_item_label">Plot</span></a></div></div>"##,
        "a table of contents",
    ),
    (
        "Rank Math",
        r##"<div class="wp-block-rank-math-toc-block" id="rank-math-toc"><h2>Contents</h2><nav><a href="#a">Plot</a></nav></div>"##,
        "a table of contents",
    ),
    (
        "Jetpack",
        r#"<div id='jp-relatedposts' class='jp-relatedposts'><h3 class="jp-relatedposts-headline"><em>Related</em></h3></div>"#,
        "related posts",
    ),
    (
        "YARPP",
        r#"<div class='yarpp yarpp-related yarpp-related-website yarpp-template-list'><h3>Related posts:</h3><ol><li><a href="/b">B</a></li></ol></div>"#,
        "related posts",
    ),
    (
        "Contextual Related Posts",
        r#"<div class="crp_related crp_related_block"><h2>Related:</h2><ul><li><a href="/b">B</a></li></ul></div>"#,
        "related posts",
    ),
    ("WordPress Popular Posts", r#"<ul class="wpp-list"><li><a href="/b">B</a></li></ul>"#, "related posts"),
    (
        "Page View Count",
        r#"<p id="pvc_stats_1" class="pvc_stats all">Total Views: 12</p>"#,
        "like buttons and votes",
    ),
    (
        "Reading Time WP",
        r#"<span class="span-reading-time rt-reading-time"><span class="rt-label">Reading Time:</span> 5 minutes</span>"#,
        "the reading time",
    ),
    ("Mailchimp", r#"<form class="mc4wp-form mc4wp-form-9"><p>Your e-mail</p></form>"#, "a newsletter form"),
    ("Simple Author Box", r#"<div class="saboxplugin-wrap"><p>Ada writes.</p></div>"#, "an author box"),
    ("Ad Inserter", r#"<div class='code-block code-block-1'>Advertisement</div>"#, "advertising"),
    (
        "WordPress",
        r#"<div class="page-links">Pages: <a class="post-page-numbers" href="/2">2</a></div>"#,
        "links to other pages",
    ),
];

#[track_caller]
fn wordpress(excerpt: &str, content: &str) -> Review {
    let post = json!({ "title": { "rendered": "A" }, "excerpt": { "rendered": excerpt }, "content": { "rendered": content } });
    let (collection, problems) = survives(post.to_string().as_bytes()).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    Review::clone(collection.reviews.first().unwrap())
}

#[test]
fn what_plugins_leave_is_left_out_of_bodies_and_excerpts() {
    for (plugin, html, what) in PLUGINS {
        let content = format!("<p>One.</p>\n{html}\n<p>Two.</p>");
        assert_eq!(plain_text(&content), "One.\n\nTwo.", "{plugin}");
        assert_eq!(rich_text::left_out(&content), [what], "{plugin}");
        let before = wordpress(&format!("{html}<p>One &amp; two.</p>"), &content);
        assert_eq!(before.verdict.as_deref(), Some("One & two."), "{plugin}");
        let after = wordpress(&format!("<p>One &amp; two.</p>{html}"), &content);
        assert_eq!(after.verdict.as_deref(), Some("One & two."), "{plugin}");
    }
}

#[track_caller]
fn check_post(html: &str, expected: &str) {
    assert_eq!(plain_text(html), expected, "{html}");
    let verdict = wordpress(html, html).verdict;
    assert_eq!(verdict.unwrap_or_default(), expected, "the excerpt {html}");
}

#[test]
fn emoji_pictures_are_characters_and_shortcodes_their_content() {
    check_post(
        r#"<p>Good <img class="emoji" alt="🎬" src="https://s.w.org/a.svg"> film.</p>"#,
        "Good 🎬 film.",
    );
    check_post(
        r#"<p>Good <img src="/s.gif" alt=":-)" class="wp-smiley" style="height:1em"> film.</p>"#,
        "Good :-) film.",
    );
    check_post("<p>[vc_row][vc_column width=&#8221;1/2&#8243;]A film.[/vc_column][/vc_row]</p>", "A film.");
    check_post(
        "<p>[et_pb_section fb_built=&#8221;1&#8243;]A film [sic].[/et_pb_section]</p>",
        "A film [sic].",
    );
    check_post("<p>[dropcap]A[/dropcap] film. [su_divider]</p>", "A film.");
    check_post("<p>A film [1], [Laughter.] and [see below].</p>", "A film [1], [Laughter.] and [see below].");
    check_post(r#"<p class="has-text-align-left wp-block">A film.</p>"#, "A film.");
    check_post(
        "<p>[caption id=&#8221;a&#8221; width=&#8221;300&#8243;]A film.[/caption] [rating=4]</p>",
        "A film.",
    );
    check_post(r#"<div class="code-block"><p>A film.</p></div>"#, "A film.");
}

#[test]
fn a_doubled_embed_is_one_link() {
    let html = r#"<figure class="wp-block-embed is-type-wp-embed"><div class="wp-block-embed__wrapper">
        <blockquote class="wp-embedded-content" data-secret="q"><a href="https://blog.example/b">B</a></blockquote>
        <iframe class="wp-embedded-content" title="B" src="https://blog.example/b/embed/#?secret=q"></iframe></div></figure>"#;
    let links = |html: &str| rich_text::to_html(&rich_text::parse(html, None)).matches("<a ").count();
    assert_eq!(links(html), 1);
    let video = r#"<figure class="wp-block-embed is-provider-youtube"><div class="wp-block-embed__wrapper"><iframe title="Trailer" src="https://www.youtube.com/embed/abc"></iframe></div></figure>"#;
    assert_eq!(links(video), 1);
    let lazy = r#"<p><iframe data-src="https://www.youtube.com/embed/abc?feature=oembed" class="lazyload"></iframe><noscript><iframe
        src="https://www.youtube.com/embed/abc?feature=oembed"></iframe></noscript></p>
        <p><iframe src="https://www.youtube.com/embed/def"></iframe></p>"#;
    assert_eq!(links(lazy), 2);
    let instagram = r#"<blockquote class="instagram-media"><a href="https://www.instagram.com/p/a/">A post</a></blockquote>
        <iframe class="instagram-media instagram-media-rendered" src="https://www.instagram.com/p/a/embed/"></iframe>"#;
    assert_eq!(links(instagram), 1);
}
