//! People with every part and the outcome.
use super::within::{Within, inside};
use super::{Judge, Outcome, Parts, marks};
use crate::model::{ApplicationId, BatchId, Code, Level, Mark, Points, Refusal, Subject};
use crate::ops::{Result, Site, Work, search};
use crate::policy::Policy;
use crate::store::rows::Connection;
use crate::store::views::results::Person;
use serde::{Serialize, Serializer};

pub const UNKNOWN: Code = Code("results.unknown_application");

/// Most people that a text may match.
const MATCHES: usize = 1000;

/// What stands in one box of the results list. Six different things, each with its own word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Points(Points),
    Absent,
    Void,
    /// Required, and not settled yet.
    Missing,
    /// Required, under a script number, not yet opened.
    Sealed,
    NotRequired,
}

impl Standing {
    fn of(required: Parts, (part, sealed): (Subject, bool), mark: Option<Mark>) -> Standing {
        match mark {
            _ if !required.contains(part) => Standing::NotRequired,
            None if sealed => Standing::Sealed,
            None => Standing::Missing,
            Some(Mark::Points(points)) => Standing::Points(points),
            Some(Mark::Absent) => Standing::Absent,
            Some(Mark::Void) => Standing::Void,
        }
    }

    /// The locale key of its word; `None` for points, which are written as they are.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Standing::Points(_) => None,
            Standing::Absent => Some("mark.absent"),
            Standing::Void => Some("mark.void"),
            Standing::Missing => Some("mark.missing"),
            Standing::Sealed => Some("mark.sealed"),
            Standing::NotRequired => Some("mark.not_required"),
        }
    }
}

impl Serialize for Standing {
    /// `"86.5"`, `"absent"`, `"void"`, `"missing"`, `"sealed"` or `"not_required"`.
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Standing::Points(points) => s.collect_str(points),
            Standing::Absent => s.serialize_str("absent"),
            Standing::Void => s.serialize_str("void"),
            Standing::Missing => s.serialize_str("missing"),
            Standing::Sealed => s.serialize_str("sealed"),
            Standing::NotRequired => s.serialize_str("not_required"),
        }
    }
}

/// One person's line of the results.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResultRow {
    pub application: ApplicationId,
    pub name: String,
    pub ticket: Option<String>,
    pub occupation: String,
    pub occupation_name: String,
    pub level: Level,
    pub employer: Option<String>,
    /// In full; mask it before it is shown.
    #[serde(skip)]
    pub id_number: String,
    pub theory: Standing,
    pub practical: Standing,
    pub review: Standing,
    #[serde(flatten)]
    pub outcome: Outcome,
}

impl ResultRow {
    pub fn of(&self, part: Subject) -> Standing {
        match part {
            Subject::Theory => self.theory,
            Subject::Practical => self.practical,
            Subject::Review => self.review,
        }
    }

    fn new(person: Person, judge: &Judge<'_>) -> ResultRow {
        let required = judge.required(person.level);
        let [theory, practical, review] = person.boxes;
        let [theory_sealed, practical_sealed, review_sealed] = person.sealed;
        ResultRow {
            outcome: judge.outcome(person.level, &person.boxes),
            theory: Standing::of(required, (Subject::Theory, theory_sealed), theory),
            practical: Standing::of(required, (Subject::Practical, practical_sealed), practical),
            review: Standing::of(required, (Subject::Review, review_sealed), review),
            application: person.application,
            name: person.name,
            ticket: person.ticket,
            occupation: person.occupation,
            occupation_name: person.occupation_name,
            level: person.level,
            employer: person.employer,
            id_number: person.id_number,
        }
    }
}

/// An outcome without its reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    Passed,
    Failed,
    Incomplete,
}

impl OutcomeKind {
    pub const ALL: [OutcomeKind; 3] = [OutcomeKind::Passed, OutcomeKind::Failed, OutcomeKind::Incomplete];

    pub fn code(self) -> &'static str {
        match self {
            OutcomeKind::Passed => "passed",
            OutcomeKind::Failed => "failed",
            OutcomeKind::Incomplete => "incomplete",
        }
    }

    pub fn parse(code: &str) -> Option<OutcomeKind> {
        OutcomeKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn key(self) -> String {
        format!("outcome.{}", self.code())
    }

    pub fn of(outcome: Outcome) -> OutcomeKind {
        match outcome {
            Outcome::Passed => OutcomeKind::Passed,
            Outcome::Failed { .. } => OutcomeKind::Failed,
            Outcome::Incomplete { .. } => OutcomeKind::Incomplete,
        }
    }
}

