//! Conflicts of a merge in words, for both faces.
use super::Locale;
use crate::ops::ConflictState;
use crate::ops::exchange::site::conflicts::{Field, Kept};

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

/// A heading of a bundle as people call it; one without a word of its own stands as it is.
pub fn heading(locale: &Locale, heading: &str) -> String {
    let last = heading.rsplit('.').next().unwrap_or(heading);
    let first = heading.split('.').next().unwrap_or(heading);
    let keys = [heading, first, last].map(|part| format!("record_field.{part}"));
    keys.iter().find(|key| locale.has(key)).map_or(heading, |key| locale.word(key)).to_owned()
}

fn value(locale: &Locale, text: &str) -> String {
    let key = format!("record_value.{text}");
    match text {
        "" => locale.word("merge.nothing").to_owned(),
        _ if locale.has(&key) => locale.word(&key).to_owned(),
        text => text.to_owned(),
    }
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
    let (here, there) = (value(locale, &field.here), value(locale, &field.there));
    [("field", heading(locale, field.heading)), ("here", here), ("there", there)]
}

/// Number, table, row, what differs, where it comes from, state.
pub fn cells(locale: &Locale, kept: &Kept) -> Vec<String> {
    vec![
        kept.id.to_string(),
        state(locale, kept.state),
        record(locale, kept),
        kept.key.clone(),
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
        vec![format!("{} {}", record(locale, kept), kept.key), locale.say("merge.came", &args), String::new()];
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
        lines.push(locale.say("merge.why", &[("detail", why)]));
    }
    if let (Some(by), Some(at), Some(reason)) = (&kept.decided_by, kept.decided_at, &kept.reason) {
        lines.push(String::new());
        lines.push(locale.say("merge.decided", &[("by", by), ("at", &at.minute()), ("reason", reason)]));
    }
    lines
}
