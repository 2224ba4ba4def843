//! Links ES modules into one, and minifies it.
//!
//! 1. Starting at the entry module, each imported module is read once, after the modules that it imports itself: the
//!    order in which a browser would run them.
//! 2. A top-level name that another module also uses is renamed; an imported name is replaced by the name of the
//!    export.
//! 3. `import` statements are removed, `export` keywords are removed, and the modules are joined. The result has the
//!    exports of the entry module.
//!
//! Not supported, and reported as an error: `import * as`, `export … from`, `export default` of a value (name it, then
//! `export { name as default }`), and imports without a relative path. `import()` stays unchanged. A bundler library
//! (rolldown) can do all this too, but takes minutes to compile, and xtask is compiled in every clone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use oxc::allocator::{Allocator, ArenaVec, TakeIn};
use oxc::ast::ast::{Program, Statement};
use oxc::codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc::minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
use oxc::parser::Parser;
use oxc::semantic::{Scoping, SemanticBuilder, SymbolId};
use oxc::span::SourceType;
use oxc::str::Ident;
use oxc::syntax::module_record::{ExportExportName, ExportLocalName, ImportImportName, ModuleRecord};

/// Reads the source of modules.
pub(crate) trait Sources {
    /// Returns the module's source.
    fn read(&self, path: &Path) -> Result<String>;
}

/// Links `entry` and everything that it imports into one module.
pub(crate) fn link(entry: &Path, sources: &impl Sources) -> Result<String> {
    let allocator = Allocator::default();
    let mut graph =
        Graph { allocator: &allocator, modules: Vec::new(), places: HashMap::new(), open: Vec::new() };
    graph.load(entry, sources)?;
    let mut modules = graph.modules;
    let names = final_names(&modules)?;
    let exports = modules.last().zip(names.last()).map(|(entry, names)| entry.export_statement(names));
    let mut linked = String::new();
    for (module, names) in modules.iter_mut().zip(&names) {
        linked.push_str(&module.print(names, &allocator));
    }
    linked.push_str(&exports.unwrap_or_default());
    Ok(linked)
}

/// Minifies a module: local names are shortened, property names are not.
pub(crate) fn minify(source: &str) -> Result<String> {
    let allocator = Allocator::default();
    let (mut program, _) = parse(&allocator, allocator.alloc_str(source), Path::new("the linked module"))?;
    let options = MinifierOptions {
        mangle: Some(MangleOptions::default()),
        mangle_properties: None,
        compress: Some(CompressOptions::smallest()),
    };
    let minified = Minifier::new(options).minify(&allocator, &mut program);
    let printer = Codegen::new()
        .with_options(CodegenOptions {
            minify: true,
            comments: CommentOptions::disabled(),
            ..CodegenOptions::default()
        })
        .with_scoping(minified.scoping)
        .with_private_member_mappings(minified.class_private_mappings);
    Ok(printer.build(&program).code)
}

fn parse<'a>(
    allocator: &'a Allocator,
    source: &'a str,
    path: &Path,
) -> Result<(Program<'a>, ModuleRecord<'a>)> {
    let parsed = Parser::new(allocator, source, SourceType::mjs()).parse();
    if let Some(error) = parsed.diagnostics.into_vec().into_iter().next() {
        bail!("{}: {}", path.display(), error.render_with_source_code(source.to_owned()));
    }
    Ok((parsed.program, parsed.module_record))
}

/// The modules that have been loaded, each after those that it imports.
struct Graph<'a> {
    allocator: &'a Allocator,
    modules: Vec<Module<'a>>,
    /// The index in `modules` of each path.
    places: HashMap<PathBuf, usize>,
    /// The modules whose imports are being loaded, to detect cycles.
    open: Vec<PathBuf>,
}

