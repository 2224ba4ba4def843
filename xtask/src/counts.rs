//! Runs test programs, and counts the results that they print.
//!
//! Rust's test harness and the end-to-end tests both end with `test result: ok. 3 passed; 1 failed; …`, and describe
//! failures after a line `failures:`. A test whose data are missing prints a line `SKIPPED: …`, and passes.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

/// The prefix of the line that a skipped test prints.
const SKIPPED: &str = "SKIPPED: ";

/// The results of tests.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    /// What was skipped, and why.
    pub(crate) skipped: Vec<String>,
    /// The descriptions of the failures.
    pub(crate) failures: Vec<String>,
}

impl Counts {
    /// Runs a command that runs tests, and shows its output as it is printed.
    ///
    /// # Errors
    /// Returns an error if the command cannot be run, fails for another reason than a test, or runs no test.
    pub(crate) fn of(command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("could not start the tests")?;
        let mut counts = Self::default();
        let output = child.stdout.take().context("expected the output of the tests, found none")?;
        let mut in_failures = false;
        for line in BufReader::new(output).lines() {
            let line = line.context("reading the output of the tests")?;
            println!("{line}");
            counts.read(&line, &mut in_failures);
        }
        let status = child.wait()?;
        if !status.success() && counts.failed == 0 {
            bail!("the tests could not be run ({status})");
        }
        ensure!(counts.passed + counts.failed + counts.skipped.len() > 0, "expected tests, found none");
        Ok(counts)
    }

    /// Adds the results of another command.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped.extend(other.skipped);
        self.failures.extend(other.failures);
    }

    /// Reads one line. `in_failures` is true while lines describe failures.
    fn read(&mut self, line: &str, in_failures: &mut bool) {
        if let Some(skipped) = line.find(SKIPPED).and_then(|at| line.get(at + SKIPPED.len()..)) {
            self.skipped.push(skipped.to_owned());
            return;
        }
        if let Some(result) = line.strip_prefix("test result: ") {
            *in_failures = false;
            let count = |what: &str| {
                let part = result.split([';', '.']).find_map(|part| part.trim().strip_suffix(what));
                part.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
            };
            // The harness counts skipped tests as passed.
            self.passed += count("passed");
            self.failed += count("failed");
            return;
        }
        match line {
            "failures:" if *in_failures => *in_failures = false, // The second `failures:` is followed only by names.
            "failures:" => {
                *in_failures = true;
                self.failures.push(String::new());
            }
            _ if *in_failures => {
                if let Some(text) = self.failures.last_mut() {
                    text.push_str(line);
                    text.push('\n');
                }
            }
            _ => {}
        }
    }

    /// Returns the summary line of all tests.
    pub(crate) fn line(&self) -> String {
        let passed = self.passed.saturating_sub(self.skipped.len());
        format!("{passed} passed, {} failed, {} skipped", self.failed, self.skipped.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tests_report_is_counted() {
        let output = "running 3 tests\ntest a ... ok\nSKIPPED: b: no corpora\ntest b ... ok\ntest c ... FAILED\n\nfailures:\n\n\
            ---- c stdout ----\nexpected 1, found 2\n\n\nfailures:\n    c\n\n\
            test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: ok. 12 passed; 0 failed; 0 ignored\n";
        let (mut counts, mut in_failures) = (Counts::default(), false);
        output.lines().for_each(|line| counts.read(line, &mut in_failures));
        assert_eq!(counts.line(), "13 passed, 1 failed, 1 skipped");
        assert_eq!(counts.skipped, ["b: no corpora"]);
        assert_eq!(counts.failures.len(), 1);
        assert!(
            counts
                .failures
                .iter()
                .all(|text| text.contains("expected 1, found 2") && !text.contains("    c"))
        );
    }
}
