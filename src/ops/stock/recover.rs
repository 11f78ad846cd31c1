//! `stock.recover`: a certificate that is void, or was made again, came back and waits to be destroyed.
use super::book::{Line, usual};
use crate::model::{CertificateId, Code, Refusal, Role, Stage, StockItem, StockMove};
use crate::ops::register::standing;
use crate::ops::{Operation, Result, StockMovementRow, Work};
use crate::store::rows;
use serde::Serialize;

/// A valid certificate belongs to its holder; every void one comes back once.
pub const NOT_VOID: Code = Code("stock.not_void");

#[derive(Debug, Clone, Serialize)]
pub struct Recover {
    pub certificate: CertificateId,
    pub responsible: Option<String>,
    pub reason: Option<String>,
}

impl Operation for Recover {
    const KIND: &'static str = "stock.recover";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = StockMovementRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<StockMovementRow> {
        let one = standing(work, self.certificate)?;
        let number = one.certificate.number;
        // Of a valid certificate all copies but the last are void.
        let void = if one.stage == Stage::Void { one.copies } else { one.copies - 1 };
        let tail = "WHERE holder = ?1 AND kind = 'recovered' AND counterpart = ?2 AND NOT EXISTS \
                    (SELECT 1 FROM stock_movement r WHERE r.holder = stock_movement.holder \
                       AND r.item = stock_movement.item AND r.reverses = stock_movement.seq)";
        let had = rows::count::<StockMovementRow>(work.tx.db(), tail, (&work.site.code, &number))?;
        if had >= void {
            return Err(Refusal::new(NOT_VOID).with("number", number).into());
        }
        let line = Line {
            item: StockItem::Certificate,
            quantity: 1,
            serials: None,
            responsible: self.responsible.clone(),
            counterpart: Some(number),
            reason: self.reason.clone(),
            on: None,
        };
        usual(work, &line, StockMove::Recovered, None)
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}
