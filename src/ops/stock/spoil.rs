//! `stock.spoil`: blank forms that cannot be used any more wait to be destroyed. Of a certificate that was misprinted, the
//! next form takes the place of the spoilt one.
use super::book::{Line, usual};
use crate::model::{CertificateId, Code, Refusal, Role, Stage, StockMove, fold};
use crate::ops::register::standing;
use crate::ops::{Operation, Result, StockMovementRow, Work};
use crate::store::{CertificateCopyRow, rows};
use serde::Serialize;

/// The certificate is not here any more, was never printed here, or more than one form is named.
pub const NOT_HERE: Code = Code("stock.not_here");

#[derive(Debug, Clone, Serialize)]
pub struct Spoil {
    pub line: Line,
    /// Which certificate was misprinted.
    pub certificate: Option<CertificateId>,
    /// Serial of the form that it is on now.
    pub blank: Option<String>,
}

impl Operation for Spoil {
    const KIND: &'static str = "stock.spoil";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = StockMovementRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<StockMovementRow> {
        let Some(id) = self.certificate else { return usual(work, &self.line, StockMove::Spoilt, None) };
        let one = standing(work, id)?;
        let number = one.certificate.number.clone();
        let tail = "WHERE certificate = ?1 AND copy = ?2 AND movement IS NOT NULL";
        let before = rows::first::<CertificateCopyRow>(work.tx.db(), tail, (id, one.copies))?
            .filter(|_| matches!(one.stage, Stage::Made | Stage::Notified) && self.line.quantity == 1)
            .ok_or_else(|| Refusal::new(NOT_HERE).with("number", number.as_str()))?;
        let blank = self.blank.as_deref().map(|b| fold::number_like(b).to_ascii_uppercase()).filter(|b| !b.is_empty());
        let serials = self.line.serials.clone().or_else(|| before.blank.clone());
        let line = Line { serials, counterpart: Some(number), ..self.line.clone() };
        if blank != before.blank {
            work.tx.update(&before, &CertificateCopyRow { blank, ..before.clone() })?;
        }
        usual(work, &line, StockMove::Spoilt, None)
    }

    fn reason(&self) -> Option<&str> {
        self.line.reason.as_deref()
    }
}
