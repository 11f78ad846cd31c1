//! `documents.hand_on`: a copy of the forms went where the notice sends it (S2-41).
use super::issue::NOT_A_DRAFT;
use super::read::by_id;
use crate::model::{Code, Day, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::Policy;
use crate::policy::materials::KeptBy;
use crate::policy::signatures::FUTURE;
use crate::store::{DocumentCopyRow, QualificationState, rows};
use serde::Serialize;

pub const NO_SUCH_COPY: Code = Code("documents.no_such_copy");
pub const TO_WHOM: Code = Code("documents.handed_to_needed");
pub const HANDED_ON: Code = Code("documents.handed_on_already");
pub const NOT_ISSUED: Code = Code("documents.not_issued");

/// Who keeps which copy of the form, first to last.
pub(super) fn keepers(policy: &Policy) -> Vec<KeptBy> {
    let form = policy.materials.iter().find(|material| material.code == "form");
    form.map(|material| material.kept_by.clone()).unwrap_or_default()
}

pub(super) fn code(keeper: KeptBy) -> &'static str {
    match keeper {
        KeptBy::PersonalFile => "personal_file",
        KeptBy::Issuer => "issuer",
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct HandOn {
    pub document: i64,
    /// From 1.
    pub copy: usize,
    /// A person or an office.
    pub to: String,
    /// `None`: today.
    pub on: Option<Day>,
}

impl Operation for HandOn {
    const KIND: &'static str = "documents.hand_on";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// Code of who keeps it.
    type Out = &'static str;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<&'static str> {
        let document = by_id(work.tx.db(), work.batch()?.id, self.document)?;
        if document.state != QualificationState::Issued {
            let code = if document.state == QualificationState::Draft { NOT_ISSUED } else { NOT_A_DRAFT };
            let state = format!("document_state.{}", document.state.code());
            return Err(Refusal::new(code).with("document", self.document).word("state", state).into());
        }
        let all = keepers(work.policy()?);
        let keeper = self.copy.checked_sub(1).and_then(|at| all.get(at)).copied();
        let none = || Refusal::new(NO_SUCH_COPY).with("copy", self.copy).with("copies", all.len());
        let keeper = code(keeper.ok_or_else(none)?);
        let to = Some(self.to.trim()).filter(|to| !to.is_empty()).ok_or_else(|| Refusal::new(TO_WHOM))?;
        let on = self.on.unwrap_or_else(|| work.now.day());
        if on > work.now.day() {
            return Err(Refusal::new(FUTURE).with("day", on.to_string()).into());
        }
        let copy = i64::try_from(self.copy).unwrap_or(i64::MAX);
        let tail = "WHERE qualification = ?1 AND copy = ?2";
        if let Some(row) = rows::first::<DocumentCopyRow>(work.tx.db(), tail, (self.document, copy))? {
            let refusal = Refusal::new(HANDED_ON).with("copy", self.copy).with("to", row.handed_to);
            return Err(refusal.with("day", row.handed_on.to_string()).into());
        }
        work.tx.insert(&DocumentCopyRow {
            id: work.tx.next_id::<DocumentCopyRow>()?,
            qualification: self.document,
            copy,
            keeper: keeper.to_owned(),
            handed_on: on,
            handed_to: to.to_owned(),
            operator: work.actor.operator()?,
            at: work.now,
        })?;
        Ok(keeper)
    }
}
