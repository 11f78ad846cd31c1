//! `checkin.admit`: somebody at the door is let into a session, on time or late.
use super::door::Door;
use super::facts::{Facts, Standing as Stands};
use crate::model::AttendanceState;
use crate::model::{ApplicationId, Code, Refusal, Role, RoomId, SessionId};
use crate::ops::{Operation, Result, Work, payments};
use crate::policy::attendance::Step;
use crate::policy::checklist::CheckItem;
use crate::policy::gates::{self, Arrival};
use crate::policy::payment::{Paid, Standing, UNPAID};
use crate::store::views::checkin;
use crate::store::{ApplicationRow, AttendanceRow, SessionRow};
use serde::Serialize;

pub const WRONG_ROOM: Code = Code("checkin.wrong_room");
pub const WRONG_SESSION: Code = Code("checkin.wrong_session");
pub const NOT_SEATED: Code = Code("checkin.not_seated");
pub const WITHDRAWN: Code = Code("checkin.withdrawn");
/// Left out at the close of payment, or by a sanction; or refused by a review.
pub const EXCLUDED: Code = Code("checkin.excluded");
pub const REJECTED: Code = Code("checkin.rejected");
pub const BARRED: Code = Code("checkin.barred");
pub const SESSION_OVER: Code = Code("checkin.session_over");
/// The same person is inside in another room or session that goes on at the same time.
pub const HERE_TWICE: Code = Code("checkin.here_twice");
pub const UNKNOWN_SESSION: Code = Code("checkin.unknown_session");
/// Something of the checklist is missing or was not looked at.
pub const NOT_CHECKED: Code = Code("checkin.not_checked");
/// The same, where nobody's reason makes up for it.
pub const NEVER_LIFTED: Code = Code("checkin.never_lifted");

#[derive(Debug, Clone, Serialize)]
pub struct Admit {
    pub application: ApplicationId,
    pub session: SessionId,
    /// The room that the door leads to; `None` at a door for all rooms.
    pub room: Option<RoomId>,
    /// Items of the policy's checklist that are missing; none: all were looked at and are in order.
    pub without: Vec<CheckItem>,
    /// A coordinator's reason to let somebody in who is too late, has not paid or misses a paper. Nothing else is
    /// lifted by it.
    pub over: Option<String>,
}

impl Admit {
    /// At a door for all rooms, with everything that the checklist names.
    pub fn of(session: SessionId, application: ApplicationId) -> Admit {
        Admit { application, session, room: None, without: Vec::new(), over: None }
    }
}

/// Who came in, and where they sit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Admitted {
    pub application: ApplicationId,
    pub name: String,
    pub room: RoomId,
    pub room_number: i64,
    pub seat: i64,
    pub arrival: Arrival,
    /// Let in against the gates or the fee.
    pub overridden: bool,
}

impl Admitted {
    /// `None`: on time.
    pub fn late_minutes(&self) -> Option<i64> {
        match self.arrival {
            Arrival::OnTime => None,
            Arrival::Late { minutes } => Some(minutes),
        }
    }
}

impl Operation for Admit {
    const KIND: &'static str = "checkin.admit";
    const ROLES: &'static [Role] = &[Role::Proctor, Role::Coordinator];
    type Out = Admitted;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Admitted> {
        let facts = Facts::of(work, (self.session, self.application), Stands::MustStand)?;
        facts.may(Step::Admit)?;
        facts.at_door(self.room)?;
        alone(work, &facts)?;
        let over = self.lifted_by(work)?;
        let (arrival, late) = arrival(work, &facts, over)?;
        let unpaid = fee(work, &facts.person, over)?;
        let incomplete = self.checklist(work, &facts, over)?;
        let used = over.filter(|_| late || unpaid || incomplete);
        let (state, late_minutes) = match arrival {
            Arrival::OnTime => (AttendanceState::Present, None),
            Arrival::Late { minutes } => (AttendanceState::Late, Some(minutes)),
        };
        let row = AttendanceRow {
            state,
            late_minutes,
            r#override: used.map(str::to_owned),
            checked: Some(work.policy()?.checklist.looked_at(&self.without)),
            ..AttendanceRow::present(self.session, self.application, work.now)
        };
        match &facts.before {
            Some(before) => work.tx.update(before, &row)?,
            None => work.tx.insert(&row)?,
        }
        Ok(Admitted {
            application: self.application,
            name: facts.person.name,
            room: facts.room.id,
            room_number: facts.room.number,
            seat: facts.placement.seat,
            arrival,
            overridden: used.is_some(),
        })
    }

