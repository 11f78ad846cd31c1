//! Publicity, objections and what stands in the way, in words.
use super::Locale;
use crate::model::{Refusal, Subject};
use crate::ops::publicity::{Answer, Case, Cell, Corrected, Hindrances, Release, Told, said_mark};

/// The words of a refusal that is told before anything is refused.
pub fn refusal_words(locale: &Locale, refusal: &Refusal) -> String {
    locale.say_data(&format!("refusal.{}", refusal.code.0), &refusal.data)
}

/// What has to be put right, then what has to be accepted.
pub fn hindrance_lines(locale: &Locale, found: &Hindrances) -> Vec<String> {
    let line = |key: &str, refusal: &Refusal| locale.say(key, &[("what", &refusal_words(locale, refusal))]);
    let stops = found.stops.iter().map(|r| line("publicity.stop_line", r));
    stops.chain(found.warnings.iter().map(|r| line("publicity.warn_line", r))).collect()
}

pub fn cell_words(locale: &Locale, cell: Cell) -> String {
    match cell {
        Cell::Text(text) => text,
        Cell::Word(key) => locale.word(&key).to_owned(),
    }
}

/// A published mark: points, or the word of what stands there.
pub fn shown_mark(locale: &Locale, text: &str) -> String {
    cell_words(locale, said_mark(text))
}

fn day(day: Option<crate::model::Day>) -> String {
    day.map(|d| d.to_string()).unwrap_or_default()
}

/// Number, state, people, from, until, where, by whom, what it corrects or why it was withdrawn.
pub fn release_cells(locale: &Locale, one: &Release) -> [String; 8] {
    let row = &one.row;
    let note = match (&row.withdrawn_reason, row.corrects) {
        (Some(reason), _) => reason.clone(),
        (None, Some(_)) => locale.word("publicity.correction").to_owned(),
        (None, None) => String::new(),
    };
    [
        row.number.to_string(),
        locale.word(&format!("publication_state.{}", row.state.code())).to_owned(),
        one.people.to_string(),
        day(row.published_on),
        day(row.until_day),
        row.place.clone().unwrap_or_default(),
        one.published_by.clone(),
        note,
    ]
}

/// How long there is, or that it was late.
pub fn countdown(locale: &Locale, case: &Case) -> String {
    let say = |key: &str, days: i64| locale.say(key, &[("days", &days.to_string())]);
    match case.working_days_left {
        Some(days) if case.overdue => say("milestones.late_by", -days),
        Some(0) => locale.word("milestones.last_day").to_owned(),
        Some(days) => say("milestones.left", days),
        None if case.overdue => locale.word("objection.was_late").to_owned(),
        None => String::new(),
    }
}

/// Number, kind, person, part and scope, state, countdown, who handles it.
pub fn objection_cells(locale: &Locale, case: &Case) -> [String; 7] {
    let said = &case.said;
    let what = match (said.subject, said.scope) {
        (Some(subject), Some(scope)) => format!("{} {}", locale.word(&subject.key()), locale.word(&scope.key())),
        _ => said.matter.clone(),
    };
    [
        said.number.to_string(),
        locale.word(&format!("objection_kind.{}", said.kind.code())).to_owned(),
        said.name.clone(),
        what,
        locale.word(case.stage.key()).to_owned(),
        countdown(locale, case),
        said.handler.clone().unwrap_or_default(),
    ]
}

