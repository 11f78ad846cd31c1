//! `papers.correct`: a bag is sealed, or counted or sealed anew; what it was stays in the journal.
use super::custody::{self, REASON, spoken};
use crate::model::{BagId, BagState, Code, PaperMove, Refusal, Role, fold};
use crate::ops::{Operation, Result, Work};
use crate::store::{PaperBagRow, PaperEventRow};
use serde::Serialize;

pub const NO_CHANGE: Code = Code("papers.no_change");
pub const NEGATIVE: Code = Code("papers.negative");

/// The first seal of a stored bag needs no reason; everything else does.
#[derive(Debug, Clone, Serialize)]
pub struct Correct {
    pub bag: BagId,
    pub sheets: i64,
    pub spare: i64,
    pub seal: Option<String>,
    pub reason: Option<String>,
}

impl Operation for Correct {
    const KIND: &'static str = "papers.correct";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = PaperBagRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<PaperBagRow> {
        let before = custody::bags(work, &[self.bag])?.pop().ok_or_else(|| Refusal::new(custody::NO_BAGS))?;
        custody::not_closed(work, &before)?;
        if self.sheets < 0 || self.spare < 0 {
            return Err(Refusal::new(NEGATIVE).with("bag", before.number).into());
        }
        let seal = self.seal.as_deref().map(|s| fold::number_like(s).into_owned()).filter(|s| !s.is_empty());
        let after = PaperBagRow { sheets: self.sheets, spare: self.spare, seal, ..before.clone() };
        if after == before {
            return Err(Refusal::new(NO_CHANGE).with("bag", before.number).into());
        }
        let counted = (after.sheets, after.spare) != (before.sheets, before.spare);
        let first_seal = before.state == BagState::Stored && before.seal.is_none();
        let note = spoken(self.reason.as_deref());
        if note.is_none() && (counted || !first_seal) {
            return Err(Refusal::new(REASON).into());
        }
        let me = work.actor.name.clone();
        let event = custody::event(work, &before, PaperMove::Corrected, (&me, &me))?;
        let sheets = Some(after.sheets + after.spare);
        work.tx.insert(&PaperEventRow { sheets, note, ..event })?;
        work.tx.update(&before, &after)?;
        Ok(after)
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}
