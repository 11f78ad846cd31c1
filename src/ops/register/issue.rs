//! `certificates.issue`: certificates are printed on blank forms, or come in finished from who makes them (S1-39).
use super::copies::{Copies, make};
use super::standing::all_that;
use crate::model::{CertificateId, Day, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::register::{Made, Step};
use crate::store::{StockMovementRow, rows};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Issue {
    pub certificates: Vec<CertificateId>,
    /// `None`: as the policy has it.
    pub made: Option<Made>,
    /// Serial of the first blank form; they are used in the order of the numbers.
    pub first_blank: Option<String>,
    pub made_on: Day,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Issued {
    pub copies: usize,
    /// Blank forms that are left; `None` where none were used.
    pub left: Option<i64>,
}

impl Operation for Issue {
    const KIND: &'static str = "certificates.issue";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Issued;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Issued> {
        let all = all_that(work, &self.certificates, Step::Make)?;
        let mut certificates: Vec<_> = all.into_iter().map(|s| (s.certificate.id, s.certificate.number)).collect();
        certificates.sort_by(|a, b| a.1.cmp(&b.1));
        let copies = Copies {
            certificates: &certificates,
            made: self.made,
            first_blank: self.first_blank.as_deref(),
            made_on: self.made_on,
            reason: None,
        };
        let movement = make(work, &copies)?;
        let line =
            movement.map(|id| rows::first::<StockMovementRow>(work.tx.db(), "WHERE id = ?1", [id])).transpose()?;
        Ok(Issued { copies: certificates.len(), left: line.flatten().map(|l| l.balance) })
    }
}
