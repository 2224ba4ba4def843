//! `custom-elements.json` and `review-card.d.ts` against the element as it is.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{FULL, cases};
use crate::page::Page;

cases![
    attributes_are_those_that_are_observed,
    properties_have_their_defaults,
    events_are_those_that_are_fired,
    parts_are_those_of_the_card,
    custom_properties_are_those_of_the_sheet,
    a_lists_events_and_parts_are_those_that_are_declared,
    the_types_name_the_same_members,
];

/// The elements, by their names and those of their classes.
const ELEMENTS: [(&str, &str); 2] = [("review-card", "ReviewCard"), ("review-list", "ReviewList")];

/// The declaration of `<review-card>`.
fn declaration(page: &Page) -> Result<Value> {
    declaration_of(page, "review-card")
}

fn declaration_of(page: &Page, tag: &str) -> Result<Value> {
    let manifest: Value = serde_json::from_str(&page.site().release("custom-elements.json")?)?;
    let declarations = manifest.pointer("/modules/0/declarations").and_then(Value::as_array);
    let found = declarations.into_iter().flatten().find(|declaration| declaration["tagName"] == tag);
    found.cloned().with_context(|| format!("expected {tag} in custom-elements.json, found none"))
}

fn list(declaration: &Value, key: &str) -> Vec<Value> {
    declaration[key].as_array().cloned().unwrap_or_default()
}

fn names(list: &[Value]) -> BTreeSet<String> {
    list.iter().filter_map(|entry| entry["name"].as_str()).map(Into::into).collect()
}

fn attributes_are_those_that_are_observed(page: &Page) -> Result<()> {
    page.open("")?;
    page.expect_that("customElements.get('review-card')")?;
    for (tag, _) in ELEMENTS {
        let attributes = names(&list(&declaration_of(page, tag)?, "attributes"));
        page.is(&format!("customElements.get('{tag}').observedAttributes.toSorted()"), json!(attributes))?;
    }
    Ok(())
}

fn properties_have_their_defaults(page: &Page) -> Result<()> {
    page.open("<review-card id='review-card'></review-card><review-list id='review-list'></review-list>")?;
    page.expect_that("customElements.get('review-card')")?;
    ELEMENTS.iter().try_for_each(|(tag, _)| members_are_as_declared(page, tag))
}

fn members_are_as_declared(page: &Page, tag: &str) -> Result<()> {
    let card = &format!("byId('{tag}')");
    for member in list(&declaration_of(page, tag)?, "members") {
        let (name, kind) = (member["name"].as_str().unwrap_or_default(), &member["kind"]);
        if kind == "method" {
            page.is(&format!("typeof {card}.{name}"), "function")?;
        } else if member["static"] == true {
            page.is(&format!("typeof {card}.constructor.{name}"), member["type"]["text"].clone())?;
        } else {
            page.is(&format!("'{name}' in {card}"), true)?;
            if let Some(default) = member["default"].as_str() {
                page.is(&format!("{card}.{name} === {default}"), true)?;
            }
            if member["reflects"] == true {
                let attribute = member["attribute"].as_str().unwrap_or_default();
                let value = match member["type"]["text"].as_str() {
                    Some("boolean") => "true",
                    Some("number") => "3",
                    _ => "''",
                };
                page.run(&format!("{card}.{name} = {value}"))?;
                page.is(&format!("{card}.hasAttribute('{attribute}')"), true)?;
            }
            if member["readonly"] == true {
                page.is(
                    &format!("Object.getOwnPropertyDescriptor({card}.constructor.prototype, '{name}').set === undefined"),
                    true,
                )?;
            }
        }
    }
    let members = names(&list(&declaration_of(page, tag)?, "members"));
    let own = page.get(&format!(
        "Object.getOwnPropertyNames({card}.constructor.prototype)
          .filter((name) => !/^(constructor|.*Callback)$/.test(name)).toSorted()",
    ))?;
    for name in own.as_array().into_iter().flatten().filter_map(Value::as_str) {
        ensure!(members.contains(name), "expected {name} in custom-elements.json, found {members:?}");
    }
    Ok(())
}

fn events_are_those_that_are_fired(page: &Page) -> Result<()> {
    page.open(&format!("{FULL}<review-card src='/fault/object'></review-card>"))?;
    page.expect_loads(1)?;
    page.expect("events('error').length", 1)?;
    page.click("part('toggle')")?;
    page.expect("events('toggle').length", 1)?;
    let events = names(&list(&declaration(page)?, "events"));
    page.is("heard.map((event) => `review-card-${event.name}`).toSorted()", json!(events))?;
    for event in list(&declaration(page)?, "events") {
        let (name, kind) =
            (event["name"].as_str().unwrap_or_default(), event["type"]["text"].as_str().unwrap_or_default());
        let keys = page.get(&format!("Object.keys(events('{name}'.replace('review-card-', ''))[0])"))?;
        for key in keys.as_array().into_iter().flatten().filter_map(Value::as_str) {
            ensure!(kind.contains(&format!("{key}:")), "expected {key} of {name} in {kind}");
        }
    }
    page.expect_console("no-review")
}

