//! `stock.count`: stocktaking (盘点) by two people. What differs from the ledger is a line with a reason; what agrees is a
//! line too.
use super::book::{Booking, Line, book, last};
use crate::model::{Day, Refusal, Role, StockItem, StockMove};
use crate::ops::{Operation, Result, Undo, Work};
use crate::policy::stock::{Balance, QUANTITY};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Count {
    pub item: StockItem,
    /// Counted by hand.
    pub usable: i64,
    pub spoilt: i64,
    /// `None`: whoever is signed on.
    pub responsible: Option<String>,
    /// 监盘人
    pub witness: String,
    /// Why it differs.
    pub reason: Option<String>,
    /// `None`: today.
    pub on: Option<Day>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Counted {
    pub seq: i64,
    /// More than the ledger had; negative: fewer.
    pub usable: i64,
    pub spoilt: i64,
}

impl Operation for Count {
    const KIND: &'static str = "stock.count";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("stock.reverse");
    type Out = Counted;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Counted> {
        if let Some(bad) = [self.usable, self.spoilt].into_iter().find(|n| *n < 0) {
            return Err(Refusal::new(QUANTITY).with("quantity", bad).into());
        }
        let had = last(work.tx.db(), &work.site.code, self.item)?;
        let (usable, spoilt) = had.map_or((0, 0), |l| (l.balance, l.to_destroy));
        let change = Balance { usable: self.usable - usable, spoilt: self.spoilt - spoilt };
        let line = Line {
            item: self.item,
            quantity: 0,
            serials: None,
            responsible: self.responsible.clone(),
            counterpart: None,
            reason: self.reason.clone(),
            on: self.on,
        };
        let witness = Some(self.witness.clone());
        let row = book(work, &line, Booking { kind: StockMove::Counted, change, witness, reverses: None })?;
        Ok(Counted { seq: row.seq, usable: change.usable, spoilt: change.spoilt })
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}
