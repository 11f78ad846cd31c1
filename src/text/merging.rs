//! Conflicts of a merge in words, for both faces.
use super::Locale;
use crate::bundle::site::{Column, Form, TABLES, Table};
use crate::model::Stamp;
use crate::ops::ConflictState;
use crate::ops::exchange::site::conflicts::{Field, Kept};
use crate::ops::exchange::site::{Conflict, is_locked};
use crate::ops::history::WayBack;

/// Headings of [`cells`].
pub const COLUMNS: [&str; 6] = [
    "column.conflict",
    "column.conflict_state",
    "column.table",
    "column.key",
    "column.conflict_sides",
    "column.conflict_source",
];

pub fn state(locale: &Locale, state: ConflictState) -> String {
    locale.word(&format!("conflict_state.{}", state.code())).to_owned()
}

pub fn record(locale: &Locale, kept: &Kept) -> String {
    locale.word(&format!("record.{}", kept.record)).to_owned()
}

fn known(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}

/// A table of a bundle, or a part of its manifest, as people call it.
pub fn table(locale: &Locale, name: &str) -> String {
    let key = format!("record.{}", known(name).map_or(name, |table| table.record));
    if locale.has(&key) { locale.word(&key).to_owned() } else { name.to_owned() }
}

/// A heading of a bundle as people call it; one without a word of its own stands as it is.
pub fn heading(locale: &Locale, heading: &str) -> String {
    let parts: Vec<&str> = heading.split('.').collect();
    let field = |part: &str| format!("record_field.{part}");
    let keys = match parts.as_slice() {
        // What names the person, field by field.
        ["application", last] => vec![field(last)],
        // What names a row of another table.
        [first, .., of, "name" | "code" | "number"] => vec![format!("record.{of}"), field(of), field(first)],
        [of, "name" | "code" | "number"] => vec![format!("record.{of}"), field(of)],
        [first, .., last] => vec![field(first), field(last)],
        _ => vec![field(heading)],
    };
    keys.iter().find(|key| locale.has(key)).map_or(heading, |key| locale.word(key)).to_owned()
}

/// A value under a heading: a code by its word, a time to the minute.
fn value(locale: &Locale, heading: &str, text: &str) -> String {
    let last = heading.rsplit('.').next().unwrap_or(heading);
    let keys = [format!("{last}.{text}"), format!("record_value.{text}")];
    let own = matches!(last, "document" | "level" | "sex" | "subject");
    match keys.iter().skip(usize::from(!own)).find(|key| locale.has(key)) {
        _ if text.is_empty() => locale.word("merge.nothing").to_owned(),
        Some(key) => locale.word(key).to_owned(),
        None if last == "at" || last.ends_with("_at") => Stamp::parse(text).map_or(text.to_owned(), |at| at.minute()),
        None => text.to_owned(),
    }
}

/// Two values that differ, with a word where they do so only in what is masked.
pub(super) fn told_apart(locale: &Locale, (one, other): (String, String)) -> (String, String) {
    if one != other || !one.contains('?') {
        return (one, other);
    }
    let said = locale.say("merge.masked_differs", &[("text", &one)]);
    (said.clone(), said)
}

/// What names a row, its codes in words. It is one text by then; where a part of it has blanks only codes can be told.
pub fn key(locale: &Locale, name: &str, key: &str) -> String {
    let Some(table) = known(name) else { return key.to_owned() };
    let columns: Vec<&Column> = table.columns.iter().filter(|c| table.key.contains(&c.path)).collect();
    let parts: Vec<&str> = key.split(' ').collect();
    let code = |part: &str, c: &&&Column| matches!(c.form, Form::Word(words) if words.contains(&part));
    let worded = parts.iter().enumerate().map(|(n, part)| {
        let own = columns.get(n).filter(|_| columns.len() == parts.len() && !part.is_empty());
        match own.or_else(|| columns.iter().find(|c| code(part, c))) {
            Some(column) => value(locale, column.path, part),
            None => (*part).to_owned(),
        }
    });
    worded.collect::<Vec<_>>().join(" ")
}

