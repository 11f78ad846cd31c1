//! `rosters.fill`: what stands in a box of the roster.
use super::read::{by_id, rule};
use crate::model::{Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::rosters::BoxState;
use crate::policy::signatures::Signed;
use crate::policy::stamps::StampBy;
use crate::store::{RosterBoxRow, RosterLineRow, RosterState, rows};
use serde::Serialize;

pub const NO_BOX: Code = Code("rosters.no_such_box");
pub const NOT_OPEN: Code = Code("rosters.not_open");
pub const BOX_BEFORE: Code = Code("rosters.box_before");
pub const FULL: Code = Code("rosters.box_is_good");

#[derive(Debug, Clone, Serialize)]
pub struct FillBox {
    pub roster: i64,
    pub node: StampBy,
    pub signed: Signed,
    /// As written: 以上__人.
    pub head_count: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Filled {
    pub state: BoxState,
    /// Every box of the roster counts.
    pub whole: bool,
}

impl Operation for FillBox {
    const KIND: &'static str = "rosters.fill";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Filled;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Filled> {
        let policy = work.policy()?.clone();
        let roster = by_id(work.tx.db(), work.batch()?.id, self.roster)?;
        if roster.state != RosterState::Made {
            let state = format!("roster_state.{}", roster.state.code());
            return Err(Refusal::new(NOT_OPEN).with("roster", self.roster).word("state", state).into());
        }
        let rule = rule(&policy, super::read::kind_from(roster.kind))?;
        let people = rows::count::<RosterLineRow>(work.tx.db(), "WHERE roster = ?1", [self.roster])?;
        let own = rows::select::<RosterBoxRow>(work.tx.db(), "WHERE roster = ?1 ORDER BY id", [self.roster])?;
        let state = |rows: &[RosterBoxRow], at: usize| super::read::box_state(rule, at, rows, people);
        let at = rule.boxes.iter().position(|one| one.by == self.node);
        let at = at.ok_or_else(|| Refusal::new(NO_BOX).word("box", self.node.key()))?;
        if let Some(before) = (0..at).find(|before| state(&own, *before) != BoxState::Good) {
            let node = rule.boxes.get(before).map(|one| one.by.key()).unwrap_or_default();
            return Err(Refusal::new(BOX_BEFORE).word("box", self.node.key()).word("first", node).into());
        }
        if state(&own, at) == BoxState::Good {
            return Err(Refusal::new(FULL).word("box", self.node.key()).into());
        }
        let signed = self.signed.tidy();
        let row = RosterBoxRow {
            id: 0,
            roster: self.roster,
            node: self.node.code().to_owned(),
            handled_by: signed.handled_by,
            responsible: signed.responsible,
            legible: self.signed.legible,
            stamped: self.signed.stamped,
            dated: self.signed.day(work.now.day())?,
            head_count: self.head_count,
            operator: work.actor.operator()?,
            at: work.now,
        };
        let mut after: Vec<RosterBoxRow> = own.iter().filter(|b| b.node != row.node).cloned().collect();
        match own.iter().find(|old| old.node == row.node) {
            Some(old) => work.tx.update(old, &RosterBoxRow { id: old.id, ..row.clone() })?,
            None => work.tx.insert(&RosterBoxRow { id: work.tx.next_id::<RosterBoxRow>()?, ..row.clone() })?,
        }
        after.push(row);
        let whole = (0..rule.boxes.len()).all(|at| state(&after, at) == BoxState::Good);
        Ok(Filled { state: state(&after, at), whole })
    }
}
