//! The folder of backups: what lies in it, by names, and which automatic copies have had their time.
//!
//! `auto-20231015-081000-41-0a1b2c3d.db` is a copy of operation 41 with a digest that begins so, made because a
//! quarter of an hour had gone; `before-certificates.number-…` one made before that operation. `replaced-20231015-081000.db`
//! is no copy but the database that a restore set aside. Every other name was chosen by a person. Neither is ever taken away.
use super::backup::copied;
use crate::model::Stamp;
use crate::ops::{Error, Result};
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Minutes between two automatic copies, and how many of them are kept one by one.
pub const EVERY: i64 = 15;
const ALL_FOR: i64 = 24 * 60;
/// Days of which the last copy is kept.
const DAYS: usize = 30;

const TIME: &str = "%Y%m%d-%H%M%S";
/// Characters of a time.
const TIME_LONG: usize = 15;
const ASIDE: &str = "replaced-";

/// Why a copy was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "why", content = "kind")]
pub enum Why {
    /// A quarter of an hour had gone.
    Regular,
    /// Before this kind of operation.
    Before(String),
    /// Somebody asked for it, or it is what a migration left.
    Named,
    /// What was the site until a restore: no copy of it.
    SetAside,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Copy {
    pub path: PathBuf,
    #[serde(flatten)]
    pub why: Why,
    pub at: Stamp,
    pub bytes: u64,
    /// Number of the last operation in it and the beginning of its digest: by the name, or read with [`listed`].
    pub operations: Option<i64>,
    pub head: Option<String>,
}

/// What the name of an automatic copy says.
struct Named<'a> {
    why: Why,
    at: Stamp,
    head: Option<(i64, &'a str)>,
}

/// Digits of the head in a name.
const HEAD: usize = 8;

pub fn name(why: &Why, at: Stamp, (operations, head): (i64, &str)) -> String {
    let head = head.get(..HEAD).unwrap_or(head);
    let time = at.local().format(TIME);
    match why {
        Why::Before(kind) => format!("before-{kind}-{time}-{operations}-{head}.db"),
        Why::Regular | Why::Named | Why::SetAside => format!("auto-{time}-{operations}-{head}.db"),
    }
}

/// For the database that a restore sets aside, the n-th of that second.
pub fn aside_name(at: Stamp, n: u32) -> String {
    let time = at.local().format(TIME);
    if n == 1 { format!("{ASIDE}{time}.db") } else { format!("{ASIDE}{time}-{n}.db") }
}

fn read_name(name: &str) -> Option<Named<'_>> {
    let stem = name.strip_suffix(".db")?;
    if let Some(rest) = stem.strip_prefix(ASIDE) {
        let (time, n) = rest.split_at_checked(TIME_LONG)?;
        let numbered = n.strip_prefix('-').is_some_and(|n| n.parse::<u32>().is_ok());
        if !n.is_empty() && !numbered {
            return None;
        }
        let at = chrono::NaiveDateTime::parse_from_str(time, TIME).ok()?;
        return Some(Named { why: Why::SetAside, at: Stamp::at(at), head: None });
    }
    let mut parts = stem.rsplitn(5, '-');
    let (head, operations) = (parts.next()?, parts.next()?.parse().ok()?);
    let (time, day) = (parts.next()?, parts.next()?);
    let at = chrono::NaiveDateTime::parse_from_str(&format!("{day}-{time}"), TIME).ok()?;
    let why = match parts.next()? {
        "auto" => Why::Regular,
        other => Why::Before(other.strip_prefix("before-")?.to_owned()),
    };
    let is_head = head.len() == HEAD && head.bytes().all(|b| b.is_ascii_hexdigit());
    is_head.then_some(Named { why, at: Stamp::at(at), head: Some((operations, head)) })
}

impl Copy {
    pub fn is_automatic(&self) -> bool {
        matches!(self.why, Why::Regular | Why::Before(_))
    }

    fn read(&mut self) {
        let Ok(found) = copied(&self.path) else { return };
        self.operations = Some(found.operations);
        self.head = found.head.get(..HEAD).map(str::to_owned);
    }

    /// Whether it was made of exactly this state of the journal.
    pub fn is_of(&self, (operations, head): (i64, &str)) -> bool {
        self.operations == Some(operations) && self.head.as_deref().is_some_and(|begin| head.starts_with(begin))
    }
}

/// The copies in a folder, newest first. A folder that is not there holds none.
pub fn copies(folder: &Path) -> Result<Vec<Copy>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::file(folder)(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(Error::file(folder))?.path();
        if path.extension().is_none_or(|e| e != "db") {
            continue;
        }
        // Another process may have thinned it out meanwhile.
        let Ok(meta) = std::fs::metadata(&path) else { continue };
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let said = read_name(&name);
        let modified = meta.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok());
        let modified = modified.and_then(|d| i64::try_from(d.as_millis()).ok()).unwrap_or(0);
        found.push(Copy {
            at: said.as_ref().map_or(Stamp(modified), |s| s.at),
            operations: said.as_ref().and_then(|s| s.head).map(|(operations, _)| operations),
            head: said.as_ref().and_then(|s| s.head).map(|(_, head)| head.to_owned()),
            why: said.map_or(Why::Named, |s| s.why),
            bytes: meta.len(),
            path,
        });
    }
    found.sort_by(|a, b| (b.at, &b.path).cmp(&(a.at, &a.path)));
    Ok(found)
}

