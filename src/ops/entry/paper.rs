//! The paper in front of a typist: whose it is, what stands already, what the rules say of a mark on it.
use super::save::TYPISTS;
use crate::model::entry::{Entries, Slot, Turn, Typed};
use crate::model::{ApplicationId, BatchId, Code, Mark, OpNo, OperatorId, Points, Refusal, Subject, fold};
use crate::ops::{Result, Site, marks};
use crate::policy::Policy;
use crate::policy::duties;
use crate::policy::marking::{self, Attended, FULL_MARK, MarkFacts, Verdict};
use crate::store::journal::{self, ChangeRow};
use crate::store::views::{conduct, entry_queue, panels};
use crate::store::{ApplicationRow, ApplicationState, EntryRow, EntryState, StoreFault, TicketRow, Tx, rows};
use serde::Serialize;

pub const UNKNOWN: Code = Code("entry.unknown");
pub const UNKNOWN_TICKET: Code = Code("entry.unknown_ticket");
pub const NOT_REQUIRED: Code = Code("entry.not_required");
pub const BY_PANEL: Code = Code("entry.by_panel");
/// Judged at the station, each assessor by themself.
pub const BY_ASSESSORS: Code = Code("entry.by_assessors");
pub const WITHDRAWN: Code = Code("entry.withdrawn");
/// Nothing is typed for it any more; why is not the typist's affair.
pub const VOID: Code = Code("entry.void_paper");
pub const NOT_A_MARK: Code = Code("entry.not_a_mark");

/// The live entries of one mark, as rows and as the state they stand for.
pub(in crate::ops) struct Live {
    pub rows: Vec<EntryRow>,
    pub state: Entries,
}

impl Live {
    pub fn row(&self, slot: Slot) -> Result<&EntryRow> {
        let found = self.rows.iter().find(|r| r.slot == slot.number());
        Ok(found.ok_or_else(|| StoreFault::Corrupt(format!("entry slot {}", slot.number())))?)
    }
}

/// Reads either inside a transaction or outside of it.
pub(in crate::ops) enum Reader<'a, 'db> {
    Tx(&'a Tx<'db>),
    Site(&'a Site),
}

macro_rules! db {
    ($reader:expr) => {
        match $reader {
            Reader::Tx(tx) => tx.db(),
            Reader::Site(site) => site.store().db(),
        }
    };
}

impl Reader<'_, '_> {
    pub fn changes(&self, op: OpNo) -> Result<Vec<ChangeRow>> {
        Ok(journal::changes(db!(self), op)?)
    }

    pub fn live(&self, application: ApplicationId, subject: Subject) -> Result<Live> {
        let tail = "WHERE application = ?1 AND subject = ?2 AND state <> 'discarded' ORDER BY slot";
        let rows = rows::select::<EntryRow>(db!(self), tail, (application, subject))?;
        let state =
            state(&rows).ok_or_else(|| StoreFault::Corrupt(format!("entries of {application} {}", subject.code())))?;
        Ok(Live { rows, state })
    }

    /// The person, when a mark of this subject is typed for them at all.
    pub fn person(
        &self,
        policy: &Policy,
        batch: BatchId,
        (application, subject): (ApplicationId, Subject),
    ) -> Result<ApplicationRow> {
        let tail = "WHERE id = ?1 AND batch = ?2";
        let person = rows::first::<ApplicationRow>(db!(self), tail, (application, batch))?
            .ok_or_else(|| Refusal::new(UNKNOWN).with("id", application))?;
        if person.state == ApplicationState::Withdrawn {
            return Err(Refusal::new(WITHDRAWN).with("name", person.name.as_str()).into());
        }
        if !policy.subjects.required(person.level).contains(subject) {
            return Err(Refusal::new(NOT_REQUIRED)
                .word("subject", subject.key())
                .word("level", person.level.key())
                .with("name", person.name.as_str())
                .into());
        }
        if subject == Subject::Review {
            return Err(Refusal::new(BY_PANEL).into());
        }
        if let Some(group) = panels::group_of(db!(self), application, subject)? {
            return Err(Refusal::new(BY_ASSESSORS).with("panel", group).into());
        }
        if conduct::is_void(db!(self), application, subject)? {
            return Err(Refusal::new(VOID).with("name", person.name.as_str()).into());
        }
        marks::refuse_locked(db!(self), application, subject)?;
        Ok(person)
    }

