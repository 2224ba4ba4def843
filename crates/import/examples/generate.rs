//! Writes an invented export of any number of entries to standard output, to measure the import with:
//!
//! ```sh
//! cargo run --release -p review-card-import --example generate goodreads 10000 > library.csv
//! ```
//!
//! The same arguments give the same bytes. Zips are made in memory.
#![expect(clippy::print_stderr, reason = "a command for developers")]

use std::fmt::Write as _;
use std::io::{self, BufWriter, Cursor, Write};
use std::process::ExitCode;

use serde_json::json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const WORDS: [&str; 48] = [
    "grey", "harbour", "slow", "salt", "road", "light", "lamp", "wave", "night", "bus", "driver", "ghost",
    "sea", "town", "winter", "letter", "brother", "window", "rain", "music", "quiet", "long", "film", "book",
    "ending", "story", "house", "garden", "train", "paper", "tide", "fog", "stone", "river", "bridge",
    "clock", "child", "teacher", "island", "storm", "market", "summer", "voice", "shadow", "north", "glass",
    "field", "door",
];
const FORMATS: &str = "letterboxd, goodreads, storygraph, bookwyrm, imdb, trakt, csv, wordpress, ghost, substack, feed, markdown, html, json";

/// A generator of numbers (xorshift): the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }

    fn words(&mut self, count: u64) -> String {
        let words = (0..count).map(|_| {
            let place = usize::try_from(self.below(WORDS.len() as u64)).unwrap_or_default();
            WORDS.get(place).copied().unwrap_or_default()
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// Some 600 characters in three paragraphs.
    fn text(&mut self) -> [String; 3] {
        [self.words(35), self.words(35), self.words(35)]
    }

    fn day(&mut self) -> String {
        format!("{}-{:02}-{:02}", 2005 + self.below(20), 1 + self.below(12), 1 + self.below(28))
    }

    fn html(&mut self) -> String {
        self.text().iter().fold(String::new(), |html, text| html + "<p>" + text + "</p>")
    }
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [format, count] = arguments.as_slice() else { return usage() };
    let Ok(count) = count.parse() else { return usage() };
    let mut out = BufWriter::new(io::stdout().lock());
    match write(format, count, &mut out).and_then(|known| out.flush().map(|()| known)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => usage(),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("generate FORMAT COUNT, where FORMAT is one of {FORMATS}");
    ExitCode::from(2)
}

/// Writes the export; `false` where there is no such format.
fn write(format: &str, count: u64, out: &mut impl Write) -> io::Result<bool> {
    let mut numbers = Numbers(0x2545_F491_4F6C_DD1D);
    let numbers = &mut numbers;
    match format {
        "letterboxd" => letterboxd(count, numbers, out)?,
        "goodreads" => table(GOODREADS, count, out, |id| {
            let (title, day, [a, b, _]) = (numbers.words(4), numbers.day().replace('-', "/"), numbers.text());
            format!("{id},\"{title} (The Harbour, #1)\",Ida Sand,\"=\"\"{:013}\"\"\",{},{day},{day},sea,read,\"{a}<br/><br/>{b}\",,NEVER,1", 9_780_000_000_000 + id, numbers.below(6))
        })?,
        "storygraph" => table(STORYGRAPH, count, out, |id| {
            let (title, day, text) = (numbers.words(4), numbers.day().replace('-', "/"), numbers.html());
            format!("{title},Ida Sand,,{:013},paperback,read,{day},{day},{day},1,{}.25,{text},sea,No", 9_780_000_000_000 + id, numbers.below(5))
        })?,
        "bookwyrm" => table(BOOKWYRM, count, out, |id| {
            let (title, day, text) = (numbers.words(4), numbers.day(), numbers.html());
            format!("{title},Ida Sand,https://books.example/book/{id},{day},{},{title},,{text},{day},read,Read,{day}", 1 + numbers.below(5))
        })?,
        "imdb" => table(IMDB, count, out, |id| {
            let (title, day) = (numbers.words(4), numbers.day());
            format!("tt{id:07},{},{day},{title},{title},https://www.imdb.com/title/tt{id:07}/,Movie,7.1,100,1999,Drama,1000,1999-01-01,Ida Sand", 1 + numbers.below(10))
        })?,
        "csv" => table("Title,Year,Director,Score (out of 10),My Review,Date watched,Tags", count, out, |_| {
            let (title, day, [a, b, c]) = (numbers.words(4), numbers.day(), numbers.text());
            format!("{title},1999,Ida Sand,{},\"{a}\n\n{b}\n\n{c}\",{day},\"sea, salt\"", numbers.below(11))
        })?,
        "trakt" => trakt(count, numbers, out)?,
        "wordpress" => feed(WORDPRESS, count, out, |id| {
            let (title, day, text) = (numbers.words(4), numbers.day(), numbers.html());
            format!("<title>{title}</title><link>https://blog.example/{id}/</link><dc:creator>ada</dc:creator><content:encoded><![CDATA[{text}]]></content:encoded>\
                <excerpt:encoded></excerpt:encoded><wp:post_id>{id}</wp:post_id><wp:post_date>{day} 10:00:00</wp:post_date><wp:post_name>post-{id}</wp:post_name>\
                <wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:post_password></wp:post_password><category domain=\"category\" nicename=\"films\">Films</category>")
        })?,
        "feed" => feed(FEED, count, out, |id| {
            let (title, text) = (numbers.words(4), numbers.html());
            format!("<title>{title}</title><link>https://blog.example/{id}/</link><pubDate>Sun, 25 Oct 2020 14:05:09 +0100</pubDate><description><![CDATA[{text}]]></description>")
        })?,
        "ghost" => ghost(count, numbers, out)?,
        "substack" => substack(count, numbers, out)?,
        "markdown" => zip(out, (0..count).map(|id| {
            let (title, day, text) = (numbers.words(4), numbers.day(), numbers.text().join("\n\n"));
            (format!("posts/post-{id}.md"), format!("---\ntitle: {title}\ndate: {day}\nrating: {}\n---\n{text}\n", numbers.below(6)))
        }))?,
        "html" => zip(out, (0..count).map(|id| {
            let review = json!({ "@context": "https://schema.org", "@type": "Review", "name": numbers.words(4), "url": format!("/{id}/"),
                "reviewBody": numbers.text().join("\n\n"), "reviewRating": { "@type": "Rating", "ratingValue": numbers.below(6) } });
            (format!("{id}.html"), format!("<!DOCTYPE html><html><head><script type=\"application/ld+json\">{review}</script></head><body><p>x</p></body></html>"))
        }))?,
        "json" => {
            let reviews: Vec<_> = (0..count)
                .map(|id| json!({ "id": id.to_string(), "title": numbers.words(4), "rating": numbers.below(6), "body": numbers.text() }))
                .collect();
            writeln!(out, "{}", json!({ "reviews": reviews }))?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

const GOODREADS: &str = "Book Id,Title,Author,ISBN13,My Rating,Date Read,Date Added,Bookshelves,Exclusive Shelf,My Review,Spoiler,Private Notes,Read Count";
const STORYGRAPH: &str = "Title,Authors,Contributors,ISBN/UID,Format,Read Status,Date Added,Last Date Read,Dates Read,Read Count,Star Rating,Review,Tags,Owned?";
const BOOKWYRM: &str = "title,author_text,remote_id,finish_date,rating,review_name,review_cw,review_content,review_published,shelf,shelf_name,shelf_date";
const IMDB: &str = "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors";
const WORDPRESS: &str = "<rss version=\"2.0\" xmlns:wp=\"http://wordpress.org/export/1.2/\">";
const FEED: &str = "<rss version=\"2.0\">";

fn table(
    header: &str,
    count: u64,
    out: &mut impl Write,
    mut row: impl FnMut(u64) -> String,
) -> io::Result<()> {
    writeln!(out, "{header}")?;
    (0..count).try_for_each(|id| writeln!(out, "{}", row(id)))
}

fn feed(root: &str, count: u64, out: &mut impl Write, mut item: impl FnMut(u64) -> String) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\"?>{root}<channel><title>Blog</title>")?;
    (0..count).try_for_each(|id| writeln!(out, "<item>{}</item>", item(id)))?;
    writeln!(out, "</channel></rss>")
}

fn zip(out: &mut impl Write, files: impl Iterator<Item = (String, String)>) -> io::Result<()> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(text.as_bytes())?;
    }
    out.write_all(zip.finish()?.get_ref())
}

/// Entries of a diary, three for two films.
fn letterboxd(count: u64, numbers: &mut Numbers, out: &mut impl Write) -> io::Result<()> {
    let header = "Date,Name,Year,Letterboxd URI,Rating,Rewatch";
    let (mut diary, mut reviews) =
        (format!("{header},Tags,Watched Date\r\n"), format!("{header},Review,Tags,Watched Date\r\n"));
    let mut ratings = "Date,Name,Year,Letterboxd URI,Rating\r\n".to_owned();
    let films = (count * 2 / 3).max(1);
    let mut entry = |id: u64| -> Result<(), std::fmt::Error> {
        let (day, film, rating) = (numbers.day(), id % films, 1 + numbers.below(5));
        let head = format!(
            "{day},Film {film} of {},{},https://boxd.it/{id},{rating},",
            WORDS
                .iter()
                .cycle()
                .nth(usize::try_from(film % 48).unwrap_or_default())
                .copied()
                .unwrap_or_default(),
            1930 + film % 90
        );
        let rewatch = if id < films { "" } else { "Yes" };
        write!(diary, "{head}{rewatch},,{day}\r\n")?;
        let [a, b, c] = numbers.text();
        write!(reviews, "{head}{rewatch},\"{a}\r\n\r\n<i>{b}</i>\r\n\r\n{c}\",,{day}\r\n")?;
        if id < films {
            write!(ratings, "{}\r\n", head.trim_end_matches(','))?;
        }
        Ok(())
    };
    (0..count).try_for_each(&mut entry).map_err(io::Error::other)?;
    zip(
        out,
        [("diary.csv".into(), diary), ("reviews.csv".into(), reviews), ("ratings.csv".into(), ratings)]
            .into_iter(),
    )
}

fn trakt(count: u64, numbers: &mut Numbers, out: &mut impl Write) -> io::Result<()> {
    let (mut ratings, mut comments) = (Vec::new(), Vec::new());
    for id in 0..count {
        let movie = json!({ "title": numbers.words(4), "year": 1999, "ids": { "trakt": id, "imdb": format!("tt{id:07}") } });
        ratings.push(json!({ "rated_at": "2020-01-02T10:00:00.000Z", "rating": 1 + numbers.below(10), "type": "movie", "movie": movie }));
        comments.push(json!({ "type": "movie", "movie": movie, "comment": { "comment": numbers.text().join("\n\n"), "parent_id": 0 } }));
    }
    let files = [("ratings-movies.json", json!(ratings)), ("comments-movies.json", json!(comments))];
    zip(out, files.into_iter().map(|(name, json)| (name.into(), json.to_string())))
}

fn ghost(count: u64, numbers: &mut Numbers, out: &mut impl Write) -> io::Result<()> {
    let posts: Vec<_> = (0..count)
        .map(|id| json!({ "id": id.to_string(), "title": numbers.words(4), "slug": format!("post-{id}"), "html": numbers.html(),
            "status": "published", "visibility": "public", "type": "post", "published_at": "2023-01-02T10:00:00.000Z" }))
        .collect();
    writeln!(out, "{{\"db\":[{{\"data\":{}}}]}}", json!({ "posts": posts }))
}

fn substack(count: u64, numbers: &mut Numbers, out: &mut impl Write) -> io::Result<()> {
    let mut posts = Vec::new();
    table("post_id,post_date,is_published,type,audience,title,subtitle", count, &mut posts, |id| {
        format!("{id}.post-{id},2023-01-02T10:00:00.000Z,true,newsletter,everyone,{},", numbers.words(4))
    })?;
    let table = ("posts.csv".to_owned(), String::from_utf8_lossy(&posts).into_owned());
    let pages = (0..count).map(|id| (format!("posts/{id}.post-{id}.html"), numbers.html()));
    zip(out, std::iter::once(table).chain(pages))
}
