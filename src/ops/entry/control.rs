//! `entry.control`: what the cover of a bag says, and how the marks compare with it.
//!
//! Before all marks of a bag are settled, whoever looks sees the cover against their own entries only; the sum of
//! settled marks, with one mark missing, would tell the missing one.
use super::claim::of_batch;
use crate::model::{Code, Points, Refusal, Role, RoomId, SessionId};
use crate::ops::{Operation, Result, Site, Work, marks};
use crate::policy::Policy;
use crate::policy::duties;
use crate::store::rows::Connection;
use crate::store::views::entry_bag::{self, Sum};
use crate::store::{ControlTotalRow, OperatorRow, rows};
use serde::Serialize;

pub const BAD_CONTROL: Code = Code("entry.bad_control");
pub const NO_CONTROL: Code = Code("entry.no_control");
pub const NOT_SETTLED: Code = Code("entry.bag_not_settled");
pub const NO_DIFFERENCE: Code = Code("entry.control_fits");
pub const CONTROL_REASON: Code = Code("entry.control_reason");

/// Records or corrects what stands on the cover; what was accepted before is looked at again.
#[derive(Debug, Clone, Serialize)]
pub struct Control {
    pub session: SessionId,
    pub room: RoomId,
    /// Papers with a mark in points.
    pub papers: i64,
    pub total: Points,
}

impl Operation for Control {
    const KIND: &'static str = "entry.control";
    const ROLES: &'static [Role] = &[Role::Typist, Role::Coordinator];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        of_batch(work, (self.session, self.room))?;
        marks::refuse_locked_session(work.tx.db(), self.session)?;
        let total = i64::from(self.total.hundredths());
        if self.papers < 0 || total < 0 || total > self.papers.saturating_mul(10_000) {
            let refusal = Refusal::new(BAD_CONTROL).with("papers", self.papers);
            return Err(refusal.with("total", self.total.to_string()).into());
        }
        let row = ControlTotalRow {
            session: self.session,
            room: self.room,
            papers: self.papers,
            total,
            operator: work.actor.operator()?,
            at: work.now,
            accepted: None,
            accepted_by: None,
            accepted_papers: None,
            accepted_total: None,
        };
        match stored(work.tx.db(), (self.session, self.room))? {
            None => work.tx.insert(&row)?,
            Some(before) if (before.papers, before.total) == (row.papers, row.total) => {}
            Some(before) => work.tx.update(&before, &row)?,
        }
        Ok(())
    }
}

/// A coordinator says why the marks of a bag do not come to what its cover says.
#[derive(Debug, Clone, Serialize)]
pub struct AcceptControl {
    pub session: SessionId,
    pub room: RoomId,
    pub reason: String,
}

impl Operation for AcceptControl {
    const KIND: &'static str = "entry.accept_control";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// The difference that stays, marks less cover.
    type Out = ControlCheck;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<ControlCheck> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(CONTROL_REASON).into());
        }
        let bag = (self.session, self.room);
        of_batch(work, bag)?;
        marks::refuse_locked_session(work.tx.db(), self.session)?;
        let row = stored(work.tx.db(), bag)?.ok_or_else(|| Refusal::new(NO_CONTROL))?;
        let (sum, open) = settled(work.tx.db(), work.policy()?, bag)?;
        if open > 0 {
            return Err(Refusal::new(NOT_SETTLED).with("open", open).into());
        }
        if sum == cover(&row) {
            return Err(Refusal::new(NO_DIFFERENCE).into());
        }
        let after = ControlTotalRow {
            accepted: Some(self.reason.trim().to_owned()),
            accepted_by: Some(work.actor.operator()?),
            accepted_papers: Some(sum.papers),
            accepted_total: Some(sum.total),
            ..row.clone()
        };
        work.tx.update(&row, &after)?;
        Ok(ControlCheck { cover: figures(cover(&row)), marks: figures(sum) })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// Papers with points, and their sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Figures {
    pub papers: i64,
    pub total: Points,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ControlCheck {
    pub cover: Figures,
    pub marks: Figures,
}

impl ControlCheck {
    /// Marks less cover, in hundredths of a point.
    pub fn difference(&self) -> i64 {
        i64::from(self.marks.total.hundredths()) - i64::from(self.cover.total.hundredths())
    }

    pub fn fits(&self) -> bool {
        self.cover == self.marks
    }
}