/// Table, row, field and both sides of what a bundle has otherwise.
pub fn conflict(locale: &Locale, conflict: &Conflict) -> Vec<String> {
    let Conflict { table: name, key: of, field, here, there } = conflict;
    let whole = field.is_empty();
    let side = |text: &String| if whole { text.clone() } else { value(locale, field, text) };
    let (here, there) = told_apart(locale, (side(here), side(there)));
    let field = if whole { String::new() } else { heading(locale, field) };
    vec![table(locale, name), key(locale, name, of), field, here, there]
}

/// What is said when one can take back what was done, when two can, and when it cannot be.
pub const MERGED: [&str; 3] = ["cli.merge.stored_one", "cli.merge.stored_two", "cli.merge.stored_final"];
pub const RESOLVED: [&str; 3] = ["cli.merge.resolved_one", "cli.merge.resolved_two", "cli.merge.resolved_final"];

/// The one of these keys that holds, and why it cannot be taken back.
pub fn said(locale: &Locale, [one, two, no]: [&'static str; 3], way: &WayBack) -> (&'static str, String) {
    match way {
        WayBack::One => (one, String::new()),
        WayBack::Two => (two, String::new()),
        WayBack::Refused(why) => (no, super::explain(locale, &why.clone().into()).message),
    }
}

/// The row for people.
pub fn row(locale: &Locale, kept: &Kept) -> String {
    key(locale, &kept.table, &kept.key)
}

/// What differs, in one line.
pub fn summary(locale: &Locale, kept: &Kept) -> String {
    let differing: Vec<&Field> = kept.fields.iter().filter(|f| f.differs).collect();
    if kept.only_one_side() {
        let side = if differing.iter().any(|f| !f.here.is_empty()) { "merge.only_here" } else { "merge.only_there" };
        return locale.word(side).to_owned();
    }
    let line = |f: &&Field| locale.say("merge.pair", &pair(locale, f).each_ref().map(|(k, v)| (*k, v.as_str())));
    differing.iter().map(line).collect::<Vec<_>>().join(" · ")
}

fn pair(locale: &Locale, field: &Field) -> [(&'static str, String); 3] {
    let sides = (value(locale, field.heading, &field.here), value(locale, field.heading, &field.there));
    let (here, there) = if field.differs { told_apart(locale, sides) } else { sides };
    [("field", heading(locale, field.heading)), ("here", here), ("there", there)]
}

/// Number, table, row, what differs, where it comes from, state.
pub fn cells(locale: &Locale, kept: &Kept) -> Vec<String> {
    vec![
        kept.id.to_string(),
        state(locale, kept.state),
        record(locale, kept),
        row(locale, kept),
        summary(locale, kept),
        kept.source.clone(),
    ]
}

/// Everything about one conflict, both sides field by field.
pub fn lines(locale: &Locale, kept: &Kept) -> Vec<String> {
    let (id, at) = (kept.id.to_string(), kept.at.minute());
    let state = state(locale, kept.state);
    let args = [("id", id.as_str()), ("source", &kept.source), ("at", &at), ("state", &state)];
    let mut lines =
        vec![format!("{} {}", record(locale, kept), row(locale, kept)), locale.say("merge.came", &args), String::new()];
    for field in &kept.fields {
        let [(_, name), (_, here), (_, there)] = pair(locale, field);
        match field.differs {
            true => {
                lines.push(format!("! {name}"));
                lines.push(locale.say("merge.side_here", &[("text", &here)]));
                lines.push(locale.say("merge.side_there", &[("text", &there)]));
            }
            false => lines.push(format!("  {name}: {here}")),
        }
    }
    if let Some(why) = &kept.why {
        lines.push(String::new());
        let detail = if is_locked(why) { locale.word("merge.locked") } else { why };
        lines.push(locale.say("merge.why", &[("detail", detail)]));
    }
    if let (Some(by), Some(at), Some(reason)) = (&kept.decided_by, kept.decided_at, &kept.reason) {
        lines.push(String::new());
        lines.push(locale.say("merge.decided", &[("by", by), ("at", &at.minute()), ("reason", reason)]));
    }
    lines
}
