//! `certificates.post`: a certificate goes out by post, with the number of the letter.
use super::collect::holders;
use super::standing::{all_that, day, needed, number, said, turn};
use crate::model::{CertificateId, Code, Day, DeliveryWay, Role};
use crate::ops::{Operation, Result, Undo, Work};
use crate::policy::register::Step;
use crate::store::CertificateDeliveryRow;
use serde::Serialize;

pub const NO_ADDRESS: Code = Code("register.no_address");
pub const NO_TRACKING: Code = Code("register.no_tracking");

#[derive(Debug, Clone, Serialize)]
pub struct Post {
    pub certificate: CertificateId,
    /// To whom it goes; `None`: the holder.
    pub to: Option<String>,
    /// `None`: as the application has it.
    #[serde(skip)]
    pub address: Option<String>,
    /// `None`: the holder's.
    #[serde(skip)]
    pub phone: Option<String>,
    pub tracking: String,
    /// `None`: today.
    pub on: Option<Day>,
    pub note: Option<String>,
}

impl Operation for Post {
    const KIND: &'static str = "certificates.post";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("certificates.take_back");
    /// To whom it went.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let way = DeliveryWay::Post;
        work.policy()?.register.may_use(way)?;
        let all = all_that(work, &[self.certificate], Step::Deliver)?;
        let delivered_on = day(work, self.on)?;
        let mut to = String::new();
        for (one, holder) in all.iter().zip(holders(work, &all)?) {
            let address = said(self.address.as_ref()).or(holder.mailing_address).or(holder.address);
            to = said(self.to.as_ref()).unwrap_or(holder.name);
            work.tx.insert(&CertificateDeliveryRow {
                id: work.tx.next_id::<CertificateDeliveryRow>()?,
                certificate: one.certificate.id,
                copy: one.copies,
                turn: turn::<CertificateDeliveryRow>(work, one)?,
                way,
                taker: to.clone(),
                unit: None,
                taker_id: None,
                authority: None,
                phone: number(self.phone.as_ref()).or(holder.phone),
                address: Some(needed(address, NO_ADDRESS)?),
                tracking: Some(needed(number(Some(&self.tracking)), NO_TRACKING)?),
                signed: false,
                delivered_on,
                note: said(self.note.as_ref()),
                returned_on: None,
                returned: None,
                operator: work.actor.operator()?,
                at: work.now,
            })?;
        }
        Ok(to)
    }
}
