//! Nothing private leaks. Each private field of an export, under its real name, has a text that occurs nowhere in what
//! comes out: neither in the reviews nor in the report, and of some not even with `--private`.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::io::{Cursor, Write};

use review_card_import::{Format, Input, Key, Options, import_all};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Everything that comes out: reviews and report, for people and for programs.
fn output(name: &str, bytes: &[u8], options: &Options) -> String {
    match import_all(&mut [Input::from_bytes(name, bytes).unwrap()], options) {
        Ok(import) => {
            let collection = serde_json::to_string(&import.collection).unwrap();
            let report = serde_json::to_string(&import.report).unwrap();
            format!("{collection}\n{}\n{report}\n{:?}", import.report, import.report)
        }
        Err(error) => format!("{error}\n{error:?}"),
    }
}

/// Texts that contain `PUBLIC` come out, `NEVER` never, `ASKED` with `--private` only.
#[track_caller]
fn check(name: &str, bytes: &[u8]) {
    check_with(name, bytes, &Options::default());
}

#[track_caller]
fn check_with(name: &str, bytes: &[u8], options: &Options) {
    let source = text_of(name, bytes);
    for private in [false, true] {
        let out = output(name, bytes, &Options { private, ..options.clone() });
        assert!(!out.contains("NEVER"), "private = {private}: {out}");
        assert_eq!(out.contains("ASKED"), private && source.contains("ASKED"), "private = {private}: {out}");
        assert_eq!(out.contains("PUBLIC"), source.contains("PUBLIC"), "private = {private}: {out}");
    }
}

/// The text of all files, so that a test cannot pass without its marks.
#[track_caller]
fn text_of(name: &str, bytes: &[u8]) -> String {
    use std::io::Read;
    let mut text = String::new();
    if name.ends_with(".zip") {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for number in 0..zip.len() {
            zip.by_index(number).unwrap().read_to_string(&mut text).unwrap();
        }
    } else {
        text = String::from_utf8(bytes.to_vec()).unwrap();
    }
    assert!(text.contains("NEVER") || text.contains("ASKED"), "there is something private");
    text
}

#[test]
fn letterboxd_profile_deleted_orphaned_comments() {
    let header = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n";
    let never = |word: &str| {
        format!("{header}2020-01-01,NEVER {word},1990,https://boxd.it/NEVER,1,,NEVER,NEVER,2020-01-01\n")
    };
    let profile = "Date Joined,Username,Given Name,Family Name,Email Address,Location,Website,Bio,Pronoun,Favorite Films\n\
        2014-02-01,NEVER,NEVER,NEVER,NEVER@private.example,NEVER,https://NEVER.example,NEVER,NEVER,https://boxd.it/NEVER\n";
    let (deleted, orphaned) = (never("deleted"), never("orphaned"));
    let reviews = format!("{header}2020-01-01,PUBLIC,1990,https://boxd.it/a,4,,Words,,2020-01-01\n");
    let comments = "Date,Content,Comment\n2023-01-01,https://boxd.it/c1,NEVER\n";
    for folder in ["", "letterboxd-ada-2024-01-01-00-00-utc/"] {
        let path = |name: &str| format!("{folder}{name}");
        let export = zip(&[
            (&path("reviews.csv"), &reviews),
            (&path("profile.csv"), profile),
            (&path("comments.csv"), comments),
            (&path("deleted/reviews.csv"), &deleted),
            (&path("deleted/diary.csv"), &deleted),
            (&path("deleted/lists/x.csv"), &deleted),
            (&path("orphaned/reviews.csv"), &orphaned),
            (&path("orphaned/diary.csv"), &orphaned),
        ]);
        check("export.zip", &export);
        check_with("export.zip", &export, &Options { from: Some(Format::Letterboxd), ..Options::default() });
        check_with("export.zip", &export, &Options { from: Some(Format::Csv), ..Options::default() });
    }
    // Renamed, and read as something else.
    check("my account.csv", profile.as_bytes());
    for format in [Format::Letterboxd, Format::Csv] {
        check_with(
            "my account.csv",
            profile.as_bytes(),
            &Options { from: Some(format), ..Options::default() },
        );
    }
}

