//! `panel.chair`: another member takes the chair of an open panel.
use super::leave::seat_chair;
use super::{find_open, member_of};
use crate::model::{MemberId, Role};
use crate::ops::{Operation, PanelMemberRow, Result, Work};
use crate::store::rows;
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct TakeChair {
    pub member: MemberId,
}

impl Operation for TakeChair {
    const KIND: &'static str = "panel.chair";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = PanelMemberRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<PanelMemberRow> {
        let panel = find_open(work, member_of(work, self.member)?.panel)?;
        let chair = "WHERE panel = ?1 AND chair = 1 AND left_at IS NULL AND id <> ?2";
        if let Some(before) = rows::first::<PanelMemberRow>(work.tx.db(), chair, (panel.id, self.member))? {
            work.tx.update(&before, &PanelMemberRow { chair: false, ..before.clone() })?;
        }
        seat_chair(work, &panel, self.member)
    }
}
