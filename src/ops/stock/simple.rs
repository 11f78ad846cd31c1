//! `stock.receive` and `stock.use`: blank forms come in; some leave otherwise than as a certificate of the register.
use super::book::{Line, usual};
use crate::model::{Role, StockMove};
use crate::ops::{Operation, Result, StockMovementRow, Work};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Receive {
    pub line: Line,
}

impl Operation for Receive {
    const KIND: &'static str = "stock.receive";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = StockMovementRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<StockMovementRow> {
        usual(work, &self.line, StockMove::Received, None)
    }
}

/// Covers, samples, forms lent to another site: certificates of the register take theirs when they are made.
#[derive(Debug, Clone, Serialize)]
pub struct Use {
    pub line: Line,
}

impl Operation for Use {
    const KIND: &'static str = "stock.use";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = StockMovementRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<StockMovementRow> {
        usual(work, &self.line, StockMove::Used, None)
    }
}
