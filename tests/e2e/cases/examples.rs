//! The blogs of `examples/`, as `cargo xtask examples` has built them: cards in posts, and no script.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::cases;
use crate::page::Page;
use crate::{axe, checker};

cases![a_blog_built_by_hugo_has_its_cards, a_blog_built_by_eleventy_has_its_cards];

fn a_blog_built_by_hugo_has_its_cards(page: &Page) -> Result<()> {
    check(page, &Blog::open("hugo", "assets/cards", "public")?)
}

fn a_blog_built_by_eleventy_has_its_cards(page: &Page) -> Result<()> {
    check(page, &Blog::open("eleventy", "cards", "_site")?)
}

/// A blog that has been built.
struct Blog {
    /// The fragments that the command has written.
    cards: Vec<String>,
    /// What the generator has written: paths from the root of the site, and what is there.
    files: Vec<(String, Vec<u8>)>,
}

impl Blog {
    fn open(name: &str, cards: &str, site: &str) -> Result<Self> {
        // Beside the folder for temporary files of tests, in cargo's target folder.
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../examples").join(name);
        let site = folder.join(site);
        ensure!(
            site.is_dir(),
            "expected a blog in {}, found none: run `cargo xtask examples`",
            site.display()
        );
        let cards = files(&folder.join(cards))?.into_iter().map(|file| Ok(std::fs::read_to_string(file)?));
        let read = |file: PathBuf| {
            let path = file.strip_prefix(&site)?.to_string_lossy().into_owned();
            Ok((format!("/{path}"), std::fs::read(&file)?))
        };
        let files = files(&site)?.into_iter().map(read).collect::<Result<_>>()?;
        Ok(Self { cards: cards.collect::<Result<_>>()?, files })
    }

    fn pages(&self) -> Result<Vec<(&str, &str)>> {
        let pages = self.files.iter().filter(|(path, _)| path.ends_with("index.html"));
        pages
            .map(|(path, html)| Ok((path.strip_suffix("index.html").unwrap_or(path), str::from_utf8(html)?)))
            .collect()
    }
}

/// All files of a folder and of those in it.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() { files.extend(self::files(&path)?) } else { files.push(path) }
    }
    files.sort();
    Ok(files)
}

fn check(page: &Page, blog: &Blog) -> Result<()> {
    for (path, content) in &blog.files {
        page.site().put(path, content.clone());
        if let Some(folder) = path.strip_suffix("index.html") {
            page.site().put(folder, content.clone());
        }
    }
    let pages = blog.pages()?;
    let named: Vec<_> = pages.iter().map(|(path, html)| ((*path).to_owned(), (*html).to_owned())).collect();
    checker::check(&named)?;
    let mut most = 0;
    for (path, html) in pages {
        let data = html.matches("<script type=\"application/ld+json\">").count();
        ensure!(html.matches("<script").count() == data, "{path}: expected no script but data");
        let cards = blog.cards.iter().filter(|card| html.contains(card.trim_end())).count();
        ensure!(cards == data, "{path}: expected {data} whole cards, found {cards}");
        most = most.max(cards);
        look(page, path, cards).with_context(|| format!("looking at {path}"))?;
    }
    ensure!((blog.cards.len(), most) == (3, 2), "expected three cards, and two on one page");
    Ok(())
}

/// Looks at a page as a reader would, on a phone and on a desk.
fn look(page: &Page, path: &str, cards: usize) -> Result<()> {
    for (width, height) in [(360, 740), (1280, 900)] {
        page.viewport(width, height, 1)?;
        page.visit(path)?;
        page.is("document.documentElement.scrollWidth <= innerWidth", true)?;
        let seen_cards = "[...document.querySelectorAll('.review-card')].filter((each) => seen(each)
          && style(each.querySelector('.review-card__layout'), 'display') == 'grid').length";
        page.is(seen_cards, cards)?;
        if cards == 0 {
            continue;
        }
        let body = "seen(document.querySelector('.review-card__body'))";
        page.is(body, false)?;
        page.click("document.querySelector('.review-card__toggle')")?;
        page.expect(body, true)?;
        page.expect(
            "[...document.images].filter(seen).every((each) => each.complete && each.naturalWidth > 0)",
            true,
        )?;
        page.is("document.querySelectorAll('review-card').length", json!(0))?;
        axe::check(page)?;
    }
    Ok(())
}