fn parts_are_those_of_the_card(page: &Page) -> Result<()> {
    let ratings: Vec<_> =
        (0..40).map(|id| json!({ "title": format!("No. {id}"), "rating": id % 5 + 1 })).collect();
    page.site().put("/all.json", json!({ "reviews": ratings }).to_string());
    page.site().put("/one.json", r#"{ "title": "One", "rating": "4/5" }"#);
    page.open(&format!(
        "{FULL}<review-card src='/fault/object' id='bare'></review-card>
        <review-card src='/one.json' id='measured' related-from='/all.json'></review-card>"
    ))?;
    page.expect_loads(2)?;
    page.expect_that("part('error', byId('bare'))")?;
    page.expect_that("part('measure', byId('measured'))")?;
    let parts = names(&list(&declaration(page)?, "cssParts"));
    page.is(
        "[...new Set([...document.querySelectorAll('review-card')].flatMap((each) => all('[part]', each)).flatMap((each) => [...each.part]))].toSorted()",
        json!(parts),
    )?;
    page.expect_console("no-review")
}

fn custom_properties_are_those_of_the_sheet(page: &Page) -> Result<()> {
    let listed = names(&list(&declaration(page)?, "cssProperties"));
    for sheet in ["review-card-shadow.css", "review-card.css"] {
        let css = page.site().release(sheet)?;
        let used: BTreeSet<String> = css
            .split("var(--review-card-")
            .skip(1)
            .filter_map(|rest| rest.split([',', ')', ' ']).next())
            .map(|name| format!("--review-card-{name}"))
            .collect();
        ensure!(used == listed, "{sheet}: expected {listed:?}, found {used:?}");
    }
    Ok(())
}

fn a_lists_events_and_parts_are_those_that_are_declared(page: &Page) -> Result<()> {
    let declaration = declaration_of(page, "review-list")?;
    page.site().put(
        "/1.json",
        r#"{ "reviews": [{ "title": "A", "rating": 3, "body": "Words" }, { "title": "B", "tags": ["x", "y"] }], "nextUrl": "gone.json" }"#,
    );
    page.open("<review-list src='/1.json' controls summary></review-list><review-list id='bare' src='/fault/object'></review-list>")?;
    page.expect("events('list-error').length", 2)?;
    page.click("part('toggle', list)")?;
    page.expect("events('list-toggle').length", 1)?;
    let events = list(&declaration, "events");
    page.is("[...new Set(heard.map((event) => `review-${event.name}`))].toSorted()", json!(names(&events)))?;
    for event in &events {
        let (name, kind) =
            (event["name"].as_str().unwrap_or_default(), event["type"]["text"].as_str().unwrap_or_default());
        let keys = page.get(&format!("Object.keys(events('{name}'.replace('review-', ''))[0])"))?;
        for key in keys.as_array().into_iter().flatten().filter_map(Value::as_str) {
            ensure!(kind.contains(&format!("{key}:")), "expected {key} of {name} in {kind}");
        }
    }
    // What is declared of cards is tested with cards.
    let parts = "[...document.querySelectorAll('review-list')].flatMap((each) => all('[part]', each)).flatMap((each) => [...each.part])";
    page.run(&format!("globalThis.parts_ = new Set({parts}); list.search = 'zebra'"))?;
    page.expect_that("part('nothing', list)")?;
    page.run(&format!("for (const part of {parts}) parts_.add(part)"))?;
    let (found, declared) = (page.get("[...parts_]")?, names(&list(&declaration, "cssParts")));
    let found: BTreeSet<String> =
        found.as_array().into_iter().flatten().filter_map(Value::as_str).map(Into::into).collect();
    ensure!(found.is_subset(&declared), "expected {declared:?}, found {found:?}");
    for own in ["list", "summary", "controls", "count", "nothing", "end", "card", "title", "error"] {
        ensure!(found.contains(own), "expected the part {own}, found {found:?}");
    }
    page.forgive()
}

fn the_types_name_the_same_members(page: &Page) -> Result<()> {
    let types = page.site().release("review-card.d.ts")?;
    for (tag, class) in ELEMENTS {
        let found = types.split(&format!("class {class}")).nth(1).and_then(|rest| rest.split("\n}").next());
        let found =
            found.with_context(|| format!("expected a class {class} in review-card.d.ts, found none"))?;
        let typed: BTreeSet<String> = found
            .lines()
            .filter(|line| line.trim_end().ends_with(';'))
            .filter_map(|line| line.split([':', '(']).next()?.split_whitespace().last())
            .map(Into::into)
            .collect();
        let declaration = declaration_of(page, tag)?;
        let members = names(&list(&declaration, "members"));
        ensure!(typed == members, "expected {members:?}, found {typed:?}");
        for event in names(&list(&declaration, "events")) {
            ensure!(
                types.contains(&format!("\"{event}\": CustomEvent<")),
                "expected {event} in review-card.d.ts"
            );
        }
        ensure!(types.contains(&format!("\"{tag}\": {class}")), "expected {tag} among the names of elements");
    }
    Ok(())
}
