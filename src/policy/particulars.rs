//! What is judged about a filed application beside its single cells: the same for a form and for a row of a sheet.
use super::Policy;
use super::reviews::Body;
use super::routes;
use crate::model::route::ALONE;
use crate::model::{Code, Datum, Day, DocumentKind, Level, Refusal, Route};
use chrono::{Datelike, Months};

/// Began work before the age of 16 (S1-55).
pub const TOO_YOUNG: Code = Code("work_began_early");
/// More years in the occupation than since work began (S1-56).
pub const TOO_MANY_YEARS: Code = Code("years_too_many");
/// The notice takes no applications from single persons (S2-28).
pub const INDIVIDUAL: Code = Code("no_individuals");
/// Not one of the units that the notice names (S2-28).
pub const UNKNOWN_UNIT: Code = Code("unknown_unit");
pub const ROUTE_NOT_ACCEPTED: Code = Code("route_not_accepted");
pub const ROUTE_LEVEL: Code = Code("route_level");

/// The age in years from which somebody may work.
const WORKING_AGE: u32 = 16;

/// What the doubts are drawn from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts {
    pub birth: Option<Day>,
    pub work_began: Option<Day>,
    /// In the occupation, as claimed.
    pub years: Option<i64>,
}

/// A fact that a doubt or a need is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    Sex,
    Birth,
    WorkBegan,
    Years,
    CertificateOccupation,
    CertificateLevel,
    CertificateNo,
}

/// Something odd that a person should look at; nothing is refused for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    pub about: Fact,
    pub code: Code,
    pub data: Vec<(&'static str, Datum)>,
}

/// What does not fit together on `today`.
pub fn doubts(facts: Facts, today: Day) -> Vec<Doubt> {
    let mut found = Vec::new();
    let of_age = facts.birth.and_then(|birth| birth.checked_add_months(Months::new(12 * WORKING_AGE)));
    if let (Some(began), Some(of_age)) = (facts.work_began, of_age)
        // A form that gives the month alone means any day of it.
        && (began.year(), began.month()) < (of_age.year(), of_age.month())
    {
        let data = vec![("expected", Datum::Int(WORKING_AGE.into()))];
        found.push(Doubt { about: Fact::WorkBegan, code: TOO_YOUNG, data });
    }
    if let (Some(years), Some(began)) = (facts.years, facts.work_began) {
        // A begun year counts whole: forms ask for years of service, not for anniversaries.
        let most = today.years_since(began).map_or(0, |whole| i64::from(whole) + 1);
        if years > most {
            let data = vec![("expected", Datum::from(most))];
            found.push(Doubt { about: Fact::Years, code: TOO_MANY_YEARS, data });
        }
    }
    found
}

/// What must be filled in because of the document and the way in which somebody applies (S1-49, S1-59).
pub fn needs(document: Option<DocumentKind>, route: Option<Route>) -> Vec<Fact> {
    let mut needed = Vec::new();
    if document.is_some_and(|kind| !kind.tells_birth_and_sex()) {
        needed.extend([Fact::Sex, Fact::Birth]);
    }
    if asks_for_certificate(route) {
        needed.extend([Fact::CertificateLevel, Fact::CertificateNo]);
    }
    // A promotion stays in its occupation; a transfer comes from another.
    if route == Some(Route::Transfer) {
        needed.push(Fact::CertificateOccupation);
    }
    needed
}

/// Whether the form asks for the certificate held before (上一级证书).
pub fn asks_for_certificate(route: Option<Route>) -> bool {
    matches!(route, Some(Route::Promotion | Route::Transfer))
}

/// Whether the notice takes an application of this kind at all.
pub fn route(policy: &Policy, route: Route, level: Level) -> Result<(), Refusal> {
    routes::accepted(&policy.routes, route, level).map_err(|refusal| {
        let code = if refusal.is(routes::LEVEL) { ROUTE_LEVEL } else { ROUTE_NOT_ACCEPTED };
        Refusal { code, ..refusal }
    })
}

/// Who hands an application in.
#[derive(Debug, Clone, Copy)]
pub struct HandedIn<'a> {
    /// As named or by its code.
    pub unit: Option<&'a str>,
    /// The applicant's name.
    pub person: &'a str,
    pub employer: Option<&'a str>,
    pub employer_code: Option<&'a str>,
}

/// Where persons may not register alone, one of the notice's units must stand for them, where it lists any (S2-28). Where
/// only employers hand in, each does so for its own people; the units of such a notice collect filings (S3-30).
pub fn registered(policy: &Policy, by: &HandedIn<'_>) -> Result<(), Refusal> {
    if policy.applicants.individual_registration {
        return Ok(());
    }
    let unit = by.unit.map(str::trim).unwrap_or_default();
    if unit.is_empty() || unit == by.person || unit == ALONE {
        return Err(Refusal::new(INDIVIDUAL));
    }
    if policy.applicants.through == [Body::Organisation] {
        let employer = by.employer.map(str::trim).unwrap_or_default();
        // An application without an employer is told at that field.
        let own = employer.is_empty() || unit == employer || by.employer_code == Some(unit);
        let refusal = || Refusal::new(UNKNOWN_UNIT).with("found", unit).with("expected", employer);
        return if own { Ok(()) } else { Err(refusal()) };
    }
    let units = &policy.units.list;
    if units.is_empty() || units.iter().any(|u| u.code == unit || u.name == unit) {
        return Ok(());
    }
    let names: Vec<_> = units.iter().map(|u| u.name.as_str()).collect();
    Err(Refusal::new(UNKNOWN_UNIT).with("found", unit).with("expected", names.join("、")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Day> {
        text.parse().ok()
    }

    #[test]
    fn work_before_the_age_of_sixteen_is_doubted() {
        // S1-55: the month alone is known, so the month of the birthday itself is good.
        let of = |began| {
            let facts = Facts { birth: day("1990-05-20"), work_began: day(began), years: None };
            doubts(facts, day("2023-08-30").unwrap()).first().map(|d| d.code)
        };
        assert_eq!(of("2006-05-01"), None);
        assert_eq!(of("2006-04-01"), Some(TOO_YOUNG));
    }

    #[test]
    fn more_years_than_since_work_began_are_doubted() {
        // S1-56
        let of = |years| {
            let facts = Facts { birth: None, work_began: day("2010-07-01"), years: Some(years) };
            doubts(facts, day("2023-08-30").unwrap()).first().map(|d| d.code)
        };
        assert_eq!(of(14), None);
        assert_eq!(of(15), Some(TOO_MANY_YEARS));
    }

    #[test]
    fn a_promotion_names_the_certificate_before() {
        // S1-59
        let of = |route| needs(Some(DocumentKind::ResidentId), Some(route)).contains(&Fact::CertificateNo);
        assert!(of(Route::Promotion) && of(Route::Transfer));
        assert!(!of(Route::First) && !of(Route::Veteran));
        assert!(needs(Some(DocumentKind::Passport), None).contains(&Fact::Birth));
        assert_eq!(needs(Some(DocumentKind::HmtResidence), None), []);
    }
}
