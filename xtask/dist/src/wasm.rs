//! Builds the WebAssembly modules and their glue, and reads a module's exports.
//!
//! 1. cargo compiles the module's crate.
//! 2. [`trim`] removes functions that are never called.
//! 3. wasm-bindgen writes the glue: an ES module without a default URL for the module, because the scripts always pass
//!    one.
//! 4. wasm-opt makes the module smaller, and drops data for tools; [`order`] puts similar functions next to each other,
//!    and [`trim`] shortens the names that module and glue share.
//!
//! Builds in two different folders give the same bytes: `--remap-path-prefix` shortens the paths in panic messages.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;
use wasmparser::{ExternalKind, Parser, Payload};
use xtask::process;
use xtask::tools::{self, WASM_TARGET};
use xtask::workspace::{Workspace, cargo};

use crate::order;
use crate::release::{self, Build};
use crate::trim::{self, Unused};
use crate::unused::{NEVER, NO_LISTENERS, NOT_IN_A_CARD};

/// The flags of wasm-opt. The WebAssembly features are enabled one by one: `--all-features` writes types that Chromium
/// rejects ("invalid heap type 'exact'").
///
/// - `--low-memory-unused`: no pointer is below 1,024, because the end of the stack is there; so offsets can be folded
///   into loads.
/// - `--flatten --rereloop`, and `-Oz` twice: together with the first flag, 0.9 % less in Brotli for the card, 1 % for
///   the list.
const OPTIMIZATIONS: [&str; 14] = [
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// A module of the release.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    /// The package from which it is compiled.
    pub(crate) package: &'static str,
    /// The name of its glue, as the scripts import it.
    pub(crate) glue: &'static str,
    /// Whether its glue can start a new instance after a crash.
    restarts: bool,
    /// Functions that the module does not need.
    unused: &'static [Unused],
}

impl Part {
    /// Returns the file name that wasm-bindgen gives the module.
    fn wasm(self) -> String {
        self.glue.replace(".js", "_bg.wasm")
    }
}

/// The element: loaded by every page with a card.
pub(crate) const ELEMENT: Part = Part {
    package: "review-card-element",
    glue: "review_card.js",
    restarts: true,
    unused: &[NEVER, NO_LISTENERS, NOT_IN_A_CARD],
};
/// The list: loaded with a page's first `<review-list>`.
pub(crate) const LIST: Part = Part {
    package: "review-card-list",
    glue: "review_list.js",
    restarts: true,
    unused: &[NEVER, NO_LISTENERS],
};
/// The reader: loaded when a card first needs it.
pub(crate) const READER: Part =
    Part { package: "review-card-reader", glue: "review_card_reader.js", restarts: false, unused: &[] };
/// JSON-LD and related reviews: loaded when a card first needs them.
pub(crate) const EXTRAS: Part =
    Part { package: "review-card-extras", glue: "review_card_extras.js", restarts: false, unused: &[] };

/// The studio, a separate program.
pub(crate) const STUDIO: Part =
    Part { package: "review-card-studio", glue: "review_card_studio.js", restarts: false, unused: &[] };

/// The studio's importers, which it loads with the first file that needs them.
pub(crate) const STUDIO_IMPORTER: Part =
    Part { package: "review-card-studio-importer", glue: "studio-importer.js", restarts: false, unused: &[] };

/// The modules of a page with cards. Cargo compiles those of one group at the same time. It gives them the same features
/// of their dependencies, so a group has one module that enables some.
pub(crate) const CARDS: [&[Part]; 2] = [&[READER, ELEMENT], &[EXTRAS, LIST]];
/// All modules.
pub(crate) const ALL: [&[Part]; 3] = [&[READER, ELEMENT], &[EXTRAS, LIST], &[STUDIO_IMPORTER, STUDIO]];

/// The output of wasm-bindgen for a library.
pub(crate) struct Module {
    /// The folder with the glue, and its `snippets` if there are any.
    pub(crate) folder: PathBuf,
    /// The module's bytes.
    pub(crate) wasm: Vec<u8>,
    /// Which module it is.
    pub(crate) part: Part,
}

/// Compiler flags of a release beyond its profile: the standard library is compiled from source, and a panic traps at
/// once instead of formatting a message that no visitor sees. Saves 12 kB after Brotli. The flags are unstable, but the
/// toolchain is pinned to one version, so they work the same everywhere. Debug builds and tests do not use them.
const SMALLER: [&str; 5] = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
    // With reference types the modules are larger: the reader's by 470 bytes after Brotli, while the script saves 85.
    "-Ctarget-feature=-reference-types",
];
const BUILD_STD: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];

/// The modules of a build, in no order.
pub(crate) struct Modules(Vec<Module>);

