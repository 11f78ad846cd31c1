//! The summary of marks to sign and stamp (成绩汇总表), by occupation and level, with the journal's head as of the print:
//! whoever holds the paper can tell whether the journal was cut since (S1-36, S1-37).
use super::person::{day, names};
use super::{Asked, Filled, Ids, NOBODY, Notice, STILL_SEALED};
use crate::model::{Refusal, Subject, identity};
use crate::ops::results::{Filter, OutcomeKind, ResultRow, Standing, outcomes};
use crate::ops::{MarkLockRow, PlacementRow, Result, ScriptBagRow, batch};
use crate::store::{journal, rows};
use serde::Serialize;

#[derive(Serialize)]
struct Summary<'a> {
    notice: Notice<'a>,
    site: String,
    made: String,
    /// Sessions of which the marks may still change.
    unlocked: Vec<String>,
    journal: Head,
    groups: Vec<Group>,
    totals: [Part; 3],
    passed: usize,
    people: usize,
}

/// Number and digest of the newest operation, the digest in groups of four.
#[derive(Serialize)]
struct Head {
    number: i64,
    digest: Vec<String>,
}

#[derive(Serialize)]
struct Group {
    occupation: String,
    level: &'static str,
    people: usize,
    /// Theory, practical, review.
    parts: [Part; 3],
    passed: usize,
    failed: usize,
    incomplete: usize,
    /// Only where they are asked for.
    lines: Vec<Line>,
}

#[derive(Clone, Copy, Default, Serialize)]
struct Part {
    expected: usize,
    /// With points.
    sat: usize,
    absent: usize,
    void: usize,
    missing: usize,
    passed: usize,
}

#[derive(Serialize)]
struct Line {
    ticket: Option<String>,
    name: String,
    /// Masked.
    id_number: String,
    employer: Option<String>,
    parts: [Standing; 3],
    outcome: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    Counts,
    People,
}

pub fn counts(asked: &Asked<'_>) -> Result<Filled> {
    summary(asked, Detail::Counts)
}

/// The same with everybody's line.
pub fn people(asked: &Asked<'_>) -> Result<Filled> {
    summary(asked, Detail::People)
}

fn summary(asked: &Asked<'_>, detail: Detail) -> Result<Filled> {
    let db = asked.site.store().db();
    let sealed = "WHERE batch = ?1 AND unsealed_at IS NULL";
    if rows::first::<ScriptBagRow>(db, sealed, [asked.site.batch()?.id])?.is_some() {
        return Err(Refusal::new(STILL_SEALED).into());
    }
    let all = outcomes(asked.site, &Filter::default())?;
    if all.is_empty() {
        return Err(Refusal::new(NOBODY).into());
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut totals = [Part::default(); 3];
    for row in &all {
        let level = names(row.level).0;
        if groups.last().is_none_or(|g| g.occupation != row.occupation_name || g.level != level) {
            groups.push(Group::new(row.occupation_name.clone(), level));
        }
        if let Some(group) = groups.last_mut() {
            group.add(asked, row, detail);
        }
        Subject::ALL.iter().zip(&mut totals).for_each(|(part, total)| total.add(asked, *part, row.of(*part)));
    }
    let (number, digest) = journal::head(db)?;
    let digest: Vec<char> = digest.chars().collect();
    let now = asked.site.now();
    let data = Summary {
        notice: Notice::of(asked.policy),
        site: asked.site.row()?.name,
        made: format!("{} {}", day(now.day()), now.clock()),
        unlocked: unlocked(asked)?,
        journal: Head { number, digest: digest.chunks(4).map(|four| four.iter().collect()).collect() },
        passed: groups.iter().map(|g| g.passed).sum(),
        groups,
        totals,
        people: all.len(),
    };
    Filled::of(&data, all.len(), Ids::Masked)
}

/// Codes of sessions with people whose marks are not locked.
fn unlocked(asked: &Asked<'_>) -> Result<Vec<String>> {
    let db = asked.site.store().db();
    let mut codes = Vec::new();
    for session in batch::sessions(asked.site)? {
        let sat = rows::first::<PlacementRow>(db, "WHERE session = ?1", [session.id])?.is_some();
        if sat && rows::first::<MarkLockRow>(db, "WHERE session = ?1", [session.id])?.is_none() {
            codes.push(session.code);
        }
    }
    Ok(codes)
}

impl Group {
    fn new(occupation: String, level: &'static str) -> Group {
        let (people, passed, failed, incomplete) = (0, 0, 0, 0);
        let (parts, lines) = ([Part::default(); 3], Vec::new());
        Group { occupation, level, people, parts, passed, failed, incomplete, lines }
    }

    fn add(&mut self, asked: &Asked<'_>, row: &ResultRow, detail: Detail) {
        self.people += 1;
        let outcome = OutcomeKind::of(row.outcome);
        match outcome {
            OutcomeKind::Passed => self.passed += 1,
            OutcomeKind::Failed => self.failed += 1,
            OutcomeKind::Incomplete => self.incomplete += 1,
        }
        Subject::ALL.iter().zip(&mut self.parts).for_each(|(part, count)| count.add(asked, *part, row.of(*part)));
        if detail == Detail::People {
            self.lines.push(Line {
                ticket: row.ticket.clone(),
                name: row.name.clone(),
                id_number: identity::mask(&row.id_number),
                employer: row.employer.clone(),
                parts: Subject::ALL.map(|part| row.of(part)),
                outcome: outcome.code(),
            });
        }
    }
}

impl Part {
    fn add(&mut self, asked: &Asked<'_>, part: Subject, standing: Standing) {
        self.expected += usize::from(standing != Standing::NotRequired);
        match standing {
            Standing::Points(points) => {
                self.sat += 1;
                self.passed += usize::from(points >= asked.policy.passing.of(part));
            }
            Standing::Absent => self.absent += 1,
            Standing::Void => self.void += 1,
            Standing::Missing | Standing::Sealed => self.missing += 1,
            Standing::NotRequired => {}
        }
    }
}
