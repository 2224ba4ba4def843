//! Removes code from a module that a page never needs, before and after wasm-bindgen.
//!
//! [`cut`]: the linker keeps everything that might be called. Yew's code for listeners, portals, suspense and raw HTML
//! is reached through the same virtual calls as the code for cards, so the linker keeps it, although `src/view` only
//! creates elements, text and lists (`src/view/tag.rs` cannot create anything else). The bodies of these functions, and
//! the calls to them, are replaced by `unreachable`; code that only they called, and code after those calls, is then
//! removed too. If such a function is called after all, it traps, and a trap is handled like any other crash: the
//! card's fallback is shown. Functions with a known result ("is there a key?") are replaced by that result: zero. A
//! name that matches no function is an error, so that a new version of Yew cannot bring the code back unnoticed.
//!
//! [`shorten`]: glue and module refer to each other's functions by names that contain hashes. Both get short names.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{CodeSection, ExportSection, Function, ImportSection, Instruction};
use wasmparser::{FunctionBody, KnownCustom, Name, Operator, Parser, Payload, TypeRef, ValType};

/// Parts of the names of functions that a module does not need.
#[derive(Clone, Copy)]
pub(crate) struct Unused {
    /// Functions that are never called.
    pub(crate) never: &'static [&'static str],
    /// Functions whose result is always zero (`None`, `false`).
    pub(crate) nothing: &'static [&'static str],
}

/// Removes the unused functions from a module.
pub(crate) fn cut(wasm: &[u8], unused: &[Unused]) -> Result<Vec<u8>> {
    let names = function_names(wasm)?;
    let find = |parts: Vec<&str>| -> Result<BTreeSet<u32>> {
        for part in &parts {
            ensure!(
                names.values().any(|name| name.contains(part)),
                "expected a function whose name contains \"{part}\", found none: is it called otherwise now?"
            );
        }
        // A destructor's name also contains the type, but it is not a call of the function.
        let chosen = |name: &String| {
            !name.starts_with("core::ptr::drop_in_place") && parts.iter().any(|part| name.contains(part))
        };
        Ok(names.iter().filter(|(_, name)| chosen(name)).map(|(index, _)| *index).collect())
    };
    let types = function_types(wasm)?;
    let answer = |index: u32| {
        let results = types.get(index as usize).into_iter().flatten();
        Ok((index, results.map(|result| nought(*result)).collect::<Result<_>>()?))
    };
    let nothing = find(unused.iter().flat_map(|unused| unused.nothing).copied().collect())?;
    let mut cutter = Cutter {
        never: find(unused.iter().flat_map(|unused| unused.never).copied().collect())?,
        nothing: nothing.into_iter().map(answer).collect::<Result<_>>()?,
        next: imported_functions(wasm)?,
    };
    let mut module = wasm_encoder::Module::new();
    cutter.parse_core_module(&mut module, Parser::new(0), wasm).context("cutting functions")?;
    Ok(module.finish())
}

/// Copies a module, except the bodies of some functions, and the calls to functions that are never called.
struct Cutter {
    never: BTreeSet<u32>,
    /// The functions whose result is always zero, and their new bodies.
    nothing: BTreeMap<u32, Vec<Instruction<'static>>>,
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
        let mut function = Function::new([]);
        if self.never.contains(&index) {
            function.instruction(&Instruction::Unreachable);
        } else if let Some(nothing) = self.nothing.get(&index) {
            for instruction in nothing {
                function.instruction(instruction);
            }
        } else {
            return reencode::utils::parse_function_body(self, code, body);
        }
        function.instruction(&Instruction::End);
        code.function(&function);
        Ok(())
    }

    fn instruction<'a>(
        &mut self,
        operator: Operator<'a>,
    ) -> Result<Instruction<'a>, reencode::Error<Self::Error>> {
        match operator {
            Operator::Call { function_index } if self.never.contains(&function_index) => {
                Ok(Instruction::Unreachable)
            }
            operator => reencode::utils::instruction(self, operator),
        }
    }
}

/// Returns the instruction that pushes the zero of a type.
fn nought(result: ValType) -> Result<Instruction<'static>> {
    match result {
        ValType::I32 => Ok(Instruction::I32Const(0)),
        ValType::I64 => Ok(Instruction::I64Const(0)),
        other => bail!("expected a function that returns whole numbers, found one that returns {other:?}"),
    }
}

