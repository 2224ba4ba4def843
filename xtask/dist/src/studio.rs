//! Builds the studio: a folder of static files, `studio/` in `dist`.
//!
//! Its module and glue are built like those of the cards ([`wasm`]). The glue starts the app itself, so the page needs
//! no inline script. Script and module are loaded from URLs that change with their content.

use anyhow::{Context, Result};
use xtask::workspace::Workspace;

use crate::archive::{self, Files};
use crate::release::{Build, hash};
use crate::wasm;

/// The sources of the page, relative to the workspace's root.
const SOURCE: &str = "studio";
/// The page's icon, which is the magazine's.
const ICON: &str = "demo/images/mark.svg";

/// Returns the files of the studio, by their names in the release folder.
pub(crate) fn files(workspace: &Workspace, build: Build) -> Result<Files> {
    let module = match build {
        Build::Release => wasm::release(workspace, wasm::STUDIO)?,
        Build::Fast => wasm::fast(workspace, wasm::STUDIO)?,
    };
    let read = |path: &str| {
        let path = workspace.root.join(path);
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
    };
    let glue = module.folder.join(module.part.glue);
    let glue = std::fs::read_to_string(&glue).with_context(|| format!("reading {}", glue.display()))?;
    let wasm_address = format!("studio.wasm?v={}", hash(&module.wasm));
    let start = format!("__wbg_init({{ module_or_path: new URL(\"{wasm_address}\", import.meta.url) }});\n");
    let mut script = format!("{glue}\n{start}");
    let mut sheet = read(&format!("{SOURCE}/studio.css"))?;
    if build == Build::Release {
        script = format!("{}\n", crate::bundle::minify(&script)?);
        sheet = review_card_css::minify(&sheet)?;
    }
    let page = read(&format!("{SOURCE}/index.html"))?
        .replace("studio.wasm", &wasm_address)
        .replace("studio.js", &format!("studio.js?v={}", hash(script.as_bytes())))
        .replace("studio.css", &format!("studio.css?v={}", hash(sheet.as_bytes())));
    let plain = [
        ("index.html", page.into_bytes()),
        ("mark.svg", read(ICON)?.into_bytes()),
        ("studio.css", sheet.into_bytes()),
        ("studio.js", script.into_bytes()),
        ("studio.wasm", module.wasm),
    ];
    let mut files = Files::new();
    for (name, content) in plain {
        let name = format!("studio/{name}");
        if build == Build::Release {
            let (gzip, brotli) = (archive::gzip(&content)?, archive::brotli(&content)?);
            println!("{name}: {} bytes, {} by Brotli", content.len(), brotli.len());
            files.insert(format!("{name}.gz"), gzip);
            files.insert(format!("{name}.br"), brotli);
        }
        files.insert(name, content);
    }
    Ok(files)
}
