//! Locks and changes of marks in words.
use super::{Locale, mark_words, why_words};
use crate::model::{Mark, Subject};
use crate::ops::ChangeState;
use crate::ops::marks::{Control, Listed, Obstacle, PaperName, Place, Preview, SessionStatus, Sum, Turned};
use crate::ops::results::{Counts, Outcome, Parts};

fn say(locale: &Locale, key: &str, args: &[(&str, String)]) -> String {
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    locale.say(key, &args)
}

pub fn mark_or_none(locale: &Locale, mark: Option<Mark>) -> String {
    mark.map_or_else(|| locale.word("marks.no_mark").to_owned(), |mark| mark_words(locale, mark))
}

fn paper(locale: &Locale, paper: &PaperName) -> String {
    match paper {
        PaperName::Script { bag, number } => locale.say("marks.script", &[("bag", bag), ("number", number)]),
        PaperName::Seat { room, seat, name, ticket } => {
            let ticket = ticket.clone().unwrap_or_default();
            let args = [
                ("room", room.to_string()),
                ("seat", format!("{seat:02}")),
                ("name", name.clone()),
                ("ticket", ticket),
            ];
            say(locale, "marks.seat", &args).trim_end().to_owned()
        }
    }
}

fn place(locale: &Locale, place: &Place) -> String {
    match place {
        Place::Room(number) => locale.say("marks.room", &[("room", &number.to_string())]),
        Place::Bag(code) => locale.say("marks.bag", &[("bag", code)]),
    }
}

/// Hundredths as people write points, also beyond 100.
fn points(total: i64) -> String {
    let (whole, part) = (total / 100, (total % 100).abs());
    match (part, part % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole}.{}", part / 10),
        _ => format!("{whole}.{part:02}"),
    }
}

pub fn obstacle(locale: &Locale, one: &Obstacle) -> String {
    match one {
        Obstacle::Mark { paper: name, why, .. } => {
            let args = [("paper", paper(locale, name)), ("why", why_words(locale, why))];
            say(locale, "marks.obstacle_mark", &args)
        }
        Obstacle::NoTotal { place: at } => say(locale, "marks.obstacle_total_missing", &[("place", place(locale, at))]),
        Obstacle::TotalDiffers { place: at, cover, marks } => {
            let args = [
                ("place", place(locale, at)),
                ("cover_papers", cover.papers.to_string()),
                ("cover_total", points(cover.total)),
                ("papers", marks.papers.to_string()),
                ("total", points(marks.total)),
            ];
            say(locale, "marks.obstacle_total_differs", &args)
        }
    }
}

/// The key of the word for how a session stands.
pub fn state(one: &SessionStatus) -> &'static str {
    match &one.locked {
        Some(lock) if lock.asked.is_some() => "marks.unlock_asked",
        Some(_) => "marks.locked",
        None if one.expected == 0 => "marks.nobody",
        None if one.obstacles.is_empty() => "marks.ready",
        None => "marks.open",
    }
}

/// What stands in the way as two counts, or who locked it.
pub fn beside(locale: &Locale, one: &SessionStatus) -> String {
    if let Some(lock) = &one.locked {
        return match &lock.asked {
            Some(asked) => {
                let args = [("by", asked.by.clone()), ("at", asked.at.minute()), ("reason", asked.reason.clone())];
                say(locale, "marks.unlock_by", &args)
            }
            None => say(locale, "marks.locked_by", &[("by", lock.by.clone()), ("at", lock.at.minute())]),
        };
    }
    if one.obstacles.is_empty() {
        return String::new();
    }
    let marks = one.obstacles.iter().filter(|o| matches!(o, Obstacle::Mark { .. })).count();
    let totals = one.obstacles.len() - marks;
    say(locale, "marks.in_the_way", &[("marks", marks.to_string()), ("totals", totals.to_string())])
}

/// Everything that is open, one a line.
pub fn session_lines(locale: &Locale, one: &SessionStatus) -> Vec<String> {
    let mut lines: Vec<_> = one.obstacles.iter().map(|o| obstacle(locale, o)).collect();
    match &one.locked {
        Some(_) => lines.push(beside(locale, one)),
        None if one.expected == 0 => lines.push(locale.word("marks.nobody").to_owned()),
        None if lines.is_empty() => lines.push(locale.word("marks.nothing_in_the_way").to_owned()),
        None => {}
    }
    if one.open_incidents > 0 {
        lines.push(say(locale, "marks.incidents_told", &[("count", one.open_incidents.to_string())]));
    }
    lines
}

fn turned<T: Copy>(locale: &Locale, change: Turned<T>, word: impl Fn(T) -> String) -> String {
    say(locale, "marks.turned", &[("before", word(change.before)), ("after", word(change.after))])
}

/// `failed (theory below the pass mark)`.
pub fn outcome(locale: &Locale, outcome: Outcome) -> String {
    let word = locale.word(&outcome.key()).to_owned();
    let of = |key: &'static str, parts: Parts| {
        parts.iter().map(|part| say(locale, key, &[("subject", subject(locale, part))])).collect::<Vec<_>>()
    };
    let parts = match outcome {
        Outcome::Passed => return word,
        Outcome::Failed { below, absent, void } => {
            [of("marks.part_below", below), of("marks.part_absent", absent), of("marks.part_void", void)].concat()
        }
        Outcome::Incomplete { missing } => of("marks.part_missing", missing),
    };
    if parts.is_empty() {
        return word;
    }
    say(locale, "marks.reasons", &[("outcome", word), ("parts", parts.join(locale.word("marks.comma")))])
}

pub fn subject(locale: &Locale, subject: Subject) -> String {
    locale.word(&subject.key()).to_owned()
}