    fn reason(&self) -> Option<&str> {
        self.over.as_deref()
    }
}

/// Refuses whoever is inside somewhere else at the same time: another application, or another session.
pub(super) fn alone(work: &Work<'_, '_>, facts: &Facts) -> Result<()> {
    let Some(other) = checkin::same_person(work.tx.db(), &facts.session, facts.person.id)? else { return Ok(()) };
    let refusal = Refusal::new(HERE_TWICE).with("name", facts.person.name.as_str()).with("room", other.room_number);
    Err(refusal.with("seat", other.seat).with("session", other.session).into())
}

/// A coordinator's reason, where the policy lets one lift something.
pub(super) fn lifts<'o>(work: &Work<'_, '_>, over: Option<&'o str>) -> Result<Option<&'o str>> {
    let may = work.actor.has(Role::Coordinator) && work.policy()?.gates.override_by_coordinator;
    Ok(over.map(str::trim).filter(|reason| may && !reason.is_empty()))
}

/// On time or late, and whether that took the reason.
fn arrival(work: &Work<'_, '_>, facts: &Facts, over: Option<&str>) -> Result<(Arrival, bool)> {
    let (gates, starts) = (&work.policy()?.gates, facts.session.starts_at);
    refuse_over(work, &facts.session)?;
    match gates::admit(gates, starts, work.now) {
        Ok(arrival) => Ok((arrival, false)),
        Err(refusal) if refusal.is(gates::TOO_LATE) && over.is_some() => Ok((gates::arrival(starts, work.now), true)),
        Err(refusal) => Err(refusal.with("name", facts.person.name.as_str()).into()),
    }
}

pub(super) fn refuse_over(work: &Work<'_, '_>, session: &SessionRow) -> Result<()> {
    if !Door::of(&work.policy()?.gates, session).is_over(work.now) {
        return Ok(());
    }
    let ended = session.ends_at.unwrap_or(work.now);
    Err(Refusal::new(SESSION_OVER).with("session", session.code.as_str()).with("ended", ended).into())
}

/// Whether the fee is missing and the reason lifts that.
pub(super) fn fee(work: &Work<'_, '_>, person: &ApplicationRow, over: Option<&str>) -> Result<bool> {
    let policy = work.policy()?;
    let paid = match person.paid_at {
        Some(_) => Paid::Yes,
        // A fee of nothing is never recorded by anybody.
        None if payments::ledger::tally(policy, person, &[]).state == Standing::Waived => Paid::Waived,
        None => Paid::No,
    };
    match policy.payment.admits(paid) {
        Ok(()) => Ok(false),
        Err(refusal) if refusal.is(UNPAID) && over.is_some() => Ok(true),
        Err(refusal) => Err(refusal.with("name", person.name.as_str()).into()),
    }
}

impl Admit {
    fn lifted_by(&self, work: &Work<'_, '_>) -> Result<Option<&str>> {
        lifts(work, self.over.as_deref())
    }

    /// Whether something of the checklist is missing and the reason makes up for it.
    fn checklist(&self, work: &Work<'_, '_>, facts: &Facts, over: Option<&str>) -> Result<bool> {
        let list = &work.policy()?.checklist;
        let Some(first) = list.items.iter().find(|item| self.without.contains(item)) else { return Ok(false) };
        let name = facts.person.name.as_str();
        if let Some(item) = list.beyond_lifting(&self.without) {
            let refusal = Refusal::new(NEVER_LIFTED).with("name", name);
            return Err(refusal.word("item", format!("check_item.{}", item.code())).into());
        }
        if over.is_none() {
            let refusal = Refusal::new(NOT_CHECKED).with("name", name);
            return Err(refusal.word("item", format!("check_item.{}", first.code())).into());
        }
        Ok(true)
    }
}