#[test]
fn goodreads_private_notes() {
    let table = "Book Id,Title,Author,My Rating,Date Read,Exclusive Shelf,My Review,Private Notes,Recommended By\n\
        1,Salt Roads,Ida Sand,4,2020/01/02,read,PUBLIC,NEVER,NEVER\n";
    check("library.csv", table.as_bytes());
    check_with("library.csv", table.as_bytes(), &Options { from: Some(Format::Csv), ..Options::default() });
    // Not even by hand.
    for name in ["Private Notes", "private_notes", "PRIVATE NOTES"] {
        let columns = vec![(Key::Verdict, name.to_owned())];
        let options = Options { from: Some(Format::Csv), columns, ..Options::default() };
        check_with("library.csv", table.as_bytes(), &options);
        let report = output("library.csv", table.as_bytes(), &options);
        let expected = format!(
            "--column verdict={name}: expected another column: private notes, passwords and addresses are never imported"
        );
        assert!(report.contains(&expected), "{report}");
    }
}

#[test]
fn ghost_drafts_paid_members_and_addresses() {
    let post = |id: &str, status: &str, visibility: &str, word: &str| {
        format!(
            r#"{{"id":"{id}","title":"{word} {id}","slug":"{id}","html":"<p>{word}</p>","custom_excerpt":"{word}","status":"{status}",
            "visibility":"{visibility}","type":"post","email_recipient_filter":"NEVER","codeinjection_head":"NEVER","email_only":false,
            "published_at":"2023-01-02T10:00:00.000Z"}}"#
        )
    };
    let posts = [
        post("a", "published", "public", "PUBLIC"),
        post("b", "draft", "public", "ASKED"),
        post("c", "scheduled", "public", "ASKED"),
        post("d", "sent", "public", "ASKED"),
        post("e", "published", "paid", "ASKED"),
        post("f", "published", "members", "ASKED"),
        post("g", "published", "tiers", "ASKED"),
    ];
    let export = |posts: &str| {
        format!(
            r#"{{"db":[{{"meta":{{"version":"5.2.0"}},"data":{{"posts":[{posts}],
            "users":[{{"id":"u","name":"Ada","email":"NEVER@private.example","password":"NEVER","website":"mailto:NEVER@private.example"}},
                     {{"id":"v","name":"NEVER@private.example","email":"NEVER@private.example"}}],
            "posts_authors":[{{"post_id":"a","author_id":"u","sort_order":0}},{{"post_id":"a","author_id":"v","sort_order":1}}],
            "members":[{{"id":"m","email":"NEVER@private.example","name":"NEVER","note":"NEVER"}}],
            "settings":[{{"key":"stripe_secret_key","value":"NEVER"}}]}}}}]}}"#
        )
    };
    check("ghost.json", export(&posts.join(",")).as_bytes());
    // Each alone, so that none hides behind another.
    for (place, post) in posts.iter().enumerate().skip(1) {
        let out = output("ghost.json", export(post).as_bytes(), &Options::default());
        assert!(!out.contains("ASKED"), "post {place}: {out}");
    }
}

#[test]
fn substack_drafts_paid_posts_and_subscribers() {
    let posts = "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n\
        11.a,2023-01-02T10:00:00.000Z,true,,newsletter,everyone,PUBLIC,PUBLIC,\n\
        12.b,2023-01-03T10:00:00.000Z,TRUE,,newsletter,only_paid,ASKED,ASKED,\n\
        13.c,,false,,newsletter,everyone,ASKED,ASKED,\n\
        14.d,2023-01-03T10:00:00.000Z,true,,newsletter,founding,ASKED,ASKED,\n\
        15.e,2023-01-03T10:00:00.000Z,FALSE,,newsletter,only_free,ASKED,ASKED,\n";
    let list = "email,name,stripe_id,active_subscription\nNEVER@private.example,NEVER,NEVER,true\n";
    for folder in ["", "export/"] {
        let path = |name: &str| format!("{folder}{name}");
        let export = zip(&[
            (&path("posts.csv"), posts),
            (&path("posts/11.a.html"), "<p>PUBLIC</p>"),
            (&path("posts/12.b.html"), "<p>ASKED</p>"),
            (&path("posts/13.c.html"), "<p>ASKED</p>"),
            (&path("posts/14.d.html"), "<p>ASKED</p>"),
            (&path("posts/15.e.html"), "<p>ASKED</p>"),
            (
                &path("posts/11.opens.csv"),
                "post_id,timestamp,email,country\n11,2023,NEVER@private.example,NEVER\n",
            ),
            (&path("posts/11.delivers.csv"), "post_id,timestamp,email\n11,2023,NEVER@private.example\n"),
            (&path("email_list.blog.csv"), list),
            (&path("subscribers.csv"), list),
            (&path("subscriber_details.csv"), "Email,Name,Country\nNEVER@private.example,NEVER,NEVER\n"),
        ]);
        check("export.zip", &export);
        check_with("export.zip", &export, &Options { from: Some(Format::Substack), ..Options::default() });
    }
}

