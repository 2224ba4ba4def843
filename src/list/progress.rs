//! How far a list has come with its files: whether one is being loaded, whether another is needed, and which is next.
//!
//! What comes before the module is there, and what is left after it has crashed, is decided in `list.js`.

/// The number of consecutive files without a new review after which no more are loaded.
const MOST_BARREN: usize = 3;
/// The largest number of files of a list. Protects against a server that always names one more.
const MOST_FILES: usize = 1000;
/// The largest number of files that are loaded to find the review that the address's fragment may name.
const MOST_SOUGHT: usize = 20;
/// How near the end of the list, in heights of the viewport, more files are loaded.
const NEAR_END: f64 = 3.0;

/// What a list does with its files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// No file is being loaded. Another may follow once it is needed.
    #[default]
    Waiting,
    /// A file is being loaded.
    Loading,
    /// The last file could not be loaded.
    Failed {
        /// Whether the reason may pass, such as a missing network.
        may_pass: bool,
    },
}

/// Why more of a list may be needed.
#[derive(Clone, Copy, Debug)]
pub struct Needs {
    /// The whole list is: for a query or for the summary, or because nothing is shown yet.
    pub all: bool,
    /// A review is, which the address's fragment may name.
    pub sought: bool,
    /// How much of the list is below the viewport, in heights of the viewport.
    pub left: f64,
}

/// The progress of one list.
#[derive(Debug)]
pub struct Progress {
    state: State,
    /// The addresses of the files so far, also those that they were redirected to.
    visited: Vec<String>,
    /// The origins of the page and of the first file.
    origins: Vec<String>,
    /// The number of addresses that files have named.
    followed: usize,
    /// The number of reviews after the last file, and the number of files since then without a new review.
    reviews: usize,
    barren: usize,
    /// The number of files that may still be loaded to find a review.
    to_seek: usize,
}

impl Progress {
    /// Creates the progress of a list on a page of this origin.
    pub fn new(page: String) -> Self {
        Self {
            state: State::default(),
            visited: Vec::new(),
            origins: vec![page],
            followed: 0,
            reviews: 0,
            barren: 0,
            to_seek: 0,
        }
    }

    /// Returns whether a file may be loaded now, and begins to. A file that failed is loaded only if asked for `again`.
    pub fn load(&mut self, again: bool) -> bool {
        let may = match self.state {
            State::Waiting => true,
            State::Loading => false,
            State::Failed { .. } => again,
        };
        if may {
            self.state = State::Loading;
        }
        may
    }

    /// Returns whether another file is needed.
    pub fn needs(&self, needs: Needs) -> bool {
        needs.all || (needs.sought && self.to_seek > 0) || needs.left < NEAR_END
    }

    /// Ends loading: all that is needed is there.
    pub fn rest(&mut self) {
        if self.state == State::Loading {
            self.state = State::Waiting;
        }
    }

    /// Ends loading with a failure.
    pub fn fail(&mut self, may_pass: bool) {
        self.state = State::Failed { may_pass };
    }

    /// Returns what the list does with its files.
    pub fn state(&self) -> State {
        self.state
    }

    /// Looks for another review by loading files.
    pub fn seek(&mut self) {
        self.to_seek = MOST_SOUGHT;
    }

    /// Stores the address of a file, and its origin.
    pub fn visit(&mut self, address: String, origin: String) {
        // Addresses that files name may lead only to the origins of the page and of the first file.
        if self.followed == 0 && !self.origins.contains(&origin) {
            self.origins.push(origin);
        }
        self.visited.push(address);
    }

    /// Checks the address that a file names for the next one. `allowed` are the origins that the page allows, or `*`.
    ///
    /// # Errors
    /// Returns why the address is not followed.
    pub fn follow(&mut self, address: &str, origin: &str, allowed: &str) -> Result<(), String> {
        let is_allowed = |allowed: &str| allowed == origin || allowed == "*";
        if self.visited.iter().any(|visited| visited == address) {
            return Err(["expected the address of a file of its own, found ", address, " once more"].concat());
        }
        if !self.origins.iter().any(|allowed| allowed == origin)
            && !allowed.split_whitespace().any(is_allowed)
        {
            let origins = self.origins.join(" or ");
            let parts = ["expected an address of ", &origins, ", found ", address, ": name ", origin];
            return Err([&parts.concat(), " in next-origins to allow it"].concat());
        }
        self.followed += 1;
        if self.followed < MOST_FILES {
            return Ok(());
        }
        let most = MOST_FILES.to_string();
        Err(["expected at most ", &most, " files, found one more: ", address].concat())
    }