impl<'a> Graph<'a> {
    /// Loads the module and what it imports, and returns its index.
    fn load(&mut self, path: &Path, sources: &impl Sources) -> Result<usize> {
        let path = normal(path);
        if let Some(place) = self.places.get(&path) {
            return Ok(*place);
        }
        ensure!(
            !self.open.contains(&path),
            "{}: expected imports without a circle, found one",
            path.display()
        );
        let source = sources.read(&path)?;
        let (program, record) = parse(self.allocator, self.allocator.alloc_str(&source), &path)?;
        let scoping = SemanticBuilder::new().build(&program).semantic.into_scoping();
        let exports = exports(&record, &scoping, &path)?;
        self.open.push(path.clone());
        let imports = self.imports(&record, &scoping, &path, sources)?;
        self.open.pop();
        self.places.insert(path.clone(), self.modules.len());
        self.modules.push(Module { path, program, scoping, imports, exports });
        Ok(self.modules.len() - 1)
    }

    /// Loads what a module imports, in the order of its statements, and returns the source of each imported name.
    fn imports(
        &mut self,
        record: &ModuleRecord<'a>,
        scoping: &Scoping,
        path: &Path,
        sources: &impl Sources,
    ) -> Result<HashMap<SymbolId, Import>> {
        let mut requests: Vec<_> = record
            .requested_modules
            .iter()
            .flat_map(|(name, uses)| uses.iter().map(move |at| (at.span.start, name)))
            .collect();
        requests.sort_by_key(|(start, _)| *start);
        let mut places = HashMap::new();
        for (_, specifier) in requests {
            places.insert(specifier.as_str(), self.load(&resolve(path, specifier)?, sources)?);
        }
        let mut imports = HashMap::new();
        for entry in &record.import_entries {
            let name = match &entry.import_name {
                ImportImportName::Name(name) => name.name.as_str(),
                ImportImportName::Default(_) => "default",
                ImportImportName::NamespaceObject => {
                    bail!(
                        "{}: expected the names to import, found `* as {}`",
                        path.display(),
                        entry.local_name.name
                    )
                }
            };
            let symbol = scoping.get_root_binding(Ident::from(entry.local_name.name));
            let place = places.get(entry.module_request.name.as_str());
            if let (Some(symbol), Some(place)) = (symbol, place) {
                imports.insert(symbol, Import { module: *place, name: name.to_owned() });
            }
        }
        Ok(imports)
    }
}

/// Returns the path of the module that `path` imports as `specifier`.
fn resolve(path: &Path, specifier: &str) -> Result<PathBuf> {
    ensure!(
        specifier.starts_with("./") || specifier.starts_with("../"),
        "{}: expected an import of a relative path, found \"{specifier}\"",
        path.display()
    );
    Ok(path.parent().unwrap_or(Path::new("")).join(specifier))
}

/// Returns `path` without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if normal.file_name().is_some() => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

/// Returns the symbols that a module exports, by export name.
fn exports(record: &ModuleRecord<'_>, scoping: &Scoping, path: &Path) -> Result<BTreeMap<String, SymbolId>> {
    let unsupported = "expected exports of this module's own names, found";
    ensure!(
        record.indirect_export_entries.is_empty(),
        "{}: {unsupported} `export {{ … }} from`",
        path.display()
    );
    ensure!(record.star_export_entries.is_empty(), "{}: {unsupported} `export *`", path.display());
    let mut exports = BTreeMap::new();
    for entry in &record.local_export_entries {
        let name = match &entry.export_name {
            ExportExportName::Name(name) => name.name.as_str(),
            ExportExportName::Default(_) => bail!("{}: {unsupported} `export default`", path.display()),
            ExportExportName::Null => continue,
        };
        let ExportLocalName::Name(local) = &entry.local_name else { continue };
        let symbol = scoping.get_root_binding(Ident::from(local.name)).with_context(|| {
            format!("{}: expected {} to be declared, found no declaration", path.display(), local.name)
        })?;
        exports.insert(name.to_owned(), symbol);
    }
    Ok(exports)
}

/// A parsed file.
struct Module<'a> {
    path: PathBuf,
    program: Program<'a>,
    scoping: Scoping,
    imports: HashMap<SymbolId, Import>,
    exports: BTreeMap<String, SymbolId>,
}

