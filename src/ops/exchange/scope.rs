//! Whether the batch's notice takes an applicant at all, held against each row of a sheet: place of work, kind of
//! employer, who hands the sheet in, the way to apply.
use super::filed::route;
use crate::bundle::application::{ApplicationRow, Found};
use crate::bundle::codes::Codes;
use crate::bundle::field::Field;
use crate::bundle::row_fault::{Bad, Severity, code};
use crate::model::{Code, Datum, Day};
use crate::policy::Policy;
use crate::policy::reviews::Body;
use crate::policy::routes::{self, RouteRule};
use crate::policy::scope::{ApplicantCategory, Applicants};
use crate::policy::units::Units;
use chrono::{Datelike, Months};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Places that are remembered; a sheet names few.
const MOST_PLACES: usize = 10_000;

/// What a row is held against; shared by the threads of one reading.
pub struct Scope<'c> {
    codes: &'c Codes,
    applicants: Applicants,
    routes: Vec<RouteRule>,
    units: Units,
    today: Day,
    /// Whether an address lies outside.
    places: Mutex<HashMap<String, bool>>,
}

impl<'c> Scope<'c> {
    pub fn of(policy: &Policy, codes: &'c Codes, today: Day) -> Scope<'c> {
        let (applicants, routes, units) = (policy.applicants.clone(), policy.routes.clone(), policy.units.clone());
        Scope { codes, applicants, routes, units, today, places: Mutex::default() }
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
        if let Some(bad) = self.registration(row) {
            tell(Field::RegisteredBy, Severity::Error, bad);
        }
        if let Err(refusal) = routes::accepted(&self.routes, route(row), row.level) {
            let (field, code) = match refusal.code {
                routes::LEVEL => (Field::Level, code::ROUTE_LEVEL),
                _ => (Field::Category, code::ROUTE_NOT_ACCEPTED),
            };
            tell(field, Severity::Error, Bad { code, data: refusal.data });
        }
        self.doubts(row, found);
    }

    /// S0-03, S1-05: an address that is only coarser than the region of the notice cannot be told to be outside.
    fn is_outside(&self, address: &str) -> bool {
        if self.applicants.regions.is_empty() {
            return false;
        }
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(outside) = places.get(address) {
            return *outside;
        }
        let outside = self.codes.region_of(address).is_some_and(|region| {
            let code = region.code.trim_end_matches("00");
            !self.applicants.regions.iter().any(|r| code.starts_with(r.as_str()) || r.starts_with(code))
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
        self.applicants.regions.iter().map(name).collect::<Vec<_>>().join("、")
    }

    fn category(&self, row: &ApplicationRow<'_>) -> Option<Bad> {
        let source = row.source.as_deref()?;
        let category = match self.applicants.category {
            ApplicantCategory::PublicInstitution => "public_institution",
            ApplicantCategory::Enterprise => "enterprise",
            ApplicantCategory::Public => return None,
        };
        let sources = &self.codes.sources;
        let taken = || sources.names().filter(|name| sources.code(name) == Some(category)).collect::<Vec<_>>();
        let bad = || Bad::new(code::OUTSIDE_CATEGORY).with("found", source).with("expected", taken().join("、"));
        (sources.code(source) != Some(category)).then(bad)
    }

    /// S2-28: where nobody registers alone, an authorised unit hands the row in. S3-30: where only employers do, each hands
    /// in its own people; the units of such a notice collect filings, not applications.
    fn registration(&self, row: &ApplicationRow<'_>) -> Option<Bad> {
        if self.applicants.individual_registration {
            return None;
        }
        let named = row.unit.as_deref().or(row.registered_by.as_deref()).map(str::trim).filter(|n| !n.is_empty());
        let Some(named) = named else { return Some(Bad::new(code::NO_INDIVIDUALS)) };
        if self.applicants.through == [Body::Organisation] {
            // A row without an employer is told at that column.
            let employer = row.employer.as_deref().map(str::trim).filter(|e| !e.is_empty())?;
            let own = named == employer || row.employer_code.as_deref() == Some(named);
            return (!own).then(|| Bad::new(code::UNKNOWN_UNIT).with("found", named).with("expected", employer));
        }
        let known = self.units.list.is_empty() || self.units.list.iter().any(|u| u.code == named || u.name == named);
        let names = || self.units.list.iter().map(|u| u.name.as_str()).collect::<Vec<_>>().join("、");
        (!known).then(|| Bad::new(code::UNKNOWN_UNIT).with("found", named).with("expected", names()))
    }

    /// S1-55: work begun before 16. S1-56: more years in the occupation than since work began.
    fn doubts(&self, row: &ApplicationRow<'_>, found: &mut Vec<Found>) {
        let mut tell = |field, code: Code, expected: Datum| {
            let bad = Bad::new(code).with("expected", expected);
            found.push(Found { field: Some(field), bad, severity: Severity::Warning });
        };
        let Some(began) = row.work_began else { return };
        let sixteen = row.birth.and_then(|birth| birth.checked_add_months(Months::new(16 * 12)));
        // A sheet may give the month alone, which stands for its first day.
        if sixteen.and_then(|day| day.with_day(1)).is_some_and(|earliest| began < earliest) {
            tell(Field::WorkBegan, code::WORK_BEGAN_EARLY, Datum::Int(16));
        }
        let most = self.today.years_since(began).map_or(0, i64::from) + 1;
        if row.years.is_some_and(|years| i64::from(years) > most) {
            tell(Field::Years, code::YEARS_TOO_MANY, Datum::Int(most));
        }
    }
}