    /// The policy's verdict over a mark. What stands in the other entry has no part in it.
    pub fn verdict(&self, policy: &Policy, of: (ApplicationId, Subject), mark: Mark) -> Result<Verdict> {
        let attendance = entry_queue::attendance(db!(self), of.0, of.1)?.map(|state| match state {
            Some(state) if state.was_here() => Attended::Present,
            Some(_) => Attended::Absent,
            None => Attended::Expected,
        });
        Ok(marking::check(&policy.marking, mark, MarkFacts { attendance }))
    }
}

fn state(rows: &[EntryRow]) -> Option<Entries> {
    let typed = |row: &EntryRow| Some(Typed { operator: row.operator, mark: row.value()? });
    Some(match rows {
        [] => Entries::None,
        [one] if one.state == EntryState::Open => Entries::One(typed(one)?),
        [a, b] => {
            let (first, second) = (typed(a)?, typed(b)?);
            match (a.state, b.state) {
                (EntryState::Matched, EntryState::Matched) => Entries::Matched(first, second),
                (EntryState::Differs, EntryState::Differs) => Entries::Differs(first, second),
                (EntryState::Returned, EntryState::Open) => Entries::Returned { first, second, slot: Slot::First },
                (EntryState::Open, EntryState::Returned) => Entries::Returned { first, second, slot: Slot::Second },
                _ => return None,
            }
        }
        _ => return None,
    })
}

/// Whoever has this ticket number.
pub fn by_ticket(site: &Site, text: &str) -> Result<ApplicationId> {
    let number = fold::number_like(text);
    let tail = "WHERE batch = ?1 AND number = ?2";
    let found = rows::first::<TicketRow>(site.store().db(), tail, (site.batch()?.id, number.as_ref()))?;
    Ok(found.ok_or_else(|| Refusal::new(UNKNOWN_TICKET).with("ticket", number.as_ref()))?.application)
}

/// What the policy allows, for the line beside the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rule {
    pub highest: Points,
    pub step: Points,
}

pub fn rule(site: &Site) -> Result<Rule> {
    Ok(Rule { highest: FULL_MARK, step: Points::new(site.policy()?.marking.step) })
}

/// A mark in range and on the policy's step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckedMark(pub Mark);

/// What was typed, folded and checked; nothing is compared with anybody's entry.
pub fn read_mark(site: &Site, text: &str) -> Result<CheckedMark> {
    let folded = fold::number_like(text);
    let mark = Mark::parse(&folded).ok_or_else(|| Refusal::new(NOT_A_MARK).with("value", text))?;
    let verdict = marking::check(&site.policy()?.marking, mark, MarkFacts::default());
    match verdict.errors.into_iter().next() {
        Some(error) => Err(error.into()),
        None => Ok(CheckedMark(mark)),
    }
}

/// What the typist would have to accept before this mark is saved, for whoever may type now. Nothing of it depends on
/// the other entry: whether the two agree is told once both are in.
pub fn warnings(site: &Site, application: ApplicationId, subject: Subject, mark: Mark) -> Result<Vec<Refusal>> {
    turn(site, application, subject)?;
    let policy = site.policy()?;
    Ok(Reader::Site(site).verdict(&policy, (application, subject), mark)?.warnings)
}

/// Whether the signed-on operator types marks at all.
pub fn may_type(site: &Site) -> Result<(), Refusal> {
    duties::allowed(&site.actor().roles, TYPISTS)
}

/// Which entry of this mark the signed-on operator would make now, or why none.
pub fn turn(site: &Site, application: ApplicationId, subject: Subject) -> Result<Turn> {
    let operator: OperatorId = site.actor().operator()?;
    may_type(site)?;
    let (policy, reader) = (site.policy()?, Reader::Site(site));
    reader.person(&policy, site.batch()?.id, (application, subject))?;
    Ok(reader.live(application, subject)?.state.turn(operator)?)
}
