//! `payments.invoice`: what an invoice is to say and where it goes (S1-85).
use super::ledger;
use crate::bundle::column;
use crate::model::{ApplicationId, Code, Refusal, Role, fold};
use crate::ops::{Operation, Result, Work};
use crate::policy::invoice::{self, EMAIL, TITLE, TaxNo};
use crate::store::{InvoiceKind, InvoiceRow, rows};
use serde::Serialize;

pub const NOT_OFFERED: Code = Code("invoice.not_offered");

#[derive(Debug, Clone, Serialize)]
pub struct Invoice {
    pub application: ApplicationId,
    pub kind: InvoiceKind,
    /// 抬头; for a person their name where it is left empty.
    pub title: String,
    pub tax_no: Option<String>,
    pub email: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InvoiceGiven {
    pub invoice: InvoiceRow,
    /// What deserves a second look.
    pub warning: Option<Code>,
}

impl Operation for Invoice {
    const KIND: &'static str = "payments.invoice";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = InvoiceGiven;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<InvoiceGiven> {
        if !work.policy()?.payment.invoice {
            return Err(Refusal::new(NOT_OFFERED).into());
        }
        let row = ledger::one(work, self.application)?;
        let typed = fold::text(&self.title);
        let title = match (self.kind, typed.is_empty()) {
            (InvoiceKind::Person, true) => row.name.clone(),
            (InvoiceKind::Unit, true) => return Err(Refusal::new(TITLE).into()),
            (_, false) => typed.into_owned(),
        };
        let (tax_no, old) = self.tax_no()?;
        let email =
            column::email_address(&self.email).ok_or_else(|| Refusal::new(EMAIL).with("value", &*self.email))?;
        let after = InvoiceRow { application: row.id, kind: self.kind, title, tax_no, email };
        match rows::first::<InvoiceRow>(work.tx.db(), "WHERE application = ?1", [row.id])? {
            Some(before) if before == after => {}
            Some(before) => work.tx.update(&before, &after)?,
            None => work.tx.insert(&after)?,
        }
        Ok(InvoiceGiven { invoice: after, warning: old.then_some(invoice::TAX_NO_OLD) })
    }
}

impl Invoice {
    /// The number of a unit, and whether it has an old form. A person's invoice has none.
    fn tax_no(&self) -> Result<(Option<String>, bool)> {
        match self.kind {
            InvoiceKind::Person => Ok((None, false)),
            InvoiceKind::Unit => {
                let (number, form) = invoice::tax_no(self.tax_no.as_deref().unwrap_or_default())?;
                Ok((Some(number), form == TaxNo::Old))
            }
        }
    }
}