impl Modules {
    /// Builds these modules.
    pub(crate) fn build(workspace: &Workspace, build: Build, groups: &[&[Part]]) -> Result<Self> {
        match build {
            Build::Release => release(workspace, groups),
            Build::Fast => groups.concat().into_iter().map(|part| fast(workspace, part)).collect(),
        }
        .map(Self)
    }

    /// Returns the module of `part`, which must be one of those that were built.
    pub(crate) fn get(&self, part: Part) -> Result<&Module> {
        let module = self.0.iter().find(|module| module.part.package == part.package);
        module.with_context(|| format!("expected the module of {}, found none", part.package))
    }
}

/// Builds modules for a release. While cargo compiles a group, other threads make the modules of earlier groups smaller.
fn release(workspace: &Workspace, groups: &[&[Part]]) -> Result<Vec<Module>> {
    tools::rust_source()?;
    tools::wasm_opt(workspace)?; // Installed before several threads ask for it.
    let flags: Vec<String> =
        SMALLER.iter().map(|&flag| flag.to_owned()).chain(remapping(workspace)?).collect();
    std::thread::scope(|scope| {
        let mut running = Vec::new();
        for group in groups {
            let mut cargo = cargo();
            cargo
                .args(["build", "--profile", "wasm"])
                .args(BUILD_STD)
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
            compile(cargo, workspace, group)?;
            running.extend(group.iter().map(|&part| scope.spawn(move || finish(workspace, part))));
        }
        let done = running.into_iter().map(std::thread::ScopedJoinHandle::join);
        done.map(|module| module.map_err(|_| anyhow!("a thread has stopped"))?).collect()
    })
}

/// Makes the module of a release from what cargo has compiled.
fn finish(workspace: &Workspace, part: Part) -> Result<Module> {
    let library = library(workspace, "wasm", part);
    let cut = library.with_extension("cut.wasm");
    write(&cut, &trim::cut(&read(&library)?, part.unused)?)?;
    let folder = bind(workspace, "wasm", part, &cut)?;
    let optimized = optimize(workspace, &folder.join(part.wasm()), &OPTIMIZATIONS)?;
    let glue = folder.join(part.glue);
    let text = std::fs::read_to_string(&glue).with_context(|| format!("reading {}", glue.display()))?;
    let (wasm, text) = trim::shorten(&order::by_similarity(&optimized)?, &text)?;
    write(&glue, text.as_bytes())?;
    Ok(Module { wasm, folder, part })
}

/// Writes the modules of the last release build with their function names, which a release drops.
pub(crate) fn write_names(workspace: &Workspace, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    let modules = [
        (ELEMENT, release::WASM),
        (READER, release::READER_WASM),
        (EXTRAS, release::EXTRAS_WASM),
        (LIST, release::LIST_WASM),
    ];
    for (part, name) in modules {
        write(&folder.join(name), &named(workspace, part)?)?;
    }
    Ok(())
}

/// Returns the module of the last release build with its function names.
fn named(workspace: &Workspace, part: Part) -> Result<Vec<u8>> {
    let options = OPTIMIZATIONS.map(|option| if option == "--strip-debug" { "--debuginfo" } else { option });
    optimize(workspace, &bound(workspace, "wasm", part).join(part.wasm()), &options)
}

/// Runs wasm-opt.
fn optimize(workspace: &Workspace, module: &Path, options: &[&str]) -> Result<Vec<u8>> {
    let optimized = module.with_file_name("optimized.wasm");
    let mut optimize = Command::new(tools::wasm_opt(workspace)?);
    process::run(optimize.args(options).arg(module).arg("--output").arg(&optimized))?;
    read(&optimized)
}

/// Builds a module for development: quick to build, but large.
fn fast(workspace: &Workspace, part: Part) -> Result<Module> {
    let mut cargo = cargo();
    cargo.arg("build");
    compile(cargo, workspace, &[part])?;
    let folder = bind(workspace, "debug", part, &library(workspace, "debug", part))?;
    Ok(Module { wasm: read(&folder.join(part.wasm()))?, folder, part })
}

/// Compiles libraries with the profile in the arguments of `cargo`.
fn compile(mut cargo: Command, workspace: &Workspace, parts: &[Part]) -> Result<()> {
    tools::wasm_target()?;
    cargo.args(["--target", WASM_TARGET, "--target-dir"]).arg(&workspace.target);
    let packages: Vec<&str> = parts.iter().map(|part| part.package).collect();
    packages.iter().for_each(|package| {
        cargo.args(["--package", package]);
    });
    process::timed(&format!("compiling {}", packages.join(", ")), || {
        process::run(cargo.current_dir(&workspace.root))
    })
}

