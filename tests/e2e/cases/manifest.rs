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
    the_types_name_the_same_members,
];

/// The declaration of `<review-card>`.
fn declaration(page: &Page) -> Result<Value> {
    let manifest: Value = serde_json::from_str(&page.site().release("custom-elements.json")?)?;
    let declarations = manifest.pointer("/modules/0/declarations").and_then(Value::as_array);
    let found =
        declarations.into_iter().flatten().find(|declaration| declaration["tagName"] == "review-card");
    found.cloned().context("expected review-card in custom-elements.json, found none")
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
    let attributes = names(&list(&declaration(page)?, "attributes"));
    page.is("customElements.get('review-card').observedAttributes.toSorted()", json!(attributes))
}

fn properties_have_their_defaults(page: &Page) -> Result<()> {
    page.open("<review-card></review-card>")?;
    page.expect_that("customElements.get('review-card')")?;
    for member in list(&declaration(page)?, "members") {
        let (name, kind) = (member["name"].as_str().unwrap_or_default(), &member["kind"]);
        if kind == "method" {
            page.is(&format!("typeof card.{name}"), "function")?;
        } else if member["static"] == true {
            page.is(&format!("typeof card.constructor.{name}"), member["type"]["text"].clone())?;
        } else {
            page.is(&format!("'{name}' in card"), true)?;
            if let Some(default) = member["default"].as_str() {
                page.is(&format!("card.{name} === {default}"), true)?;
            }
            if member["reflects"] == true {
                let attribute = member["attribute"].as_str().unwrap_or_default();
                let value = match member["type"]["text"].as_str() {
                    Some("boolean") => "true",
                    Some("number") => "3",
                    _ => "''",
                };
                page.run(&format!("card.{name} = {value}"))?;
                page.is(&format!("card.hasAttribute('{attribute}')"), true)?;
            }
            if member["readonly"] == true {
                page.is(
                    &format!("Object.getOwnPropertyDescriptor(card.constructor.prototype, '{name}').set === undefined"),
                    true,
                )?;
            }
        }
    }
    let members = names(&list(&declaration(page)?, "members"));
    let own = page.get(
        "Object.getOwnPropertyNames(card.constructor.prototype)
          .filter((name) => !/^(constructor|.*Callback)$/.test(name)).toSorted()",
    )?;
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
    page.open(&format!("{FULL}<review-card src='/fault/object' id='bare'></review-card>"))?;
    page.expect_loads(1)?;
    page.expect_that("part('error', byId('bare'))")?;
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

fn the_types_name_the_same_members(page: &Page) -> Result<()> {
    let types = page.site().release("review-card.d.ts")?;
    let class = types.split("class ReviewCard").nth(1).and_then(|rest| rest.split("\n}").next());
    let class = class.context("expected a class ReviewCard in review-card.d.ts, found none")?;
    let typed: BTreeSet<String> = class
        .lines()
        .filter(|line| line.trim_end().ends_with(';'))
        .filter_map(|line| line.split([':', '(']).next()?.split_whitespace().last())
        .map(Into::into)
        .collect();
    let declaration = declaration(page)?;
    let members = names(&list(&declaration, "members"));
    ensure!(typed == members, "expected {members:?}, found {typed:?}");
    for event in names(&list(&declaration, "events")) {
        ensure!(
            types.contains(&format!("\"{event}\": CustomEvent<")),
            "expected {event} in review-card.d.ts"
        );
    }
    ensure!(
        types.contains(r#""review-card": ReviewCard"#),
        "expected review-card among the names of elements"
    );
    Ok(())
}
