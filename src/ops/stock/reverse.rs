//! `stock.reverse`: a line that was written by mistake is taken back by a line of its own (冲销).
use super::book::{Booking, Line, book};
use crate::model::{Code, Refusal, Role, StockItem, StockMove};
use crate::ops::{Operation, Result, StockMovementRow, Undo, Work};
use crate::policy::stock::Balance;
use crate::store::{CertificateCopyRow, rows};
use serde::Serialize;

pub const UNKNOWN: Code = Code("stock.unknown");
pub const REVERSED: Code = Code("stock.reversed_already");
/// Certificates are printed on these forms.
pub const HAS_COPIES: Code = Code("stock.has_copies");

#[derive(Debug, Clone, Serialize)]
pub struct Reverse {
    pub item: StockItem,
    /// Number of the line.
    pub seq: i64,
    pub reason: String,
}

impl Operation for Reverse {
    const KIND: &'static str = "stock.reverse";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("stock.count");
    type Out = StockMovementRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<StockMovementRow> {
        let holder = work.site.code.clone();
        let db = work.tx.db();
        let own = "WHERE holder = ?1 AND item = ?2 AND seq = ?3";
        let wrong = rows::first::<StockMovementRow>(db, own, (&holder, self.item, self.seq))?
            .ok_or_else(|| Refusal::new(UNKNOWN).with("number", self.seq))?;
        let again = "WHERE holder = ?1 AND item = ?2 AND reverses = ?3";
        let done = rows::first::<StockMovementRow>(db, again, (&holder, self.item, self.seq))?.is_some();
        if done || wrong.kind == StockMove::Reversed {
            return Err(Refusal::new(REVERSED).with("number", self.seq).into());
        }
        if rows::first::<CertificateCopyRow>(db, "WHERE movement = ?1", [wrong.id])?.is_some() {
            return Err(Refusal::new(HAS_COPIES).with("number", self.seq).into());
        }
        let line = Line {
            item: self.item,
            quantity: 0,
            serials: wrong.serials,
            responsible: None,
            counterpart: wrong.counterpart,
            reason: Some(self.reason.clone()),
            on: None,
        };
        let change = Balance { usable: -wrong.usable, spoilt: -wrong.spoilt };
        book(work, &line, Booking { kind: StockMove::Reversed, change, witness: None, reverses: Some(self.seq) })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
