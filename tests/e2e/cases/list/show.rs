//! Where reviews come from, and what is shown of them.

use anyhow::{Result, bail};
use serde_json::json;

use super::{cases, is_whole, open, put, review, reviews};
use crate::page::Page;

/// How often a browser is asked to free what nobody uses.
const COLLECTIONS: usize = 5;

cases![
    reviews_stand_in_the_order_of_their_file,
    the_fallback_stays_until_the_list_is_there,
    a_page_without_a_list_loads_nothing_of_it,
    a_list_loads_its_own_module_and_no_other,
    a_list_far_below_waits,
    data_may_be_an_object_or_text_or_stand_in_the_page,
    a_property_that_is_set_early_is_kept,
    attributes_are_live,
    a_card_opens_in_place,
    html_is_read_when_a_card_is_opened,
    a_picture_in_a_stack_stands_beside_the_text,
    a_card_without_a_body_opens_if_there_is_more_to_show,
    a_list_without_toggles_is_one_of_closed_cards,
    the_load_event_tells_what_has_come,
    a_list_that_moves_or_goes_leaves_nothing_behind,
    lists_that_have_gone_are_held_by_nothing,
    other_shapes_are_shown_too,
    a_strict_policy_is_kept,
    words_are_in_the_language_of_the_page,
];

fn reviews_stand_in_the_order_of_their_file(page: &Page) -> Result<()> {
    open(page, 12, "")?;
    let titles: Vec<_> = (0..12).map(|number| review(number)["title"].clone()).collect();
    page.is("cards().map((each) => text(part('title', each)))", json!(titles))?;
    page.is("text(find('.review-card__verdict', list))", review(0)["verdict"].clone())?;
    page.is("part('title', cards()[3]).querySelector('a').pathname", "/reviews/3")
}

fn the_fallback_stays_until_the_list_is_there(page: &Page) -> Result<()> {
    put(page, "/many.json", 30);
    page.open("<review-list src='/slow/500/many.json'><a href='/all'>All reviews</a></review-list>")?;
    page.is("seen(list.querySelector('a'))", true)?;
    page.run(
        "globalThis.gaps = 0;
        const look = () => {
          if (!seen(list.querySelector('a')) && !cards().length) globalThis.gaps++;
          requestAnimationFrame(look);
        };
        look();",
    )?;
    page.expect_that("cards().length")?;
    page.is("[seen(list.querySelector('a')), list.children.length, gaps]", json!([false, 1, 0]))
}

fn a_page_without_a_list_loads_nothing_of_it(page: &Page) -> Result<()> {
    page.open("<review-card src='/data/minimal.json'></review-card>")?;
    page.expect_loads(1)?;
    page.requested("review-list", 0)
}

fn a_list_loads_its_own_module_and_no_other(page: &Page) -> Result<()> {
    open(page, 3, "")?;
    page.requested("review-list.js?v=", 1)?;
    page.requested("review-list.wasm?v=", 1)?;
    page.requested(".wasm", 1)
}

fn a_list_far_below_waits(page: &Page) -> Result<()> {
    put(page, "/many.json", 3);
    page.open("<div style='height: 5000px'></div><review-list src='/many.json'></review-list>")?;
    page.expect_that("customElements.get('review-list')")?;
    page.rest(200);
    page.requested("review-list", 0)?;
    page.requested("/many.json", 0)?;
    page.run("list.scrollIntoView()")?;
    page.expect("cards().length", 3)
}

fn data_may_be_an_object_or_text_or_stand_in_the_page(page: &Page) -> Result<()> {
    page.open(
        r##"<review-list id="object"></review-list><review-list id="array"></review-list><review-list id="text"></review-list>
        <review-list id="inline"><script type="application/json">[{ "title": "Inline" }]</script></review-list>
        <review-list id="named" src="#data"></review-list>
        <script type="application/json" id="data">{ "reviews": [{ "title": "Named" }] }</script>"##,
    )?;
    // The text is handed over in pieces of 65,536 characters: the first would end in the middle of an emoji.
    page.run(
        "byId('object').data = { title: 'Shelf', reviews: [{ title: 'Object' }, { title: 'Two 😀' }] };
        byId('array').data = [{ title: 'Array' }];
        byId('text').data = JSON.stringify([{ _: 'a'.repeat(65487), title: '😀'.repeat(40) }, { title: 'Text' }]);",
    )?;
    for (id, titles) in [
        ("object", json!(["Object", "Two 😀"])),
        ("array", json!(["Array"])),
        ("text", json!(["😀".repeat(40), "Text"])),
        ("inline", json!(["Inline"])),
        ("named", json!(["Named"])),
    ] {
        page.expect(&format!("cards(byId('{id}')).map((each) => text(part('title', each)))"), titles)?;
    }
    page.run("byId('object').data = [{ title: 'Another' }]")?;
    page.expect("cards(byId('object')).map((each) => text(part('title', each)))", json!(["Another"]))
}

