//! `staff.tie`, `staff.untie`: why somebody may not work where a candidate sits (回避关系). By the candidate's number, so that
//! it holds in later batches too.
use super::row;
use crate::model::{Code, DocumentKind, IdentityNo, Refusal, Role, StaffId, TieKind, fold};
use crate::ops::applications::named;
use crate::ops::{ApplicationRow, Operation, Result, Site, Work};
use crate::store::{StaffTieRow, rows};
use serde::Serialize;

pub const ALREADY_TIED: Code = Code("staff.already_tied");
pub const NO_TIE: Code = Code("staff.no_tie");
pub const NO_CANDIDATE: Code = Code("staff.no_candidate");

#[derive(Debug, Clone, Serialize)]
pub struct Tie {
    pub staff: StaffId,
    pub kind: TieKind,
    pub document: DocumentKind,
    pub id_number: String,
    /// The candidate's name.
    pub name: String,
    pub note: Option<String>,
}

/// The candidate whom a text names: an identity number, also of somebody who has not applied yet, a ticket number, or the
/// number of an application. Answers document, number and name.
pub fn candidate(site: &Site, text: &str) -> Result<(DocumentKind, String, String)> {
    let folded = fold::number_like(text).to_uppercase();
    let known = "WHERE id_number = ?1 ORDER BY id DESC";
    if let Some(row) = rows::first::<ApplicationRow>(site.store().db(), known, [&folded])? {
        return Ok((row.document, row.id_number, row.name));
    }
    if folded.len() == 18 {
        let number = IdentityNo::parse(&folded)?.as_str().to_owned();
        return Ok((DocumentKind::ResidentId, number, String::new()));
    }
    let row = named(site, text).map_err(|_| Refusal::new(NO_CANDIDATE).with("who", text))?;
    Ok((row.document, row.id_number, row.name))
}

impl Operation for Tie {
    const KIND: &'static str = "staff.tie";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = StaffTieRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<StaffTieRow> {
        let (db, staff) = (work.tx.db(), row(work.tx.db(), self.staff)?);
        let id_number = self.document.number(&self.id_number)?.into_owned();
        let same = "WHERE staff = ?1 AND id_number = ?2 AND document = ?3";
        if let Some(tie) = rows::first::<StaffTieRow>(db, same, (self.staff, &id_number, self.document))? {
            let refusal = Refusal::new(ALREADY_TIED).with("name", staff.name).with("candidate", tie.name);
            return Err(refusal.word("kind", format!("tie_kind.{}", tie.kind.code())).into());
        }
        let note = self.note.as_deref().map(|n| fold::text(n).into_owned()).filter(|n| !n.is_empty());
        let tie = StaffTieRow {
            id: work.tx.next_id::<StaffTieRow>()?,
            staff: self.staff,
            kind: self.kind,
            document: self.document,
            id_number,
            name: fold::name(&self.name).into_owned(),
            note,
        };
        work.tx.insert(&tie)?;
        Ok(tie)
    }
}

#[derive(Debug, Serialize)]
pub struct Untie {
    pub staff: StaffId,
    /// Number of the tie, as the list of ties has it.
    pub tie: i64,
    pub reason: String,
}

impl Operation for Untie {
    const KIND: &'static str = "staff.untie";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = StaffTieRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<StaffTieRow> {
        let staff = row(work.tx.db(), self.staff)?;
        if fold::text(&self.reason).is_empty() {
            return Err(Refusal::new(super::people::REASON).into());
        }
        let tie = rows::first::<StaffTieRow>(work.tx.db(), "WHERE id = ?1 AND staff = ?2", (self.tie, self.staff))?;
        let tie = tie.ok_or_else(|| Refusal::new(NO_TIE).with("name", staff.name).with("tie", self.tie))?;
        work.tx.delete(&tie)?;
        Ok(tie)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
