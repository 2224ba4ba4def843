//! Exports as spreadsheets, plugins, other programs and other versions write them.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use review_card_import::{Import, Key, Options, Reason, import_bytes};

fn import(name: &str, bytes: &[u8]) -> Import {
    import_bytes(name, bytes, &Options::default()).unwrap()
}

/// Titles, each with its rating and date.
#[track_caller]
fn check(name: &str, bytes: &[u8], options: &Options, expected: &[&str]) -> Import {
    let import = import_bytes(name, bytes, options).unwrap();
    let mut found = Vec::new();
    for review in &import.collection.reviews {
        let json = serde_json::to_value(&**review).unwrap();
        let rating = match json.get("rating") {
            Some(rating) if rating.is_object() => format!("{}/{}", rating["value"], rating["best"]),
            Some(rating) => rating.as_str().unwrap_or_default().into(),
            None => String::new(),
        };
        let date = json.get("published").and_then(|date| date.as_str()).unwrap_or_default().to_owned();
        found.push(format!("{} {rating} {date}", review.title).trim_end().to_owned());
    }
    assert_eq!(found, expected, "{name}: {}", import.report);
    assert_eq!(import.report.problems, [], "{name}");
    import
}

/// A spreadsheet writes dates in the notation of its country.
#[test]
fn dates_of_a_spreadsheet() {
    for (dates, expected) in [
        (["2020/10/25", "2021/04/03"], ["2020-10-25", "2021-04-03"]),
        (["25/10/2020", "3/4/2021"], ["2020-10-25", "2021-04-03"]),
        (["10/25/2020", "4/3/2021"], ["2020-10-25", "2021-04-03"]),
        (["25.10.2020", "3.4.2021"], ["2020-10-25", "2021-04-03"]),
    ] {
        for (name, header, row) in [
            ("library.csv", "Book Id,Title,My Rating,Date Read,Exclusive Shelf", "1,T,4,DATE,read"),
            ("storygraph.csv", "Title,Read Status,Star Rating,Last Date Read", "T,read,4,DATE"),
            ("bookwyrm.csv", "title,author_text,rating,review_content,finish_date", "T,A,4,,DATE"),
            ("ratings.csv", "Const,Your Rating,Date Rated,Title", "tt1,4,DATE,T"),
            (
                "diary.csv",
                "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Watched Date",
                "DATE,T,1999,x,4,,DATE",
            ),
            ("films.csv", "Title,Rating,Date", "T,4,DATE"),
        ] {
            let rows: String = ["A", "B"]
                .iter()
                .zip(dates)
                .map(|(title, date)| {
                    row.replace("T,", &format!("{title},"))
                        .replace(",T", &format!(",{title}"))
                        .replace("DATE", date)
                        + "\n"
                })
                .collect();
            let import = import(name, format!("{header}\n{rows}").as_bytes());
            let found: Vec<_> = import
                .collection
                .reviews
                .iter()
                .map(|review| {
                    serde_json::to_value(&**review).unwrap()["published"]
                        .as_str()
                        .unwrap_or_default()
                        .to_owned()
                })
                .collect();
            assert_eq!(found, expected, "{name}: {}", import.report);
            assert_eq!(import.report.problems, []);
        }
    }
}

/// A spreadsheet rounds an ISBN to `9.78125E+12`; the shorter one beside it is still there.
#[test]
fn an_isbn_that_is_rounded() {
    let table = "Book Id,Title,ISBN,ISBN13,My Rating,Exclusive Shelf\n,A,1250313198,9.78125E+12,4,read\n";
    let import = import("library.csv", table.as_bytes());
    let work = import.collection.reviews[0].work.as_ref().unwrap();
    assert_eq!(work.same_as, ["https://openlibrary.org/isbn/1250313198"]);
}

#[test]
fn a_title_above_the_header() {
    let table = "My films,,\n,,\nTitle,Rating,Review\nAlien,4,Good.\n";
    check("films.csv", table.as_bytes(), &Options::default(), &["Alien 4/5"]);
}

#[test]
fn utf_16_without_a_mark() {
    for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let table: Vec<u8> = "Title,Rating\nÄlien,4\n".encode_utf16().flat_map(to_bytes).collect();
        check("films.csv", &table, &Options::default(), &["Älien 4/5"]);
    }
}

