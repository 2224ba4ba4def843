//! Breaks down a `.wasm` file: bytes by crate, and by module of our own crate.
//!
//! A release has no function names, so this reads the same module with names. A function counts for the crate in which
//! it is written: the crate of its type, or, if the type is the standard library's, the crate of the trait (because of
//! the orphan rule, it cannot be anywhere else). A generic function counts for the crate that defines it, whoever uses
//! it; so destructors count for the standard library.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use wasmparser::{ExternalKind, KnownCustom, Name, Parser, Payload};

/// The name of our crate in function names.
const OWN: &str = "review_card";
/// The common name for the crates of the standard library.
const STANDARD: &str = "core, alloc, std";
/// The name for functions without a crate in their name.
const OTHER: &str = "glue";

/// Sizes in bytes before compression.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Anatomy {
    /// Function sizes by crate.
    pub(crate) crates: BTreeMap<String, usize>,
    /// Sizes of our crate's functions by module.
    pub(crate) modules: BTreeMap<String, usize>,
    /// The size of constant data.
    pub(crate) data: usize,
}

/// Reads a module with names; `release` is the same module without names.
pub(crate) fn read(named: &Path, release: &Path) -> Result<Anatomy> {
    let bytes = |path: &Path| std::fs::read(path).with_context(|| format!("reading {}", path.display()));
    let named_bytes = bytes(named)?;
    let functions = functions(&named_bytes).with_context(|| format!("reading {}", named.display()))?;
    let shipped: usize = self::functions(&bytes(release)?)?.iter().map(|function| function.bytes).sum();
    let found: usize = functions.iter().map(|function| function.bytes).sum();
    ensure!(
        found.abs_diff(shipped) * 100 <= shipped,
        "expected the functions of {} to be those of the release, {shipped} bytes, found {found}",
        named.display()
    );
    let mut anatomy = Anatomy { data: data(&named_bytes)?, ..Anatomy::default() };
    for Function { name, is_ours, bytes } in functions {
        let place = if is_ours { Some((OWN, "exported")) } else { written_in(&name) };
        let (of_crate, module) = place.unwrap_or((OTHER, ""));
        *anatomy.crates.entry(of_crate.to_owned()).or_default() += bytes;
        if of_crate == OWN {
            *anatomy.modules.entry(module.to_owned()).or_default() += bytes;
        }
    }
    Ok(anatomy)
}

struct Function {
    name: String,
    /// Whether it is an export with a name of ours: such names contain no crate.
    is_ours: bool,
    bytes: usize,
}

fn functions(wasm: &[u8]) -> Result<Vec<Function>> {
    let (mut names, mut exports, mut bodies) = (HashMap::new(), BTreeSet::new(), Vec::new());
    let mut imported = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    if export.kind == ExternalKind::Func && !export.name.starts_with("__") {
                        exports.insert(export.index);
                    }
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes().len()),
            Payload::CustomSection(section) => {
                let KnownCustom::Name(subsections) = section.as_known() else { continue };
                for subsection in subsections {
                    let Name::Function(functions) = subsection? else { continue };
                    for function in functions {
                        let function = function?;
                        names.insert(function.index, function.name.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    let functions = (imported..).zip(bodies).map(|(index, bytes)| {
        let name = names.remove(&index).unwrap_or_default();
        let is_ours = exports.contains(&index) && !name.contains("::");
        Function { name, is_ours, bytes }
    });
    Ok(functions.collect())
}

fn data(wasm: &[u8]) -> Result<usize> {
    let mut bytes = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::DataSection(section) = payload? {
            let range = section.range();
            bytes += usize::try_from(range.end - range.start)?;
        }
    }
    Ok(bytes)
}

/// Returns the crate and module in which a function is written, from its demangled name.
fn written_in(name: &str) -> Option<(&str, &str)> {
    // The optimizer gives merged functions the name of one of them.
    let name = name.strip_prefix("byn$mgfn-shared$").unwrap_or(name);
    let Some(inner) = name.strip_prefix('<') else { return place(name) };
    let (own, of_trait) = split_impl(inner);
    match (written_in(own.trim_start_matches(['&', '*', '[', '('])), of_trait.and_then(place)) {
        (None | Some((STANDARD, _)), Some(of_trait)) => Some(of_trait),
        (own, _) => own,
    }
}

/// Splits `Type as Trait>::method` into type and trait; the trait is `None` if there is only a type.
fn split_impl(inner: &str) -> (&str, Option<&str>) {
    let (mut depth, mut before) = (0_usize, ' ');
    for (at, char) in inner.char_indices() {
        match char {
            '<' | '(' | '[' | '{' => depth += 1,
            '>' if before == '-' => {}
            '>' if depth == 0 => return (inner.get(..at).unwrap_or_default(), None),
            '>' | ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 => {
                let (own, rest) = inner.split_at(at);
                if let Some(of_trait) = rest.strip_prefix(" as ") {
                    return (own, Some(of_trait));
                }
            }
            _ => {}
        }
        before = char;
    }
    (inner, None)
}

/// Returns the crate and module of `crate[hash]::module::…`.
fn place(path: &str) -> Option<(&str, &str)> {
    let path =
        ["dyn ", "mut ", "const "].iter().fold(path, |path, word| path.strip_prefix(word).unwrap_or(path));
    let is_outside_a_word = |char: char| !char.is_alphanumeric() && char != '_';
    let (of_crate, rest) = path.split_at(path.find(is_outside_a_word)?);
    let rest = if rest.starts_with('[') { rest.split_once(']')?.1 } else { rest };
    let rest = rest.strip_prefix("::")?;
    let module = rest.split(is_outside_a_word).next().unwrap_or_default();
    match of_crate {
        "core" | "alloc" | "std" | "compiler_builtins" => Some((STANDARD, module)),
        _ => Some((of_crate, module)),
    }
}

#[cfg(test)]
mod tests {
    use super::{STANDARD, written_in};

    #[track_caller]
    fn check(name: &str, expected: Option<(&str, &str)>) {
        assert_eq!(written_in(name), expected, "{name}");
    }

    #[test]
    fn a_function_counts_where_it_is_written() {
        check("yew[9b41]::scheduler::start_now", Some(("yew", "scheduler")));
        check("review_card[a9a6]::view::card::group", Some(("review_card", "view")));
        check(
            "<review_card[a9a6]::json::Value as core[75d5]::fmt::Display>::fmt",
            Some(("review_card", "json")),
        );
        check(
            "<alloc[deed]::vec::Vec<u8> as serde_json[cf2d]::io::Write>::write",
            Some(("serde_json", "io")),
        );
        check("<&str as yew[9b41]::html::IntoPropValue<u8>>::into", Some(("yew", "html")));
        check("<alloc[deed]::vec::Vec<yew[9b41]::VNode>>::push", Some((STANDARD, "vec")));
        check("core[75d5]::ptr::drop_in_place::<yew[9b41]::VNode>", Some((STANDARD, "ptr")));
        check(
            "<<yew[9b41]::functional::Hooks>::new::{closure#0} as core[75d5]::ops::FnOnce<()>>::call_once",
            Some(("yew", "functional")),
        );
        check("byn$mgfn-shared$<alloc[deed]::rc::Rc<u8>>::drop_slow", Some((STANDARD, "rc")));
        check("<fn(&str) -> bool as yew[9b41]::Callback>::emit", Some(("yew", "Callback")));
        check("__wbindgen_malloc", None);
        check("memcpy", None);
    }
}
