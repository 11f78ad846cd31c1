//! `stock.destroy`: spoilt and recovered forms are destroyed, watched by a second person.
use super::book::{Line, usual};
use crate::model::{Role, StockMove};
use crate::ops::{Operation, Result, StockMovementRow, Undo, Work};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Destroy {
    pub line: Line,
    /// 监销人
    pub witness: String,
}

impl Operation for Destroy {
    const KIND: &'static str = "stock.destroy";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("stock.reverse");
    type Out = StockMovementRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<StockMovementRow> {
        usual(work, &self.line, StockMove::Destroyed, Some(&self.witness))
    }

    fn reason(&self) -> Option<&str> {
        self.line.reason.as_deref()
    }
}
