//! `site.init`: gives a fresh database its site and its first operator.
use crate::model::{Code, OperatorId, Refusal, Role};
use crate::ops::{Operation, Result, Undo, Work};
use crate::store::{OperatorRow, SiteRow, rows};
use serde::Serialize;

pub const ALREADY: Code = Code("site.already_initialised");
pub const ORGANISATION: Code = Code("site.organisation_code");

#[derive(Debug, Serialize)]
pub struct Init {
    /// Short code of the exam site, part of ticket numbers: digits are best.
    pub code: String,
    pub name: String,
    /// Six digits, GB/T 2260.
    pub region: Option<String>,
    /// Places 1 to 13 of this organisation's certificate numbers.
    pub organisation: Option<String>,
    /// Name of the first operator, coordinator and administrator, bound to the OS account.
    pub operator: String,
    pub os_user: Option<String>,
}

impl Operation for Init {
    const KIND: &'static str = "site.init";
    const ROLES: &'static [Role] = &[];
    const UNDO: Undo = Undo::Never;
    type Out = OperatorId;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<OperatorId> {
        if rows::count::<SiteRow>(work.tx.db(), "", [])? > 0 {
            return Err(Refusal::new(ALREADY).into());
        }
        if let Some(code) = self.organisation.as_deref().filter(|c| !crate::model::certificate_no::is_prefix(c)) {
            return Err(Refusal::new(ORGANISATION).with("value", code).into());
        }
        work.tx.insert(&SiteRow {
            id: 1,
            code: self.code.clone(),
            name: self.name.clone(),
            region: self.region.clone(),
            organisation: self.organisation.clone(),
        })?;
        work.begin_lineage()?;
        let id = OperatorId(work.tx.next_id::<OperatorRow>()?);
        work.tx.insert(&OperatorRow {
            id,
            name: self.operator.clone(),
            roles: format!("{},{}", Role::Admin.code(), Role::Coordinator.code()),
            os_user: self.os_user.clone(),
            pin: None,
            unit: None,
            disabled: false,
        })?;
        Ok(id)
    }
}
