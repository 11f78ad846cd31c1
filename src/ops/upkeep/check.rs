//! Looking the site over: figures and a verdict for each question, no words.
use crate::ops::anchor::{check_heads, refusal};
use crate::ops::{Result, Site};
use crate::store::mark::Found;
use crate::store::replay::{self, Replayed};
use crate::store::{Pins, disk, health, journal};
use serde::Serialize;
use std::fmt::Display;

/// Less free room than this may not outlast an exam day: 1 GiB.
const ENOUGH: u64 = 1 << 30;
/// Less than this will not outlast an import: 64 MiB.
const LEAST: u64 = 64 << 20;

/// Minutes after which a changed site should have been copied: a day.
const OLDEST: i64 = 24 * 60;

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
        Check::new("synchronous", is(set.synchronous == 2), synchronous(set.synchronous)),
        Check::new("foreign_keys", is(set.foreign_keys), i64::from(set.foreign_keys)),
        Check::new("journal_mode", is(mode), &set.journal_mode),
    ];
    found.extend(on_disk(site));
    found.extend(copied(site));
    found.extend(modes(site));
    found.push(mark(site));
    let structure = match depth {
        Depth::Usual => health::structure(db),
        Depth::Deep => health::whole_structure(db),
    };
    found.push(asked("structure", structure, |said| Check::new("structure", is(said == "ok"), said)));
    for (code, count) in [
        ("references", health::dangling(db)),
        ("room_progress", health::wrong_progress(db)),
        ("marks", health::unfounded_marks(db)),
        ("stock", health::wrong_stock(db)),
    ] {
        found.push(asked(code, count, |count| Check::new(code, is(count == 0), count)));
    }
    match signing_on(site) {
        Ok(checks) => found.extend(checks),
        Err(error) => found.push(Check::new("pins", Verdict::Fail, error)),
    }
    if depth == Depth::Deep {
        found.extend(deep(site, set.schema));
    }
    Ok(found)
}

/// What takes as long as the journal is.
fn deep(site: &Site, schema: i64) -> [Check; 4] {
    let db = site.store().db();
    let is = |good: bool| if good { Verdict::Ok } else { Verdict::Fail };
    [
        asked("journal", journal::verify(db), |chain| {
            let value = chain.broken_at.map_or(chain.operations, |no| no.0);
            Check::new("journal", is(chain.broken_at.is_none()), value)
        }),
        asked("heads", check_heads(site), |heads| {
            let line = heads.fault.as_ref().map(|fault| i64::try_from(fault.line).unwrap_or(i64::MAX));
            Check::new("heads", is(line.is_none()), line.unwrap_or(heads.signed))
        }),
        asked("schema", health::own_schema(db), |own| Check::new("schema", is(own), schema)),
        asked("replay", replay::replay(db), |found| played(&found)),
    ]
}

/// What cannot be asked of a damaged file is an answer too: the other questions are asked all the same.
fn asked<T, E: Display>(check: &'static str, answer: Result<T, E>, told: impl FnOnce(T) -> Check) -> Check {
    answer.map_or_else(|error| Check::new(check, Verdict::Fail, error), told)
}

/// How old the newest copy is, in minutes, where the site has changed since; a site that nobody works on needs none.
fn copied(site: &Site) -> Option<Check> {
    let old = |minutes: i64| if minutes >= OLDEST { Verdict::Warn } else { Verdict::Ok };
    match super::drill::last_copy(site) {
        Ok(Some((minutes, true))) => Some(Check::new("last_copy", old(minutes), minutes)),
        Ok(Some((_, false))) => Some(Check::new("last_copy", Verdict::Ok, 0)),
        Ok(None) => None,
        Err(_) => Some(Check::new("last_copy", Verdict::Warn, "?")),
    }
}

/// How many of the site's files and folders others than their owner may read.
fn modes(site: &Site) -> Option<Check> {
    use std::os::unix::fs::PermissionsExt;
    let folder = site.file()?.parent()?;
    let ours = |name: &str| name.starts_with("site.db") || ["anchor", "backups", "drafts", "exports"].contains(&name);
    let entries = std::fs::read_dir(folder).ok()?.flatten().filter(|e| ours(&e.file_name().to_string_lossy()));
    let entries = entries.filter_map(|e| e.metadata().ok());
    let own = std::fs::metadata(folder).ok();
    let open = entries.chain(own).filter(|meta| meta.permissions().mode() & 0o077 != 0).count();
    Some(match open {
        0 => Check::new("modes", Verdict::Ok, "0600/0700"),
        open => Check::new("modes", Verdict::Warn, open),
    })
}

/// SQLite's own word for the setting.
fn synchronous(level: i64) -> String {
    match level {
        0 => "OFF".to_owned(),
        1 => "NORMAL".to_owned(),
        2 => "FULL".to_owned(),
        3 => "EXTRA".to_owned(),
        other => other.to_string(),
    }
}

/// Rows compared, or the first row that is not what the journal says.
fn played(found: &Replayed) -> Check {
    match &found.first {
        None if found.unknown == 0 => Check::new("replay", Verdict::Ok, found.rows),
        None => Check::new("replay", Verdict::Ok, format!("{} (-{})", found.rows, found.unknown)),
        Some(wrong) => {
            let value = format!("{} {} {} ({})", wrong.table, wrong.key, wrong.what, found.wrong);
            Check::new("replay", Verdict::Fail, value)
        }
    }
}

fn mark(site: &Site) -> Check {
    match (site.doubt(), site.held().late()) {
        (Some(doubt), _) => Check::new("mark", Verdict::Fail, refusal(&doubt).code.0),
        (None, Some(cause)) => Check::new("mark", Verdict::Warn, cause),
        (None, None) => {
            let at = site.held().found();
            let at = at.map_or_else(
                || "-".to_owned(),
                |found| match found {
                    Found::Is(mark) => mark.number.to_string(),
                    other => other.words(),
                },
            );
            Check::new("mark", Verdict::Ok, at)
        }
    }
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
