//! Memory does not grow with a file's length: what is counted are the bytes that an importer has read ahead of the
//! reviews that it has handed over, and the reviews that diary entries are joined to.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::cell::Cell;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use review_card_import::{Files, Input, Options, import, import_bytes};

/// A file that is made while it is read.
struct Made {
    paths: [String; 1],
    start: &'static str,
    entry: fn(u64) -> String,
    count: u64,
    end: &'static str,
    /// How far the last reading has come, in entries.
    read: Rc<Cell<u64>>,
}

impl Files for Made {
    fn paths(&self) -> &[String] {
        &self.paths
    }

    fn open(&mut self, _number: usize) -> io::Result<Box<dyn Read + '_>> {
        self.read.set(0);
        let pending = self.start.as_bytes().to_vec();
        Ok(Box::new(Reading { made: self, next: 0, pending, given: 0 }))
    }
}

struct Reading<'a> {
    made: &'a Made,
    next: u64,
    pending: Vec<u8>,
    given: usize,
}

impl Read for Reading<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.pending.len() {
            self.given = 0;
            self.pending = match self.next {
                next if next < self.made.count => (self.made.entry)(next).into_bytes(),
                next if next == self.made.count => self.made.end.as_bytes().to_vec(),
                _ => Vec::new(),
            };
            self.next += 1;
            self.made.read.set(self.next);
        }
        let count = self.pending.get(self.given..).unwrap_or_default().read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

/// Imports so many entries of a kilobyte each. No more than 256 of them are read before their reviews are handed over.
#[track_caller]
fn check(name: &str, start: &'static str, entry: fn(u64) -> String, end: &'static str) {
    const COUNT: u64 = 2_000;
    let read = Rc::new(Cell::new(0));
    let made = Made { paths: [String::new()], start, entry, count: COUNT, end, read: Rc::clone(&read) };
    let (mut handed_over, mut most_ahead) = (0, 0);
    let report = import(&mut [Input::from_files(name, made)], &Options::default(), &mut |_, _| {
        handed_over += 1;
        most_ahead = most_ahead.max(read.get().saturating_sub(handed_over));
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!((report.reviews, report.problems.len()), (COUNT, 0), "{report}");
    assert!(most_ahead < 256, "{name}: read {most_ahead} entries ahead");
    assert!(read.get() > COUNT, "{name}: all were counted");
}

fn words() -> String {
    "slow grey waves ".repeat(64)
}

#[test]
fn tables_are_read_row_by_row() {
    check("films.csv", "Title,Year,Rating,Review\n", |n| format!("Film {n},1999,4,{}\n", words()), "");
    check(
        "library.csv",
        "Book Id,Title,Author,My Rating,Date Read,Exclusive Shelf,My Review\n",
        |n| format!("{n},Book {n},Ida Sand,4,2020/01/02,read,{}\n", words()),
        "",
    );
    check(
        "storygraph.csv",
        "Title,Authors,Read Status,Star Rating,Review\n",
        |n| format!("Book {n},Ida Sand,read,4.25,{}\n", words()),
        "",
    );
    check(
        "ratings.csv",
        "Const,Your Rating,Date Rated,Title,Title Type,Genres\n",
        |n| format!("tt{n:07},8,2020-01-02,Film {n},Movie,{}\n", words()),
        "",
    );
}

#[test]
fn feeds_and_wordpress_exports_are_read_item_by_item() {
    check(
        "feed.xml",
        "<rss version=\"2.0\"><channel>",
        |n| format!("<item><title>Post {n}</title><description>{}</description></item>", words()),
        "</channel></rss>",
    );
    check(
        "blog.xml",
        "<rss version=\"2.0\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>",
        |n| {
            format!(
                "<item><title>Post {n}</title><wp:status>publish</wp:status><content:encoded>{}</content:encoded></item>",
                words()
            )
        },
        "</channel></rss>",
    );
}

/// Entry `n` is of film `n % 200`: 100 films are seen twice.
#[test]
fn three_hundred_diary_entries_on_two_hundred_films_are_two_hundred_reviews() {
    let mut diary = String::from("Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\r\n");
    for entry in 0..300 {
        let (film, day) =
            (entry % 200, format!("20{:02}-{:02}-{:02}", 10 + entry / 100, 1 + entry % 12, 1 + entry % 28));
        let rating = 1 + entry % 5;
        let rewatch = if entry >= 200 { "Yes" } else { "" };
        diary += &format!(
            "{day},Film {film},{},https://boxd.it/e{entry},{rating},{rewatch},,{day}\r\n",
            1950 + film % 50
        );
    }
    let import = import_bytes("diary.csv", diary.as_bytes(), &Options::default()).unwrap();
    let report = &import.report;
    assert_eq!((report.entries, report.reviews, report.joined), (300, 200, 100), "{report}");
    let reviews = &import.collection.reviews;
    assert_eq!(reviews.len(), 200);
    let entries: Vec<_> = reviews.iter().map(|review| review.history.len()).collect();
    assert_eq!(entries.iter().sum::<usize>(), 300, "no entry is lost");
    assert_eq!(entries.iter().filter(|entries| **entries == 2).count(), 100);
    // The latest entry is the rating.
    for review in reviews {
        let latest = review.history.last().unwrap();
        assert_eq!(review.rating, latest.rating, "{}", review.title);
    }
}
