//! `certificates.notify`: a unit or a person is told that certificates can be collected (S0-40, S1-39).
use super::standing::{all_that, day, number, said, turn};
use crate::model::{CertificateId, Day, NoticeWay, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::register::Step;
use crate::store::{ApplicationRow, CertificateNoticeRow, rows};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Notify {
    pub certificates: Vec<CertificateId>,
    pub way: NoticeWay,
    /// Who was told; `None`: each holder.
    pub told: Option<String>,
    /// The number or address that was used; `None`: the holder's phone.
    #[serde(skip)]
    pub contact: Option<String>,
    /// `None`: today.
    pub on: Option<Day>,
}

impl Operation for Notify {
    const KIND: &'static str = "certificates.notify";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// How many certificates.
    type Out = usize;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<usize> {
        let all = all_that(work, &self.certificates, Step::Notify)?;
        let notified_on = day(work, self.on)?;
        let (told, contact) = (said(self.told.as_ref()), number(self.contact.as_ref()));
        for one in &all {
            let tail = "WHERE id = ?1";
            let holder = rows::first::<ApplicationRow>(work.tx.db(), tail, [one.certificate.application])?;
            let own = || holder.as_ref().map(|h| h.name.clone()).unwrap_or_default();
            let phone = holder.as_ref().and_then(|h| h.phone.clone()).filter(|_| told.is_none());
            work.tx.insert(&CertificateNoticeRow {
                id: work.tx.next_id::<CertificateNoticeRow>()?,
                certificate: one.certificate.id,
                copy: one.copies,
                turn: turn::<CertificateNoticeRow>(work, one)?,
                way: self.way,
                told: told.clone().unwrap_or_else(own),
                contact: contact.clone().or(phone),
                notified_on,
                operator: work.actor.operator()?,
                at: work.now,
            })?;
        }
        Ok(all.len())
    }
}
