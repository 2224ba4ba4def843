//! The tests, a file a subject, each named by the behaviour that it shows.
//!
//! Each file lists its own in `CASES`; the compiler tells of one that is not listed, since nobody calls it.

mod accessibility;
mod attributes;
mod copies;
mod crash;
mod data;
mod examples;
mod failures;
mod formats;
mod frameworks;
mod host_page;
mod hostile;
mod hosts;
mod integrity;
mod keyboard;
mod layout;
mod leaving;
mod light;
mod list;
mod load;
mod loading;
mod manifest;
mod moving;
mod network;
mod no_script;
mod parsing;
mod prerendered;
mod privacy;
mod related;
mod schema;
mod sharing;
mod side_by_side;
mod slices;
mod strict;
mod strings;
mod studio;
mod theme;
mod toggle;
mod translated;

use anyhow::Result;

use crate::page::Page;

pub(crate) type Case = fn(&Page) -> Result<()>;
pub(crate) type Cases = &'static [(&'static str, Case)];

pub(crate) const ALL: &[(&str, Cases)] = &[
    ("load", load::CASES),
    ("toggle", toggle::CASES),
    ("keyboard", keyboard::CASES),
    ("attributes", attributes::CASES),
    ("loading", loading::CASES),
    ("data", data::CASES),
    ("schema", schema::CASES),
    ("light", light::CASES),
    ("failures", failures::CASES),
    ("network", network::CASES),
    ("formats", formats::CASES),
    ("sharing", sharing::CASES),
    ("related", related::CASES),
    ("moving", moving::CASES),
    ("leaving", leaving::CASES),
    ("crash", crash::CASES),
    ("prerendered", prerendered::CASES),
    ("no_script", no_script::CASES),
    ("side_by_side", side_by_side::CASES),
    ("slices", slices::CASES),
    ("examples", examples::CASES),
    ("host_page", host_page::CASES),
    ("strict", strict::CASES),
    ("hosts", hosts::CASES),
    ("frameworks", frameworks::CASES),
    ("privacy", privacy::CASES),
    ("integrity", integrity::CASES),
    ("hostile", hostile::CASES),
    ("strings", strings::CASES),
    ("parsing", parsing::CASES),
    ("studio", studio::CASES),
    ("layout", layout::CASES),
    ("theme", theme::CASES),
    ("translated", translated::CASES),
    ("copies", copies::CASES),
    ("accessibility", accessibility::CASES),
    ("manifest", manifest::CASES),
    ("list_show", list::show::CASES),
    ("list_window", list::window::CASES),
    ("list_files", list::files::CASES),
    ("list_faults", list::faults::CASES),
    ("list_ask", list::ask::CASES),
    ("list_access", list::access::CASES),
    ("list_pages", list::pages::CASES),
];

/// A card of the review with every part.
const FULL: &str =
    r#"<review-card id="full" src="/data/full.json"><a href="/fallback">Read the review</a></review-card>"#;

/// Tests with their names.
macro_rules! cases {
    ($($case:ident),+ $(,)?) => {
        pub(in crate::cases) const CASES: $crate::cases::Cases = &[$((stringify!($case), $case)),+];
    };
}
use cases;
