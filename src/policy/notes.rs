//! What is odd about a notice without being wrong: to be known before it is relied on. Words are `policy_note.<code>`.
use super::Policy;
use super::dates::{Dated, DatedKind, ExamDays, dated};
use super::fault::Problem;
use super::windows::WindowKind;
use crate::model::Calendar;

/// Registration opens before the notice was issued (S0-28).
pub const OPENS_BEFORE_NOTICE: &str = "opens_before_notice";
/// A publicity period without one working day (S0-38).
pub const NO_WORKING_DAY: &str = "no_working_day";
/// A due date on a day off (S1-33).
pub const DUE_ON_DAY_OFF: &str = "due_on_day_off";
/// The office's review opens on a day off (S2-14).
pub const OPENS_ON_DAY_OFF: &str = "opens_on_day_off";
/// A count of working days goes through a year whose holidays are not known.
pub const CALENDAR_DOUBT: &str = "calendar_doubt";
/// An annex came without its text (S0-42).
pub const ANNEX_MISSING: &str = "annex_missing";
/// The same, with another notice's annex in its place.
pub const ANNEX_STAND_IN: &str = "annex_stand_in";
/// The text bears no date (S3-01).
pub const UNDATED: &str = "undated";

pub fn notes(policy: &Policy, exam: Option<ExamDays>, calendar: &Calendar) -> Vec<Problem> {
    let mut notes = Vec::new();
    let registration = policy.windows.of(WindowKind::Registration).iter().map(|w| w.start.day).min();
    match (policy.notice.date, registration) {
        (Some(date), Some(opens)) if opens < date.day => {
            let note = Problem::new(OPENS_BEFORE_NOTICE).with("opens", opens.to_string());
            notes.push(note.with("date", date.day.to_string()));
        }
        (None, _) => notes.push(Problem::new(UNDATED)),
        _ => {}
    }
    for review in policy.windows.of(WindowKind::Review).iter().filter(|w| !calendar.is_working(w.start.day)) {
        let note = Problem::new(OPENS_ON_DAY_OFF).word("what", WindowKind::Review.key());
        notes.push(note.with("opens", review.start.day.to_string()));
    }
    notes.extend(dated(policy, exam, calendar).iter().flat_map(of_date));
    for annex in policy.annexes.iter().filter(|a| !a.supplied) {
        let note = Problem::new(if annex.stand_in.is_some() { ANNEX_STAND_IN } else { ANNEX_MISSING });
        let note = note.with("number", i64::from(annex.number)).with("title", annex.title.as_str());
        notes.push(match &annex.stand_in {
            Some(code) => note.with("policy", code.as_str()),
            None => note,
        });
    }
    notes
}

/// What is odd about one date; also of a publicity period that somebody is about to begin.
pub fn of_date(date: &Dated) -> Vec<Problem> {
    let mut notes = Vec::new();
    let (from, due) = (date.from.map(|d| d.to_string()), date.due.map(|d| d.to_string()).unwrap_or_default());
    if date.kind == DatedKind::Publicity && date.working_days == Some(0) {
        let note = Problem::new(NO_WORKING_DAY).with("from", from.unwrap_or_default());
        notes.push(note.with("due", due.as_str()));
    }
    if date.kind == DatedKind::Deadline && date.due_on_day_off {
        notes.push(Problem::new(DUE_ON_DAY_OFF).word("what", date.what.as_str()).with("due", due.as_str()));
    }
    if let Some(year) = date.doubt.filter(|_| date.working_days.is_some()) {
        notes.push(Problem::new(CALENDAR_DOUBT).word("what", date.what.as_str()).with("year", i64::from(year)));
    }
    notes
}

#[cfg(test)]
mod tests {
    const WORDS: [&str; 2] =
        [include_str!("../../data/locales/zh-CN/policies.toml"), include_str!("../../data/locales/en/policies.toml")];

    #[test]
    fn every_note_has_words_in_both_languages() {
        let codes =
            include_str!("notes.rs").lines().filter_map(|line| line.strip_prefix("pub const ")?.split('"').nth(1));
        let codes: Vec<_> = codes.collect();
        assert_eq!(codes.len(), 8);
        for text in WORDS {
            let words: toml::Table = text.parse().unwrap();
            let lacking: Vec<_> = codes.iter().filter(|code| words["policy_note"].get(code).is_none()).collect();
            assert!(lacking.is_empty(), "{lacking:?}");
        }
    }
}
