//! What the database knows against an application that a sheet or the form brings: what the batch takes, what organisations filed, who is
//! barred.
use crate::bundle::codes::Codes;
use crate::bundle::field::Field;
use crate::bundle::row_fault::Bad;
use crate::model::{BatchId, Code, Day};
use crate::ops::Result;
use crate::ops::enterprise::{LICENSED, Scope};
use crate::ops::occupations::{CLOSED, EXCLUDED, Offers};
use crate::ops::sanctions::Barred;
use crate::policy::Policy;
use crate::policy::enterprise::{LEVEL_OUTSIDE, OCCUPATION_OUTSIDE, Wanted};
use crate::store::ApplicationRow;
use crate::store::rows::Connection;

pub const OCCUPATION_CLOSED: Code = Code("occupation_closed");
pub const OCCUPATION_EXCLUDED: Code = Code("occupation_excluded");
pub const LEVEL_NOT_HELD: Code = Code("level_not_held");
/// Of somebody who may not apply until a day (S2-29).
pub const BARRED: Code = Code("barred");

pub struct Limits<'a> {
    offers: Offers,
    scope: Scope,
    barred: Barred,
    codes: &'a Codes,
}

/// Why a row is not taken: the field it is about, what stands there, and what is wrong.
pub(in crate::ops) struct Outside {
    pub field: Field,
    pub value: String,
    pub bad: Bad,
}

impl<'a> Limits<'a> {
    /// `here` is the site's own organisation, by the first places of its certificate numbers.
    pub(in crate::ops) fn load(
        db: &Connection,
        batch: BatchId,
        (policy, codes): (&'a Policy, &'a Codes),
        (here, today): (Option<&str>, Day),
    ) -> Result<Limits<'a>> {
        Ok(Limits {
            offers: Offers::of(db, batch, policy)?,
            scope: Scope::load(db, policy, (here, today))?,
            barred: Barred::on(db, today)?,
            codes,
        })
    }

    /// For a row that would be stored or changed. What is offered is asked for new applications only: whatever was closed
    /// since, one that is there already stays.
    pub(in crate::ops) fn refused(&self, row: &ApplicationRow, is_new: bool) -> Option<Outside> {
        self.person(row).or_else(|| if is_new { self.offered(row) } else { None }).or_else(|| self.filed(row))
    }

    fn person(&self, row: &ApplicationRow) -> Option<Outside> {
        let barred = self.barred.may_apply(row.document, &row.id_number).err();
        let bad = barred.map(|r| Bad { code: BARRED, data: r.data })?;
        Some(Outside { field: Field::Name, value: row.name.clone(), bad })
    }

    fn offered(&self, row: &ApplicationRow) -> Option<Outside> {
        let occupation = self.codes.occupation(&row.occupation)?;
        let refusal = self.offers.check(occupation, row.level).err()?;
        let bad = match refusal.code {
            CLOSED => Bad::new(OCCUPATION_CLOSED),
            EXCLUDED => Bad::new(OCCUPATION_EXCLUDED),
            _ => Bad::new(LEVEL_NOT_HELD),
        };
        let bad = bad.with("occupation", occupation.name.as_str()).with("expected", row.level.official());
        Some(Outside { field: Field::Occupation, value: row.occupation_name.clone(), bad })
    }

    fn filed(&self, row: &ApplicationRow) -> Option<Outside> {
        let (employer, employer_code) = (row.employer.as_deref(), row.employer_code.as_deref());
        let wanted = Wanted { employer, employer_code, occupation: &row.occupation, level: row.level };
        let refusal = self.scope.check(self.codes, &wanted).err()?;
        let (field, value) = match refusal.code {
            OCCUPATION_OUTSIDE | LICENSED => (Field::Occupation, row.occupation_name.clone()),
            LEVEL_OUTSIDE => (Field::Level, row.level.official().to_owned()),
            _ => (Field::Employer, employer.unwrap_or_default().to_owned()),
        };
        Some(Outside { field, value, bad: Bad::from(refusal) })
    }
}
