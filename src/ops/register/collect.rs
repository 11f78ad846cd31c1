//! `certificates.collect`: certificates into the hands of the holder, of a unit for its people, or of a proxy, against a
//! signature (S0-40).
use super::standing::{Standing, all_that, day, needed, number, said, turn};
use crate::model::{CertificateId, Code, Day, DeliveryWay, Refusal, Role, fold};
use crate::ops::{Operation, Result, Undo, Work, unit};
use crate::policy::register::{Step, is_holder};
use crate::store::{ApplicationRow, CertificateDeliveryRow, rows};
use serde::Serialize;

pub const NO_TAKER: Code = Code("register.no_taker");
pub const NO_SIGNATURE: Code = Code("register.no_signature");
pub const NO_UNIT: Code = Code("register.no_unit");
pub const NO_AUTHORITY: Code = Code("register.no_authority");
pub const NO_DOCUMENT: Code = Code("register.no_document");
/// The taker's name is not the holder's.
pub const NOT_HOLDER: Code = Code("register.not_holder");
/// Certificates of several people, and only one came.
pub const SEVERAL_PEOPLE: Code = Code("register.several_people");
/// Somebody of another unit.
pub const OTHER_UNIT: Code = Code("register.other_unit");
pub const BY_POST: Code = Code("register.by_post");

#[derive(Debug, Clone, Serialize)]
pub struct Collect {
    pub certificates: Vec<CertificateId>,
    pub way: DeliveryWay,
    /// Who came and signed; `None`: the holder.
    pub taker: Option<String>,
    /// Number of the document shown; of the holder's, the last six characters are enough.
    #[serde(skip)]
    pub document: Option<String>,
    /// The unit that collects for its people.
    pub unit: Option<String>,
    /// Letter of the unit, or the proxy (介绍信，委托书).
    pub authority: Option<String>,
    #[serde(skip)]
    pub phone: Option<String>,
    /// Whether the sheet bears the taker's signature.
    pub signed: bool,
    /// `None`: today.
    pub on: Option<Day>,
    pub note: Option<String>,
}

impl Operation for Collect {
    const KIND: &'static str = "certificates.collect";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// What left the building is taken back with its reason.
    const UNDO: Undo = Undo::Instead("certificates.take_back");
    /// How many certificates.
    type Out = usize;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<usize> {
        work.policy()?.register.may_use(self.way)?;
        let all = all_that(work, &self.certificates, Step::Deliver)?;
        let delivered_on = day(work, self.on)?;
        if !self.signed {
            return Err(Refusal::new(NO_SIGNATURE).into());
        }
        let holders = holders(work, &all)?;
        let by = match self.way {
            DeliveryWay::Own => self.by_holder(&holders)?,
            DeliveryWay::Unit => self.by_unit(work, &holders)?,
            DeliveryWay::Proxy => self.by_somebody()?,
            DeliveryWay::Post => return Err(Refusal::new(BY_POST).into()),
        };
        for one in &all {
            work.tx.insert(&CertificateDeliveryRow {
                id: work.tx.next_id::<CertificateDeliveryRow>()?,
                certificate: one.certificate.id,
                copy: one.copies,
                turn: turn::<CertificateDeliveryRow>(work, one)?,
                way: self.way,
                taker: by.taker.clone(),
                unit: by.unit.clone(),
                taker_id: by.taker_id.clone(),
                authority: by.authority.clone(),
                phone: number(self.phone.as_ref()),
                address: None,
                tracking: None,
                signed: true,
                delivered_on,
                note: said(self.note.as_ref()),
                returned_on: None,
                returned: None,
                operator: work.actor.operator()?,
                at: work.now,
            })?;
        }
        Ok(all.len())
    }
}

/// Who took them, as the row has it.
#[derive(Default)]
struct By {
    taker: String,
    unit: Option<String>,
    taker_id: Option<String>,
    authority: Option<String>,
}

/// The people of certificates, in the same order.
pub(super) fn holders(work: &Work<'_, '_>, all: &[Standing]) -> Result<Vec<ApplicationRow>> {
    let row = |one: &Standing| -> Result<ApplicationRow> {
        let found = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1", [one.certificate.application])?;
        Ok(found.ok_or_else(|| Refusal::new(super::NOBODY))?)
    };
    all.iter().map(row).collect()
}

impl Collect {
    fn taker(&self) -> Option<String> {
        self.taker.as_deref().map(|t| fold::name(t).into_owned()).filter(|t| !t.is_empty())
    }

    fn by_holder(&self, holders: &[ApplicationRow]) -> Result<By, Refusal> {
        let first = holders.first().ok_or_else(|| Refusal::new(super::NOBODY))?;
        if holders.iter().any(|h| (h.document, &h.id_number) != (first.document, &first.id_number)) {
            return Err(Refusal::new(SEVERAL_PEOPLE));
        }
        let taker = self.taker().unwrap_or_else(|| first.name.clone());
        if taker != first.name {
            return Err(Refusal::new(NOT_HOLDER).with("taker", taker).with("name", first.name.as_str()));
        }
        let shown = needed(number(self.document.as_ref()), NO_DOCUMENT)?;
        is_holder(&shown, &first.id_number).map_err(|r| r.with("name", first.name.as_str()))?;
        Ok(By { taker, ..By::default() })
    }

    fn by_unit(&self, work: &Work<'_, '_>, holders: &[ApplicationRow]) -> Result<By> {
        let unit = needed(said(self.unit.as_ref()), NO_UNIT)?;
        for h in holders {
            if !belongs(work, h, &unit)? {
                let own = h.employer.clone().unwrap_or_default();
                let refusal = Refusal::new(OTHER_UNIT).with("name", h.name.as_str()).with("own", own);
                return Err(refusal.with("unit", unit).into());
            }
        }
        let by = self.by_somebody()?;
        Ok(By { unit: Some(unit), ..by })
    }

    fn by_somebody(&self) -> Result<By, Refusal> {
        Ok(By {
            taker: needed(self.taker(), NO_TAKER)?,
            unit: None,
            taker_id: Some(needed(number(self.document.as_ref()), NO_DOCUMENT)?),
            authority: Some(needed(said(self.authority.as_ref()), NO_AUTHORITY)?),
        })
    }
}

/// Works there, was registered by it, or stands under that unit of the notice.
fn belongs(work: &Work<'_, '_>, holder: &ApplicationRow, unit_name: &str) -> Result<bool> {
    let same = |text: &Option<String>| text.as_deref().is_some_and(|t| fold::text(t) == unit_name);
    let policy = work.policy()?;
    let under = unit::find(policy, unit_name).is_some_and(|code| holder.unit.as_ref() == Some(&code));
    Ok(same(&holder.employer) || same(&holder.registered_by) || under)
}
