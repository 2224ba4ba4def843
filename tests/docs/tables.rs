//! The tables of the documentation against the code.

use super::*;

/// The reference shows the defaults of the manifest, the card those of its sheets.
#[test]
fn the_manifest_has_the_sheets_defaults() {
    let sheet = source("styles/tokens.css") + &source("styles/shadow.css");
    let mut compared = 0;
    for declaration in [element(), list()] {
        for property in declaration["cssProperties"].as_array().unwrap() {
            let name = property["name"].as_str().unwrap();
            let (_, default) = sheet.split_once(&format!("var({name}, ")).unwrap();
            let default = default.split_once(");").unwrap().0;
            if default.starts_with("rgb(from ") {
                let (light, dark) = (colour(default, 0xFF), colour(default, 0));
                assert_eq!(property["default"], format!("light-dark({light}, {dark})"), "{name}");
                compared += 1;
            } else if default != "inherit" && !default.starts_with("var(") {
                assert_eq!(property["default"], default, "{name}");
                compared += 1;
            }
        }
    }
    assert!(compared > 20, "expected defaults, found {compared}");
}

/// The colour of `rgb(from … calc(235 - r * 197 / 255) …)` where `r` is 255, as on a light page, or 0, as on a dark one.
fn colour(value: &str, r: i32) -> String {
    let channel = |rest: &str| {
        let words: Vec<_> = rest.split_once(')').unwrap().0.split(' ').collect();
        let [start, sign, "r", "*", change, "/", "255"] = words[..] else { panic!("{rest}") };
        let (start, change) = (start.parse::<i32>().unwrap(), change.parse::<i32>().unwrap() * r / 255);
        format!("{:02x}", if sign == "-" { start - change } else { start + change })
    };
    format!("#{}", value.split("calc(").skip(1).map(channel).collect::<String>())
}

#[test]
fn every_attribute_has_the_property_of_its_name() {
    for attribute in [element(), list()].iter().flat_map(|element| element["attributes"].as_array().unwrap())
    {
        let mut property = String::new();
        for c in attribute["name"].as_str().unwrap().chars() {
            match c {
                '-' => property.push('-'),
                c if property.ends_with('-') => {
                    property.pop();
                    property.push(c.to_ascii_uppercase());
                }
                c => property.push(c),
            }
        }
        assert_eq!(attribute["fieldName"], property.as_str());
    }
}

/// Console lines end with the address of such a page, where a release is built with the address of its docs.
#[test]
fn every_kind_of_error_has_a_page() {
    let mut kinds = BTreeSet::from(["problems".to_owned()]);
    for module in ["element", "extras", "list", "reader"] {
        let folder = format!("crates/{module}/scripts");
        for script in fs::read_dir(root(&folder)).unwrap() {
            let script = fs::read_to_string(script.unwrap().path()).unwrap();
            let named = script.split("new Failure(\"").skip(1).filter_map(|rest| rest.split('"').next());
            kinds.extend(named.map(str::to_owned));
        }
    }
    for document in ["{", "[]", "[1]"] {
        kinds.insert(read(document.as_bytes(), None).unwrap_err().kind().to_owned());
    }
    assert!(kinds.len() >= 7, "{kinds:?}");
    for kind in kinds {
        let page = root(&format!("docs/src/errors/{kind}.md"));
        assert!(page.is_file(), "{}", page.display());
    }
}

#[test]
#[ignore = "needs a release in REVIEW_CARD_DIST; a step of `cargo xtask test` runs it"]
fn the_sizes_of_the_docs_are_those_of_the_release() {
    let dist = PathBuf::from(env::var_os("REVIEW_CARD_DIST").expect("REVIEW_CARD_DIST"));
    let page = Page::load("docs/src/compare.md");
    for row in page.table("Sizes") {
        for (cell, ending) in row.iter().skip(1).zip(["", ".gz", ".br"]) {
            let file = format!("{}{ending}", row[0].text);
            let size = fs::metadata(dist.join(&file)).unwrap_or_else(|error| panic!("{file}: {error}")).len();
            let reported: u64 = cell.text.replace(',', "").parse().unwrap();
            assert!(
                reported.abs_diff(size) * 50 <= size,
                "{file}: expected {size} bytes, found {reported} in the table"
            );
        }
    }
    // The studio is a folder of its own: its sizes are printed by the build.
    let files = fs::read_dir(&dist).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file());
    let files = files.map(|entry| entry.file_name().into_string().unwrap());
    let plain = files.filter(|name| ![".br", ".gz", ".zip"].iter().any(|ending| name.ends_with(ending)));
    assert_eq!(page.names("Sizes"), plain.collect());
}
