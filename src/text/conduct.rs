//! Words of incidents: what was seen, what a decision does, what taking it back restores.
use super::eligibility::words;
use super::{Locale, mark_words};
use crate::model::{Effect, Mark, Points, Refusal, Stamp};
use crate::ops::conduct::{Acts, Decided, Lifted, Listed, OnPart, Outcome, Reported};
use crate::ops::sanctions::FOR_GOOD;

/// The act's own words; its code where the table has it no more.
pub fn act<'a>(locale: &Locale, acts: Option<&'a Acts>, code: &'a str) -> &'a str {
    acts.and_then(|table| table.act(code).ok()).map_or(code, |act| words(locale, &act.words))
}

pub fn outcome(locale: &Locale, outcome: Outcome) -> String {
    locale.word(&outcome.key()).to_owned()
}

/// Who it was, for people.
pub fn who(locale: &Locale, name: Option<&str>) -> String {
    name.map_or_else(|| locale.word("conduct.nobody").to_owned(), str::to_owned)
}

/// `3-12`, or the room alone.
pub fn place(locale: &Locale, room: i64, seat: Option<i64>) -> String {
    let room = room.to_string();
    match seat {
        Some(seat) => locale.say("conduct.here", &[("room", &room), ("seat", &format!("{seat:02}"))]),
        None => locale.say("conduct.here_room", &[("room", &room)]),
    }
}

pub fn reported(locale: &Locale, done: &Reported) -> String {
    let (number, who) = (done.number.to_string(), who(locale, done.name.as_deref()));
    locale.say("conduct.reported", &[("number", &number), ("who", &who), ("act", &done.act)])
}

fn part(locale: &Locale, part: &OnPart) -> String {
    let word = |mark: Option<Mark>| match mark {
        Some(mark) => mark_words(locale, mark),
        None => locale.word("conduct.no_mark").to_owned(),
    };
    let amount = Points::new(i32::try_from(part.amount).unwrap_or(i32::MAX)).to_string();
    let key = match part.effect {
        Effect::Void => "conduct.part_void",
        Effect::Minus => "conduct.part_minus",
        Effect::MinusShare if part.amount >= 10_000 => "conduct.part_zero",
        Effect::MinusShare => "conduct.part_share",
    };
    let (subject, before, after) = (locale.word(&part.subject.key()).to_owned(), word(part.before), word(part.after));
    locale.say(key, &[("subject", &subject), ("amount", &amount), ("before", &before), ("after", &after)])
}

/// Everything that a decision does, a line each.
pub fn follows(locale: &Locale, done: &Decided) -> Vec<String> {
    let mut lines: Vec<String> = done.parts.iter().map(|p| part(locale, p)).collect();
    if done.removed {
        lines.push(locale.word("conduct.removed").to_owned());
    }
    match done.barred_until {
        Some(FOR_GOOD) => lines.push(locale.word("conduct.barred_for_good").to_owned()),
        Some(until) => lines.push(locale.say("conduct.barred", &[("until", &until.to_string())])),
        None => {}
    }
    if let Some(number) = &done.certificate {
        lines.push(locale.say("conduct.certificate", &[("number", number)]));
    }
    if lines.is_empty() {
        let key = if done.outcome.is_none() { "conduct.dismissed_nothing" } else { "conduct.nothing_else" };
        lines.push(locale.word(key).to_owned());
    }
    lines
}

/// What was decided, and what it does.
pub fn decided(locale: &Locale, done: &Decided) -> String {
    let (number, who) = (done.number.to_string(), who(locale, done.name.as_deref()));
    let head = match done.outcome {
        Some(o) => {
            let outcome = outcome(locale, o);
            locale.say("conduct.decided", &[("number", &number), ("who", &who), ("outcome", &outcome)])
        }
        None => locale.say("conduct.decided_dismissed", &[("number", &number), ("who", &who)]),
    };
    let stop = locale.word("conduct.semicolon");
    [vec![head], follows(locale, done)].concat().join(stop)
}

pub fn lifted(locale: &Locale, done: &Lifted) -> String {
    let (number, who) = (done.number.to_string(), who(locale, done.name.as_deref()));
    let mut parts = vec![locale.say("conduct.lifted", &[("number", &number), ("who", &who)])];
    if !done.parts.is_empty() {
        let subjects: Vec<_> = done.parts.iter().map(|s| locale.word(&s.key()).to_owned()).collect();
        let subjects = subjects.join(locale.word("conduct.comma"));
        parts.push(locale.say("conduct.lifted_parts", &[("subjects", &subjects)]));
    }
    let also = [(done.readmitted, "conduct.lifted_back"), (done.unbarred, "conduct.lifted_bar")];
    parts.extend(also.into_iter().filter(|(so, _)| *so).map(|(_, key)| locale.word(key).to_owned()));
    parts.join(locale.word("conduct.semicolon"))
}

/// Everything known of an incident: label and content.
pub fn lines(locale: &Locale, one: &Listed, acts: Option<&Acts>) -> Vec<(String, String)> {
    let word = |key: &str| locale.word(key).to_owned();
    let field = |name: &str| word(&format!("conduct_form.{name}"));
    let who = match (&one.name, &one.ticket) {
        (Some(name), Some(ticket)) => format!("{name}  {ticket}"),
        (name, _) => who(locale, name.as_deref()),
    };
    let mut lines = vec![
        (field("session"), format!("{}  {}", one.session_code, word(&one.subject.key()))),
        (field("who"), format!("{}  {who}", place(locale, one.room_number, one.seat))),
        (field("act"), format!("{}  {}", one.act, act(locale, acts, &one.act))),
        (field("at"), one.at.minute()),
        (field("warned"), word(if one.warned { "conduct.yes" } else { "conduct.no" })),
        (field("facts"), one.facts.clone()),
    ];
    lines.extend(one.evidence.iter().flat_map(|e| e.lines()).map(|piece| (field("evidence"), piece.to_owned())));
    lines.push((field("a"), one.invigilators[0].clone()));
    lines.push((field("b"), one.invigilators[1].clone()));
    lines.push((field("signature"), word(&format!("conduct_signature.{}", one.signature.code()))));
    lines.push((field("reporter"), one.reported_by.clone()));
    lines.push((word("column.conduct_state"), word(&format!("conduct_state.{}", one.state.code()))));
    if let Some(o) = one.outcome.as_deref().and_then(Outcome::parse) {
        lines.push((word("column.conduct_outcome"), outcome(locale, o)));
    }
    let decision = one.decision.clone().filter(|d| !d.is_empty());
    lines.extend(decision.map(|d| (word("record_field.decision"), d)));
    let at = |stamp: Stamp| format!("{}  {}", one.decided_by.clone().unwrap_or_default(), stamp.minute());
    lines.extend(one.decided_at.map(|stamp| (word("record_field.decided_by"), at(stamp))));
    match one.barred_until {
        Some(FOR_GOOD) => lines.push((word("record_field.until_day"), word("conduct.barred_for_good"))),
        Some(until) => lines.push((word("record_field.until_day"), until.to_string())),
        None => {}
    }
    lines
}

/// A refusal in one line, for a remark under an entry.
pub fn refused(locale: &Locale, refusal: &Refusal) -> String {
    locale.say_data(&format!("refusal.{}", refusal.code.0), &refusal.data)
}
