//! Figures and failures of a lane, printed as a table.
use std::fmt::Write;

pub struct Report {
    lane: &'static str,
    what: &'static str,
    figures: Vec<(String, String)>,
    failures: Vec<String>,
    skipped: Option<String>,
}

/// More failures than this are counted only.
const SHOWN: usize = 20;

impl Report {
    pub fn of(lane: &'static str, what: &'static str) -> Report {
        Report { lane, what, figures: Vec::new(), failures: Vec::new(), skipped: None }
    }

    pub fn figure(&mut self, what: &str, value: impl ToString) {
        self.figures.push((what.to_owned(), value.to_string()));
    }

    pub fn fail(&mut self, what: &str) {
        self.failures.push(what.to_owned());
    }

    pub fn fail_all(&mut self, all: impl IntoIterator<Item = String>) {
        self.failures.extend(all);
    }

    /// Fails with these words unless `holds`.
    pub fn must(&mut self, holds: Held, what: &str) {
        if holds == Held::No {
            self.fail(what);
        }
    }

    /// This machine, or this length, cannot do it: said, not failed.
    pub fn skip(&mut self, why: &str) {
        self.skipped = Some(why.to_owned());
    }

    pub fn failed(&self) -> bool {
        !self.failures.is_empty()
    }

    pub fn print(&self) {
        let verdict = match (&self.skipped, self.failed()) {
            (_, true) => "FAILED",
            (Some(_), false) => "skipped",
            (None, false) => "ok",
        };
        let mut text = format!("{}: {} ... {verdict}\n", self.lane, self.what);
        if let Some(why) = &self.skipped {
            let _ = writeln!(text, "    {why}");
        }
        let figures = self.figures.iter().filter(|_| self.skipped.is_none() || self.failed());
        for (what, value) in figures {
            let _ = writeln!(text, "    {what:<44} {value:>14}");
        }
        for what in self.failures.iter().take(SHOWN) {
            let _ = writeln!(text, "    x {what}");
        }
        if self.failures.len() > SHOWN {
            let _ = writeln!(text, "    x and {} more", self.failures.len() - SHOWN);
        }
        print!("{text}");
    }
}

/// Whether what was promised came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    Yes,
    No,
}

impl From<bool> for Held {
    fn from(holds: bool) -> Held {
        if holds { Held::Yes } else { Held::No }
    }
}
