//! Builds the site as one folder of static files: the book in `docs/` (with mdBook), the demo page, the studio and the
//! release.
//!
//! 1. The reference chapters are generated from the code ([`crate::reference`]).
//! 2. The release is copied from `dist`, the output of `cargo xtask dist`, to `review-card/`, including the studio.
//! 3. mdBook writes the chapters to `docs/`. Each page loads the release's script, so the cards in the chapters are
//!    live.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use xtask::workspace::{PACKAGE, Workspace};
use xtask::{process, tools};

use crate::examples::copy_anew;
use crate::reference::{self, Stale};

/// The site's folder, in cargo's target folder.
const SITE: &str = "site";
/// The files of the repository that the home page needs.
const HOME: [&str; 2] = ["index.html", "demo"];

/// Builds the site with the release in `dist` into `target/site`.
pub(crate) fn docs(workspace: &Workspace, dist: &Path) -> Result<()> {
    reference::reference(workspace, Stale::Write)?;
    ensure!(dist.is_dir(), "expected the release in {}: run `cargo xtask dist`", dist.display());
    let site = workspace.target.join(SITE);
    copy_anew(dist, &site.join(PACKAGE))?;
    for name in HOME {
        let (from, to) = (workspace.root.join(name), site.join(name));
        if from.is_dir() {
            copy_anew(&from, &to)?;
        } else {
            fs::write(&to, home(&from)?)?;
        }
    }
    let mut book = Command::new(tools::mdbook(workspace)?);
    book.arg("build").arg(workspace.root.join("docs")).arg("--dest-dir").arg(site.join("docs"));
    process::run(&mut book)?;
    println!(
        "built {}: serve it with any static server, for example `python3 -m http.server`",
        site.display()
    );
    Ok(())
}

/// Returns the home page as trunk would serve it: without the lines for trunk, and with a link to the style sheet. It
/// also links the chapters.
fn home(path: &Path) -> Result<String> {
    let page = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let lines = page.lines().filter_map(|line| match line.trim() {
        line if line.contains("data-trunk") => {
            let href = line.contains("rel=\"css\"").then(|| line.split("href=\"").nth(1)?.split('"').next());
            let href = href.flatten()?;
            Some(format!("  <link rel=\"stylesheet\" href=\"{href}\">"))
        }
        "</footer>" => Some("    <p class=\"imprint\"><a href=\"docs/\">How to put such cards on your blog</a></p>\n  </footer>".to_owned()),
        _ => Some(line.to_owned()),
    });
    Ok(lines.collect::<Vec<_>>().join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_home_page_links_its_sheet_and_has_nothing_for_trunk() -> Result<()> {
        let page = home(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../index.html"))?;
        assert!(page.contains("<link rel=\"stylesheet\" href=\"demo/magazine.css\">"), "{page}");
        assert!(page.contains("<a href=\"docs/\">"), "{page}");
        assert!(!page.contains("data-trunk"), "{page}");
        Ok(())
    }
}