/// What a list is narrowed to; the default takes everybody.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// As the search understands it: ticket, ID number or tail, name, pinyin, initials, seat.
    pub text: String,
    /// Code of the catalogue.
    pub occupation: Option<String>,
    pub level: Option<Level>,
    pub outcome: Option<OutcomeKind>,
    /// Region, unit, room: the way down the board.
    pub within: Within,
}

impl Filter {
    fn takes(&self, row: &ResultRow) -> bool {
        self.occupation.as_ref().is_none_or(|o| *o == row.occupation)
            && self.level.is_none_or(|l| l == row.level)
            && self.outcome.is_none_or(|o| o == OutcomeKind::of(row.outcome))
    }
}

/// The first lines of a list, and how many there are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Listed {
    pub rows: Vec<ResultRow>,
    pub total: usize,
}

/// Everybody that the filter takes, by occupation, level from 5 down, and ticket.
pub fn outcomes(site: &Site, filter: &Filter) -> Result<Vec<ResultRow>> {
    let mut rows = listed(site, filter, usize::MAX)?.rows;
    rows.sort_by(|a, b| {
        let key = |r: &ResultRow| std::cmp::Reverse(r.level);
        let names = (&a.occupation, key(a), &a.ticket, a.application);
        names.cmp(&(&b.occupation, key(b), &b.ticket, b.application))
    });
    Ok(rows)
}

/// At most `most` of them in the order of filing, or best matches first where there is a text.
pub fn listed(site: &Site, filter: &Filter, most: usize) -> Result<Listed> {
    let (db, batch, policy) = (site.store().db(), site.batch()?.id, site.policy()?);
    let judge = Judge::of(&policy);
    let mut found = Listed::default();
    let only = if filter.within.is_all() { None } else { Some(inside(site, &filter.within)?) };
    let mut visit = |person: Person| {
        if only.as_ref().is_some_and(|only| !only.contains(&person.application)) {
            return;
        }
        let row = ResultRow::new(person, &judge);
        if filter.takes(&row) {
            found.total += 1;
            if found.rows.len() < most {
                found.rows.push(row);
            }
        }
    };
    if filter.text.trim().is_empty() {
        marks::people(db, &policy, batch, visit)?;
        return Ok(found);
    }
    for id in crate::store::views::search::people(db, batch, &search::parse(&filter.text), MATCHES)? {
        marks::person(db, &policy, batch, id)?.into_iter().for_each(&mut visit);
    }
    Ok(found)
}

/// The outcome of one application as the operation sees it.
pub fn outcome_of(work: &Work<'_, '_>, application: ApplicationId) -> Result<Outcome> {
    let person = marks::person(work.tx.db(), work.policy()?, work.batch()?.id, application)?
        .ok_or_else(|| Refusal::new(UNKNOWN).with("id", application))?;
    Ok(Judge::of(work.policy()?).outcome(person.level, &person.boxes))
}

/// Everybody who passed as the operation sees it, in the order of filing.
pub fn passed(work: &Work<'_, '_>) -> Result<Vec<ResultRow>> {
    passed_in(work.tx.db(), work.policy()?, work.batch()?.id)
}

/// The same for whoever has no operation at hand.
pub(in crate::ops) fn passed_in(db: &Connection, policy: &Policy, batch: BatchId) -> Result<Vec<ResultRow>> {
    let judge = Judge::of(policy);
    let mut rows = Vec::new();
    marks::people(db, policy, batch, |person| {
        if judge.outcome(person.level, &person.boxes) == Outcome::Passed {
            rows.push(ResultRow::new(person, &judge));
        }
    })?;
    Ok(rows)
}

/// Everybody as the operation sees them, in the order of filing.
pub fn everybody(work: &Work<'_, '_>) -> Result<Vec<ResultRow>> {
    everyone(work.tx.db(), work.policy()?, work.batch()?.id)
}

/// The same where there is no operation.
pub(in crate::ops) fn everyone(db: &Connection, policy: &Policy, batch: BatchId) -> Result<Vec<ResultRow>> {
    let judge = Judge::of(policy);
    let mut rows = Vec::new();
    marks::people(db, policy, batch, |person| rows.push(ResultRow::new(person, &judge)))?;
    Ok(rows)
}

/// Calls `visit` for everybody who passed, in the order of filing.
pub fn each_passed(site: &Site, mut visit: impl FnMut(ApplicationId)) -> Result<()> {
    let policy = site.policy()?;
    let judge = Judge::of(&policy);
    marks::people(site.store().db(), &policy, site.batch()?.id, |person| {
        if judge.outcome(person.level, &person.boxes) == Outcome::Passed {
            visit(person.application);
        }
    })?;
    Ok(())
}
