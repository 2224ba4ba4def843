//! The project's targets, and whether they are met.

use crate::archive;
use crate::cards::{LIST, Many};
use crate::findings::Findings;
use crate::line::Line;
use crate::plain::{self, Shown};
use crate::results::Measure;
use crate::subject::{Group, OURS, STATIC};
use crate::table::{Table, number};
use crate::unseen;
use crate::wire::Weight;

/// A number with an upper limit.
struct Target {
    what: String,
    found: Option<f64>,
    limit: Option<f64>,
    decimals: usize,
}

impl Target {
    fn verdict(&self) -> &'static str {
        match (self.found, self.limit) {
            (Some(found), Some(limit)) if found <= limit => "met",
            (Some(_), Some(_)) => "**missed**",
            _ => "not measured",
        }
    }
}

/// Returns a row for each target.
pub(crate) fn table(findings: &Findings<'_>) -> Table {
    let mut table = Table::new(&["target", "found", "at most", ""]);
    let targets = [
        size(findings),
        live(findings),
        text(findings),
        prerendered(findings),
        at_rest(findings),
        many(findings),
        archive(findings),
    ];
    for target in targets.into_iter().flatten() {
        let cell =
            |value: Option<f64>| value.map_or("–".to_owned(), |value| number(value, target.decimals));
        table.row(vec![
            target.what.clone(),
            cell(target.found),
            cell(target.limit),
            target.verdict().to_owned(),
        ]);
    }
    table
}