fn a_property_that_is_set_early_is_kept(page: &Page) -> Result<()> {
    page.open_document(
        "",
        "<main><h1>A blog</h1><review-list></review-list></main>
        <script>
          const early = document.querySelector('review-list');
          early.data = [{ title: 'Early' }, { title: 'A' }];
          early.sort = 'title';
          early.headingLevel = 4;
        </script>
        <script type='module' src='/review-card/review-card.js'></script>",
    )?;
    page.expect("cards().map((each) => text(part('title', each)))", json!(["A", "Early"]))?;
    page.is("[list.getAttribute('sort'), find('h4', list) != null]", json!(["title", true]))
}

fn attributes_are_live(page: &Page) -> Result<()> {
    open(page, 8, "")?;
    page.is("part('section', cards()[0]) != null", true)?;
    page.run("list.variant = 'compact'")?;
    page.expect("part('section', cards()[0])", json!(null))?;
    page.run("list.hide = 'verdict rating'")?;
    page.expect("[part('verdict', cards()[0]), part('rating', cards()[0])]", json!([null, null]))?;
    page.run("list.headingLevel = 3")?;
    page.expect("part('title', cards()[0]).localName", "h3")?;
    page.run("list.lang = 'fr'")?;
    page.expect("text(part('toggle', cards()[0])).startsWith('Lire la critique')", true)?;
    page.run("list.layout = 'stack'")?;
    page.expect("new Set(cards().map((each) => each.getBoundingClientRect().left)).size", 1)?;
    page.run("list.layout = 'grid'")?;
    page.expect("new Set(cards().map((each) => each.getBoundingClientRect().left)).size > 1", true)?;
    page.run("list.theme = 'dark'")?;
    page.expect("style(part('list', list), 'color-scheme')", "dark")?;
    put(page, "/few.json", 2);
    page.run("list.src = '/few.json'")?;
    page.expect("cards().length", 2)
}

fn a_card_opens_in_place(page: &Page) -> Result<()> {
    open(page, 40, "variant='compact'")?;
    page.is("all('.review-card__text', list).length", 0)?;
    page.run("part('toggle', cards()[7]).scrollIntoView({ block: 'center' }); globalThis.at = part('toggle', cards()[7]).getBoundingClientRect().top")?;
    page.click("part('toggle', cards()[7])")?;
    page.expect("text(part('body', cards()[7])).includes('Paragraph one of 7.')", true)?;
    page.expect("cards()[7].querySelector('details').open", true)?;
    page.is("part('author', cards()[7]) != null", true)?;
    // It has the whole width, and what was clicked is where it was.
    page.expect(
        "Math.abs(cards()[7].offsetWidth - cards()[7].parentNode.clientWidth) < 80 && cards()[8].offsetWidth < cards()[7].offsetWidth",
        true,
    )?;
    // No cell before it is empty.
    page.is(
        "Math.abs(cards()[6].getBoundingClientRect().right - cards()[7].getBoundingClientRect().right) < 2",
        true,
    )?;
    page.run("globalThis.at = part('toggle', cards()[7]).getBoundingClientRect().top; part('toggle', cards()[7]).focus()")?;
    page.click("part('toggle', cards()[7])")?;
    page.expect("part('body', cards()[7])", json!(null))?;
    page.is("focused() == part('toggle', cards()[7])", true)
}

fn html_is_read_when_a_card_is_opened(page: &Page) -> Result<()> {
    page.site().put(
        "/html.json",
        r#"[{ "title": "A", "bodyHtml": "<p>Words <em>leaning</em> <a href='b'>on</a>.<script>globalThis.hurt = 1</script></p>" }]"#,
    );
    page.open("<review-list src='/html.json'></review-list>")?;
    page.expect("cards().length", 1)?;
    page.requested("reader", 0)?;
    page.click("part('toggle', cards()[0])")?;
    page.expect("text(find('.review-card__text em', list))", "leaning")?;
    page.is("find('.review-card__text a', list).pathname", "/b")?;
    page.is("[globalThis.hurt ?? 0, all('script', list).length]", json!([0, 0]))?;
    page.requested("review-card-reader.wasm", 1)
}

fn a_picture_in_a_stack_stands_beside_the_text(page: &Page) -> Result<()> {
    let image = |width| json!({ "src": "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=", "width": width, "height": 300 });
    page.site().put(
        "/pictured.json",
        json!([
            { "title": "Wide", "image": image(600), "rating": 4, "body": "Words." },
            { "title": "High", "image": image(200), "rating": 4, "body": "Words." },
        ])
        .to_string(),
    );
    page.open("<review-list src='/pictured.json' layout='stack'></review-list>")?;
    page.expect("cards().length", 2)?;
    page.is(
        "cards().map((each) => {
          const box = (name) => each.querySelector(`.review-card__${name}`).getBoundingClientRect();
          return [box('image').right <= box('header').left, box('header').right <= box('facts').left];
        })",
        json!([[true, true], [true, true]]),
    )
}