/// Where an imported name comes from.
struct Import {
    /// The index of the module in the graph.
    module: usize,
    /// The name under which it is exported.
    name: String,
}

/// The final names of a module's symbols, if they differ from the original names.
type Names = BTreeMap<SymbolId, String>;

impl Module<'_> {
    /// Returns all names that the module declares in any scope, and the globals that it uses.
    fn own_names(&self) -> BTreeSet<&str> {
        let declared = self.scoping.symbol_ids().filter(|symbol| !self.imports.contains_key(symbol));
        let declared = declared.map(|symbol| self.scoping.symbol_name(symbol));
        declared.chain(self.scoping.root_unresolved_references().keys().map(|name| name.as_str())).collect()
    }

    fn top_level_symbols(&self) -> impl Iterator<Item = SymbolId> {
        let root = self.scoping.root_scope_id();
        self.scoping.symbol_ids().filter(move |symbol| self.scoping.symbol_scope_id(*symbol) == root)
    }

    fn final_name(&self, symbol: SymbolId, names: &Names) -> String {
        names.get(&symbol).cloned().unwrap_or_else(|| self.scoping.symbol_name(symbol).to_owned())
    }
}

impl<'a> Module<'a> {
    /// Returns the module's source with its final names, without `import` and `export`.
    fn print(&mut self, names: &Names, allocator: &'a Allocator) -> String {
        for (symbol, name) in names {
            self.scoping.set_symbol_name(*symbol, Ident::from(name.as_str()));
        }
        let statements = self.program.body.take_in(&allocator);
        self.program.body = ArenaVec::from_iter_in(statements.into_iter().filter_map(inner), &allocator);
        let scoping = std::mem::take(&mut self.scoping);
        Codegen::new().with_scoping(Some(scoping)).build(&self.program).code
    }

    /// Returns the statement that exports the module's exports.
    fn export_statement(&self, names: &Names) -> String {
        let pair =
            |(name, symbol): (&String, &SymbolId)| format!("{} as {name}", self.final_name(*symbol, names));
        let pairs: Vec<String> = self.exports.iter().map(pair).collect();
        if pairs.is_empty() { String::new() } else { format!("export {{ {} }};\n", pairs.join(", ")) }
    }
}

