//! Writes the page of results, `bench/RESULTS.md`, which is also printed.

use std::fmt::Write as _;

use crate::findings::Findings;
use crate::line::Line;
use crate::plain::Shown;
use crate::results::Measure;
use crate::statistics::Sample;
use crate::subject::{Group, Subject};
use crate::table::{Table, grouped, number, spread};
use crate::{archive, target, unseen};

/// What was measured, where and when.
pub(crate) struct About {
    pub(crate) commit: String,
    pub(crate) rounds: usize,
    pub(crate) machine: String,
    pub(crate) browser: String,
    /// The names and versions of the peers.
    pub(crate) peers: String,
}

const KILOBYTE: f64 = 1000.0;

/// Returns the page as Markdown.
pub(crate) fn page(about: &About, findings: &Findings<'_>) -> String {
    let mut page = format!(
        "# Results\n\nWritten by `cargo xtask bench`; [README.md](README.md) says what each number means and how it is taken.\n\n\
         - review-card: {}\n- Beside it: {}\n- Browser: {}\n- Machine: {}\n- Rounds: {}. Where a number has two more in \
         brackets, it is the median, between the lower and the upper quartile.\n",
        about.commit, about.peers, about.browser, about.machine, about.rounds
    );
    let mut section = |title: &str, table: &Table| {
        let _ = write!(page, "\n## {title}\n\n{table}");
    };
    section("Targets", &target::table(findings));
    if findings.wire.is_some() {
        section("Over the wire, in bytes with Brotli", &wire(findings));
    }
    if has(findings, Measure::Lcp) {
        section("One card on the slow line, in milliseconds", &pages(findings, Line::Slow));
        section("One card on the fast line, in milliseconds", &pages(findings, Line::Fast));
        section("A card that nobody sees, in milliseconds of the main thread", &unseen_card(findings));
    }
    for shown in Shown::ALL {
        for line in Line::ALL {
            if let Some(table) = plain(findings, shown, line) {
                section(&format!("{} on the {line} line, in milliseconds", shown.title()), &table);
            }
        }
    }
    if has(findings, Measure::PaintMany) {
        section("Many cards", &many(findings));
    }
    if findings.results.get(&archive::path(archive::SIZES[0], false), None, Measure::FirstScreen).is_some() {
        section("A whole archive in `review-list`, in milliseconds", &whole_archive(findings));
    }
    for (name, anatomy) in &findings.anatomies {
        section(&format!("What is in `{name}`, in bytes before compression"), &crates(anatomy));
    }
    page
}

fn has(findings: &Findings<'_>, measure: Measure) -> bool {
    let mut paths =
        findings.subjects.iter().map(|it| &it.path).chain(findings.many.iter().map(|it| &it.path));
    paths.any(|path| {
        [None, Some(Line::Slow)].iter().any(|line| findings.results.get(path, *line, measure).is_some())
    })
}

/// Returns the name of a subject in the tables.
fn label(subject: &Subject) -> String {
    match subject.group {
        Group::Static | Group::Live => subject.name.to_owned(),
        Group::Preloaded => format!("{}, preloaded", subject.name),
    }
}

fn wire(findings: &Findings<'_>) -> Table {
    let mut table = Table::new(&["", "script", "wasm", "styles", "together", "HTML and JSON"]);
    let mut row = |name: String, weight: &crate::wire::Weight| {
        let numbers = [weight.script, weight.wasm, weight.styles, weight.card(), weight.content];
        table.row(std::iter::once(name).chain(numbers.map(grouped)).collect());
    };
    for subject in findings.subjects.iter().filter(|it| it.group != Group::Preloaded) {
        if let Some(weight) = findings.wire.as_ref().and_then(|wire| wire.pages.get(&subject.path)) {
            row(label(subject), weight);
        }
    }
    for (name, weight) in &findings.on_demand {
        row(format!("`{name}`, on demand"), weight);
    }
    table
}

fn pages(findings: &Findings<'_>, line: Line) -> Table {
    let head = ["", "LCP", "working toggle", "CLS", "main thread", "longest task", "click to paint"];
    let mut table = Table::new(&head);
    for subject in findings.subjects {
        let cell = |measure, decimals| {
            spread(findings.results.get(&subject.path, Some(line), measure), 1.0, decimals)
        };
        let longest = findings.results.get(&subject.path, Some(line), Measure::LongestTask);
        let longest = match longest.and_then(|sample| sample.greatest()) {
            Some(greatest) if greatest < 50.0 => "under 50".to_owned(),
            _ => cell(Measure::LongestTask, 0),
        };
        table.row(vec![
            label(subject),
            cell(Measure::Lcp, 0),
            cell(Measure::Toggle, 0),
            cell(Measure::Cls, 3),
            cell(Measure::MainThread, 0),
            longest,
            cell(Measure::ToggleLatency, 0),
        ]);
    }
    table
}