fn sum(locale: &Locale, sum: Sum) -> String {
    say(locale, "marks.control_sum", &[("papers", sum.papers.to_string()), ("total", points(sum.total))])
}

fn control(locale: &Locale, change: Turned<Control>) -> String {
    let after = change.after;
    let fit = match (after.fits(), after.cover) {
        (Some(false), Some(cover)) => {
            say(locale, "marks.fits_not", &[("papers", cover.papers.to_string()), ("total", points(cover.total))])
        }
        (Some(_), _) => locale.word("marks.fits").to_owned(),
        (None, _) => locale.word("marks.no_cover").to_owned(),
    };
    let change = turned(locale, change, |c| sum(locale, c.marks));
    say(locale, "marks.line_control", &[("change", change), ("fit", fit)])
}

fn board(locale: &Locale, preview: &Preview, change: Turned<Counts>) -> String {
    let turn = |of: fn(Counts) -> u64| {
        let (before, after) = (of(change.before), of(change.after));
        if before == after {
            return before.to_string();
        }
        turned(locale, Turned { before, after }, |n: u64| n.to_string())
    };
    let args = [
        ("occupation", preview.occupation_name.clone()),
        ("level", locale.word(&preview.level.key()).to_owned()),
        ("passed", turn(|c| c.passed)),
        ("failed", turn(|c| c.failed)),
        ("incomplete", turn(|c| c.incomplete)),
    ];
    say(locale, "marks.line_board", &args)
}

/// Whose mark it is, and everything that the change does.
pub fn difference_lines(locale: &Locale, preview: &Preview) -> Vec<String> {
    let who = [
        ("name", preview.name.clone()),
        ("ticket", preview.ticket.clone().unwrap_or_default()),
        ("occupation", preview.occupation_name.clone()),
        ("level", locale.word(&preview.level.key()).to_owned()),
        ("subject", subject(locale, preview.subject)),
    ];
    let mut lines = vec![say(locale, "marks.line_who", &who)];
    let told = &preview.difference;
    let line = |key: &str, change: String| say(locale, key, &[("change", change)]);
    let marks = |change| turned(locale, change, |mark| mark_or_none(locale, mark));
    if let Some(given) = told.given {
        lines.push(line("marks.line_given", marks(given)));
    }
    if told.counts != told.given {
        let same = Turned { before: None, after: None };
        let counts = told.counts.map_or_else(|| locale.word("marks.no_mark").to_owned(), marks);
        if told.counts != Some(same) && told.counts.is_some() {
            lines.push(line("marks.line_counts", counts));
        }
    }
    lines.push(match told.outcome {
        Some(change) => line("marks.line_outcome", turned(locale, change, |o| outcome(locale, o))),
        None => say(locale, "marks.none_outcome", &[("outcome", outcome(locale, preview.outcome))]),
    });
    if let Some(change) = told.board {
        lines.push(board(locale, preview, change));
    }
    match (told.to_number, &preview.revoked) {
        (Some(change), _) => {
            let key = if change.after { "marks.line_number_now" } else { "marks.line_number_gone" };
            lines.push(locale.word(key).to_owned());
        }
        (None, Some(number)) => lines.push(locale.say("marks.line_revoked", &[("number", number)])),
        (None, None) => {}
    }
    lines.extend(told.control.map(|change| control(locale, change)));
    lines.extend(preview.sent.iter().map(|sent| {
        let what = locale.word(&format!("marks_sent.{}", sent.what)).to_owned();
        say(
            locale,
            "marks.line_sent",
            &[("what", what), ("at", sent.at.minute()), ("op", sent.operation.0.to_string())],
        )
    }));
    lines
}

/// Why, who asked, who decided.
pub fn request_lines(locale: &Locale, one: &Listed) -> Vec<String> {
    let mut lines = vec![
        say(locale, "marks.line_reason", &[("reason", one.reason.clone())]),
        say(locale, "marks.line_asked", &[("by", one.asked_by.clone()), ("at", one.asked_at.minute())]),
    ];
    if let (Some(by), Some(at)) = (&one.decided_by, one.decided_at) {
        let args = [("by", by.clone()), ("at", at.minute()), ("note", one.note.clone().unwrap_or_default())];
        let key = match one.state {
            ChangeState::Withdrawn => "marks.line_withdrawn",
            ChangeState::Asked | ChangeState::Approved | ChangeState::Refused => "marks.line_decided",
        };
        lines.push(say(locale, key, &args).trim_end().to_owned());
    }
    lines
}

/// Number, state, whom, part, old and new mark, who asked, who decided.
pub fn change_cells(locale: &Locale, one: &Listed) -> [String; 7] {
    [
        one.number.to_string(),
        locale.word(&format!("change_state.{}", one.state.code())).to_owned(),
        one.name.clone(),
        subject(locale, one.subject),
        say(
            locale,
            "marks.turned",
            &[("before", mark_or_none(locale, one.old)), ("after", mark_or_none(locale, one.new))],
        ),
        one.asked_by.clone(),
        // Nobody decided what was withdrawn.
        one.decided_by.clone().filter(|_| one.state != ChangeState::Withdrawn).unwrap_or_default(),
    ]
}

/// Code, part, when, how many are due and settled, how it stands, what is in the way.
pub fn session_cells(locale: &Locale, one: &SessionStatus) -> [String; 7] {
    [
        one.session.clone(),
        subject(locale, one.subject),
        one.starts_at.minute(),
        one.expected.to_string(),
        one.settled.to_string(),
        locale.word(state(one)).to_owned(),
        beside(locale, one),
    ]
}
