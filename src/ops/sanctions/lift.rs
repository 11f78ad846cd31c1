//! `sanctions.lift`: a sanction ends before its time. What it took is not given back silently: it says what remains.
use crate::model::{Code, Refusal, Role, Subject};
use crate::ops::{Operation, Result, Undo, Work};
use crate::store::{
    ApplicationRow, ApplicationState, CertificateRow, CertificateState, MarkKind, MarkRow, SanctionRow, rows,
};
use serde::Serialize;

pub const UNKNOWN: Code = Code("sanctions.unknown");
pub const LIFTED: Code = Code("sanctions.already_lifted");

#[derive(Debug, Clone, Serialize)]
pub struct Lift {
    pub sanction: i64,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lifted {
    pub name: String,
    pub remains: Remains,
}

/// What stays as the sanction left it; each has its own way back.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Remains {
    pub excluded: bool,
    pub voided: Vec<Subject>,
    pub revoked: Vec<String>,
}

impl Operation for Lift {
    const KIND: &'static str = "sanctions.lift";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("sanctions.impose");
    type Out = Lifted;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Lifted> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(super::impose::REASON).into());
        }
        let db = work.tx.db();
        let before = rows::first::<SanctionRow>(db, "WHERE id = ?1", [self.sanction])?
            .ok_or_else(|| Refusal::new(UNKNOWN).with("number", self.sanction))?;
        if before.lifted {
            return Err(Refusal::new(LIFTED).with("number", self.sanction).with("name", before.name).into());
        }
        let mut remains = Remains::default();
        if let Some(id) = before.application {
            let row = rows::first::<ApplicationRow>(db, "WHERE id = ?1", [id])?;
            remains.excluded = row.is_some_and(|a| a.state == ApplicationState::Excluded);
            let marks = rows::select::<MarkRow>(db, "WHERE application = ?1 ORDER BY subject", [id])?;
            remains.voided = marks.into_iter().filter(|m| m.mark == MarkKind::Void).map(|m| m.subject).collect();
            let certificates = rows::select::<CertificateRow>(db, "WHERE application = ?1 ORDER BY id", [id])?;
            let void = certificates.into_iter().filter(|c| c.state == CertificateState::Revoked);
            remains.revoked = void.map(|c| c.number).collect();
        }
        work.tx.update(&before, &SanctionRow { lifted: true, ..before.clone() })?;
        Ok(Lifted { name: before.name, remains })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
