//! Takes out of a module what a page never needs, before and after wasm-bindgen.
//!
//! [`cut`]: the linker keeps whatever might be called. What Yew has for listeners, portals, suspense and raw HTML hangs on
//! the same virtual calls as what a card is made of, so all of it stays, although `src/view` makes nothing but elements,
//! text and lists (its `src/view/tag.rs` has no way to make anything else). The bodies of those functions are replaced by
//! `unreachable`, and what only they called goes with them. Called all the same, they trap, and a trap is a crash like any
//! other: the card's fallback is shown. A name that fits no function is an error, so that a new version of Yew does not
//! bring it all back unnoticed.
//!
//! [`shorten`]: glue and module know each other's functions by names with a hash in them. Both get short ones.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{CodeSection, ExportSection, Function, ImportSection, Instruction};
use wasmparser::{FunctionBody, KnownCustom, Name, Parser, Payload, TypeRef};

/// Replaces the bodies of the functions whose names contain one of `parts`.
pub(crate) fn cut(wasm: &[u8], parts: &[&str]) -> Result<Vec<u8>> {
    let names = function_names(wasm)?;
    for part in parts {
        ensure!(
            names.values().any(|name| name.contains(part)),
            "expected a function whose name contains \"{part}\", found none: is it called otherwise now?"
        );
    }
    // To drop what may be one of these and is none is no call of it.
    let chosen = |name: &String| {
        !name.starts_with("core::ptr::drop_in_place") && parts.iter().any(|part| name.contains(part))
    };
    let cut = names.iter().filter(|(_, name)| chosen(name)).map(|(index, _)| *index).collect();
    let mut cutter = Cutter { cut, next: imported_functions(wasm)? };
    let mut module = wasm_encoder::Module::new();
    cutter.parse_core_module(&mut module, Parser::new(0), wasm).context("cutting functions")?;
    Ok(module.finish())
}

/// Copies a module but for the bodies of some functions.
struct Cutter {
    cut: BTreeSet<u32>,
    /// The index of the next function with a body.
    next: u32,
}

impl Reencode for Cutter {
    type Error = std::convert::Infallible;

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        let index = self.next;
        self.next += 1;
        if !self.cut.contains(&index) {
            return reencode::utils::parse_function_body(self, code, body);
        }
        let mut trap = Function::new([]);
        trap.instruction(&Instruction::Unreachable).instruction(&Instruction::End);
        code.function(&trap);
        Ok(())
    }
}

/// The functions' names in Rust, without the hashes of their crates.
fn function_names(wasm: &[u8]) -> Result<BTreeMap<u32, String>> {
    let mut names = BTreeMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::CustomSection(section) = payload.context("reading a WebAssembly module")? else {
            continue;
        };
        let KnownCustom::Name(subsections) = section.as_known() else { continue };
        for subsection in subsections {
            let Name::Function(functions) = subsection.context("reading the names of functions")? else {
                continue;
            };
            for function in functions {
                let function = function.context("reading the name of a function")?;
                // The alternate form leaves the hashes out.
                names.insert(function.index, format!("{:#}", rustc_demangle::demangle(function.name)));
            }
        }
    }
    Ok(names)
}

fn imported_functions(wasm: &[u8]) -> Result<u32> {
    let mut count = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(section) = payload.context("reading a WebAssembly module")? {
            for import in section.into_imports() {
                let import = import.context("reading a WebAssembly module's imports")?;
                count += u32::from(matches!(import.ty, TypeRef::Func(_)));
            }
        }
    }
    Ok(count)
}

/// Gives the functions between glue and module short names, in both.
pub(crate) fn shorten(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let mut shortener = Shortener::default();
    let mut module = wasm_encoder::Module::new();
    shortener.parse_core_module(&mut module, Parser::new(0), wasm).context("shortening names")?;
    let mut shortened = String::with_capacity(glue.len());
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut rest = glue;
    while let Some(start) = rest.find(is_part) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !is_part(c)).unwrap_or(from.len()));
        shortened.push_str(before);
        shortened.push_str(shortener.names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    shortened.push_str(rest);
    for (long, short) in &shortener.modules {
        let (long, short) = (format!("\"{long}\""), format!("\"{short}\""));
        ensure!(shortened.contains(&long), "expected the glue to name the module {long}, found no such name");
        shortened = shortened.replace(&long, &short);
    }
    Ok((module.finish(), shortened))
}