/// Where a bag stands with its cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlState {
    /// Nothing of the cover was written down.
    None,
    /// Marks are not all settled.
    Waits,
    Fits,
    Differs,
    /// Differs, and a coordinator said why.
    Accepted,
}

impl ControlState {
    pub fn key(self) -> &'static str {
        match self {
            ControlState::None => "control_state.none",
            ControlState::Waits => "control_state.waits",
            ControlState::Fits => "control_state.fits",
            ControlState::Differs => "control_state.differs",
            ControlState::Accepted => "control_state.accepted",
        }
    }
}

/// The cover of a bag as the reader may compare it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ControlSeen {
    pub state: ControlState,
    pub cover: Option<Figures>,
    /// The reader's own entries in the bag: the running line of a typist.
    pub mine: Figures,
    /// Only once every mark of the bag is settled.
    pub settled: Option<Figures>,
    pub accepted: Option<String>,
    pub accepted_by: Option<String>,
}

pub fn control(site: &Site, session: SessionId, room: RoomId) -> Result<ControlSeen> {
    let (db, bag) = (site.store().db(), (session, room));
    let row = stored(db, bag)?;
    let (sum, open) = settled(db, &*site.policy()?, bag)?;
    let mine = match site.actor().id {
        Some(me) => entry_bag::own_sum(db, session, room, me)?,
        None => Sum::default(),
    };
    let state = state(row.as_ref(), sum, open);
    let accepted = row.as_ref().filter(|_| state == ControlState::Accepted);
    let by = accepted.and_then(|r| r.accepted_by);
    let by = by.map(|id| rows::first::<OperatorRow>(db, "WHERE id = ?1", [id])).transpose()?.flatten();
    Ok(ControlSeen {
        state,
        cover: row.as_ref().map(|r| figures(cover(r))),
        mine: figures(mine),
        settled: (open == 0).then(|| figures(sum)),
        accepted: accepted.and_then(|r| r.accepted.clone()),
        accepted_by: by.map(|o| o.name),
    })
}

pub(super) fn state_of(db: &Connection, policy: &Policy, at: (SessionId, RoomId)) -> Result<ControlState> {
    let (sum, open) = settled(db, policy, at)?;
    Ok(state(stored(db, at)?.as_ref(), sum, open))
}

fn state(row: Option<&ControlTotalRow>, sum: Sum, open: i64) -> ControlState {
    let Some(row) = row else { return ControlState::None };
    match (open, sum == cover(row)) {
        (1.., _) => ControlState::Waits,
        (_, true) => ControlState::Fits,
        _ if (row.accepted_papers, row.accepted_total) == (Some(sum.papers), Some(sum.total)) => ControlState::Accepted,
        _ => ControlState::Differs,
    }
}

/// Whether the signed-on operator may write the cover down.
pub fn may_control(site: &Site) -> Result<(), Refusal> {
    duties::allowed(&site.actor().roles, Control::ROLES)
}

/// Whether the signed-on operator may say why a difference stays.
pub fn may_accept_control(site: &Site) -> Result<(), Refusal> {
    duties::allowed(&site.actor().roles, AcceptControl::ROLES)
}

fn stored(db: &Connection, (session, room): (SessionId, RoomId)) -> Result<Option<ControlTotalRow>> {
    Ok(rows::first::<ControlTotalRow>(db, "WHERE session = ?1 AND room = ?2", (session, room))?)
}

fn settled(db: &Connection, policy: &Policy, (session, room): (SessionId, RoomId)) -> Result<(Sum, i64)> {
    let subject = rows::first::<crate::store::SessionRow>(db, "WHERE id = ?1", [session])?.map(|s| s.subject);
    let sits = |level: &crate::model::Level| subject.is_some_and(|s| policy.subjects.required(*level).contains(s));
    let levels: String = crate::model::Level::ALL.iter().filter(|l| sits(l)).map(|l| l.digit().to_string()).collect();
    Ok(entry_bag::settled_sum(db, session, room, &levels)?)
}

fn cover(row: &ControlTotalRow) -> Sum {
    Sum { papers: row.papers, total: row.total }
}

fn figures(sum: Sum) -> Figures {
    Figures { papers: sum.papers, total: Points::new(i32::try_from(sum.total).unwrap_or(i32::MAX)) }
}
