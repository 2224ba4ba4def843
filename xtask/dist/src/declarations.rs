//! Writes the TypeScript declarations of the elements from their manifest.
//!
//! The manifest is a [Custom Elements Manifest](https://github.com/webcomponents/custom-elements-manifest), version 2:
//! the only place that describes attributes, properties, methods and events. Generated:
//!
//! 1. a class for each custom element, with its public properties and methods;
//! 2. its tag name, so that `document.querySelector("review-card")` returns that class;
//! 3. its events, for listeners on the element and on its ancestors;
//! 4. exported variables and functions.
//!
//! Not supported: mixins, and references to types of another package. Types in the manifest are already TypeScript.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// Generates the text of `review-card.d.ts`.
///
/// # Errors
/// Returns an error if the manifest is invalid, or if one event name has two types: a listener on the document could
/// not distinguish them.
pub(crate) fn generate(manifest: &str) -> Result<String> {
    let manifest: Manifest =
        serde_json::from_str(manifest).context("reading the custom elements manifest")?;
    let declarations: Vec<Declaration> =
        manifest.modules.into_iter().flat_map(|module| module.declarations).collect();
    let mut text = String::from("// Generated from custom-elements.json.\n");
    for declaration in &declarations {
        write_declaration(&mut text, declaration)?;
    }
    write_globals(&mut text, &declarations)?;
    Ok(text)
}