/// Everything known of one of them, a fact a line.
pub fn objection_lines(locale: &Locale, case: &Case) -> Vec<String> {
    let said = &case.said;
    let shown = said.shown.as_deref().map(|text| shown_mark(locale, text)).unwrap_or_default();
    let scope = said.scope.map(|s| locale.word(&s.key()).to_owned()).unwrap_or_default();
    let part = said.subject.map(|s| locale.word(&s.key()).to_owned()).unwrap_or_default();
    let change = said.change.map(|c| c.to_string()).unwrap_or_default();
    let facts = [
        ("objection.fact.person", format!("{} {}", said.name, said.ticket.as_deref().unwrap_or_default())),
        ("objection.fact.occupation", format!("{} {}", said.occupation_name, locale.word(&said.level.key()))),
        ("objection.fact.release", said.release.to_string()),
        ("objection.fact.part", part),
        ("objection.fact.shown", shown),
        ("objection.fact.scope", scope),
        ("objection.fact.raised_by", format!("{} {}", said.raised_by, said.contact)),
        ("objection.fact.matter", said.matter.clone()),
        ("objection.fact.received_on", format!("{} {}", said.received_on, said.taken_by)),
        ("objection.fact.late", said.late.clone().unwrap_or_default()),
        ("objection.fact.decide_by", format!("{} {}", said.decide_by, countdown(locale, case))),
        ("objection.fact.state", locale.word(case.stage.key()).to_owned()),
        ("objection.fact.handler", said.handler.clone().unwrap_or_default()),
        ("objection.fact.decided_on", day(said.decided_on)),
        ("objection.fact.finding", said.finding.clone().unwrap_or_default()),
        ("objection.fact.change", change),
    ];
    let told = facts.iter().filter(|(_, text)| !text.trim().is_empty());
    told.map(|(key, text)| format!("{}  {}", locale.word(key), text.trim())).collect()
}

/// What somebody is told at the counter.
pub fn answer_lines(locale: &Locale, answer: &Answer) -> Vec<String> {
    let line = |told: &Told| {
        let marks =
            [(Subject::Theory, &told.theory), (Subject::Practical, &told.practical), (Subject::Review, &told.review)];
        let asked = marks.into_iter().filter(|(_, text)| *text != "not_required");
        let marks: Vec<_> =
            asked.map(|(part, text)| format!("{} {}", locale.word(&part.key()), shown_mark(locale, text))).collect();
        let args = [
            ("ticket", told.ticket.clone().unwrap_or_default()),
            ("occupation", told.occupation_name.clone()),
            ("level", locale.word(&told.level.key()).to_owned()),
            ("marks", marks.join("  ")),
            ("outcome", locale.word(&format!("outcome.{}", told.outcome)).to_owned()),
        ];
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        locale.say("publicity.answer_line", &args).trim().to_owned()
    };
    let mut lines = vec![answer.name.clone()];
    lines.extend(answer.results.iter().map(line));
    let key = if answer.is_final { "publicity.answer_final" } else { "publicity.answer_open" };
    lines.push(locale.say(key, &[("number", &answer.release.to_string()), ("until", &day(answer.until))]));
    if let Some(by) = answer.recheck_by {
        lines.push(locale.say("publicity.answer_recheck", &[("day", &by.to_string())]));
    }
    lines
}

/// What a correction changed, a person a line.
pub fn corrected_lines(locale: &Locale, all: &[Corrected]) -> Vec<String> {
    let line = |one: &Corrected| {
        let name = one.row().map(|row| row.name.clone()).unwrap_or_default();
        match (&one.before, &one.after) {
            (None, _) => locale.say("publicity.corrected_new", &[("name", &name)]),
            (_, None) => locale.say("publicity.corrected_gone", &[("name", &name)]),
            (Some(before), Some(after)) => {
                let mut what: Vec<String> = Vec::new();
                let mut turned = |label: &str, old: String, new: String| {
                    if old != new {
                        let args = [("what", label), ("before", old.as_str()), ("after", new.as_str())];
                        what.push(locale.say("publicity.turned", &args));
                    }
                };
                turned(locale.word("heading.name"), before.name.clone(), after.name.clone());
                for part in Subject::ALL {
                    let mark = |row: &crate::ops::PublishedRow| shown_mark(locale, row.of(part));
                    turned(locale.word(&part.key()), mark(before), mark(after));
                }
                let outcome = |code: &str| locale.word(&format!("outcome.{code}")).to_owned();
                turned(locale.word("heading.outcome"), outcome(&before.outcome), outcome(&after.outcome));
                let what = what.join(locale.word("supervision.comma"));
                locale.say("publicity.corrected", &[("name", &name), ("what", &what)])
            }
        }
    };
    all.iter().map(line).collect()
}