#[test]
fn wordpress_drafts_passwords_comments_and_addresses() {
    let item = |id: u32, status: &str, kind: &str, password: &str, word: &str| {
        format!(
            "<item><title>{word} {id}</title><link>https://blog.example/{id}/</link><dc:creator>ada</dc:creator>\
            <content:encoded><![CDATA[<p>{word}</p>]]></content:encoded><excerpt:encoded>{word}</excerpt:encoded><wp:post_id>{id}</wp:post_id>\
            <wp:post_date>2020-02-02 10:00:00</wp:post_date><wp:post_name>p{id}</wp:post_name><wp:status>{status}</wp:status>\
            <wp:post_type>{kind}</wp:post_type><wp:post_password>{password}</wp:post_password>\
            <wp:postmeta><wp:meta_key>_author_email</wp:meta_key><wp:meta_value>NEVER@private.example</wp:meta_value></wp:postmeta>\
            <wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>NEVER</wp:comment_author>\
            <wp:comment_author_email>NEVER@private.example</wp:comment_author_email><wp:comment_author_url>https://NEVER.example</wp:comment_author_url>\
            <wp:comment_author_IP>203.0.113.9 NEVER</wp:comment_author_IP><wp:comment_content>NEVER</wp:comment_content>\
            <wp:commentmeta><wp:meta_key>NEVER</wp:meta_key><wp:meta_value>NEVER</wp:meta_value></wp:commentmeta></wp:comment></item>"
        )
    };
    let blog = |items: &str| {
        format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Blog</title>\
            <wp:author><wp:author_id>1</wp:author_id><wp:author_login>ada</wp:author_login><wp:author_email>NEVER@private.example</wp:author_email>\
            <wp:author_display_name>NEVER@private.example</wp:author_display_name><wp:author_first_name>NEVER</wp:author_first_name></wp:author>{items}</channel></rss>"
        )
    };
    let asked = [
        item(2, "draft", "post", "", "ASKED"),
        item(3, "private", "post", "", "ASKED"),
        item(4, "future", "post", "", "ASKED"),
        item(5, "pending", "post", "", "ASKED"),
        item(6, "publish", "post", "NEVER-password", "ASKED"),
    ];
    let public = item(1, "publish", "post", "", "PUBLIC");
    let never = item(7, "trash", "post", "", "NEVER") + &item(8, "inherit", "revision", "", "NEVER");
    check("blog.xml", blog(&(public.clone() + &asked.concat() + &never)).as_bytes());
    for one in &asked {
        let out = output("blog.xml", blog(one).as_bytes(), &Options::default());
        assert!(!out.contains("ASKED"), "{out}");
    }
    for name in ["_author_email", "wp:post_password"] {
        let options = Options { columns: vec![(Key::Verdict, name.into())], ..Options::default() };
        check_with("blog.xml", blog(&(public.clone() + &asked.concat())).as_bytes(), &options);
    }
}

