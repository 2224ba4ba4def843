//! Checks a Yew app that uses the crate: it must not contain the element's exports, and a page must be able to load it.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::wasm;

/// Checks that `app` exports none of the element's functions, and writes the app's glue.
pub(crate) fn bind(app: &Path, element: &Path, out: &Path) -> Result<()> {
    let exports = |path: &Path| {
        let wasm = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        wasm::own_exports(&wasm).with_context(|| format!("reading {}", path.display()))
    };
    let ours = exports(element)?;
    let found: Vec<String> = exports(app)?.intersection(&ours).cloned().collect();
    ensure!(
        found.is_empty(),
        "{}: expected no export of the element, found {}",
        app.display(),
        found.join(", ")
    );
    println!("{}: none of the element's {} exports", app.display(), ours.len());
    wasm::glue(app, out, "app", |bindgen| bindgen.omit_default_module_path(false))
}