fn write_declaration(text: &mut String, declaration: &Declaration) -> Result<()> {
    let name = &declaration.name;
    match declaration.kind {
        Kind::Class => return write_class(text, declaration),
        Kind::Variable => {
            text.push('\n');
            write_doc(text, "", declaration.description.as_deref())?;
            writeln!(
                text,
                "export declare const {name}: {};",
                type_text(declaration.r#type.as_ref(), "unknown")
            )?;
        }
        Kind::Function => {
            text.push('\n');
            write_doc(text, "", declaration.description.as_deref())?;
            let result = declaration.result.as_ref().and_then(|result| result.r#type.as_ref());
            let parameters = parameters(&declaration.parameters);
            writeln!(text, "export declare function {name}({parameters}): {};", type_text(result, "void"))?;
        }
        Kind::Other => {}
    }
    Ok(())
}

fn write_class(text: &mut String, class: &Declaration) -> Result<()> {
    text.push('\n');
    write_doc(text, "", class.description.as_deref())?;
    let superclass = class.superclass.as_ref().map_or("HTMLElement", |superclass| superclass.name.as_str());
    writeln!(text, "export declare class {} extends {superclass} {{", class.name)?;
    for member in class.members.iter().filter(|member| member.is_public()) {
        write_doc(text, "  ", member.description.as_deref())?;
        let modifier = if member.r#static { "static " } else { "" };
        match member.kind {
            MemberKind::Field => {
                let readonly = if member.readonly { "readonly " } else { "" };
                let r#type = type_text(member.r#type.as_ref(), "unknown");
                writeln!(text, "  {modifier}{readonly}{}: {type};", member.name)?;
            }
            MemberKind::Method => {
                let result = member.result.as_ref().and_then(|result| result.r#type.as_ref());
                let parameters = parameters(&member.parameters);
                writeln!(text, "  {modifier}{}({parameters}): {};", member.name, type_text(result, "void"))?;
            }
        }
    }
    text.push_str("}\n");
    Ok(())
}

/// Adds the tag names and events to TypeScript's global maps, from which `querySelector`, `createElement` and
/// `addEventListener` take their types.
fn write_globals(text: &mut String, declarations: &[Declaration]) -> Result<()> {
    let events = events(declarations)?;
    text.push_str("\ndeclare global {\n  interface HTMLElementTagNameMap {\n");
    for declaration in declarations {
        if let Some(tag) = &declaration.tag_name {
            writeln!(text, "    \"{tag}\": {};", declaration.name)?;
        }
    }
    text.push_str("  }\n  interface GlobalEventHandlersEventMap {\n");
    for (name, event) in events {
        write_doc(text, "    ", event.description.as_deref())?;
        writeln!(text, "    \"{name}\": {};", type_text(event.r#type.as_ref(), "Event"))?;
    }
    text.push_str("  }\n}\n");
    Ok(())
}

/// Returns all events by name, each once.
fn events(declarations: &[Declaration]) -> Result<BTreeMap<&str, &Event>> {
    let mut events: BTreeMap<&str, &Event> = BTreeMap::new();
    for event in declarations.iter().flat_map(|declaration| &declaration.events) {
        let known = events.entry(event.name.as_str()).or_insert(event);
        ensure!(
            known.r#type == event.r#type,
            "event {}: expected one type, found {} and {}",
            event.name,
            type_text(known.r#type.as_ref(), "Event"),
            type_text(event.r#type.as_ref(), "Event")
        );
    }
    Ok(events)
}

fn parameters(parameters: &[Parameter]) -> String {
    let one = |parameter: &Parameter| {
        let optional = if parameter.optional { "?" } else { "" };
        format!("{}{optional}: {}", parameter.name, type_text(parameter.r#type.as_ref(), "unknown"))
    };
    parameters.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn type_text<'a>(r#type: Option<&'a Type>, otherwise: &'a str) -> &'a str {
    r#type.map_or(otherwise, |r#type| r#type.text.as_str())
}

fn write_doc(text: &mut String, indent: &str, description: Option<&str>) -> Result<()> {
    let Some(description) = description else { return Ok(()) };
    let description = description.trim().replace("*/", "*\\/");
    if !description.contains('\n') {
        writeln!(text, "{indent}/** {description} */")?;
        return Ok(());
    }
    writeln!(text, "{indent}/**")?;
    for line in description.lines() {
        writeln!(text, "{}", format!("{indent} * {line}").trim_end())?;
    }
    writeln!(text, "{indent} */")?;
    Ok(())
}

#[derive(Deserialize)]
struct Manifest {
    modules: Vec<Module>,
}

#[derive(Deserialize)]
struct Module {
    #[serde(default)]
    declarations: Vec<Declaration>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Declaration {
    kind: Kind,
    name: String,
    description: Option<String>,
    tag_name: Option<String>,
    superclass: Option<Reference>,
    r#type: Option<Type>,
    #[serde(rename = "return")]
    result: Option<Returned>,
    #[serde(default)]
    parameters: Vec<Parameter>,
    #[serde(default)]
    members: Vec<Member>,
    #[serde(default)]
    events: Vec<Event>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Kind {
    Class,
    Function,
    Variable,
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Reference {
    name: String,
}

#[derive(Deserialize)]
struct Member {
    kind: MemberKind,
    name: String,
    description: Option<String>,
    privacy: Option<String>,
    r#type: Option<Type>,
    #[serde(default)]
    readonly: bool,
    #[serde(default)]
    r#static: bool,
    #[serde(default)]
    parameters: Vec<Parameter>,
    #[serde(rename = "return")]
    result: Option<Returned>,
}

impl Member {
    fn is_public(&self) -> bool {
        self.privacy.as_deref().unwrap_or("public") == "public" && !self.name.starts_with('#')
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum MemberKind {
    Field,
    Method,
}

#[derive(Deserialize)]
struct Parameter {
    name: String,
    r#type: Option<Type>,
    #[serde(default)]
    optional: bool,
}

#[derive(Deserialize)]
struct Returned {
    r#type: Option<Type>,
}

#[derive(Deserialize)]
struct Event {
    name: String,
    description: Option<String>,
    r#type: Option<Type>,
}

#[derive(Deserialize, PartialEq)]
struct Type {
    text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = r##"{
      "schemaVersion": "2.1.0",
      "modules": [{
        "kind": "javascript-module",
        "path": "review-card.js",
        "declarations": [
          {
            "kind": "class", "customElement": true, "name": "ReviewCard", "tagName": "review-card",
            "description": "A review.\n\nOne of /* many */.", "superclass": { "name": "HTMLElement" },
            "attributes": [{ "name": "src", "type": { "text": "string" } }],
            "members": [
              { "kind": "field", "name": "src", "type": { "text": "string | null" }, "description": "Where the data is." },
              { "kind": "field", "name": "review", "readonly": true, "type": { "text": "object | null" } },
              { "kind": "field", "name": "#root" },
              { "kind": "method", "name": "connect", "privacy": "private" },
              { "kind": "method", "name": "reload",
                "parameters": [{ "name": "force", "optional": true, "type": { "text": "boolean" } }],
                "return": { "type": { "text": "Promise<void>" } } }
            ],
            "events": [{ "name": "review-card-toggle", "type": { "text": "CustomEvent<{ open: boolean }>" } }]
          },
          { "kind": "variable", "name": "version", "type": { "text": "string" } },
          { "kind": "mixin", "name": "Other" }
        ],
        "exports": [{ "kind": "custom-element-definition", "name": "review-card", "declaration": { "name": "ReviewCard" } }]
      }]
    }"##;

    const DECLARATIONS: &str = r#"// Generated from custom-elements.json.

/**
 * A review.
 *
 * One of /* many *\/.
 */
export declare class ReviewCard extends HTMLElement {
  /** Where the data is. */
  src: string | null;
  readonly review: object | null;
  reload(force?: boolean): Promise<void>;
}

export declare const version: string;

declare global {
  interface HTMLElementTagNameMap {
    "review-card": ReviewCard;
  }
  interface GlobalEventHandlersEventMap {
    "review-card-toggle": CustomEvent<{ open: boolean }>;
  }
}
"#;

    #[test]
    fn a_manifest_becomes_declarations() -> Result<()> {
        assert_eq!(generate(MANIFEST)?, DECLARATIONS);
        Ok(())
    }

    #[test]
    fn one_event_of_two_types_is_refused() {
        let class = |r#type| {
            format!(r#"{{"kind":"class","name":"A","events":[{{"name":"e","type":{{"text":"{type}"}}}}]}}"#)
        };
        let manifest =
            format!(r#"{{"modules":[{{"declarations":[{},{}]}}]}}"#, class("Event"), class("CustomEvent"));
        let error = generate(&manifest).unwrap_err().to_string();
        assert_eq!(error, "event e: expected one type, found Event and CustomEvent");
    }

    #[test]
    fn what_is_no_manifest_is_an_error() {
        assert!(generate("{}").is_err());
    }
}