/// The same, with the head of each that its name does not tell, read from the file; one that cannot be read has none.
pub fn listed(folder: &Path) -> Result<Vec<Copy>> {
    let mut all = copies(folder)?;
    all.iter_mut().filter(|copy| copy.operations.is_none()).for_each(Copy::read);
    Ok(all)
}

/// The newest copy of the site, with its head; what a restore set aside is none, nor is one dated in the future, by a clock that was
/// wrong.
pub fn newest(folder: &Path, now: Stamp) -> Result<Option<Copy>> {
    // One with a name of its own has the time that the system gave its file, by whatever clock.
    let is_one = |copy: &Copy| match copy.why {
        Why::SetAside => false,
        Why::Named => true,
        Why::Regular | Why::Before(_) => now.minutes_since(copy.at) >= 0,
    };
    let mut newest = copies(folder)?.into_iter().find(is_one);
    newest.iter_mut().filter(|copy| copy.operations.is_none()).for_each(Copy::read);
    Ok(newest)
}

/// Automatic copies that nobody will miss: of the last day one for each quarter of an hour and all before an operation
/// stay, and the last of each of the newest thirty days that have any: days are counted, so that a clock that is wrong once does not
/// sweep them all away. Never the newest automatic one, never one with a name of its own.
pub fn surplus(newest_first: &[Copy], now: Stamp) -> Vec<&Path> {
    let (mut quarters, mut days) = (BTreeSet::new(), BTreeSet::new());
    let mut gone = Vec::new();
    for (place, copy) in newest_first.iter().filter(|c| c.is_automatic()).enumerate() {
        // The first one of its slot is its newest.
        let of_its_day = days.insert(copy.at.day());
        let stays = match now.minutes_since(copy.at) {
            age if age < ALL_FOR => copy.why != Why::Regular || quarters.insert(copy.at.0.div_euclid(EVERY * 60_000)),
            _ => of_its_day && days.len() <= DAYS,
        };
        if !stays && place > 0 {
            gone.push(copy.path.as_path());
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Stamp {
        Stamp::parse("2023-10-15T18:00:00+08:00").unwrap()
    }

    fn copy(why: Why, minutes: i64) -> Copy {
        let at = now().plus_minutes(-minutes);
        let path = PathBuf::from(name(&why, at, (minutes, "0a1b2c3d4e")));
        Copy { path, why, at, bytes: 1, operations: None, head: None }
    }

    #[test]
    fn a_name_says_what_the_copy_is() {
        for why in [Why::Regular, Why::Before("certificates.number".into())] {
            let text = name(&why, now(), (41, "0a1b2c3d4e5f"));
            let read = read_name(&text).unwrap();
            assert_eq!((read.why, read.at, read.head), (why, now(), Some((41, "0a1b2c3d"))), "{text}");
        }
        for aside in [aside_name(now(), 1), aside_name(now(), 2)] {
            let read = read_name(&aside).unwrap();
            assert_eq!((read.why, read.at, read.head), (Why::SetAside, now(), None), "{aside}");
        }
        for named in [
            "site-20231015-081000.db",
            "before-schema-5.db",
            "replaced-x.db",
            "replaced-20231015-081000x.db",
            "auto-x-1-2-3.db",
        ] {
            assert!(read_name(named).is_none(), "{named}");
        }
    }

    #[test]
    fn a_day_of_quarters_and_a_month_of_days_stay() {
        // One every five minutes for forty days.
        let all: Vec<Copy> = (0..40 * 288).map(|n| copy(Why::Regular, n * 5)).collect();
        let gone: BTreeSet<_> = surplus(&all, now()).into_iter().collect();
        let left: Vec<_> = all.iter().filter(|c| !gone.contains(c.path.as_path())).collect();
        let (day, older): (Vec<&Copy>, Vec<&Copy>) = left.iter().partition(|c| now().minutes_since(c.at) < ALL_FOR);
        assert_eq!(day.len(), 97, "96 quarters and the one that is running");
        assert_eq!(older.len(), DAYS - 2, "today and the day before have their last copies among the quarters");
        assert!(older.iter().all(|c| now().minutes_since(c.at) < 30 * 24 * 60));
    }

    /// A year of daily copies, and one that a wrong clock dated half a year ahead.
    #[test]
    fn a_wrong_clock_sweeps_nothing_away() {
        let day = 24 * 60;
        let all: Vec<Copy> = [-180].into_iter().chain(0..365).map(|n| copy(Why::Regular, n * day)).collect();
        let gone = surplus(&all, now().plus_minutes(180 * day));
        assert_eq!(all.len() - gone.len(), DAYS, "one for each of the newest days");
        assert!(!gone.contains(&all[1].path.as_path()));
    }

    #[test]
    fn the_newest_and_those_with_a_name_never_go() {
        let year = 365 * 24 * 60;
        let all = [Why::Regular, Why::Named, Why::SetAside, Why::Regular];
        let all: Vec<_> = all.into_iter().zip(year..).map(|(why, age)| copy(why, age)).collect();
        assert_eq!(surplus(&all, now()), [all[3].path.as_path()]);
        let fresh = [copy(Why::Regular, 1), copy(Why::Before("x.y".into()), 2), copy(Why::Regular, 3)];
        assert_eq!(surplus(&fresh, now()), [fresh[2].path.as_path()]);
    }
}
