//! Certificates: which ones count, from when on, and the work after them.
use super::evidence::Part;
use super::finding::{Clock, Finding, Missing, Short};
use super::judge::Facts;
use super::rules::CertificateNeed;
use super::span::{Span, after, after_years};
use super::work::{Ask, Work};
use crate::model::{CertificateClass, Day, Evidence, EvidenceKind, Level, Route};
use crate::policy::routes::{RouteRule, ServiceFrom};
use chrono::Datelike;

/// From when on work counts for a certificate, and from which year on the certificate opens anything.
struct Service {
    since: Option<Day>,
    window: Option<(Option<Day>, Day)>,
    from_year: Option<i32>,
    missing: Vec<Missing>,
}

/// A certificate of a level with what the condition asks of it and of the work after it.
pub fn certificate(facts: &Facts<'_>, work: &Work, routes: &[RouteRule], need: &CertificateNeed) -> Finding {
    let none = Finding::short(Short::Certificate { level: need.level });
    let mut found: Option<Finding> = None;
    for (piece, e) in pieces(facts) {
        if let Some(one) = candidate(facts, work, routes, (piece, e, need)) {
            found = Some(found.map_or_else(|| one.clone(), |best| best.or(one.clone())));
        }
    }
    match found {
        Some(found) => found,
        // A promotion says that there is one; nobody has recorded it.
        None if facts.route == Route::Promotion && !facts.no_certificate && pieces(facts).next().is_none() => {
            Finding::missing(vec![of_level(need.level)])
        }
        None => none,
    }
}

fn pieces<'f>(facts: &Facts<'f>) -> impl Iterator<Item = (usize, &'f Evidence)> {
    facts.evidence.iter().enumerate().filter(|(_, e)| e.kind == EvidenceKind::Certificate)
}

fn of_level(level: Level) -> Missing {
    Missing::Piece { kind: EvidenceKind::Certificate, level: Some(level), year: None }
}

pub fn class(e: &Evidence) -> Option<CertificateClass> {
    e.class.as_deref().and_then(CertificateClass::parse)
}

/// `None` when this certificate has nothing to do with the condition.
fn candidate(
    facts: &Facts<'_>,
    work: &Work,
    routes: &[RouteRule],
    (piece, e, need): (usize, &Evidence, &CertificateNeed),
) -> Option<Finding> {
    let mut missing = Vec::new();
    let mut unless = |known: Option<bool>, part: Part| {
        if known.is_none() {
            missing.push(Missing::Part { piece, part });
        }
        known != Some(false)
    };
    let kind = match (class(e), need.kinds.as_slice()) {
        (class, []) => Some(class != Some(CertificateClass::PreTechnician)),
        (class, kinds) => class.map(|class| kinds.contains(&class)),
    };
    // A pre-technician's certificate carries no level of its own.
    let level = match need.kinds.as_slice() {
        [CertificateClass::PreTechnician] => Some(true),
        _ => e.level.map(|level| level <= need.level),
    };
    let fits =
        unless(level, Part::Level) && unless(kind, Part::Class) && unless(facts.counts(e.relation), Part::Relation);
    if !fits {
        return None;
    }
    let Some(issued) = e.from else {
        missing.push(Missing::Part { piece, part: Part::From });
        let time = work.ask(Ask { clock: Clock::After, years: need.years_after, since: None, window: None });
        return Some(open(time, missing));
    };
    if issued > facts.reference {
        return Some(Finding::short(Short::Later { on: issued, days: (issued - facts.reference).num_days() }));
    }
    let service = service(facts, routes, e, issued);
    if let Some(year) = service.from_year.filter(|year| facts.reference.year() < *year) {
        return Some(Finding::short(Short::FromYear { year }));
    }
    let held = after_years(issued, need.held_years);
    let end = after(facts.reference);
    if held > end {
        let (lacking, days) = (Span::between(end, held), (held - end).num_days());
        return Some(Finding::short(Short::Time { clock: Clock::Held, needed: need.held_years, lacking, days }));
    }
    let time = since(work, Ask { clock: Clock::After, years: need.years_after, since: None, window: None }, &service);
    let mut found = open(time, missing);
    found.proof.insert(0, piece);
    Some(found)
}

