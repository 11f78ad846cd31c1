//! Rules between the values of a policy that the types cannot hold.
use super::fault::*;
use super::file::Names;
use super::source::{Path, Source};
use super::ticket::{Template, TemplateFault};
use super::windows::{Window, WindowKind};
use super::{FORMAT, Policy, PolicyFault, marking::FULL_MARK};
use crate::model::{Points, Subject};
use std::collections::BTreeSet;

mod applying;
mod directory;
mod door;
mod judging;
mod marking;
mod publicity;

type Found = Vec<(Path, Problem)>;

/// Everything in the policy that makes no sense, with the field that should change.
pub fn faults(policy: &Policy, names: &Names<'_>) -> Found {
    let checks: [Check; 12] =
        [format, windows, sessions, subjects, gates, points, ticket, photo, seating, deadlines, repeated, units];
    let further = applying::CHECKS
        .iter()
        .chain(directory::CHECKS)
        .chain(door::CHECKS)
        .chain(judging::CHECKS)
        .chain(marking::CHECKS)
        .chain(publicity::CHECKS);
    checks
        .iter()
        .chain(further)
        .flat_map(|check| check(policy))
        .chain(super::fees::faults(policy))
        .chain(files(policy, names))
        .collect()
}

type Check = fn(&Policy) -> Found;

/// Names of other data files.
fn files(policy: &Policy, names: &Names<'_>) -> Found {
    let occupations = &policy.occupations;
    let at = field("occupations");
    let mut found = Found::new();
    if let Some(name) = occupations.catalogue.as_ref().filter(|name| !(names.catalogue)(name)) {
        found.push((at.key("catalogue"), Problem::new(UNKNOWN_CATALOGUE).with("name", name.as_str())));
    }
    let unknown = |name: &str| (!(names.rules)(name)).then(|| Problem::new(UNKNOWN_RULES).with("name", name));
    found.extend(unknown(&occupations.conditions).map(|problem| (at.key("conditions"), problem)));
    for (index, own) in occupations.conditions_of.iter().enumerate() {
        let at = at.key("conditions_of").index(index).key("rules");
        found.extend(unknown(&own.rules).map(|problem| (at, problem)));
    }
    let acts = policy.conduct.acts.as_str();
    if !(names.acts)(acts) {
        found.push((field("conduct").key("acts"), Problem::new(UNKNOWN_ACTS).with("name", acts)));
    }
    found
}

/// Whether the file carries its own name, so that an adopted policy can be found again.
pub fn named(source: &Source, code: &str) -> Option<PolicyFault> {
    let inside = source.table.get("notice")?.as_table()?.get("code")?.as_str()?;
    let problem = Problem::new(OTHER_CODE).with("inside", inside).with("file", code);
    (inside != code).then(|| source.fault(&field("notice").key("code"), problem))
}

fn field(name: &str) -> Path {
    Path::default().key(name)
}

fn format(policy: &Policy) -> Found {
    if policy.format == FORMAT {
        return Vec::new();
    }
    let problem = Problem::new(OTHER_FORMAT).with("found", i64::from(policy.format)).with("known", i64::from(FORMAT));
    vec![(field("format"), problem)]
}

fn windows(policy: &Policy) -> Found {
    let mut found = Found::new();
    for kind in WindowKind::ALL {
        for (index, window) in policy.windows.of(kind).iter().enumerate() {
            found.extend(window_order(window, field("windows").key(kind.code()).index(index)));
        }
    }
    if let Some(window) = &policy.publicity.window {
        found.extend(window_order(window, field("publicity").key("window")));
    } else if policy.publicity.days == 0 {
        found.push((field("publicity").key("days"), range(1, i64::from(u16::MAX))));
    }
    found
}

fn window_order(window: &Window, at: Path) -> Option<(Path, Problem)> {
    let wrong = window.end.ends() <= window.start.begins();
    let problem = Problem::new(END_BEFORE_START).with("start", window.start.to_string());
    wrong.then(|| (at.key("end"), problem.with("end", window.end.to_string())))
}

fn sessions(policy: &Policy) -> Found {
    let mut found = Found::new();
    for (index, session) in policy.sessions.iter().enumerate() {
        let at = field("sessions").index(index);
        if session.start.time.is_none() {
            found.push((at.key("start"), Problem::new(TIME_MISSING)));
        }
        if let Some(end) = session.end {
            let window = Window { start: session.start, end };
            match end.time {
                None => found.push((at.key("end"), Problem::new(TIME_MISSING))),
                Some(_) => found.extend(window_order(&window, at.clone())),
            }
        }
        let clash = policy.sessions.iter().take(index).find(|earlier| earlier.overlaps(session));
        if let Some(earlier) = clash {
            found.push((at.key("start"), Problem::new(OVERLAPPING).with("other", earlier.code.as_str())));
        }
        if !policy.subjects.required.iter().any(|line| line.parts.contains(&session.subject)) {
            found.push((at.key("subject"), Problem::new(NOT_HELD).word("subject", session.subject.key())));
        }
    }
    found
}

fn subjects(policy: &Policy) -> Found {
    use super::subjects::ReviewMode;
    let mut found = Found::new();
    let mut seen = BTreeSet::new();
    for (index, line) in policy.subjects.required.iter().enumerate() {
        let at = field("subjects").key("required").index(index);
        if line.parts.is_empty() {
            found.push((at.key("parts"), Problem::new(EMPTY)));
        }
        for level in &line.levels {
            if !seen.insert(*level) {
                found.push((at.key("levels"), Problem::new(TWICE).word("value", level.key())));
            }
        }
        if line.parts.contains(&Subject::Review) && policy.subjects.review == ReviewMode::None {
            found.push((at.key("parts"), Problem::new(NOT_HELD).word("subject", Subject::Review.key())));
        }
    }
    if policy.subjects.required.is_empty() {
        found.push((field("subjects").key("required"), Problem::new(EMPTY)));
    }
    found
}