/// Returns the result types of each function of a module, imported functions first.
fn function_types(wasm: &[u8]) -> Result<Vec<Box<[ValType]>>> {
    let mut types = Vec::new();
    let mut functions = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.context("reading a WebAssembly module")? {
            Payload::TypeSection(section) => {
                for ty in section.into_iter_err_on_gc_types() {
                    types.push(ty.context("reading a WebAssembly module's types")?.results().into());
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    if let TypeRef::Func(ty) = import.context("reading a WebAssembly module's imports")?.ty {
                        functions.push(ty);
                    }
                }
            }
            Payload::FunctionSection(section) => {
                for ty in section {
                    functions.push(ty.context("reading a WebAssembly module's functions")?);
                }
            }
            _ => {}
        }
    }
    let results =
        |ty: &u32| types.get(*ty as usize).cloned().context("expected the type of a function, found none");
    functions.iter().map(results).collect()
}

/// Returns the demangled names of the functions, without the crates' hashes.
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
                // The alternate format omits the hashes.
                names.insert(function.index, format!("{:#}", rustc_demangle::demangle(function.name)));
            }
        }
    }
    Ok(names)
}

/// Returns the number of imported functions, which come before the module's own.
pub(crate) fn imported_functions(wasm: &[u8]) -> Result<u32> {
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

/// Gives short names to the functions that glue and module share, in both.
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

/// Copies a module, except the names that only wasm-bindgen's glue uses.
#[derive(Default)]
struct Shortener {
    names: BTreeMap<String, String>,
    modules: BTreeMap<String, String>,
}

impl Shortener {
    /// Returns the short form of a name that wasm-bindgen generated. Only such names begin with two underscores or
    /// contain a hash.
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
    use wasm_encoder::{EntityType, ExportKind, FunctionSection, Module, NameMap, NameSection, TypeSection};

    use super::*;
    use crate::wasm::own_exports;

    /// Returns a module with one imported function and three of its own: `kept` returns the result of `app::asks`,
    /// which returns the result of `app::dead::code`, which returns 8.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], [wasm_encoder::ValType::I32]);
        let mut imports = ImportSection::new();
        imports.import("./glue.js", "__wbg_now_463ac581d2fc7ea3", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        functions.function(0).function(0).function(0);
        let mut exports = ExportSection::new();
        exports.export("read", ExportKind::Func, 1).export("__wbindgen_free", ExportKind::Func, 2);
        let mut code = CodeSection::new();
        for instruction in [Instruction::Call(2), Instruction::Call(3), Instruction::I32Const(8)] {
            let mut body = Function::new([]);
            body.instruction(&instruction).instruction(&Instruction::End);
            code.function(&body);
        }
        let mut names = NameMap::new();
        names.append(1, "kept");
        names.append(2, "_ZN3app4asks17h0123456789abcdefE");
        names.append(3, "_ZN3app4dead4code17h0123456789abcdefE");
        let mut name_section = NameSection::new();
        name_section.functions(&names);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&exports);
        module.section(&code).section(&name_section);
        module.finish()
    }

    /// Returns the instructions of each function, as text.
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
    fn a_function_that_is_never_called_traps_and_so_does_a_call_of_it() -> Result<()> {
        let cut = cut(&module(), &[Unused { never: &["app::dead"], nothing: &[] }])?;
        assert_eq!(
            bodies(&cut)?,
            ["[Call { function_index: 2 }, End]", "[Unreachable, End]", "[Unreachable, End]"]
        );
        assert_eq!(own_exports(&cut)?, own_exports(&module())?);
        Ok(())
    }

    #[test]
    fn a_function_that_has_nothing_to_say_returns_nought() -> Result<()> {
        let cut = cut(&module(), &[Unused { never: &[], nothing: &["app::asks"] }])?;
        let expected = [
            "[Call { function_index: 2 }, End]",
            "[I32Const { value: 0 }, End]",
            "[I32Const { value: 8 }, End]",
        ];
        assert_eq!(bodies(&cut)?, expected);
        Ok(())
    }

    #[test]
    fn a_name_that_fits_nothing_is_an_error() {
        let gone: &[&str] = &["app::gone"];
        for unused in [Unused { never: gone, nothing: &[] }, Unused { never: &[], nothing: gone }] {
            let error = cut(&module(), &[unused]).unwrap_err().to_string();
            let expected = "expected a function whose name contains \"app::gone\", found none";
            assert!(error.starts_with(expected), "{error}");
        }
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