fn a_card_without_a_body_opens_if_there_is_more_to_show(page: &Page) -> Result<()> {
    page.site().put(
        "/short.json",
        json!([
            { "title": "A", "verdict": "Told.", "section": "Film", "rating": 4 },
            { "title": "B", "pros": ["Short"], "author": "Ada" },
            { "title": "C", "verdict": "All there is.", "rating": "B+" },
        ])
        .to_string(),
    );
    page.open("<review-list src='/short.json'></review-list>")?;
    page.expect(
        "cards().map((each) => part('toggle', each) && text(part('toggle', each).firstChild))",
        json!([null, "Show more", null]),
    )?;
    // Who comes by the keyboard comes to each of them.
    page.is("cards().map((each) => each.tabIndex)", json!([0, -1, 0]))?;
    page.run("list.variant = 'compact'")?;
    page.expect("cards().map((each) => part('toggle', each) != null)", json!([true, true, false]))?;
    page.click("part('toggle', cards()[0])")?;
    page.expect("text(part('section', cards()[0]))", "Film")?;
    page.is("cards()[0].querySelector('details').open", true)?;
    page.click("part('toggle', cards()[0])")?;
    page.expect("part('section', cards()[0])", json!(null))?;
    page.click("part('toggle', cards()[1])")?;
    page.expect(
        "[text(part('pros', cards()[1])) != '', part('author', cards()[1]) != null]",
        json!([true, true]),
    )?;
    page.run("list.hide = 'toggle'")?;
    page.expect("cards().every((each) => part('toggle', each) == null)", true)
}

fn a_list_without_toggles_is_one_of_closed_cards(page: &Page) -> Result<()> {
    open(page, 3, "variant='full'")?;
    page.is(
        "cards().map((each) => text(part('toggle', each).firstChild).split(' · ')[0])",
        json!(vec!["Read the review"; 3]),
    )?;
    page.run("list.hide = 'toggle'")?;
    page.expect(
        "cards().map((each) => [part('toggle', each), part('body', each)])",
        json!(vec![[(); 2]; 3]),
    )?;
    // Each has an address of its own, so that is where the keyboard stops.
    page.is(
        "cards().map((each) => [each.tabIndex, part('title', each).querySelector('a') != null])",
        json!(vec![(-1, true); 3]),
    )
}

fn the_load_event_tells_what_has_come(page: &Page) -> Result<()> {
    page.site().put(
        "/told.json",
        json!({ "title": "The Shelf", "reviews": [{ "title": "A", "rating": "five" }, { "title": "B" }] })
            .to_string(),
    );
    page.open("<review-list id='told' src='/told.json'></review-list>")?;
    page.expect("heard.length", 1)?;
    page.is(
        "[heard[0].name, heard[0].bubbles, heard[0].composed, heard[0].target]",
        json!(["list-load", true, true, "told"]),
    )?;
    page.is(
        "({ ...heard[0].detail, problems: heard[0].detail.problems.map((problem) => problem.path) })",
        json!({
            "url": format!("{}/told.json", page.site().origin()),
            "title": "The Shelf",
            "count": 2,
            "complete": true,
            "problems": ["reviews[0].rating"],
        }),
    )
}

fn a_list_that_moves_or_goes_leaves_nothing_behind(page: &Page) -> Result<()> {
    open(page, 60, "")?;
    page.run("globalThis.held = list; write('<div id=\"there\"></div>'); byId('there').append(list)")?;
    page.rest(50);
    page.is("cards(held).length > 0", true)?;
    page.requested("/many.json", 1)?;
    page.run("held.remove()")?;
    page.expect("held.shadowRoot.querySelectorAll('[aria-posinset]').length", 0)?;
    page.run("document.querySelector('main').append(held)")?;
    page.expect("cards(held).length > 0", true)?;
    page.run("held.remove(); const other = document.createElement('review-list'); other.src = '/slow/300/many.json'; document.querySelector('main').append(other);")?;
    page.expect_requests("/slow/300", 1)?;
    page.run("document.querySelector('review-list').remove()")?;
    page.rest(500);
    page.is("heard.filter((event) => event.name == 'list-error').length", 0)
}

