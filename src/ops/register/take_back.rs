//! `certificates.take_back`: a certificate came back, or was written down as handed over by mistake. The line stays.
use super::standing::{day, standing};
use crate::model::{CertificateId, Code, Day, Refusal, Role, Stage};
use crate::ops::{Operation, Result, Work};
use crate::policy::register::{NOT_DELIVERED, Step, may};
use crate::store::CertificateDeliveryRow;
use serde::Serialize;

pub const REASON: Code = Code("register.take_back_reason");
pub const BEFORE: Code = Code("register.returned_before");

/// A void certificate can be taken back too: it is to be destroyed.
#[derive(Debug, Clone, Serialize)]
pub struct TakeBack {
    pub certificate: CertificateId,
    pub reason: String,
    /// `None`: today.
    pub on: Option<Day>,
}

impl Operation for TakeBack {
    const KIND: &'static str = "certificates.take_back";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// The certificate's number.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let one = standing(work, self.certificate)?;
        let number = one.certificate.number;
        if one.stage != Stage::Void {
            may(Step::TakeBack, one.stage).map_err(|r| r.with("number", number.as_str()))?;
        }
        let before = one.delivery.ok_or_else(|| Refusal::new(NOT_DELIVERED).with("number", number.as_str()))?;
        let on = day(work, self.on)?;
        if on < before.delivered_on {
            let delivered = before.delivered_on.to_string();
            return Err(Refusal::new(BEFORE).with("day", on.to_string()).with("delivered", delivered).into());
        }
        let (returned_on, returned) = (Some(on), Some(self.reason.trim().to_owned()));
        work.tx.update(&before, &CertificateDeliveryRow { returned_on, returned, ..before.clone() })?;
        Ok(number)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
