//! `certificates.reissue`: a lost or damaged certificate is made again (补发). It keeps its number unless the policy says
//! otherwise, and tells beside the date that it is a reissue.
use super::correct::renumber;
use super::revoke::valid;
use super::void::Why;
use crate::model::{CertificateId, Code, Day, Refusal, Role, VoidKind};
use crate::ops::register::{Copies, make, standing};
use crate::ops::{Operation, People, Result, Work, together};
use crate::policy::register::{Made, Reissued, Step, may};
use serde::Serialize;

pub const REASON: Code = Code("certificates.reissue_reason");
/// Nothing to make again: the person never had a certificate.
pub const NEVER: Code = Code("certificates.never_numbered");

#[derive(Debug, Clone, Serialize)]
pub struct Reissue {
    pub certificate: CertificateId,
    pub made_on: Day,
    /// `None`: as the policy has it.
    pub made: Option<Made>,
    /// Serial of the blank form.
    pub blank: Option<String>,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MadeAgain {
    pub number: String,
    /// How often it was made, the first time included.
    pub copy: i64,
    /// The number that is void, where the reissue has one of its own.
    pub old: Option<String>,
}

impl Operation for Reissue {
    const KIND: &'static str = "certificates.reissue";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const PEOPLE: People = People::Two(together::COSIGN);
    type Out = MadeAgain;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<MadeAgain> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let old = valid(work, self.certificate)?;
        let stands = standing(work, old.id)?;
        may(Step::MakeAgain, stands.stage).map_err(|r| r.with("number", old.number.as_str()))?;
        let (again, number, void) = match work.policy()?.register.reissue {
            Reissued::KeepsNumber => (old.id, old.number.clone(), None),
            Reissued::NewNumber => {
                let why = Why { kind: VoidKind::Replaced, reason: &self.reason, sanction: None };
                let new = renumber(work, &old, self.made_on, &why)?;
                (new.id, new.number, Some(old.number.clone()))
            }
        };
        let copies = Copies {
            certificates: &[(again, number.clone())],
            made: self.made,
            first_blank: self.blank.as_deref(),
            made_on: self.made_on,
            reason: Some(self.reason.trim()).filter(|_| again == old.id),
        };
        make(work, &copies)?;
        let copy = if again == old.id { stands.copies + 1 } else { 1 };
        Ok(MadeAgain { number, copy, old: void })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }

    fn again(&self) -> Option<together::Again> {
        together::again(self)
    }
}
