//! Words about computed results, their audit and the summary table.
use super::Locale;
use crate::model::Mark;
use crate::ops::results::{Audit, Came, Computation, ComputationStanding, Computed, Counts, Name, Summary};
use crate::ops::{ResultAuditRow, SummarySentRow};

/// `12/18 66.7%`: a rate never stands without its counts.
pub fn rate(c: &Counts) -> String {
    match c.rate() {
        Some(rate) => format!("{}/{} {rate}", c.passed, c.decided()),
        None => format!("{}/{}", c.passed, c.decided()),
    }
}

/// Outcome and marks in one cell.
pub fn came(locale: &Locale, came: Option<&Came>) -> String {
    let Some(came) = came else { return locale.word("results.not_there").to_owned() };
    let mark = |mark: Option<Mark>| match mark {
        Some(Mark::Points(points)) => points.to_string(),
        Some(Mark::Absent) => locale.word("mark.absent").to_owned(),
        Some(Mark::Void) => locale.word("mark.void").to_owned(),
        None => "-".to_owned(),
    };
    let marks = came.marks.map(mark).join("/");
    format!("{} {marks}", locale.word(&format!("outcome.{}", came.outcome.code())))
}

pub fn computed(locale: &Locale, done: &Computed, changed: usize) -> String {
    let key = match (done.made, done.before) {
        (false, _) => "results.computed_holds",
        (true, None) => "results.computed_first",
        (true, Some(_)) => "results.computed_again",
    };
    let c = &done.computation;
    let counts = [c.applied, c.passed, c.failed, c.incomplete].map(|n| n.to_string());
    let [applied, passed, failed, incomplete] = &counts;
    let (at, changed) = (c.at.minute(), changed.to_string());
    let args = [("applied", applied), ("passed", passed), ("failed", failed), ("incomplete", incomplete)];
    let mut args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    args.extend([("at", at.as_str()), ("count", changed.as_str())]);
    locale.say(key, &args)
}

pub fn audit(locale: &Locale, audit: &Audit) -> String {
    locale.word(&audit.state.key()).to_owned()
}

pub fn audit_cells(locale: &Locale, row: &ResultAuditRow) -> Vec<String> {
    vec![
        row.asked_at.minute(),
        locale.word(&format!("results.audit_state.{}", row.state.code())).to_owned(),
        row.audited_on.map(|day| day.to_string()).unwrap_or_default(),
        row.auditor.clone().unwrap_or_default(),
        row.document_no.clone().unwrap_or_default(),
        row.note.clone().or_else(|| row.asked_note.clone()).unwrap_or_default(),
    ]
}

/// State of the summary table, and the days left for it (S1-36).
pub fn summary(locale: &Locale, summary: &Summary) -> String {
    let mut line = locale.word(&summary.state.key()).to_owned();
    if let Some(row) = summary.rows.first() {
        let on = row.sent_on.to_string();
        let args = [("on", on.as_str()), ("to", &row.recipient), ("by", &row.sent_by)];
        line = format!("{line} {}", locale.say("results.summary.last", &args));
    }
    if let (Some(due), Some(left)) = (summary.due, summary.left) {
        let key = if left < 0 { "results.summary.late" } else { "results.summary.left" };
        let args = [("due", due.to_string()), ("days", left.abs().to_string())];
        line = format!("{line} {}", locale.say(key, &args.each_ref().map(|(name, value)| (*name, value.as_str()))));
    }
    line
}

pub fn sent_cells(locale: &Locale, row: &SummarySentRow) -> Vec<String> {
    vec![
        row.sent_on.to_string(),
        row.recipient.clone(),
        row.sent_by.clone(),
        row.signed_by.clone(),
        locale.word(&format!("results.manner.{}", row.manner.code())).to_owned(),
        row.note.clone().unwrap_or_default(),
    ]
}

/// One computation in a line.
pub fn computation(locale: &Locale, c: &Computation) -> String {
    let counts = [c.applied, c.passed, c.failed, c.incomplete].map(|n| n.to_string());
    let [applied, passed, failed, incomplete] = &counts;
    let digest: String = c.inputs.chars().take(12).collect();
    let at = c.at.minute();
    let args = [
        ("at", at.as_str()),
        ("applied", applied),
        ("passed", passed),
        ("failed", failed),
        ("incomplete", incomplete),
        ("digest", &digest),
    ];
    locale.say("results.computation", &args)
}

/// Where results stand, a line each: computed, audited, sent; then every computation.
pub fn standing(
    locale: &Locale,
    (all, now): (&[Computation], &ComputationStanding),
    on_audit: &Audit,
    on_summary: &Summary,
) -> Vec<String> {
    let count = match now {
        ComputationStanding::Changed { people } => people.len().to_string(),
        ComputationStanding::None | ComputationStanding::Holds => "0".to_owned(),
    };
    let mut lines = vec![
        locale.say(&format!("results.computing.{}", now.code()), &[("count", &count)]),
        format!("{} {}", locale.word("results.audit_label"), audit(locale, on_audit)),
        format!("{} {}", locale.word("results.summary_label"), summary(locale, on_summary)),
    ];
    lines.extend(all.iter().map(|c| computation(locale, c)));
    lines
}

/// A group's plain name; empty: not said.
pub fn name(name: &Name) -> String {
    match name {
        Name::Region(text) | Name::Unit(text) => text.clone(),
        Name::Occupation(trade) => format!("{} {}", trade.occupation_name, trade.level.official()),
        Name::Room(Some(room)) => format!("{} {}", room.venue, room.number),
        Name::Room(None) => String::new(),
    }
}

/// The same with words for what was not said.
pub fn group(locale: &Locale, of: &Name) -> String {
    let plain = match of {
        Name::Occupation(trade) => format!("{} {}", trade.occupation_name, locale.word(&trade.level.key())),
        other => name(other),
    };
    match (plain.is_empty(), of) {
        (true, Name::Room(_)) => locale.word("results.no_seat").to_owned(),
        (true, _) => locale.word("results.not_said").to_owned(),
        (false, _) => plain,
    }
}

/// Points of the `n`th bin: `60–<70`; the last takes 100 in.
pub fn range(n: usize) -> String {
    if n >= 9 { "90–100".to_owned() } else { format!("{}–<{}", n * 10, (n + 1) * 10) }
}
