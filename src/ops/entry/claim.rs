//! `entry.claim` and `entry.release`: who types the first, second or third entries of a bag.
//!
//! A claim keeps two from typing the same slot of one bag. It is given back by its holder, or by a coordinator with a
//! reason: that is also the way when somebody went home and left it. Where the holder's screen died, others may take it
//! over after the lease.
use super::lease;
use super::save::TYPISTS;
use crate::model::entry::Slot;
use crate::model::{ApplicationId, Code, OperatorId, Refusal, Role, RoomId, SessionId, Stamp, Subject};
use crate::ops::{self, Operation, Result, Site, Work, marks};
use crate::store::rows::Connection;
use crate::store::views::entry_bag;
use crate::store::{EntryClaimRow, PlacementRow, rows};
use serde::Serialize;

pub const CLAIMED: Code = Code("entry.claimed");
/// The same, and nothing was typed for long.
pub const CLAIMED_IDLE: Code = Code("entry.claimed_idle");
pub const OTHER_SLOT: Code = Code("entry.other_slot_yours");
pub const NOT_CLAIMED: Code = Code("entry.not_claimed");
pub const NO_BAG: Code = Code("entry.no_bag");
pub const RELEASE_OTHERS: Code = Code("entry.release_others");
pub const RELEASE_REASON: Code = Code("entry.release_reason");

/// After so many minutes without an entry a claim counts as left behind.
pub const IDLE_MINUTES: i64 = 30;

#[derive(Debug, Clone, Serialize)]
pub struct Claim {
    pub session: SessionId,
    pub room: RoomId,
    pub slot: Slot,
}

impl Operation for Claim {
    const KIND: &'static str = "entry.claim";
    const ROLES: &'static [Role] = TYPISTS;
    const UNDO: ops::Undo = ops::Undo::Instead("entry.release");
    type Out = ();

    /// Claiming what one holds already changes nothing. In a locked session nothing is typed, so nothing is claimed.
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let (bag, me) = ((self.session, self.room), work.actor.operator()?);
        of_batch(work, bag)?;
        let db = work.tx.db();
        marks::refuse_locked_session(db, self.session)?;
        match free_for(db, (bag, self.slot), me, work.now)? {
            Standing::Mine => return Ok(()),
            Standing::Free => {}
            Standing::Left => {
                let tail = "WHERE session = ?1 AND room = ?2 AND slot = ?3";
                let left = rows::first::<EntryClaimRow>(db, tail, (bag.0, bag.1, self.slot.number()))?;
                left.iter().try_for_each(|row| work.tx.delete(row))?;
            }
        }
        let own = own_slots(db, bag, me)?;
        if let Some(other) = own.into_iter().find(|slot| *slot != self.slot) {
            return Err(Refusal::new(OTHER_SLOT).word("slot", other.key()).into());
        }
        let (session, room, slot) = (self.session, self.room, self.slot.number());
        Ok(work.tx.insert(&EntryClaimRow { session, room, slot, operator: me, at: work.now })?)
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Release {
    pub session: SessionId,
    pub room: RoomId,
    pub slot: Slot,
    /// Needed for somebody else's claim.
    pub reason: String,
}

impl Operation for Release {
    const KIND: &'static str = "entry.release";
    const ROLES: &'static [Role] = &[Role::Typist, Role::Coordinator];
    const UNDO: ops::Undo = ops::Undo::Instead("entry.claim");
    /// Whose claim it was.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let bag = (self.session, self.room);
        of_batch(work, bag)?;
        let tail = "WHERE session = ?1 AND room = ?2 AND slot = ?3";
        let row = rows::first::<EntryClaimRow>(work.tx.db(), tail, (bag.0, bag.1, self.slot.number()))?
            .ok_or_else(|| Refusal::new(NOT_CLAIMED).word("slot", self.slot.key()))?;
        let holders = entry_bag::holders(work.tx.db(), bag.0, bag.1)?;
        let name = holders.into_iter().find(|h| h.operator == row.operator).map(|h| h.name).unwrap_or_default();
        if row.operator != work.actor.operator()? {
            if !work.actor.has(Role::Coordinator) {
                return Err(Refusal::new(RELEASE_OTHERS).with("name", name).into());
            }
            if self.reason.trim().is_empty() {
                return Err(Refusal::new(RELEASE_REASON).with("name", name).into());
            }
        }
        work.tx.delete(&row)?;
        Ok(name)
    }