    /// Called when everything loaded has been read; `reviews` is their number. Returns the problem if too many
    /// consecutive files had no new review, so that the list ends here.
    pub fn read(&mut self, reviews: usize, has_next: bool) -> Option<String> {
        self.to_seek = self.to_seek.saturating_sub(1);
        self.barren = if reviews > self.reviews { 0 } else { self.barren + 1 };
        self.reviews = reviews;
        if !has_next || self.barren < MOST_BARREN {
            return None;
        }
        let last = self.visited.last().map_or("", |last| last);
        let barren = MOST_BARREN.to_string();
        Some(
            [
                "expected a review that no file before had, found ",
                &barren,
                " files in a row without, up to ",
                last,
            ]
            .concat(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_FILES, MOST_SOUGHT, Needs, Progress, State};

    const PAGE: &str = "https://blog.example";
    const NOTHING: Needs = Needs { all: false, sought: false, left: 3.0 };

    /// Returns the progress of a list whose first file is on the page's server.
    fn first() -> Progress {
        let mut progress = Progress::new(PAGE.to_owned());
        progress.visit(format!("{PAGE}/1.json"), PAGE.to_owned());
        progress
    }

    #[test]
    fn one_file_is_loaded_at_a_time_and_a_failed_one_only_when_asked_for_again() {
        let mut progress = first();
        assert!(progress.load(false));
        assert_eq!(progress.state(), State::Loading);
        assert!(!progress.load(false) && !progress.load(true));
        progress.rest();
        assert_eq!(progress.state(), State::Waiting);
        assert!(progress.load(false));
        progress.fail(true);
        progress.rest();
        assert_eq!(progress.state(), State::Failed { may_pass: true });
        assert!(!progress.load(false));
        assert!(progress.load(true));
        assert_eq!(progress.state(), State::Loading);
    }

    #[test]
    fn files_are_needed_near_the_end_for_all_and_for_a_sought_review() {
        let mut progress = first();
        assert!(!progress.needs(NOTHING));
        assert!(progress.needs(Needs { left: 2.9, ..NOTHING }));
        assert!(progress.needs(Needs { all: true, ..NOTHING }));
        assert!(!progress.needs(Needs { sought: true, ..NOTHING }));
        progress.seek();
        for reviews in 1..=MOST_SOUGHT {
            assert!(progress.needs(Needs { sought: true, ..NOTHING }));
            assert_eq!(progress.read(reviews, true), None);
        }
        assert!(!progress.needs(Needs { sought: true, ..NOTHING }));
    }

    #[test]
    fn addresses_lead_to_new_files_of_known_or_allowed_origins() {
        let mut progress = Progress::new(PAGE.to_owned());
        progress.visit("https://files.example/1.json".to_owned(), "https://files.example".to_owned());
        let cases = [
            ("https://files.example/2.json", "https://files.example", "", None),
            ("https://blog.example/2.json", PAGE, "", None),
            ("https://other.example/2", "https://other.example", "", Some("in next-origins")),
            (
                "https://other.example/2",
                "https://other.example",
                "https://a.example https://other.example",
                None,
            ),
            ("https://other.example/2", "https://other.example", "*", None),
            ("https://files.example/1.json", "https://files.example", "*", Some("once more")),
        ];
        for (address, origin, allowed, expected) in cases {
            let found = progress.follow(address, origin, allowed);
            match expected {
                None => assert_eq!(found, Ok(()), "{address} {allowed}"),
                Some(part) => {
                    assert!(found.is_err_and(|message| message.contains(part)), "{address} {allowed}");
                }
            }
        }
        // A later file's origin is not the first's.
        progress.visit("https://other.example/2".to_owned(), "https://other.example".to_owned());
        assert!(progress.follow("https://other.example/3", "https://other.example", "").is_err());
    }

    #[test]
    fn a_list_has_at_most_as_many_files() {
        let mut progress = first();
        for file in 2..=MOST_FILES {
            assert_eq!(progress.follow(&format!("{PAGE}/{file}.json"), PAGE, ""), Ok(()), "{file}");
        }
        assert!(progress.follow(&format!("{PAGE}/more.json"), PAGE, "").is_err());
    }

    #[test]
    fn three_files_in_a_row_without_a_new_review_end_the_list() {
        let mut progress = first();
        let found = [5, 5, 5, 6, 6, 6].map(|reviews| progress.read(reviews, true).is_some());
        assert_eq!(found, [false; 6]);
        assert!(progress.read(6, true).is_some_and(|message| message.ends_with("/1.json")));
        assert_eq!(progress.read(6, false), None, "the last file ends it anyway");
    }
}