/// A time that was computed with fields unknown: short all the same, or open.
fn open(mut time: Finding, missing: Vec<Missing>) -> Finding {
    use super::finding::Standing;
    if missing.is_empty() || time.standing == Standing::NotMet {
        return time;
    }
    missing.iter().for_each(|m| {
        if !time.missing.contains(m) {
            time.missing.push(*m);
        }
    });
    Finding { standing: Standing::Undecidable, proof: Vec::new(), ..time }
}

/// The work that counts for a certificate with this service; what is not known of it may be in the applicant's favour.
fn since(work: &Work, ask: Ask, service: &Service) -> Finding {
    let sure = work.ask(Ask { since: service.since, window: service.window, ..ask });
    if service.missing.is_empty() || sure.standing == super::finding::Standing::Met {
        return sure;
    }
    let hoped = work.ask(Ask { since: None, window: service.window.map(|(_, pass)| (Some(Day::MIN), pass)), ..ask });
    let counted = sure.counted;
    open(hoped, service.missing.clone()).counting(counted)
}

/// Years in the occupation, from whenever; a certificate won by transfer or as a veteran brings in the time before it.
pub fn years(facts: &Facts<'_>, work: &Work, routes: &[RouteRule], years: u8) -> Finding {
    let ask = Ask { clock: Clock::Occupation, years, since: None, window: None };
    let mut found = work.ask(ask);
    for (_, e) in pieces(facts).filter(|(_, e)| facts.counts(e.relation) == Some(true)) {
        let Some(issued) = e.from.filter(|day| *day <= facts.reference) else { continue };
        let service = service(facts, routes, e, issued);
        if service.window.is_some() {
            let whole = Service { since: None, ..service };
            found = found.or(since(work, ask, &whole));
        }
    }
    found
}

fn service(facts: &Facts<'_>, routes: &[RouteRule], e: &Evidence, issued: Day) -> Service {
    let plain = Service { since: Some(issued), window: None, from_year: None, missing: Vec::new() };
    let route = match class(e) {
        Some(CertificateClass::Transfer) => Route::Transfer,
        Some(CertificateClass::Veteran) => Route::Veteran,
        _ => return plain,
    };
    let Some(rule) = routes.iter().find(|r| r.kind == route) else { return plain };
    let from_year = rule.promotion_after_years.map(|n| issued.year() + i32::from(n));
    let begun = match rule.service_from {
        None => return Service { from_year, ..plain },
        Some(ServiceFrom::OldCertificate) => before_transfer(facts, e, issued),
        Some(ServiceFrom::TreatmentYear) => treatment_year(facts),
    };
    match begun {
        Ok(day) => {
            let day = day.min(issued);
            Service { since: Some(day), window: Some((Some(day), issued)), from_year, missing: Vec::new() }
        }
        Err(missing) => Service { window: Some((None, issued)), from_year, missing, ..plain },
    }
}

/// Day of the earliest certificate of this level or a higher one before the transfer.
fn before_transfer(facts: &Facts<'_>, e: &Evidence, issued: Day) -> Result<Day, Vec<Missing>> {
    let Some(level) = e.level else { return Ok(issued) };
    let old = |class| !matches!(class, Some(CertificateClass::Transfer | CertificateClass::PreTechnician));
    let fits = |o: &Evidence| o.level.is_some_and(|l| l <= level) && old(class(o));
    let olds = || pieces(facts).filter(|(_, o)| fits(o));
    if let Some(day) = olds().filter_map(|(_, o)| o.from).filter(|day| *day < issued).min() {
        return Ok(day);
    }
    match olds().find(|(_, o)| o.from.is_none()) {
        Some((piece, _)) => Err(vec![Missing::Part { piece, part: Part::From }]),
        None => Err(vec![of_level(level)]),
    }
}

/// First day of the year in which the pay was granted.
fn treatment_year(facts: &Facts<'_>) -> Result<Day, Vec<Missing>> {
    let pays = || facts.evidence.iter().enumerate().filter(|(_, e)| e.kind == EvidenceKind::Treatment);
    let first = pays().filter_map(|(_, e)| e.from).min().and_then(|day| Day::from_ymd_opt(day.year(), 1, 1));
    first.ok_or_else(|| match pays().next() {
        Some((piece, _)) => vec![Missing::Part { piece, part: Part::From }],
        None => vec![Missing::Piece { kind: EvidenceKind::Treatment, level: None, year: None }],
    })
}