    fn reason(&self) -> Option<&str> {
        Some(self.reason.trim()).filter(|why| !why.is_empty())
    }
}

/// A claim as everybody may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claimed {
    pub slot: Slot,
    pub operator: String,
    pub mine: bool,
    pub since: Stamp,
    /// Minutes without an entry of its holder.
    pub idle: i64,
    /// So long that a coordinator should give it to somebody else.
    pub left_behind: bool,
}

pub fn claims(site: &Site, session: SessionId, room: RoomId) -> Result<Vec<Claimed>> {
    let (now, me) = (site.now(), site.actor().id);
    let seen = entry_bag::holders(site.store().db(), session, room)?.into_iter().filter_map(|h| {
        let idle = now.minutes_since(h.last).max(0);
        let (mine, slot) = (Some(h.operator) == me, Slot::parse(h.slot)?);
        let left_behind = idle >= IDLE_MINUTES || lease::ran_out(site.store().db().path(), (session, room), slot);
        Some(Claimed { slot, operator: h.name, mine, since: h.at, idle, left_behind })
    });
    Ok(seen.collect())
}

/// Slots that the signed-on operator could claim on opening a bag now, whether or not papers wait in them.
pub fn claimable(site: &Site, session: SessionId, room: RoomId) -> Result<Vec<Slot>> {
    let (db, me) = (site.store().db(), site.actor().operator()?);
    super::may_type(site)?;
    let own = own_slots(db, (session, room), me)?;
    let held = entry_bag::holders(db, session, room)?;
    let free = |slot: &Slot| {
        let others = |h: &entry_bag::Holder| h.slot == slot.number() && h.operator != me;
        let taken = held.iter().any(others) && !lease::ran_out(db.path(), (session, room), *slot);
        !taken && own.iter().all(|mine| mine == slot)
    };
    Ok(Slot::ALL.into_iter().filter(free).collect())
}

enum Standing {
    Free,
    Mine,
    /// Somebody else's, whose screen died and who did not come back.
    Left,
}

pub type Bag = (SessionId, RoomId);

fn free_for(db: &Connection, (bag, slot): (Bag, Slot), me: OperatorId, now: Stamp) -> Result<Standing> {
    let Some(held) = entry_bag::holders(db, bag.0, bag.1)?.into_iter().find(|h| h.slot == slot.number()) else {
        return Ok(Standing::Free);
    };
    if held.operator == me {
        return Ok(Standing::Mine);
    }
    if lease::ran_out(db.path(), bag, slot) {
        return Ok(Standing::Left);
    }
    let idle = now.minutes_since(held.last);
    let refusal = Refusal::new(if idle >= IDLE_MINUTES { CLAIMED_IDLE } else { CLAIMED });
    let refusal = refusal.word("slot", slot.key()).with("name", held.name).with("since", held.at);
    Err(refusal.with("idle", idle).into())
}

/// Where the operator's entries stand, and what they hold.
fn own_slots(db: &Connection, bag: Bag, me: OperatorId) -> Result<Vec<Slot>> {
    let mut all = entry_bag::own_slots(db, bag.0, bag.1, me)?;
    all.extend(entry_bag::holders(db, bag.0, bag.1)?.into_iter().filter(|h| h.operator == me).map(|h| h.slot));
    Ok(all.into_iter().filter_map(Slot::parse).collect())
}

/// Nothing is typed against somebody else's claim; without any claim it may be.
pub(super) fn not_against_a_claim(
    work: &Work<'_, '_>,
    (application, subject): (ApplicationId, Subject),
    slot: Slot,
) -> Result<()> {
    let (db, me) = (work.tx.db(), work.actor.operator()?);
    match entry_bag::bag_of(db, application, subject)? {
        Some(bag) => free_for(db, (bag, slot), me, work.now).map(drop),
        None => Ok(()),
    }
}

pub(super) fn of_batch(work: &Work<'_, '_>, (session, room): Bag) -> Result<()> {
    let tail = "WHERE session = ?1 AND room = ?2 AND session IN (SELECT id FROM session WHERE batch = ?3)";
    match rows::first::<PlacementRow>(work.tx.db(), tail, (session, room, work.batch()?.id))? {
        Some(_) => Ok(()),
        None => Err(Refusal::new(NO_BAG).into()),
    }
}
