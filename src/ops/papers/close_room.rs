//! `papers.close_room`: the room record (考场情况记录单). Every sheet is accounted for, or somebody says why not.
use super::custody::{self, spoken};
use crate::model::{AttendanceState, BagState, Code, Refusal, Role, RoomId, SessionId};
use crate::ops::{Operation, Result, Work};
use crate::policy::papers::{Counts, Differing, Known, apart};
use crate::store::views::checkin::{self, Seated};
use crate::store::views::papers::RoomFacts;
use crate::store::{PaperBagRow, RoomRecordRow, rows};
use serde::Serialize;

pub const ALREADY_CLOSED: Code = Code("papers.already_closed");
pub const TWO_PROCTORS: Code = Code("papers.two_proctors");
pub const STILL_EXPECTED: Code = Code("papers.still_expected");
pub const STILL_INSIDE: Code = Code("papers.still_inside");
pub const BAGS_OUT: Code = Code("papers.bags_out");
pub const COUNTS_DIFFER: Code = Code("papers.counts_differ");
/// People that a refusal names.
const NAMED: usize = 5;

#[derive(Debug, Clone, Serialize)]
pub struct CloseRoom {
    pub session: SessionId,
    pub room: RoomId,
    pub collected: i64,
    pub absent: i64,
    pub void: i64,
    pub spare: i64,
    pub proctors: Vec<String>,
    pub remarks: Option<String>,
    /// Why the counts are what they are, where they differ.
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Closed {
    pub room: i64,
    pub counts: Counts,
    pub missing: i64,
    pub differing: Vec<Differing>,
}

impl Operation for CloseRoom {
    const KIND: &'static str = "papers.close_room";
    const ROLES: &'static [Role] = &[Role::Proctor, Role::Coordinator];
    type Out = Closed;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Closed> {
        custody::session(work, self.session)?;
        let facts = custody::room(work, self.session, self.room)?;
        if custody::record(work, self.session, self.room)?.is_some() {
            return Err(Refusal::new(ALREADY_CLOSED).with("room", facts.number).into());
        }
        let signed_by = self.signed(work)?;
        self.everybody_out(work, facts.number)?;
        let (counts, known) = self.counts(work, &facts)?;
        let (missing, differing) = (counts.missing(), counts.differing(&known));
        let reason = spoken(self.reason.as_deref()).filter(|_| missing != 0 || !differing.is_empty());
        if reason.is_none() && (missing != 0 || !differing.is_empty()) {
            return Err(differ(&counts, &known).into());
        }
        work.tx.insert(&RoomRecordRow {
            session: self.session,
            room: self.room,
            issued: counts.issued,
            collected: counts.collected,
            absent: counts.absent,
            void: counts.void,
            spare: counts.spare,
            reason,
            signed_by,
            remarks: spoken(self.remarks.as_deref()),
            operator: work.actor.operator()?,
            at: work.now,
        })?;
        Ok(Closed { room: facts.number, counts, missing, differing })
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

impl CloseRoom {
    fn signed(&self, work: &Work<'_, '_>) -> Result<String> {
        let named = self.proctors.iter().filter(|p| !p.trim().is_empty());
        let proctors = named.map(|p| custody::handler(work, "proctor", p)).collect::<Result<Vec<_>>>()?;
        if proctors.len() < 2 {
            return Err(Refusal::new(TWO_PROCTORS).into());
        }
        apart(&proctors.iter().map(String::as_str).collect::<Vec<_>>())?;
        Ok(proctors.join("\n"))
    }

    fn everybody_out(&self, work: &Work<'_, '_>, room: i64) -> Result<()> {
        let db = work.tx.db();
        let waiting = checkin::expected(db, self.session, Some(self.room))?;
        if !waiting.is_empty() {
            return Err(naming(Refusal::new(STILL_EXPECTED), room, &waiting).into());
        }
        // Once time is up nobody is writing any more, whether or not each hand-in was noted.
        if custody::session(work, self.session)?.ends_at.is_some_and(|ends| ends <= work.now) {
            return Ok(());
        }
        let mut inside = checkin::register(db, self.session, Some(self.room))?;
        inside.retain(|s| s.attendance.is_some_and(AttendanceState::is_inside));
        if !inside.is_empty() {
            return Err(naming(Refusal::new(STILL_INSIDE), room, &inside).into());
        }
        Ok(())
    }

    /// What was counted, and what is known. Bags that never left the store are not issued.
    fn counts(&self, work: &Work<'_, '_>, facts: &RoomFacts) -> Result<(Counts, Counts)> {
        let tail = "WHERE session = ?1 AND room = ?2 AND state <> 'stored' ORDER BY number";
        let bags = rows::select::<PaperBagRow>(work.tx.db(), tail, (self.session, self.room))?;
        let out: Vec<_> = bags.iter().filter(|b| matches!(b.state, BagState::Out | BagState::Open)).collect();
        if !out.is_empty() {
            let numbers: Vec<_> = out.iter().map(|b| b.number.as_str()).collect();
            return Err(Refusal::new(BAGS_OUT).with("bags", numbers.join(" ")).into());
        }
        let Self { collected, absent, void, spare, .. } = *self;
        if [collected, absent, void, spare].iter().any(|n| !(0..=100_000).contains(n)) {
            return Err(Refusal::new(super::NEGATIVE).with("bag", facts.number).into());
        }
        let known = known(facts, &bags);
        Ok((Counts { issued: known.issued, collected, absent, void, spare }, known))
    }
}

/// What the counts of a room should be by attendance, incidents and the bags that left the store.
pub fn known(facts: &RoomFacts, bags: &[PaperBagRow]) -> Counts {
    let out = bags.iter().filter(|b| b.state != BagState::Stored);
    let issued = out.map(|b| b.sheets + b.spare).sum();
    Known { issued, seated: facts.seated, here: facts.here, void: facts.void }.counts()
}

/// All figures, counted and known.
fn differ(counts: &Counts, known: &Counts) -> Refusal {
    let refusal = Refusal::new(COUNTS_DIFFER).with("issued", counts.issued).with("missing", counts.missing());
    let counted = refusal.with("collected", counts.collected).with("absent", counts.absent);
    let counted = counted.with("void", counts.void).with("spare", counts.spare);
    let known_too = counted.with("known_collected", known.collected).with("known_absent", known.absent);
    known_too.with("known_void", known.void).with("known_spare", known.spare)
}

fn naming(refusal: Refusal, room: i64, people: &[Seated]) -> Refusal {
    let names: Vec<_> = people.iter().take(NAMED).map(|s| format!("{} {}", s.seat, s.name)).collect();
    refusal.with("room", room).with("count", people.len()).with("names", names.join(", "))
}
