//! Builds the studio: a folder of static files, which `dist` has as `studio/`.
//!
//! Its modules and their glue are built as those of the cards are ([`wasm`]). The second module has the importers; the page loads it
//! with the first file that needs them. The addresses of scripts and modules change with their content.

use anyhow::{Context, Result, ensure};
use xtask::workspace::Workspace;

use crate::archive::{self, Files};
use crate::release::{Build, hash};
use crate::script::{self, Values};
use crate::wasm::{self, Modules};

/// The folder of the page's sources, from the workspace's root.
const SOURCE: &str = "studio";
/// Its folder in the release.
const FOLDER: &str = "studio";
/// The entry of the page's script.
const ENTRY: &str = "studio/start.js";
/// The icon of the page: that of the magazine.
const ICON: &str = "demo/images/mark.svg";
/// The most that the page loads before its form is there, compressed with Brotli, in bytes.
const BUDGET: usize = 352_000;
/// The sheets of the page, in their order.
const SHEETS: [&str; 3] = ["page", "form", "preview"];
/// The files that count.
const FIRST_LOAD: [&str; 4] = ["index.html", "studio.css", "studio.js", "studio.wasm"];

/// Returns the files of the studio, by their names in the folder of the release.
pub(crate) fn files(workspace: &Workspace, build: Build, modules: &Modules) -> Result<Files> {
    let read = |path: &str| {
        let path = workspace.root.join(path);
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
    };
    let importer = modules.get(wasm::STUDIO_IMPORTER)?;
    let importer_glue = importer.folder.join(importer.part.glue);
    let importer_glue = std::fs::read_to_string(&importer_glue)
        .with_context(|| format!("reading {}", importer_glue.display()))?;
    let importer_script = finished(build, importer_glue)?;
    let app = modules.get(wasm::STUDIO)?;
    let values: &Values<'_> = &[
        ("__IMPORTER_HASH__", &hash(importer_script.as_bytes())),
        ("__IMPORTER_WASM_HASH__", &hash(&importer.wasm)),
        ("__STUDIO_WASM_HASH__", &hash(&app.wasm)),
    ];
    let script = finished(build, script::link(&workspace.root.join(ENTRY), app, values)?)?;
    let sheets = SHEETS.iter().map(|name| read(&format!("{SOURCE}/styles/{name}.css")));
    let mut sheet = sheets.collect::<Result<Vec<String>>>()?.join("\n");
    if build == Build::Release {
        sheet = review_card_css::minify(&sheet)?;
    }
    let page = read(&format!("{SOURCE}/index.html"))?
        .replace("studio.wasm", &format!("studio.wasm?v={}", hash(&app.wasm)))
        .replace("studio.js", &format!("studio.js?v={}", hash(script.as_bytes())))
        .replace("studio.css", &format!("studio.css?v={}", hash(sheet.as_bytes())));
    let plain = [
        ("index.html", page.into_bytes()),
        ("mark.svg", read(ICON)?.into_bytes()),
        ("studio.css", sheet.into_bytes()),
        ("studio.js", script.into_bytes()),
        ("studio.wasm", app.wasm.clone()),
        ("studio-importer.js", importer_script.into_bytes()),
        ("studio-importer.wasm", importer.wasm.clone()),
    ];
    let mut files: Files =
        plain.into_iter().map(|(name, content)| (format!("{FOLDER}/{name}"), content)).collect();
    if build == Build::Fast {
        return Ok(files);
    }
    let mut weight = 0;
    for (path, copies) in archive::compress(&files)? {
        println!("{path}: {} by Brotli", copies.brotli.len());
        if FIRST_LOAD.iter().any(|name| path == format!("{FOLDER}/{name}")) {
            weight += copies.brotli.len();
        }
        files.insert(format!("{path}.gz"), copies.gzip);
        files.insert(format!("{path}.br"), copies.brotli);
    }
    println!("the studio's first load: {weight} bytes by Brotli (at most {BUDGET})");
    ensure!(weight <= BUDGET, "the studio: expected a first load of at most {BUDGET} bytes, found {weight}");
    Ok(files)
}

/// A script as it is served: minified for a release.
fn finished(build: Build, script: String) -> Result<String> {
    Ok(if build == Build::Release { format!("{}\n", crate::bundle::minify(&script)?) } else { script })
}
