//! Puts similar functions of a module next to each other, because Brotli writes a repetition in fewer bits if it is near.
//! Measured: 1.6 % less in Brotli for the card, 1.3 % for the reader.
//!
//! The first is the longest function. Each next one is the function that is most similar to the one before: the number of
//! pieces of four bytes that both contain, divided by the number that either contains (the Jaccard index). Ties keep the
//! order of the linker, so the same module always gives the same bytes.
#![expect(clippy::indexing_slicing, reason = "every index is that of a function of the module")]

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{CodeSection, FunctionSection};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload};

use crate::trim::imported_functions;

/// The length of the pieces that are compared. With 4, the modules are smaller than with 2, 3, 6 or 8.
const PIECE: usize = 4;

/// Returns the module with its functions in another order. It does the same as before.
pub(crate) fn by_similarity(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CodeSectionEntry(body) = payload.context("reading a WebAssembly module")? {
            bodies.push(body.as_bytes());
        }
    }
    let order = order(&bodies);
    let imported = imported_functions(wasm)?;
    let mut places = vec![0; order.len()];
    for (place, function) in (imported..).zip(&order) {
        places[*function] = place;
    }
    let mut module = wasm_encoder::Module::new();
    Mover { order, places, imported }
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .context("ordering functions")?;
    Ok(module.finish())
}

/// Returns the indices of the functions in their new order.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let pieces: Vec<BTreeSet<&[u8]>> = bodies.iter().map(|body| body.windows(PIECE).collect()).collect();
    let mut users: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
    for (function, pieces) in pieces.iter().enumerate() {
        for piece in pieces {
            users.entry(piece).or_default().push(function);
        }
    }
    let mut left: Vec<usize> = (0..bodies.len()).collect();
    let mut next = (0..left.len()).rev().max_by_key(|place| bodies[*place].len());
    let mut order = Vec::new();
    while let Some(place) = next {
        let last = left.remove(place);
        order.push(last);
        let mut shared = vec![0; bodies.len()];
        for function in pieces[last].iter().flat_map(|piece| &users[piece]) {
            shared[*function] += 1;
        }
        // Fractions are compared without division.
        let (mut best, mut of) = (0, 1);
        next = (!left.is_empty()).then_some(0);
        for (place, function) in left.iter().enumerate() {
            let both = shared[*function];
            let either = pieces[last].len() + pieces[*function].len() - both;
            if both * of > best * either {
                (best, of, next) = (both, either, Some(place));
            }
        }
    }
    order
}

/// Copies a module with its functions in another order.
struct Mover {
    /// The functions in their new order, without the imported ones.
    order: Vec<usize>,
    /// The new index of each function, without the imported ones, which keep theirs.
    places: Vec<u32>,
    imported: u32,
}

impl Reencode for Mover {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error<Self::Error>> {
        let own = function.checked_sub(self.imported).and_then(|own| self.places.get(own as usize));
        Ok(own.copied().unwrap_or(function))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        let types = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for function in self.order.clone() {
            functions.function(self.type_index(types[function])?);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for function in self.order.clone() {
            self.parse_function_body(code, bodies[function].clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection};
    use wasm_encoder::{ImportSection, Instruction, Module, TypeSection};
    use wasmparser::{Operator, Parser, Payload};

    use super::{by_similarity, order};

    #[test]
    fn the_longest_comes_first_and_the_most_similar_next() {
        assert_eq!(order(&[b"abcd", b"123456", b"abcdefgh", b"1234", b"abcdef"]), [2, 4, 0, 1, 3]);
        assert_eq!(order(&[b"", b"", b""]), [0, 1, 2]);
        assert_eq!(order(&[]), [0; 0]);
    }

    /// `(func 1: f64)` is exported and calls the imported function; function 2 is longer, so it comes first.
    #[test]
    fn a_moved_function_keeps_its_name_its_type_and_its_calls() -> anyhow::Result<()> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function([], [wasm_encoder::ValType::I32]);
        let mut imports = ImportSection::new();
        imports.import("0", "a", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        functions.function(0).function(1);
        let mut exports = ExportSection::new();
        exports.export("short", ExportKind::Func, 1).export("long", ExportKind::Func, 2);
        let (mut short, mut long) = (Function::new([]), Function::new([]));
        short.instruction(&Instruction::Call(0)).instruction(&Instruction::End);
        for instruction in
            [Instruction::Call(0), Instruction::Call(1), Instruction::I32Const(7), Instruction::End]
        {
            long.instruction(&instruction);
        }
        let mut code = CodeSection::new();
        code.function(&short).function(&long);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&exports).section(&code);

        let moved = by_similarity(&module.finish())?;
        let (mut names, mut kinds, mut calls) = (Vec::new(), Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(&moved) {
            match payload? {
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export?;
                        names.push((export.name, export.index));
                    }
                }
                Payload::FunctionSection(section) => kinds.extend(section.into_iter().flatten()),
                Payload::CodeSectionEntry(body) => {
                    for operator in body.get_operators_reader()? {
                        if let Operator::Call { function_index } = operator? {
                            calls.push(function_index);
                        }
                    }
                }
                _ => {}
            }
        }
        assert_eq!(names, [("short", 2), ("long", 1)]);
        assert_eq!(kinds, [1, 0]);
        assert_eq!(calls, [0, 2, 0]);
        Ok(())
    }
}