/// A paper must not leave the room while somebody who has not seen it may still enter.
fn gates(policy: &Policy) -> Found {
    let gates = &policy.gates;
    let problem = Problem::new(LEAVES_BEFORE_LIMIT).with("limit", i64::from(gates.late_limit_min));
    let early = gates.earliest_leave_min < gates.late_limit_min;
    if early { vec![(field("gates").key("earliest_leave_min"), problem)] } else { Vec::new() }
}

fn points(policy: &Policy) -> Found {
    let passing = |part: Subject| (field("passing").key(part.code()), policy.passing.of(part));
    let mut all: Vec<(Path, Points)> = Subject::ALL.into_iter().map(passing).collect();
    all.push((field("marking").key("low_warning"), policy.marking.low_warning));
    let mut found: Found =
        all.into_iter().filter(|(_, points)| *points > FULL_MARK).map(|(at, _)| (at, range(0, 100))).collect();
    let step = policy.marking.step;
    // Whole points must stay reachable, or a pass mark could never be met exactly.
    if step <= 0 || 100 % step != 0 {
        found.push((field("marking").key("step"), Problem::new(BAD_STEP).with("found", i64::from(step))));
    }
    if !(1..=2).contains(&policy.marking.entries) {
        found.push((field("marking").key("entries"), range(1, 2)));
    }
    found
}

fn range(lowest: i64, highest: i64) -> Problem {
    Problem::new(OUT_OF_RANGE).with("lowest", lowest).with("highest", highest)
}

fn ticket(policy: &Policy) -> Found {
    let problem = match Template::parse(&policy.ticket.template) {
        Ok(_) => return Vec::new(),
        Err(TemplateFault::UnknownPlaceholder(name)) => Problem::new(PLACEHOLDER).with("name", name),
        Err(TemplateFault::BadWidth(name)) => Problem::new(PLACEHOLDER_WIDTH).with("name", name),
        Err(TemplateFault::Unclosed) => Problem::new(PLACEHOLDER_OPEN),
        Err(TemplateFault::Empty) => Problem::new(EMPTY),
    };
    vec![(field("ticket").key("template"), problem)]
}

fn photo(policy: &Policy) -> Found {
    let left = policy.photo.named("", "");
    let Some((_, open)) = left.split_once('{') else { return Vec::new() };
    let name = open.split('}').next().unwrap_or_default();
    vec![(field("photo").key("file_name"), Problem::new(PHOTO_PLACEHOLDER).with("name", name))]
}

fn seating(policy: &Policy) -> Found {
    let seating = &policy.seating;
    let sizes = [("rows", seating.rows), ("columns", seating.columns), ("max_per_room", seating.max_per_room)];
    let mut found: Found = sizes
        .into_iter()
        .filter(|(_, size)| !(1..=999).contains(size))
        .map(|(name, _)| (field("seating").key(name), range(1, 999)))
        .collect();
    let most = u32::from(seating.max_per_room) + u32::from(seating.merge_remainder);
    if found.is_empty() && most > seating.grid() {
        let problem = Problem::new(TOO_MANY_SEATS).with("most", i64::from(most));
        found.push((field("seating").key("max_per_room"), problem.with("seats", i64::from(seating.grid()))));
    }
    found
}

fn deadlines(policy: &Policy) -> Found {
    let wrong = policy.deadlines.iter().enumerate().filter(|(_, d)| {
        let counted =
            [d.before_first_exam.is_some(), d.after_last_exam.is_some(), d.months_before_first_exam.is_some()];
        let given = counted.into_iter().chain([d.due.is_some(), d.about.is_some()]);
        given.filter(|is| *is).count() != 1
    });
    wrong.map(|(index, _)| (field("deadlines").index(index), Problem::new(ONE_DUE))).collect()
}

/// Lists whose members must differ.
fn repeated(policy: &Policy) -> Found {
    let mut found = twice(field("sessions"), "code", policy.sessions.iter().map(|s| s.code.as_str()));
    found.extend(twice(field("routes"), "kind", policy.routes.iter().map(|r| r.kind.code())));
    found.extend(twice(field("deadlines"), "code", policy.deadlines.iter().map(|d| d.code.as_str())));
    found.extend(twice(field("units").key("list"), "code", policy.units.list.iter().map(|u| u.code.as_str())));
    found.extend(twice(field("stamps").key("chain"), "", policy.stamps.chain.iter().map(|s| s.code())));
    found
}

fn twice<'a>(list: Path, key: &str, values: impl Iterator<Item = &'a str>) -> Found {
    let mut seen = BTreeSet::new();
    let mut found = Found::new();
    for (index, value) in values.enumerate() {
        if !seen.insert(value) {
            let at = list.index(index);
            let at = if key.is_empty() { at } else { at.key(key) };
            found.push((at, Problem::new(TWICE).with("value", value)));
        }
    }
    found
}

fn units(policy: &Policy) -> Found {
    let units = &policy.units;
    let Some(code) = units.direct_to.as_ref().filter(|code| !units.list.iter().any(|u| u.code == **code)) else {
        return Vec::new();
    };
    vec![(field("units").key("direct_to"), Problem::new(UNKNOWN_UNIT).with("unit", code.as_str()))]
}
