//! `publicity.decide`: what was found. Unfounded leaves the mark as it was; a founded re-check asks for a change of the
//! locked mark, which a second person approves. `publicity.take_back`: whoever raised it thinks better of it.
use crate::model::{BatchId, Code, Mark, MarkChangeId, Refusal, Role, fold};
use crate::ops::marks::AskChange;
use crate::ops::together::{self, Again};
use crate::ops::{Operation, People, Result, Undo, Work};
use crate::policy::objections::{Handler, may_handle};
use crate::store::rows::Connection;
use crate::store::views::publicity as view;
use crate::store::{
    ApplicationRow, ChangeState, FindingState, MarkChangeRow, ObjectionKind, PublicationRow, ResultObjectionRow, rows,
};
use serde::Serialize;

pub const UNKNOWN: Code = Code("result_objection.unknown");
pub const DECIDED: Code = Code("objection.decided");
pub const FINDING: Code = Code("objection.finding_needed");
/// A founded re-check says what the script comes to.
pub const MARK: Code = Code("objection.mark_needed");
/// Nothing but a founded re-check changes a mark.
pub const NO_MARK: Code = Code("objection.no_mark_here");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    Founded,
    Unfounded,
}

#[derive(Debug, Clone, Serialize)]
pub struct Decide {
    pub number: i64,
    pub finding: Finding,
    /// What was found, in the handler's words.
    pub words: String,
    /// What the script comes to, of a founded re-check.
    pub mark: Option<Mark>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decided {
    pub number: i64,
    pub name: String,
    pub founded: bool,
    /// The change of the mark that waits for a second person.
    pub change: Option<MarkChangeId>,
}

impl Operation for Decide {
    const KIND: &'static str = "publicity.decide";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::ScoreManager];
    /// Where it asks for a change of a locked mark: whoever asks is the first of two.
    const PEOPLE: People = People::Proven;
    const UNDO: Undo = Undo::Instead("publicity.object");
    type Out = Decided;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Decided> {
        let before = find(work, self.number)?;
        undecided(work, &before)?;
        let person = handled(work, &before)?;
        let finding = fold::text(&self.words).trim().to_owned();
        if finding.is_empty() {
            return Err(Refusal::new(FINDING).into());
        }
        let founded = self.finding == Finding::Founded;
        let change = match (before.kind, founded, self.mark) {
            (ObjectionKind::Recheck, true, Some(mark)) => {
                let subject = before.subject.ok_or_else(|| Refusal::new(MARK))?;
                let ask = AskChange { application: person.id, subject, mark, reason: finding.clone() };
                Some(ask.apply(work)?.0)
            }
            (ObjectionKind::Recheck, true, None) => return Err(Refusal::new(MARK).into()),
            (_, _, Some(_)) => return Err(Refusal::new(NO_MARK).into()),
            _ => None,
        };
        let after = ResultObjectionRow {
            state: if founded { FindingState::Founded } else { FindingState::Unfounded },
            handler: Some(work.actor.operator()?),
            decided_at: Some(work.now),
            finding: Some(finding),
            change,
            ..before.clone()
        };
        work.tx.update(&before, &after)?;
        Ok(Decided { number: before.id, name: person.name, founded, change })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.words)
    }

    fn people(&self, _db: &Connection, _batch: Option<BatchId>) -> Result<People> {
        Ok(if self.mark.is_some() { Self::PEOPLE } else { People::One })
    }

    fn again(&self) -> Option<Again> {
        together::again(self)
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct TakeBack {
    pub number: i64,
    pub reason: String,
}

impl Operation for TakeBack {
    const KIND: &'static str = "publicity.take_back";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("publicity.object");
    /// Whose result it was about.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let before = find(work, self.number)?;
        if before.state != FindingState::Open {
            return Err(decided(&before).into());
        }
        let reason = fold::text(&self.reason).trim().to_owned();
        if reason.is_empty() {
            return Err(Refusal::new(FINDING).into());
        }
        let (state, handler) = (FindingState::Withdrawn, Some(work.actor.operator()?));
        let (decided_at, finding) = (Some(work.now), Some(reason));
        work.tx.update(&before, &ResultObjectionRow { state, handler, decided_at, finding, ..before.clone() })?;
        Ok(person(work, &before)?.name)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

fn find(work: &Work<'_, '_>, number: i64) -> Result<ResultObjectionRow> {
    let unknown = || Refusal::new(UNKNOWN).with("number", number);
    let row = rows::first::<ResultObjectionRow>(work.tx.db(), "WHERE id = ?1", [number])?.ok_or_else(unknown)?;
    let key = (row.publication, work.batch()?.id);
    rows::first::<PublicationRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", key)?.ok_or_else(unknown)?;
    Ok(row)
}

fn person(work: &Work<'_, '_>, row: &ResultObjectionRow) -> Result<ApplicationRow> {
    let found = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1", [row.application])?;
    Ok(found.ok_or_else(|| Refusal::new(UNKNOWN).with("number", row.id))?)
}

fn decided(row: &ResultObjectionRow) -> Refusal {
    Refusal::new(DECIDED).with("number", row.id).word("state", format!("finding.{}", row.state.code()))
}

/// Open, or a founded re-check whose change of the mark came to nothing.
fn undecided(work: &Work<'_, '_>, row: &ResultObjectionRow) -> Result<()> {
    let stuck = match row.change.filter(|_| row.state == FindingState::Founded) {
        Some(change) => rows::first::<MarkChangeRow>(work.tx.db(), "WHERE id = ?1", [change])?
            .is_some_and(|c| matches!(c.state, ChangeState::Refused | ChangeState::Withdrawn)),
        None => false,
    };
    if row.state == FindingState::Open || stuck { Ok(()) } else { Err(decided(row).into()) }
}

/// Whose result it is about; refused for somebody who may not decide it.
fn handled(work: &Work<'_, '_>, row: &ResultObjectionRow) -> Result<ApplicationRow> {
    let (me, person) = (work.actor.operator()?, person(work, row)?);
    let marked = match row.subject {
        Some(subject) => view::gave_mark(work.tx.db(), (row.application, subject), me)?,
        None => false,
    };
    let handler = Handler { name: &work.actor.name, registered: row.operator == me, marked };
    may_handle(handler, &[&row.raised_by, &person.name])?;
    Ok(person)
}