/// Returns the table of pages with the same content; `None` if they were not measured.
fn plain(findings: &Findings<'_>, shown: Shown, line: Line) -> Option<Table> {
    let head = ["", "first paint", "LCP", "all painted", "main thread", "longest task", "wasm memory, kB"];
    let mut table = Table::new(&head);
    for page in findings.plain.iter().filter(|page| page.shown == shown) {
        findings.results.get(&page.path, Some(line), Measure::Drawn)?;
        let cell = |measure| spread(findings.results.get(&page.path, Some(line), measure), 1.0, 0);
        let wasm = findings.results.get(&page.path, Some(line), Measure::WasmMemory).and_then(Sample::median);
        let wasm = number(wasm.unwrap_or_default() / KILOBYTE, 0);
        let measures =
            [Measure::FirstPaint, Measure::Lcp, Measure::Drawn, Measure::MainThread, Measure::LongestTask];
        let cells = measures.map(cell).into_iter().chain([wasm]);
        table.row(std::iter::once(page.name.to_owned()).chain(cells).collect());
    }
    Some(table)
}

fn unseen_card(findings: &Findings<'_>) -> Table {
    let mut table = Table::new(&["", "for script and card", "of that, in scripts", "in three idle seconds"]);
    for line in Line::ALL {
        let cell = |measure| spread(findings.results.get(unseen::WITH, Some(line), measure), 1.0, 1);
        let cells = [Measure::Unseen, Measure::UnseenScripts, Measure::Idle].map(cell);
        table.row([format!("{line} line")].into_iter().chain(cells).collect());
    }
    table
}

fn many(findings: &Findings<'_>) -> Table {
    let head =
        ["", "1,000 painted, ms", "100 held: JavaScript, kB", "document, kB", "wasm, kB", "together, kB"];
    let mut table = Table::new(&head);
    for way in findings.many {
        let cell = |measure, unit| spread(findings.results.get(&way.path, None, measure), unit, 0);
        let heaps = [Measure::ScriptHeap, Measure::DocumentHeap, Measure::WasmMemory];
        let medians = heaps.map(|measure| findings.median(&way.path, None, measure));
        let together: f64 = medians.iter().flatten().sum();
        table.row(vec![
            way.name.to_owned(),
            cell(Measure::PaintMany, 1.0),
            cell(Measure::ScriptHeap, KILOBYTE),
            cell(Measure::DocumentHeap, KILOBYTE),
            cell(Measure::WasmMemory, KILOBYTE),
            number(together / KILOBYTE, 0),
        ]);
    }
    table
}

fn whole_archive(findings: &Findings<'_>) -> Table {
    let mut table = Table::new(&["reviews", "first cards", "longest task while typing", "while it comes"]);
    for count in archive::SIZES {
        let cell = |has_controls, measure| {
            spread(findings.results.get(&archive::path(count, has_controls), None, measure), 1.0, 0)
        };
        table.row(vec![
            grouped(count),
            cell(false, Measure::FirstScreen),
            cell(true, Measure::Typing),
            cell(true, Measure::TypingMeanwhile),
        ]);
    }
    table
}

fn crates(anatomy: &crate::anatomy::Anatomy) -> Table {
    let mut table = Table::new(&["functions", "bytes", "share"]);
    let functions: usize = anatomy.crates.values().sum();
    let mut row = |name: String, bytes: usize| {
        let share = format!("{} %", (bytes * 1000 / functions.max(1) + 5) / 10);
        table.row(vec![name, grouped(bytes), share]);
    };
    let largest_first = |parts: &std::collections::BTreeMap<String, usize>| {
        let mut parts: Vec<(String, usize)> =
            parts.iter().map(|(name, bytes)| (name.clone(), *bytes)).collect();
        parts.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
        parts
    };
    for (name, bytes) in largest_first(&anatomy.crates) {
        row(name.clone(), bytes);
        if name == "review_card" {
            for (module, bytes) in largest_first(&anatomy.modules) {
                row(format!("… `{name}::{module}`"), bytes);
            }
        }
    }
    row("all functions".to_owned(), functions);
    table.row(vec!["constant data".to_owned(), grouped(anatomy.data), String::new()]);
    table
}