fn lists_that_have_gone_are_held_by_nothing(page: &Page) -> Result<()> {
    put(page, "/many.json", 60);
    page.open_document(
        "<script src='/pages/left.js'></script><script type='module' src='/review-card/review-card.js'></script>",
        "<main></main>",
    )?;
    let show_and_remove = |shown: usize| -> Result<()> {
        page.run("write(`<review-list src='/many.json' loading='eager' controls summary sync></review-list>`.repeat(3))")?;
        page.expect("events('list-load').length", shown)?;
        page.expect_that(
            "[...document.querySelectorAll('review-list')].every((each) => cards(each).length)",
        )?;
        page.run("globalThis.held = document.querySelector('review-list'); document.querySelector('main').replaceChildren()")?;
        page.rest(50);
        page.is("[left().observed, left().downloads]", json!([[], []]))?;
        page.expect("left().timers", json!([]))
    };
    show_and_remove(3)?;
    page.run("globalThis.before = left()")?;
    show_and_remove(6)?;
    page.is("JSON.stringify(left()) == JSON.stringify(before) || left()", true)?;
    // What is set there is shown when it comes back, and not before.
    page.run("held.data = [{ title: 'Set while it was away' }]")?;
    page.rest(300);
    page.is(
        "[all('[aria-posinset]', held).length, JSON.stringify(left()) == JSON.stringify(before)]",
        json!([0, true]),
    )?;
    page.run("document.querySelector('main').append(held)")?;
    page.expect("cards().map((each) => text(part('title', each)))", json!(["Set while it was away"]))?;
    open(page, 60, "controls sync")?;
    page.run("globalThis.gone_ = new WeakRef(list); list.remove()")?;
    page.rest(300);
    // On a busy machine, a browser may keep it beyond the first collection.
    for _ in 0..COLLECTIONS {
        page.memory()?;
        if page.get("gone_.deref() === undefined")? == true {
            return Ok(());
        }
    }
    bail!("expected the list that was removed to be freed, found it after {COLLECTIONS} collections")
}

fn other_shapes_are_shown_too(page: &Page) -> Result<()> {
    page.site().put(
        "/feed.json",
        json!({ "version": "https://jsonfeed.org/version/1.1", "title": "Feed", "next_url": "/more.json",
            "items": [{ "id": "1", "title": "From a feed", "content_html": "<p>Words</p>" }] })
        .to_string(),
    );
    let more = json!({ "version": "https://jsonfeed.org/version/1.1", "items": [{ "id": "2", "title": "Next page" }] });
    page.site().put("/more.json", more.to_string());
    let linked = json!([
        { "@context": "https://schema.org", "@type": "Review", "name": "Linked", "reviewRating": { "ratingValue": 4 } },
    ]);
    page.site().put("/linked.json", linked.to_string());
    let mut mixed = reviews(0..2);
    mixed.push(json!({ "title": { "rendered": "A post" }, "link": "/post" }));
    mixed.extend(reviews(3..4));
    page.site().put("/mixed.json", json!(mixed).to_string());
    page.open(
        "<review-list id='feed' src='/feed.json'></review-list><review-list id='linked' src='/linked.json'></review-list>
        <review-list id='mixed' src='/mixed.json'></review-list>",
    )?;
    let titles = |id| format!("cards(byId('{id}')).map((each) => text(part('title', each)))");
    page.expect(&titles("feed"), json!(["From a feed", "Next page"]))?;
    page.expect(&titles("linked"), json!(["Linked"]))?;
    let title = |number| review(number)["title"].clone();
    page.expect(&titles("mixed"), json!([title(0), title(1), "A post", title(3)]))
}

fn a_strict_policy_is_kept(page: &Page) -> Result<()> {
    put(page, "/many.json", 60);
    page.open_document(
        "<meta http-equiv='Content-Security-Policy'
          content=\"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types review-card\">
        <script type='module' src='/review-card/review-card.js'></script>",
        "<main><h1>A blog</h1><review-list src='/many.json' controls summary></review-list></main>",
    )?;
    page.expect_that("cards().length")?;
    page.expect("style(part('list', list), 'border-top-style')", "solid")?;
    is_whole(page)?;
    page.run("scrollTo(0, document.documentElement.scrollHeight)")?;
    page.expect_that("find('[aria-posinset=\"60\"]', list)")?;
    page.is("refused", json!([]))
}

fn words_are_in_the_language_of_the_page(page: &Page) -> Result<()> {
    put(page, "/many.json", 1200);
    page.open(
        "<div lang='ar' dir='rtl'><review-list src='/many.json' controls summary></review-list></div>",
    )?;
    page.expect("text(part('count', list).firstChild)", "١٬٢٠٠ مراجعة")?;
    page.is("text(find('label', list))", "بحث")?;
    page.run("list.lang = 'it'")?;
    page.expect("text(part('count', list).firstChild)", "1,200 reviews")?;
    page.is("part('count', list).lang", "en")
}
