//! Looking the site over: figures and a verdict for each question, no words.
use crate::ops::{Result, Site};
use crate::store::{Pins, disk, health, journal};
use serde::Serialize;

/// Less free room than this may not outlast an exam day: 1 GiB.
const ENOUGH: u64 = 1 << 30;
/// Less than this will not outlast an import: 64 MiB.
const LEAST: u64 = 64 << 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Ok,
    Warn,
    Fail,
}

/// One question and its answer. Words: `doctor.check.<code>`, and `doctor.advice.<code>` when it is not in order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    pub check: &'static str,
    pub verdict: Verdict,
    /// The figure found.
    pub value: String,
}

impl Check {
    pub fn new(check: &'static str, verdict: Verdict, value: impl ToString) -> Check {
        Check { check, verdict, value: value.to_string() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// What takes no longer than the tables are large.
    Usual,
    /// The whole journal too.
    Deep,
}

/// Every question in the order in which people should read it.
pub fn check(site: &Site, depth: Depth) -> Result<Vec<Check>> {
    let db = site.store().db();
    let set = health::settings(db)?;
    let is = |good: bool| if good { Verdict::Ok } else { Verdict::Fail };
    let mode = set.journal_mode == "wal" || site.file().is_none();
    let mut found = vec![
        Check::new("sqlite", is(set.sqlite_is_safe), &set.sqlite),
        Check::new("synchronous", is(set.synchronous == 2), set.synchronous),
        Check::new("foreign_keys", is(set.foreign_keys), i64::from(set.foreign_keys)),
        Check::new("journal_mode", is(mode), &set.journal_mode),
    ];
    found.extend(on_disk(site));
    let structure = health::structure(db)?;
    found.push(Check::new("structure", is(structure == "ok"), structure));
    for (code, count) in [
        ("references", health::dangling(db)?),
        ("room_progress", health::wrong_progress(db)?),
        ("marks", health::unfounded_marks(db)?),
        ("stock", health::wrong_stock(db)?),
    ] {
        found.push(Check::new(code, is(count == 0), count));
    }
    found.extend(signing_on(site)?);
    if depth == Depth::Deep {
        let chain = journal::verify(db)?;
        let value = chain.broken_at.map_or(chain.operations, |no| no.0);
        found.push(Check::new("journal", is(chain.broken_at.is_none()), value));
    }
    Ok(found)
}

/// Who could sign on by a name alone, and whom nobody can ask who they are.
fn signing_on(site: &Site) -> Result<Vec<Check>> {
    let pins = super::pins_of(site)?;
    let open = if pins == Pins::Required { Verdict::Ok } else { Verdict::Warn };
    let all = super::operators(site)?;
    let without: Vec<_> = all.iter().filter(|o| !o.disabled && o.pin.is_none()).map(|o| o.name.as_str()).collect();
    let named = if without.is_empty() { "0".to_owned() } else { without.join(" ") };
    let bare = if without.is_empty() || pins == Pins::Optional { Verdict::Ok } else { Verdict::Warn };
    Ok(vec![Check::new("pins", open, pins.code()), Check::new("no_pin", bare, named)])
}

fn on_disk(site: &Site) -> Vec<Check> {
    let Some(disk) = site.file().and_then(disk::disk) else { return Vec::new() };
    let network = match disk.network {
        Some(name) => Check::new("file_system", Verdict::Fail, name),
        None => Check::new("file_system", Verdict::Ok, "local"),
    };
    let room = match disk.free {
        free if free < LEAST => Verdict::Fail,
        free if free < ENOUGH => Verdict::Warn,
        _ => Verdict::Ok,
    };
    vec![network, Check::new("free_space", room, format!("{} MiB", disk.free >> 20))]
}