#[test]
fn markdown_drafts_private_posts_and_addresses() {
    let post = |keys: &str, word: &str| format!("---\ntitle: {word}\nrating: 4\n{keys}\n---\n{word}\n");
    let asked = [
        "draft: true",
        "Draft: true",
        "isDraft: true",
        "published: false",
        "publish: no",
        "permalink: false",
        "unlisted: true",
        "status: draft",
        "status: scheduled",
        "private: yes",
        "visibility: paid",
        "visibility: members",
        "password: NEVER",
    ];
    for keys in asked {
        check("post.md", post(keys, "ASKED").as_bytes());
    }
    // Jekyll has no key for its drafts: they are in a folder.
    let blog =
        [("blog/_drafts/a.md", post("lang: en", "ASKED")), ("blog/_posts/b.md", post("lang: en", "PUBLIC"))];
    check("blog.zip", &zip(&blog.each_ref().map(|(name, text)| (*name, text.as_str()))));
    for keys in [
        "author: NEVER@private.example",
        "author: Ada <NEVER@private.example>",
        "author: {name: Ada, email: NEVER@private.example}",
        "author: {name: NEVER@private.example, url: \"mailto:NEVER@private.example\"}",
        "authors: [NEVER@private.example, Ada]",
        "email: NEVER@private.example",
        "private_notes: NEVER",
    ] {
        check("post.md", post(keys, "PUBLIC").as_bytes());
    }
}

#[test]
fn feeds_and_pages_without_addresses() {
    let rss = "<rss version=\"2.0\"><channel><title>Blog</title><managingEditor>NEVER@private.example</managingEditor>\
        <item><title>PUBLIC</title><author>NEVER@private.example (Jo)</author><description>Words.</description></item>\
        <item><title>Two</title><author>NEVER@private.example</author><description>Words.</description></item></channel></rss>";
    check("feed.xml", rss.as_bytes());
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Blog</title><entry><title>PUBLIC</title><link href=\"mailto:NEVER@private.example\"/>\
        <author><name>NEVER@private.example</name><email>NEVER@private.example</email></author><summary>Words.</summary></entry></feed>";
    check("feed.atom", atom.as_bytes());
    let page = "<!DOCTYPE html><script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"Review\",\"name\":\"PUBLIC\",\
        \"reviewBody\":\"Words.\",\"author\":{\"@type\":\"Person\",\"name\":\"Ada NEVER@private.example\",\"email\":\"NEVER@private.example\",\"telephone\":\"NEVER\"}}</script>";
    check("page.html", page.as_bytes());
    let page = "<!doctype html><div class=\"h-review\"><a class=\"p-name u-url\" href=\"mailto:NEVER@private.example\">PUBLIC</a><p class=\"p-rating\">4</p><div class=\"p-author h-card\">\
        <a class=\"p-name u-url u-email\" href=\"mailto:NEVER@private.example\">Ada</a><a class=\"u-email\" href=\"mailto:NEVER@private.example\">mail</a></div></div>";
    check("page.html", page.as_bytes());
}

#[test]
fn trakt_account_notes_and_other_peoples_lists() {
    let movie = |word: &str| format!(r#""movie":{{"title":"{word}","year":1999,"ids":{{"trakt":1}}}}"#);
    let ratings = format!(
        r#"[{{"rating":8,"rated_at":"2020-01-01T00:00:00.000Z","type":"movie",{},"notes":"NEVER"}}]"#,
        movie("PUBLIC")
    );
    let never = format!(
        r#"[{{"rating":8,"listed_at":"2020","type":"movie",{},"notes":"NEVER","user":{{"email":"NEVER@private.example"}}}}]"#,
        movie("NEVER")
    );
    let account = r#"{"user":{"username":"NEVER","email":"NEVER@private.example","private":true},"account":{"token":"NEVER"}}"#;
    for folder in ["", "ada/"] {
        let path = |name: &str| format!("{folder}{name}");
        let export = zip(&[
            (&path("ratings-movies.json"), &ratings),
            (&path("user-settings.json"), account),
            (&path("user-profile.json"), account),
            (&path("watchlist.json"), &never),
            (&path("lists-1.json"), &never),
            (&path("notes-movies.json"), &never),
            (&path("likes-comments.json"), &never),
            (&path("hidden-movies.json"), &never),
        ]);
        check("trakt.zip", &export);
    }
}
