//! `script.label`: which number goes on the script of which seat. Read once by whoever seals the bag, before anything is
//! typed; the journal says who looked. Whoever marks or types never has this duty.
use super::{NO_BAG, session};
use crate::model::{Code, Refusal, Role, RoomId, SessionId};
use crate::ops::{Journal, Operation, Result, Undo, Work};
use crate::store::views::scripts::{names, rooms};
use serde::Serialize;

pub const BEGUN: Code = Code("script.begun");

#[derive(Debug, Clone, Serialize)]
pub struct Label {
    pub session: SessionId,
    pub room: RoomId,
}

/// A bag and its numbers by seat; no names, which nobody needs for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Labels {
    pub room: i64,
    pub bag: String,
    pub numbers: Vec<(i64, String)>,
}

impl Operation for Label {
    const KIND: &'static str = "script.label";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Never;
    const JOURNAL: Journal = Journal::Always;
    type Out = Labels;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Labels> {
        let session = session(work, self.session)?;
        let all = rooms(work.tx.db(), work.batch()?.id)?;
        let found = all.into_iter().find(|b| (b.session, b.room) == (session.id, self.room) && b.bag.is_some());
        let bag = found.ok_or_else(|| Refusal::new(NO_BAG).with("session", session.code.as_str()))?;
        if bag.is_sealed() && bag.entered > 0 {
            return Err(Refusal::new(BEGUN).with("bag", bag.code.unwrap_or_default()).into());
        }
        let own = names(work.tx.db(), session.id)?.into_iter().filter(|n| n.room == self.room);
        let numbers = own.map(|n| (n.seat, n.number)).collect();
        Ok(Labels { room: bag.room_number, bag: bag.code.unwrap_or_default(), numbers })
    }
}
