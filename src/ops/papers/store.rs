//! `papers.store`: the scripts of a closed room go into an archive box, with a keeper and the day until which they stay.
use super::custody::{self, spoken};
use crate::model::{BagState, Code, Day, Refusal, Role, RoomId, SessionId};
use crate::ops::{Operation, Result, Work};
use crate::store::{ArchiveBoxRow, PaperBagRow, rows};
use chrono::Months;
use serde::Serialize;

pub const RECORD_MISSING: Code = Code("papers.record_missing");
pub const BAGS_NOT_BACK: Code = Code("papers.bags_not_back");
pub const SCRIPTS_DIFFER: Code = Code("papers.scripts_differ");
pub const ALREADY_STORED: Code = Code("papers.already_stored");
pub const NO_YEARS: Code = Code("papers.no_years");

#[derive(Debug, Clone, Serialize)]
pub struct Store {
    pub session: SessionId,
    pub room: RoomId,
    /// Number of the box.
    pub r#box: String,
    /// Counted into it: scripts and void sheets.
    pub scripts: i64,
    pub keeper: String,
    /// Where the box stands.
    pub place: Option<String>,
    /// Why, where the scripts are not as many as the record says, or the room has a box already.
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stored {
    pub room: i64,
    pub r#box: String,
    pub scripts: i64,
    pub keep_until: Day,
}

impl Operation for Store {
    const KIND: &'static str = "papers.store";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Stored;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Stored> {
        custody::session(work, self.session)?;
        let room = custody::room(work, self.session, self.room)?.number;
        let Some(name) = spoken(Some(&self.r#box)) else {
            return Err(Refusal::new(custody::NAME_MISSING).word("who", "paper_hand.box").into());
        };
        let keeper = custody::handler(work, "keeper", &self.keeper)?;
        let reason = spoken(self.reason.as_deref());
        self.complete(work, room, reason.is_some())?;
        let tail = "WHERE session = ?1 AND room = ?2";
        if let Some(old) = rows::first::<ArchiveBoxRow>(work.tx.db(), tail, (self.session, self.room))? {
            if reason.is_none() {
                return Err(Refusal::new(ALREADY_STORED).with("room", room).with("box", old.r#box).into());
            }
            work.tx.delete(&old)?;
        }
        let stored_on = work.now.day();
        let years = work.policy()?.archive.paper_years.filter(|years| *years > 0);
        let until = years.and_then(|y| stored_on.checked_add_months(Months::new(u32::from(y) * 12)));
        let keep_until = until.ok_or_else(|| Refusal::new(NO_YEARS))?;
        work.tx.insert(&ArchiveBoxRow {
            id: work.tx.next_id::<ArchiveBoxRow>()?,
            session: self.session,
            room: self.room,
            r#box: name.clone(),
            scripts: self.scripts,
            keeper,
            place: spoken(self.place.as_deref()),
            stored_on,
            keep_until,
        })?;
        Ok(Stored { room, r#box: name, scripts: self.scripts, keep_until })
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

impl Store {
    /// The room is closed, its bags are back, and the scripts are as many as its record says.
    fn complete(&self, work: &Work<'_, '_>, room: i64, explained: bool) -> Result<()> {
        let record = custody::record(work, self.session, self.room)?;
        let record = record.ok_or_else(|| Refusal::new(RECORD_MISSING).with("room", room))?;
        let tail = "WHERE session = ?1 AND room = ?2 ORDER BY number";
        let bags = rows::select::<PaperBagRow>(work.tx.db(), tail, (self.session, self.room))?;
        let away = bags.iter().filter(|b| !matches!(b.state, BagState::Returned | BagState::Stored));
        let away: Vec<_> = away.map(|b| b.number.as_str()).collect();
        if !away.is_empty() {
            return Err(Refusal::new(BAGS_NOT_BACK).with("bags", away.join(" ")).into());
        }
        let due = record.collected + record.void;
        if self.scripts < 0 || self.scripts != due && !explained {
            let refusal = Refusal::new(SCRIPTS_DIFFER).with("room", room).with("counted", self.scripts);
            return Err(refusal.with("due", due).into());
        }
        Ok(())
    }
}