/// Copies a module but for the names of what only wasm-bindgen's glue calls.
#[derive(Default)]
struct Shortener {
    names: BTreeMap<String, String>,
    modules: BTreeMap<String, String>,
}

impl Shortener {
    /// A name of wasm-bindgen's making: no other has two underscores at its beginning, or a hash in it.
    fn short(&mut self, name: &str) -> String {
        if !name.starts_with("__wb") && !name.starts_with("wasm_bindgen_") {
            return name.to_owned();
        }
        let next = format!("${}", self.names.len());
        self.names.entry(name.to_owned()).or_insert(next).clone()
    }
}

impl Reencode for Shortener {
    type Error = std::convert::Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        for import in section.into_imports() {
            let import = import?;
            let next = format!("{}", self.modules.len());
            let module = self.modules.entry(import.module.to_owned()).or_insert(next).clone();
            let name = self.short(import.name);
            imports.import(&module, &name, self.entity_type(import.ty)?);
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: wasmparser::ExportSectionReader<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        for export in section {
            let export = export?;
            let name = self.short(export.name);
            exports.export(
                &name,
                self.export_kind(export.kind)?,
                self.external_index(export.kind, export.index)?,
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        EntityType, ExportKind, FunctionSection, Module, NameMap, NameSection, TypeSection, ValType,
    };

    use super::*;
    use crate::wasm::own_exports;

    /// A module that imports a function, and has two: `kept` returns 7, `app::dead::code` 8.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], [ValType::I32]);
        let mut imports = ImportSection::new();
        imports.import("./glue.js", "__wbg_now_463ac581d2fc7ea3", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        functions.function(0).function(0);
        let mut exports = ExportSection::new();
        exports.export("read", ExportKind::Func, 1).export("__wbindgen_free", ExportKind::Func, 2);
        let mut code = CodeSection::new();
        for value in [7, 8] {
            let mut body = Function::new([]);
            body.instruction(&Instruction::I32Const(value)).instruction(&Instruction::End);
            code.function(&body);
        }
        let mut names = NameMap::new();
        names.append(1, "kept");
        names.append(2, "_ZN3app4dead4code17h0123456789abcdefE");
        let mut name_section = NameSection::new();
        name_section.functions(&names);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&exports);
        module.section(&code).section(&name_section);
        module.finish()
    }

    /// The instructions of each function, as text.
    fn bodies(wasm: &[u8]) -> Result<Vec<String>> {
        let mut bodies = Vec::new();
        for payload in Parser::new(0).parse_all(wasm) {
            if let Payload::CodeSectionEntry(body) = payload? {
                let instructions: Vec<_> =
                    body.get_operators_reader()?.into_iter().collect::<Result<_, _>>()?;
                bodies.push(format!("{instructions:?}"));
            }
        }
        Ok(bodies)
    }

    #[test]
    fn a_function_that_is_cut_traps_and_the_others_stay() -> Result<()> {
        let cut = cut(&module(), &["app::dead"])?;
        assert_eq!(bodies(&cut)?, ["[I32Const { value: 7 }, End]", "[Unreachable, End]"]);
        assert_eq!(own_exports(&cut)?, own_exports(&module())?);
        Ok(())
    }

    #[test]
    fn a_name_that_fits_nothing_is_an_error() {
        let error = cut(&module(), &["app::gone"]).unwrap_err().to_string();
        assert!(
            error.starts_with("expected a function whose name contains \"app::gone\", found none"),
            "{error}"
        );
    }

    #[test]
    fn glue_and_module_agree_on_short_names() -> Result<()> {
        let glue = "const i = {__wbg_now_463ac581d2fc7ea3: now}; wasm.__wbindgen_free(p); wasm.read(); \"./glue.js\": i";
        let (wasm, glue) = shorten(&module(), glue)?;
        assert_eq!(glue, "const i = {$0: now}; wasm.$1(p); wasm.read(); \"0\": i");
        let mut names = Vec::new();
        for payload in Parser::new(0).parse_all(&wasm) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import?;
                        names.extend([import.module, import.name]);
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        names.push(export?.name);
                    }
                }
                _ => {}
            }
        }
        assert_eq!(names, ["0", "$0", "read", "$1"]);
        Ok(())
    }
}