/// JSON that a program of Windows has saved.
#[test]
fn json_in_other_encodings() {
    let ghost =
        r#"{"db":[{"data":{"posts":[{"id":"a","title":"Ä","html":"<p>ü</p>","status":"published"}]}}]}"#;
    let trakt = r#"[{"rating":8,"rated_at":"2020-01-02","type":"movie","movie":{"title":"Ä"}}]"#;
    let plain = r#"[{"title":"Ä","rating":4}]"#;
    for (name, json, expected) in [
        ("ghost.json", ghost, "Ä"),
        ("ratings-movies.json", trakt, "Ä 8/10 2020-01-02"),
        ("plain.json", plain, "Ä 4/5"),
    ] {
        let marked = format!("\u{feff}{json}");
        let utf_16 = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let windows_1252 = json.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        for bytes in [json.as_bytes().to_vec(), marked.into_bytes(), utf_16, windows_1252] {
            check(name, &bytes, &Options::default(), &[expected]);
        }
    }
}

#[test]
fn ghost_of_other_versions() {
    // Numbers as ids, no list of databases, values that are null.
    let export = r#"{"meta":{"exported_on":1,"version":"0.11"},"data":{
        "posts":[{"id":1,"title":"A","html":"<p>a</p>","status":"published","visibility":null},{"id":2,"title":["?"],"status":"published"}],
        "tags":[{"id":7,"name":"Films"},{"id":8,"name":null}],"posts_tags":[{"post_id":1,"tag_id":7,"sort_order":null},{"post_id":1,"tag_id":8}],
        "settings":[{"key":"title","value":"Blog"},{"key":"members_secret","value":null}]}}"#;
    let import = import("ghost.json", export.as_bytes());
    let review = &import.collection.reviews[0];
    assert_eq!((review.title.as_str(), review.section.as_deref()), ("A", Some("Films")));
    assert_eq!(import.report.title.as_deref(), Some("Blog"));
    assert_eq!(import.report.left_out.get(&Reason::Unreadable), Some(&1), "{}", import.report);
}

#[test]
fn a_list_of_imdb_is_no_table_of_ratings() {
    let list =
        "Position,Const,Created,Modified,Description,Title,URL,Title Type\n1,tt1,2020-01-01,,,A,,Movie\n";
    let error = import_bytes("list.csv", list.as_bytes(), &Options::default()).unwrap_err().to_string();
    assert_eq!(error, "list.csv: not read: lists");
}

#[test]
fn a_table_of_people_is_account_data() {
    let table = "Email,Name,Country\na@b.example,A,B\n";
    let error = import_bytes("people.csv", table.as_bytes(), &Options::default()).unwrap_err().to_string();
    assert_eq!(error, "people.csv: not read: account data");
}

#[test]
fn a_backup_of_trakt_in_one_file() {
    let movie = r#""type":"movie","movie":{"title":"A","year":1999,"ids":{"trakt":1}}"#;
    let rating = format!(r#"{{"rating":8,"rated_at":"2020-01-02",{movie}}}"#);
    for backup in [
        format!(
            r#"{{"watchlist":[{{"listed_at":"2020","type":"movie","movie":{{"title":"NEVER"}}}}],"ratings":[{rating}],
            "history":[{{"watched_at":"2020-01-01",{movie}}},{{"watched_at":"2021-01-01",{movie}}}]}}"#
        ),
        format!(
            r#"{{"ratings":{{"movies":[{rating}]}},"history":{{"movies":[{{"watched_at":"2020-01-01",{movie}}},{{"watched_at":"2021-01-01",{movie}}}]}}}}"#
        ),
    ] {
        let import = check("backup.json", backup.as_bytes(), &Options::default(), &["A 8/10 2020-01-02"]);
        assert_eq!(import.collection.reviews[0].history.len(), 2);
        assert_eq!((import.report.entries, import.report.joined), (3, 2));
    }
}

