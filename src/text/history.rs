//! An operation's changes as lines to read, for both faces.
use super::merging::told_apart;
use super::width::pad_right;
use super::{Locale, explain};
use crate::ops::anchor::Seen;
use crate::ops::history::{Changed, Detail, FieldChange};

/// Cells for the names of facts.
const LABEL: usize = 10;
/// Fields whose values are codes with words of their own.
const CODED: &[&str] = &["state", "mark", "subject", "sex", "document"];

/// Everything known of an operation: who, when, where, why, and each changed field before and after.
pub fn lines(locale: &Locale, detail: &Detail) -> Vec<String> {
    let op = &detail.operation;
    let mut lines = Vec::new();
    let mut fact = |code: &str, value: &str| {
        if !value.is_empty() {
            let label = pad_right(locale.word(&format!("history.fact.{code}")), LABEL);
            lines.push(format!("{label} {value}"));
        }
    };
    fact("kind", locale.word(&op.word()));
    fact("at", &op.at.to_string());
    let roles: Vec<_> = op.roles.split(',').map(|r| locale.word(&format!("role.{r}")).to_owned()).collect();
    let roles = if op.roles.is_empty() { String::new() } else { format!(" ({})", roles.join(" ")) };
    fact("operator", &format!("{}{roles}", op.operator));
    fact("station", &format!("{} / {}", op.station, op.face));
    fact("subject", op.subject.as_deref().unwrap_or_default());
    fact("reason", op.reason.as_deref().unwrap_or_default());
    fact("undoes", &op.undoes.map(|no| no.to_string()).unwrap_or_default());
    fact("undone_by", &op.undone_by.map(|no| no.to_string()).unwrap_or_default());
    lines.push(String::new());
    if detail.hidden {
        lines.push(locale.word("history.hidden").to_owned());
    }
    detail.changes.iter().for_each(|change| changed(locale, change, &mut lines));
    if detail.more > 0 {
        lines.push(locale.say("history.more", &[("rows", &detail.more.to_string())]));
    }
    // To compare with paper; what was changed comes first.
    let (one, two) = halves(&op.digest);
    lines.push(String::new());
    lines.push(format!("{} {one}", pad_right(locale.word("history.fact.digest"), LABEL)));
    lines.push(format!("{} {two}", pad_right("", LABEL)));
    lines
}

fn changed(locale: &Locale, change: &Changed, lines: &mut Vec<String>) {
    let record = locale.word(&format!("record.{}", change.record)).to_owned();
    let keys = match change.upto {
        Some(last) => format!("{} - {last}", change.key),
        None => change.key.clone(),
    };
    lines.push(format!("{record} {keys}"));
    for FieldChange { field, before, after } in &change.fields {
        let key = format!("record_field.{field}");
        let name = if locale.has(&key) { locale.word(&key) } else { field.as_str() };
        let nothing = locale.word("history.nothing");
        let side = |value: &Option<String>| match value {
            Some(value) => worded(locale, field, value),
            None => nothing.to_owned(),
        };
        let (before, after) = told_apart(locale, (side(before), side(after)));
        lines.push(format!("  {name}: {before} -> {after}"));
    }
}

fn worded(locale: &Locale, field: &str, value: &str) -> String {
    let key = match field {
        "sex" | "document" | "subject" => format!("{field}.{value}"),
        _ => format!("record_value.{value}"),
    };
    if CODED.contains(&field) && locale.has(&key) { locale.word(&key).to_owned() } else { value.to_owned() }
}

/// The head of the journal and the mark outside, as lines.
pub fn head(locale: &Locale, seen: &Seen) -> Vec<String> {
    let fact =
        |code: &str, value: &str| format!("{} {value}", pad_right(locale.word(&format!("anchor.fact.{code}")), LABEL));
    let (one, two) = halves(&seen.head);
    let fits = locale.word("anchor.fits").to_owned();
    let state = seen.doubt.clone().map_or(fits, |doubt| explain(locale, &doubt.into()).message);
    let mark = seen.found.as_deref().and_then(|found| found.split(' ').next()).unwrap_or_default();
    let mut lines = vec![
        fact("operations", &seen.number.to_string()),
        fact("head", &one),
        format!("{} {}", pad_right("", LABEL), two),
        fact("mark", mark),
        fact("state", &state),
        String::new(),
    ];
    lines.extend(locale.word("anchor.earlier").lines().map(ToOwned::to_owned));
    lines
}

/// Two lines of eight groups each.
fn halves(digest: &str) -> (String, String) {
    let (one, two) = digest.split_at_checked(digest.len() / 2).unwrap_or((digest, ""));
    (in_fours(one), in_fours(two))
}

/// A digest in groups of four, so that it can be compared by eye.
pub fn in_fours(digest: &str) -> String {
    let chars: Vec<char> = digest.chars().collect();
    chars.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn digests_come_in_fours() {
        assert_eq!(super::in_fours("0123456789"), "0123 4567 89");
    }
}