/// Returns the path of cargo's output in the profile's folder.
fn library(workspace: &Workspace, profile_folder: &str, part: Part) -> PathBuf {
    let name = format!("{}.wasm", part.package.replace('-', "_"));
    workspace.target.join(WASM_TARGET).join(profile_folder).join(name)
}

/// Runs wasm-bindgen on a library.
fn bind(workspace: &Workspace, profile_folder: &str, part: Part, library: &Path) -> Result<PathBuf> {
    let folder = bound(workspace, profile_folder, part);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("emptying {}", folder.display()))?;
    }
    glue(library, &folder, part.glue.trim_end_matches(".js"), |bindgen| {
        bindgen.reset_state_function(part.restarts)
    })?;
    Ok(folder)
}

/// Runs wasm-bindgen on a module. Writes the glue with this name, an ES module, and the module itself into `folder`.
pub(crate) fn glue(
    wasm: &Path,
    folder: &Path,
    name: &str,
    options: impl FnOnce(&mut Bindgen) -> &mut Bindgen,
) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name(name).web(true)?.omit_default_module_path(true);
    options(&mut bindgen).generate(folder).with_context(|| format!("writing the glue of {}", wasm.display()))
}

/// Returns wasm-bindgen's output folder.
fn bound(workspace: &Workspace, profile_folder: &str, part: Part) -> PathBuf {
    workspace.target.join("xtask").join(profile_folder).join(part.package)
}

/// Returns the flags that remove this machine's paths from the module. If several prefixes match, the last one applies.
fn remapping(workspace: &Workspace) -> Result<Vec<String>> {
    let mut prefixes = vec![(workspace.root.clone(), String::new()), standard_library()?];
    if let Some(home) = cargo_home() {
        let registries = home.join("registry").join("src");
        prefixes.push((home, "cargo".to_owned()));
        // Each registry or mirror has a folder of its own; all get the same name.
        if registries.is_dir() {
            for registry in
                std::fs::read_dir(&registries).with_context(|| format!("reading {}", registries.display()))?
            {
                prefixes.push((registry?.path(), "crates".to_owned()));
            }
        }
    }
    Ok(prefixes.iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display())).collect())
}

/// Returns the folder of the standard library's source, and the prefix that its paths have if it is not installed.
fn standard_library() -> Result<(PathBuf, String)> {
    let rustc = |arguments: &[&str]| process::output(tools::rustc().args(arguments));
    let sysroot = rustc(&["--print", "sysroot"])?;
    let version = rustc(&["--version", "--verbose"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: "));
    let commit = commit.context("expected `rustc --version --verbose` to tell a commit-hash, found none")?;
    let source = ["lib", "rustlib", "src", "rust"]
        .iter()
        .fold(PathBuf::from(sysroot.trim()), |path, name| path.join(name));
    Ok((source, format!("/rustc/{commit}")))
}

fn cargo_home() -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
}

/// Returns the exported functions with a name of ours, without those that wasm-bindgen or the linker add.
pub(crate) fn own_exports(wasm: &[u8]) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::ExportSection(section) = payload.context("reading a WebAssembly module")? else {
            continue;
        };
        for export in section {
            let export = export.context("reading a WebAssembly module's exports")?;
            if export.kind == ExternalKind::Func && !export.name.starts_with("__") && export.name != "main" {
                names.insert(without_hash(export.name).to_owned());
            }
        }
    }
    Ok(names)
}

/// Returns the name in the Rust source: before wasm-bindgen runs, `read` is exported as `read_f9914ccb86b23e6a`.
fn without_hash(name: &str) -> &str {
    match name.rsplit_once('_') {
        Some((written, hash)) if hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            written
        }
        _ => name,
    }
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("reading {}", path.display()))
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    std::fs::write(path, content).with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(module (memory (export "memory") 1) (func (export "read")) (func (export "__wbindgen_start")) (func (export "main")))`
    const MODULE: &[u8] = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x05\x03\x01\0\x01\
        \x07\x2b\x04\x06memory\x02\0\x04read\0\0\x10__wbindgen_start\0\0\x04main\0\0\x0a\x04\x01\x02\0\x0b";

    #[test]
    fn only_functions_of_ours_count_as_exports() -> Result<()> {
        assert_eq!(own_exports(MODULE)?.into_iter().collect::<Vec<_>>(), ["read"]);
        Ok(())
    }

    #[test]
    fn a_name_is_the_same_before_and_after_wasm_bindgen() {
        assert_eq!(without_hash("read_f9914ccb86b23e6a"), "read");
        assert_eq!(without_hash("read_all"), "read_all");
        assert_eq!(without_hash("read"), "read");
    }

    #[test]
    fn what_is_no_module_is_an_error() {
        assert!(own_exports(b"<!doctype html>").is_err());
    }
}