/// Entries without a review are counted also where the file is repaired or cut off.
#[test]
fn records_of_a_file_that_is_cut_off() {
    let record = |title: &str, rating: &str| {
        format!(
            r#"{{"uri":"at://x/{title}","value":{{"$type":"social.popfeed.feed.review","title":"{title}"{rating}}}}}"#
        )
    };
    let (good, empty) = (record("A", r#","rating":8"#), record("B", ""));
    let like = r#"{"uri":"at://x/c","value":{"$type":"app.bsky.feed.like"}}"#;
    for (end, problems) in [("]}", 0), (",]}", 0), (r#",{"uri":"at://x"#, 1)] {
        let json = format!(r#"{{"records":[{good},{empty},{like}{end}"#);
        let import = import("records.json", json.as_bytes());
        assert_eq!(import.report.reviews, 1, "{end}: {}", import.report);
        let left_out: Vec<_> = import.report.left_out.into_iter().collect();
        assert_eq!(left_out, [(Reason::Empty, 1), (Reason::OtherRecord, 1)], "{end}");
        let cut = import.report.problems.iter().filter(|problem| problem.message.contains("cut off")).count();
        assert_eq!(cut, problems, "{end}: {:?}", import.report.problems);
    }
}

/// WordPress plugins have ratings in custom fields.
#[test]
fn custom_fields_of_plugins() {
    let meta = |key: &str, value: &str| {
        format!(
            "<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>"
        )
    };
    let blog = |posts: &[(&str, String)]| {
        let posts: String = posts
            .iter()
            .map(|(title, meta)| {
                format!("<item><title>{title}</title><content:encoded>Words.</content:encoded><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{meta}</item>")
            })
            .collect();
        format!("<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>{posts}</channel></rss>")
    };
    let review = |kind: &str, total: &str| meta("wp_review_type", kind) + &meta("wp_review_total", total);
    let xml = blog(&[
        ("A", review("star", "4.5")),
        ("B", review("point", "8.5")),
        ("C", review("percentage", "85")),
        ("D", review("circle", "85")),
        ("E", review("unknown", "85")),
    ]);
    check(
        "blog.xml",
        xml.as_bytes(),
        &Options::default(),
        &["A 4.5/5", "B 8.5/10", "C 85/100", "D 85/100", "E 85/100"],
    );
    let xml = blog(&[
        ("A", meta("stars_total", "3") + &meta("_edit_last", "1") + &meta("_own_score", "2")),
        ("B", meta("stars_total", "8.5") + &meta("mood", "")),
    ]);
    let import = check("blog.xml", xml.as_bytes(), &Options::default(), &["A", "B"]);
    let report = import.report.to_string();
    assert!(report.ends_with("custom fields: keys that nothing uses: _own_score, stars_total\n"), "{report}");
    let options = Options { columns: vec![(Key::Rating, "stars_total".into())], ..Options::default() };
    let import = check("blog.xml", xml.as_bytes(), &options, &["A 3/10", "B 8.5/10"]);
    let report = import.report.to_string();
    assert!(report.contains("guessed: rating from the column \"stars_total\", out of 10\n"), "{report}");
    assert!(report.ends_with("custom fields: keys that nothing uses: _own_score\n"), "{report}");
}

#[test]
fn wordpress_trash_is_deleted() {
    let xml = "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><item><title>NEVER</title><content:encoded>Words.</content:encoded>\
        <wp:status>trash</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>";
    for private in [false, true] {
        let options = Options { private, ..Options::default() };
        let import = import_bytes("blog.xml", xml.as_bytes(), &options).unwrap();
        assert_eq!(import.report.left_out.into_iter().collect::<Vec<_>>(), [(Reason::Deleted, 1)]);
    }
}

#[test]
fn atom_with_a_prefix_and_as_plain_text() {
    let atom = "<atom:feed xmlns:atom=\"http://www.w3.org/2005/Atom\" xml:base=\"https://blog.example/\"><atom:title>Blog</atom:title>\
        <atom:link rel=\"next\" href=\"page/2\"/><atom:entry><atom:title>A</atom:title><atom:link href=\"a/\"/><atom:author><atom:name>Ada</atom:name></atom:author>\
        <atom:published>2020-01-02</atom:published><atom:content type=\"text\">Write &lt;b&gt; &amp;amp; so on</atom:content></atom:entry></atom:feed>";
    let import = check("feed.xml", atom.as_bytes(), &Options::default(), &["A  2020-01-02"]);
    let review = &import.collection.reviews[0];
    assert_eq!(import.report.title.as_deref(), Some("Blog"));
    assert_eq!(import.report.next_pages, ["https://blog.example/page/2"]);
    assert_eq!(review.url.as_deref(), Some("https://blog.example/a/"));
    assert_eq!(review.authors[0].name, "Ada");
    let html = serde_json::to_value(&**review).unwrap()["bodyHtml"].as_str().unwrap_or_default().to_owned();
    assert_eq!(review_card::rich_text::plain_text(&html), "Write <b> &amp; so on");
}

#[test]
fn keys_of_front_matter_in_any_case() {
    let post = "---\nTitle: A\nRating: 4\nDate: 2020-01-02\n---\nWords.\n";
    check("post.md", post.as_bytes(), &Options::default(), &["A 4/5 2020-01-02"]);
    let import = import("post.md", post.replace("Rating: 4", "Draft: true").as_bytes());
    assert_eq!(import.report.left_out.into_iter().collect::<Vec<_>>(), [(Reason::Draft, 1)]);
    let options = Options { columns: vec![(Key::Rating, "Rating".into())], ..Options::default() };
    check("post.md", post.as_bytes(), &options, &["A 4/5 2020-01-02"]);
}
