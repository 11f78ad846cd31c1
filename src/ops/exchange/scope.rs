//! Whether the batch's notice takes an applicant at all, held against each row of a sheet: place of work, kind of
//! employer, who hands the sheet in, the way to apply.
use super::filed::route;
use crate::bundle::application::{ApplicationRow, Found};
use crate::bundle::codes::Codes;
use crate::bundle::field::Field;
use crate::bundle::row_fault::{Bad, Severity, code};
use crate::model::Day;
use crate::policy::Policy;
use crate::policy::particulars::{self, Fact, Facts, HandedIn};
use crate::policy::scope::ApplicantCategory;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Places that are remembered; a sheet names few.
const MOST_PLACES: usize = 10_000;

/// What a row is held against; shared by the threads of one reading.
pub struct Scope<'c> {
    codes: &'c Codes,
    policy: Policy,
    today: Day,
    /// Whether an address lies outside.
    places: Mutex<HashMap<String, bool>>,
}

impl<'c> Scope<'c> {
    pub fn of(policy: &Policy, codes: &'c Codes, today: Day) -> Scope<'c> {
        Scope { codes, policy: policy.clone(), today, places: Mutex::default() }
    }

    pub fn judge(&self, row: &ApplicationRow<'_>, found: &mut Vec<Found>) {
        let mut tell = |field, severity, bad| found.push(Found { field: Some(field), bad, severity });
        if let Some(region) = row.region.as_deref().filter(|region| self.is_outside(region)) {
            let bad = Bad::new(code::OUTSIDE_REGION).with("found", region).with("expected", self.regions());
            tell(Field::Region, Severity::Error, bad);
        }
        if let Some(bad) = self.category(row) {
            tell(Field::Source, Severity::Error, bad);
        }
        let unit = row.unit.as_deref().or(row.registered_by.as_deref());
        let (employer, employer_code) = (row.employer.as_deref(), row.employer_code.as_deref());
        let handed = HandedIn { unit, person: row.name.as_ref(), employer, employer_code };
        if let Err(refusal) = particulars::registered(&self.policy, &handed) {
            tell(Field::RegisteredBy, Severity::Error, refusal.into());
        }
        if let Err(refusal) = particulars::route(&self.policy, route(row), row.level) {
            let is_level = refusal.is(particulars::ROUTE_LEVEL);
            tell(if is_level { Field::Level } else { Field::Category }, Severity::Error, refusal.into());
        }
        // S1-55, S1-56
        let facts = Facts { birth: row.birth, work_began: row.work_began, years: row.years.map(i64::from) };
        for doubt in particulars::doubts(facts, self.today) {
            let field = if doubt.about == Fact::Years { Field::Years } else { Field::WorkBegan };
            tell(field, Severity::Warning, Bad { code: doubt.code, data: doubt.data });
        }
    }

    /// S0-03, S1-05: an address that is only coarser than the region of the notice cannot be told to be outside.
    fn is_outside(&self, address: &str) -> bool {
        if self.policy.applicants.regions.is_empty() {
            return false;
        }
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(outside) = places.get(address) {
            return *outside;
        }
        let outside = self.codes.region_of(address).is_some_and(|region| {
            let code = region.code.trim_end_matches("00");
            !self.policy.applicants.regions.iter().any(|r| code.starts_with(r.as_str()) || r.starts_with(code))
        });
        if places.len() < MOST_PLACES {
            places.insert(address.to_owned(), outside);
        }
        outside
    }

    fn regions(&self) -> String {
        let name = |prefix: &String| {
            let code = format!("{prefix:0<6}");
            self.codes.region(&code).map_or_else(|| prefix.clone(), |region| region.name.clone())
        };
        self.policy.applicants.regions.iter().map(name).collect::<Vec<_>>().join("、")
    }

    fn category(&self, row: &ApplicationRow<'_>) -> Option<Bad> {
        let source = row.source.as_deref()?;
        let category = match self.policy.applicants.category {
            ApplicantCategory::PublicInstitution => "public_institution",
            ApplicantCategory::Enterprise => "enterprise",
            ApplicantCategory::Public => return None,
        };
        let sources = &self.codes.sources;
        let taken = || sources.names().filter(|name| sources.code(name) == Some(category)).collect::<Vec<_>>();
        let bad = || Bad::new(code::OUTSIDE_CATEGORY).with("found", source).with("expected", taken().join("、"));
        (sources.code(source) != Some(category)).then(bad)
    }
}