/// Pages of ours with a limit of their own for the bytes of script and wasm: a name, the path, and the limit.
fn heavy() -> [(&'static str, String, f64); 3] {
    [
        ("page with a JSON Feed", plain::path(Shown::Feed, plain::OURS), 112_000.0),
        ("page with posts of WordPress", plain::path(Shown::WordPress, plain::OURS), 112_000.0),
        ("page with a list of plain JSON", archive::path(archive::SIZES[0], false), 120_000.0),
    ]
}

/// Returns the paths of pages that load more than a card needs.
pub(crate) fn pages_with_more() -> Vec<String> {
    heavy().map(|(_, path, _)| path).to_vec()
}

/// Returns the download sizes of one card, in bytes: first of scripts and modules alone, then of all
/// files. Our scripts contain the style sheet; React's do not.
fn size(findings: &Findings<'_>) -> Vec<Target> {
    let weigh = |path: &str, of: fn(&Weight) -> usize| {
        u32::try_from(of(findings.wire.as_ref()?.pages.get(path)?)).ok().map(f64::from)
    };
    let program: fn(&Weight) -> usize = |weight| weight.script + weight.wasm;
    let own = findings.path(Group::Live, OURS).unwrap_or_default();
    let pages = std::iter::once(("page with a card", own, 56_000.0)).chain(heavy());
    let limits = pages.map(|(what, path, limit)| Target {
        what: format!("bytes of script and wasm: {what}"),
        found: weigh(&path, program),
        limit: Some(limit),
        decimals: 0,
    });
    let target = |what: &str, of: fn(&Weight) -> usize| {
        let weigh = |name: &str| weigh(&findings.path(Group::Live, name)?, of);
        Target {
            what: format!("bytes of {what}: no more than React's"),
            found: weigh(OURS),
            limit: weigh("React"),
            decimals: 0,
        }
    };
    let beside_react = [
        target("script and wasm, ours with the sheet in the script", program),
        target("script, wasm and styles", Weight::card),
    ];
    limits.chain(beside_react).collect()
}

fn live(findings: &Findings<'_>) -> Vec<Target> {
    let mut targets = Vec::new();
    for line in Line::ALL {
        for (group, how) in [(Group::Live, "live"), (Group::Preloaded, "preloaded")] {
            let lcp = |name: &str| findings.median(&findings.path(group, name)?, Some(line), Measure::Lcp);
            let preact = match (line, group) {
                (Line::Fast, Group::Live) => ("Preact", 1.1, "1.1 × Preact's"),
                _ => ("Preact", 1.15, "1.15 × Preact's"),
            };
            for (peer, factor, words) in [preact, ("React", 1.0, "React's")] {
                targets.push(Target {
                    what: format!("LCP, {line} line, {how}: {words}"),
                    found: lcp(OURS),
                    limit: lcp(peer).map(|limit| limit * factor),
                    decimals: 0,
                });
            }
        }
    }
    targets
}

/// Returns the targets for pages without a picture, each compared with a peer or another page.
fn text(findings: &Findings<'_>) -> Vec<Target> {
    let beside = |shown, name: &str, other: &str, line: Line, measure, factor: f64| {
        let median = |name: &str| findings.median(&plain::path(shown, name), Some(line), measure);
        let kind = if measure == Measure::Drawn { "all painted" } else { "LCP" };
        Target {
            what: format!("{kind}, {line} line, {name}: {}, {factor} × {other}", shown.title()),
            found: median(name),
            limit: median(other).map(|limit| limit * factor),
            decimals: 0,
        }
    };
    use plain::{OURS, STATIC};
    let longest = |name: &str| Target {
        what: format!("longest task, slow line, {name}: {}, in ms", Shown::Text.title()),
        found: findings.median(&plain::path(Shown::Text, name), Some(Line::Slow), Measure::LongestTask),
        limit: Some(50.0),
        decimals: 0,
    };
    vec![
        beside(Shown::Text, OURS, "Preact", Line::Slow, Measure::Lcp, 1.3),
        beside(Shown::Text, "review-card, preloaded", "Preact, preloaded", Line::Slow, Measure::Lcp, 1.15),
        beside(Shown::Text, "prerendered, light", STATIC, Line::Slow, Measure::Lcp, 1.1),
        beside(Shown::Text, "prerendered, shadow root", STATIC, Line::Slow, Measure::Lcp, 1.1),
        beside(Shown::Many, OURS, "Preact", Line::Slow, Measure::Drawn, 2.0),
        beside(Shown::Many, OURS, "Preact", Line::Fast, Measure::Drawn, 2.0),
        longest(OURS),
        longest("review-card, preloaded"),
    ]
}

fn prerendered(findings: &Findings<'_>) -> Vec<Target> {
    let mut targets = Vec::new();
    for line in Line::ALL {
        let limit = findings.path(Group::Static, STATIC);
        let limit =
            limit.and_then(|path| findings.median(&path, Some(line), Measure::Lcp)).map(|limit| limit * 1.05);
        for subject in findings.subjects.iter().filter(|it| it.group == Group::Static && it.name != STATIC) {
            targets.push(Target {
                what: format!("LCP, {line} line, {}: 1.05 × the static page's", subject.name),
                found: findings.median(&subject.path, Some(line), Measure::Lcp),
                limit,
                decimals: 0,
            });
            targets.push(Target {
                what: format!("CLS, {line} line, {}", subject.name),
                found: findings.median(&subject.path, Some(line), Measure::Cls),
                limit: Some(0.0),
                decimals: 3,
            });
        }
    }
    let pages = findings.wire.as_ref().map(|wire| &wire.pages);
    let script = |path: &String| u32::try_from(pages?.get(path)?.script).ok().map(f64::from);
    let prerendered = findings.subjects.iter().filter(|it| it.group == Group::Static && it.name != STATIC);
    targets.extend(prerendered.map(|subject| Target {
        what: format!("bytes of script, {}", subject.name),
        found: script(&subject.path),
        limit: Some(0.0),
        decimals: 0,
    }));
    targets
}

/// Returns the targets for a page at rest: no layout shift, no blocking, and almost no cost for a card that is never
/// seen.
fn at_rest(findings: &Findings<'_>) -> Vec<Target> {
    let mut targets = Vec::new();
    let path = findings.path(Group::Live, OURS).unwrap_or_default();
    for line in Line::ALL {
        let found = findings.median(&path, Some(line), Measure::Cls);
        let what = format!("CLS, {line} line, live");
        targets.push(Target { what, found, limit: Some(0.0), decimals: 3 });
    }
    for (group, name) in [(Group::Live, "live"), (Group::Preloaded, "preloaded")] {
        let path = findings.path(group, OURS).unwrap_or_default();
        let found = findings.median(&path, Some(Line::Slow), Measure::LongestTask);
        let what = format!("longest task, slow line, {name}, in ms");
        targets.push(Target { what, found, limit: Some(50.0), decimals: 0 });
    }
    for line in Line::ALL {
        for (measure, when) in [(Measure::Unseen, "to load"), (Measure::Idle, "in three idle seconds")] {
            let found = findings.median(unseen::WITH, Some(line), measure);
            let what = format!("main thread, {line} line, for an unseen card {when}, in ms");
            targets.push(Target { what, found, limit: Some(5.0), decimals: 1 });
        }
    }
    targets
}

fn many(findings: &Findings<'_>) -> Vec<Target> {
    let paint = |name: &str| {
        let way = findings.many.iter().find(|way| way.name == name)?;
        findings.median(&way.path, None, Measure::PaintMany)
    };
    let has_list = findings.many.iter().any(|Many { name, .. }| *name == LIST);
    let ours = if has_list { LIST } else { OURS };
    let mut targets: Vec<_> = [ours, OURS]
        .into_iter()
        .map(|name| Target {
            what: format!("1,000 reviews painted, {name}, in ms: no slower than vanilla"),
            found: paint(name),
            limit: paint("vanilla"),
            decimals: 0,
        })
        .collect();
    let held = findings.many.iter().find(|way| way.name == OURS);
    let memory = held.and_then(|way| findings.median(&way.path, None, Measure::WasmMemory));
    targets.push(Target {
        what: "wasm memory for each of 100 cards, in bytes".to_owned(),
        found: memory.map(|bytes| bytes / 100.0),
        limit: Some(30_000.0),
        decimals: 0,
    });
    targets
}

fn archive(findings: &Findings<'_>) -> Vec<Target> {
    let [small, large] = archive::SIZES;
    let first = |count| findings.median(&archive::path(count, false), None, Measure::FirstScreen);
    vec![
        Target {
            what: "first cards of 20,000 reviews, in ms: 1.5 × those of 200".to_owned(),
            found: first(large),
            limit: first(small).map(|limit| limit * 1.5),
            decimals: 0,
        },
        Target {
            what: "longest task while typing in 20,000 reviews, slow phone, in ms".to_owned(),
            found: findings.median(&archive::path(large, true), None, Measure::Typing),
            limit: Some(50.0),
            decimals: 0,
        },
        Target {
            what: "the same while they come, in ms".to_owned(),
            found: findings.median(&archive::path(large, true), None, Measure::TypingMeanwhile),
            limit: Some(50.0),
            decimals: 0,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn a_target_is_met_at_its_limit_and_not_beyond() {
        let verdict = |found, limit| Target { what: String::new(), found, limit, decimals: 0 }.verdict();
        assert_eq!(verdict(Some(5.0), Some(5.0)), "met");
        assert_eq!(verdict(Some(5.1), Some(5.0)), "**missed**");
        assert_eq!(verdict(None, Some(5.0)), "not measured");
        assert_eq!(verdict(Some(5.0), None), "not measured");
    }
}
