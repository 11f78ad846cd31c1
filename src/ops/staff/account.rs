//! `staff.account`: as which operator somebody signs on. Their own sheets and signatures hang on it.
use super::row;
use crate::model::{Code, Refusal, Role, StaffId};
use crate::ops::{Operation, OperatorRow, Result, Work};
use crate::store::{StaffRow, rows};
use serde::Serialize;

pub const NO_OPERATOR: Code = Code("staff.no_operator");
pub const ACCOUNT_TAKEN: Code = Code("staff.account_taken");

#[derive(Debug, Clone, Serialize)]
pub struct Account {
    pub staff: StaffId,
    /// Name of the operator; `None`: has no account.
    pub operator: Option<String>,
}

impl Operation for Account {
    const KIND: &'static str = "staff.account";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = StaffRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<StaffRow> {
        let db = work.tx.db();
        let before = row(db, self.staff)?;
        let operator = match &self.operator {
            None => None,
            Some(name) => {
                let unknown = || Refusal::new(NO_OPERATOR).with("operator", name.as_str());
                let found = rows::first::<OperatorRow>(db, "WHERE name = ?1", [name])?.ok_or_else(unknown)?;
                let other = rows::first::<StaffRow>(db, "WHERE operator = ?1 AND id <> ?2", (found.id, before.id))?;
                if let Some(other) = other {
                    let refusal = Refusal::new(ACCOUNT_TAKEN).with("operator", name.as_str());
                    return Err(refusal.with("name", other.name).into());
                }
                Some(found.id)
            }
        };
        let after = StaffRow { operator, ..before.clone() };
        if before != after {
            work.tx.update(&before, &after)?;
        }
        Ok(after)
    }
}
