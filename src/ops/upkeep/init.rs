//! `site.init`: gives a fresh database its site and its first two operators.
use crate::model::{Code, OperatorId, Refusal, Role};
use crate::ops::{Operation, Result, Undo, Work};
use crate::store::{OperatorRow, PinRuleRow, Pins, SiteRow, rows};
use serde::Serialize;

pub const ALREADY: Code = Code("site.already_initialised");
/// One person would hold both duties.
pub const ONE_PERSON: Code = Code("site.one_person");
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
    /// Name of the first operator, coordinator, bound to the OS account.
    pub operator: String,
    /// Name of the administrator, another person.
    pub admin: String,
    pub os_user: Option<String>,
    /// The hash of the administrator's first PIN, from [`super::hash_pin`].
    #[serde(skip)]
    pub admin_pin: Option<String>,
    /// Whether a name alone signs somebody on.
    pub pins: Pins,
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
        if self.admin == self.operator {
            return Err(Refusal::new(ONE_PERSON).with("name", self.admin.as_str()).into());
        }
        work.tx.insert(&SiteRow {
            id: 1,
            code: self.code.clone(),
            name: self.name.clone(),
            region: self.region.clone(),
            organisation: self.organisation.clone(),
        })?;
        work.begin_lineage()?;
        work.tx.insert(&PinRuleRow { id: 1, pins: self.pins })?;
        let first = add(work, &self.operator, Role::Coordinator, self.os_user.clone())?;
        let admin = add(work, &self.admin, Role::Admin, None)?;
        if let Some(hash) = &self.admin_pin {
            super::pin::set_pin(work, admin, hash)?;
        }
        Ok(first)
    }
}

fn add(work: &mut Work<'_, '_>, name: &str, role: Role, os_user: Option<String>) -> Result<OperatorId> {
    let id = OperatorId(work.tx.next_id::<OperatorRow>()?);
    let (name, roles) = (name.to_owned(), role.code().to_owned());
    work.tx.insert(&OperatorRow { id, name, roles, os_user, pin: None, unit: None, disabled: false })?;
    Ok(id)
}