/// Returns the statement as it appears in the linked module, or `None` if it is dropped.
fn inner(statement: Statement<'_>) -> Option<Statement<'_>> {
    match statement {
        Statement::ImportDeclaration(_) | Statement::ExportNamedDeclaration(_) => None,
        Statement::ExportDeclaration(export) => Some(Statement::from(export.unbox().declaration)),
        other => Some(other),
    }
}

/// Finds names for all modules, so that no name has two meanings.
fn final_names(modules: &[Module<'_>]) -> Result<Vec<Names>> {
    let mut users: HashMap<&str, usize> = HashMap::new();
    for name in modules.iter().flat_map(Module::own_names) {
        *users.entry(name).or_default() += 1;
    }
    let mut all: Vec<Names> = Vec::new();
    for (place, module) in modules.iter().enumerate() {
        let mut names = Names::new();
        for symbol in module.top_level_symbols() {
            if let Some(import) = module.imports.get(&symbol) {
                names.insert(symbol, imported_name(import, modules, &all, &module.path)?);
                continue;
            }
            let name = module.scoping.symbol_name(symbol);
            if users.get(name).is_some_and(|users| *users > 1) {
                let fresh = (place..)
                    .map(|number| format!("{name}${number}"))
                    .find(|name| !users.contains_key(name.as_str()));
                names.extend(fresh.map(|fresh| (symbol, fresh)));
            }
        }
        all.push(names);
    }
    Ok(all)
}

/// Returns the final name of an import.
fn imported_name(import: &Import, modules: &[Module<'_>], names: &[Names], path: &Path) -> Result<String> {
    let (Some(module), Some(names)) = (modules.get(import.module), names.get(import.module)) else {
        bail!("{}: expected what it imports to come before it, found it after", path.display());
    };
    let symbol = module.exports.get(&import.name).with_context(|| {
        format!(
            "{}: expected {} to export {}, found no such export",
            path.display(),
            module.path.display(),
            import.name
        )
    })?;
    Ok(module.final_name(*symbol, names))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Texts(&'static [(&'static str, &'static str)]);

    impl Sources for Texts {
        fn read(&self, path: &Path) -> Result<String> {
            let text = self.0.iter().find(|(name, _)| Path::new(name) == path);
            Ok(text.with_context(|| format!("no {}", path.display()))?.1.to_owned())
        }
    }

    #[track_caller]
    fn check(modules: &'static [(&str, &str)], expected: &str) {
        let linked = link(Path::new("page/a.js"), &Texts(modules)).unwrap();
        assert_eq!(linked, expected);
    }

    #[track_caller]
    fn refuses(modules: &'static [(&str, &str)], expected: &str) {
        let error = link(Path::new("page/a.js"), &Texts(modules)).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn modules_are_joined_after_what_they_import() {
        check(
            &[
                ("page/a.js", "import './b.js'; import { c } from '../c.js'; export const a = c;"),
                ("page/b.js", "import { c } from '../c.js'; c();"),
                ("c.js", "export function c() {}"),
            ],
            "function c() {}\nc();\nconst a = c;\nexport { a as a };\n",
        );
    }

    #[test]
    fn one_name_for_two_things_is_changed() {
        check(
            &[
                ("page/a.js", "import { x as y, f } from './b.js'; const x = 1; use({ x, y }, f);"),
                (
                    "page/b.js",
                    "const x = 2; function f(name) { return x + name + document; } export { x, f };",
                ),
            ],
            "const x$0 = 2;\nfunction f(name) {\n\treturn x$0 + name + document;\n}\nconst x$1 = 1;\n\
             use({\n\tx: x$1,\n\ty: x$0\n}, f);\n",
        );
    }

    #[test]
    fn no_inner_name_captures_an_imported_one() {
        check(
            &[
                ("page/a.js", "import init from './b.js'; function f(go) { return init(go); } f();"),
                ("page/b.js", "function go() {} export { go as default };"),
            ],
            "function go$0() {}\nfunction f(go) {\n\treturn go$0(go);\n}\nf();\n",
        );
    }

    #[test]
    fn a_global_is_not_taken_for_a_name_of_another_module() {
        check(
            &[
                ("page/a.js", "import './b.js'; const name = import.meta.url; use(name);"),
                ("page/b.js", "use(name);"),
            ],
            "use(name);\nconst name$1 = import.meta.url;\nuse(name$1);\n",
        );
    }

    #[test]
    fn what_cannot_be_linked_is_refused() {
        refuses(&[("page/a.js", "import * as b from './b.js';"), ("page/b.js", "")], "found `* as b`");
        refuses(&[("page/a.js", "export * from './b.js';"), ("page/b.js", "")], "found `export *`");
        refuses(&[("page/a.js", "export default 1;")], "found `export default`");
        refuses(&[("page/a.js", "import 'yew';")], "found \"yew\"");
        refuses(
            &[("page/a.js", "import { c } from './b.js';"), ("page/b.js", "")],
            "to export c, found no such",
        );
        refuses(&[("page/a.js", "import './b.js';"), ("page/b.js", "import './a.js';")], "found one");
        refuses(&[("page/a.js", "const = 1;")], "page/a.js: ");
    }

    #[test]
    fn properties_and_exports_keep_their_names() -> Result<()> {
        let source = "const long = 1; class C { #secret = long; reload() { return this.#secret + import.meta.url; } }\n\
                      customElements.define('x-y', C); export { long as version };";
        let minified = minify(source)?;
        for kept in ["reload()", "import.meta.url", "customElements.define(`x-y`", "as version"] {
            assert!(minified.contains(kept), "{minified}");
        }
        assert!(minified.len() < source.len());
        Ok(())
    }
}
