//! What a notice says of others: itself, addresses, offices, authorities, targets, sanctions.
use super::{Check, Found, field, range, twice};
use crate::model::Level;
use crate::policy::addresses::is_address;
use crate::policy::authority::Tier;
use crate::policy::fault::*;
use crate::policy::organisations::is_personal;
use crate::policy::source::Path;
use crate::policy::windows::WindowKind;
use crate::policy::{Moment, Policy};
use chrono::Datelike;
use std::collections::BTreeSet;

pub const CHECKS: &[Check] =
    &[notice, order, addresses, offices, authorities, annexes, excluded, targets, subsidy, sanctions, about, papers];

fn notice(policy: &Policy) -> Found {
    let year = i64::from(policy.notice.year);
    // A notice is written the year before at the earliest, and never long after.
    let (lowest, highest) = match policy.notice.date {
        Some(date) => (i64::from(date.day.year()), i64::from(date.day.year()) + 1),
        None => (2000, 2100),
    };
    let wrong = !(lowest..=highest).contains(&year);
    if wrong { vec![(field("notice").key("year"), range(lowest, highest))] } else { Found::new() }
}

/// Paying and sitting come after registration has opened.
fn order(policy: &Policy) -> Found {
    let opens = policy.windows.of(WindowKind::Registration).iter().map(|w| w.start).min_by_key(|m| m.begins());
    let Some(opens) = opens else { return Found::new() };
    let late = |end: Moment, at: Path| {
        let problem = Problem::new(BEFORE_REGISTRATION).with("opens", opens.to_string());
        (end.ends() <= opens.begins()).then_some((at, problem))
    };
    let windows = |kind: WindowKind| {
        let at = field("windows").key(kind.code());
        policy.windows.of(kind).iter().enumerate().map(move |(n, w)| (w.end, at.index(n).key("end")))
    };
    let later = windows(WindowKind::Payment).chain(windows(WindowKind::TicketPrinting));
    let mut found: Found = later.filter_map(|(end, at)| late(end, at)).collect();
    for (n, session) in policy.sessions.iter().enumerate() {
        found.extend(late(session.start, field("sessions").index(n).key("start")));
    }
    for kind in WindowKind::ALL {
        for (n, window) in policy.windows.of(kind).iter().enumerate() {
            let earlier = policy.windows.of(kind).iter().take(n);
            let clash =
                earlier.filter(|e| e.start.begins() < window.end.ends() && window.start.begins() < e.end.ends());
            let at = field("windows").key(kind.code()).index(n).key("start");
            let problem = |other: String| Problem::new(PERIODS_OVERLAP).with("other", other);
            found.extend(clash.map(|e| (at.clone(), problem(e.start.to_string()))).take(1));
        }
    }
    found
}

fn addresses(policy: &Policy) -> Found {
    let single = [
        (field("notice").key("link"), &policy.notice.link),
        (field("occupations").key("standards_url"), &policy.occupations.standards_url),
        (field("certificate").key("query_url"), &policy.certificate.query_url),
    ];
    let listed = policy.addresses.iter().enumerate();
    let listed = listed.map(|(n, address)| (field("addresses").index(n).key("url"), &address.url));
    let wrong = single.into_iter().chain(listed).filter_map(|(at, url)| Some((at, url.as_ref()?)));
    let wrong = wrong.filter(|(_, url)| !is_address(url));
    wrong.map(|(at, url)| (at, Problem::new(ADDRESS).with("value", url.as_str()))).collect()
}

fn offices(policy: &Policy) -> Found {
    let mut found = Found::new();
    for (n, office) in policy.organisations.iter().enumerate() {
        let at = field("organisations").index(n);
        if let Some(unit) = office.unit.as_ref().filter(|unit| !policy.units.list.iter().any(|u| u.code == **unit)) {
            found.push((at.key("unit"), Problem::new(UNKNOWN_UNIT).with("unit", unit.as_str())));
        }
        if office.phone.as_deref().is_some_and(is_personal) {
            found.push((at.key("phone"), Problem::new(PERSONAL_NUMBER)));
        }
    }
    let personal = policy.contact.phones.iter().enumerate().filter(|(_, phone)| is_personal(phone));
    found.extend(personal.map(|(n, _)| (field("contact").key("phones").index(n), Problem::new(PERSONAL_NUMBER))));
    found
}

/// One authority for each tier and level.
fn authorities(policy: &Policy) -> Found {
    let mut seen = BTreeSet::new();
    let mut found = Found::new();
    for (n, authority) in policy.authorities.iter().enumerate() {
        let pairs = Tier::ALL.into_iter().flat_map(|tier| Level::ALL.map(|level| (tier, level)));
        let again = pairs.filter(|(tier, level)| authority.covers(*tier, *level)).filter(|pair| !seen.insert(*pair));
        let again: Vec<_> = again.take(1).collect();
        found.extend(
            again
                .into_iter()
                .map(|(_, level)| (field("authorities").index(n), Problem::new(TWICE).word("value", level.key()))),
        );
    }
    found
}

fn annexes(policy: &Policy) -> Found {
    let numbers: Vec<String> = policy.annexes.iter().map(|a| a.number.to_string()).collect();
    twice(field("annexes"), "number", numbers.iter().map(String::as_str))
}

fn excluded(policy: &Policy) -> Found {
    twice(field("occupations").key("excluded"), "", policy.occupations.excluded.iter().map(String::as_str))
}

fn targets(policy: &Policy) -> Found {
    let mut found = Found::new();
    for (n, target) in policy.targets.iter().enumerate() {
        let at = field("targets").index(n);
        if target.percent.is_some() == target.about.is_some() {
            found.push((at.clone(), Problem::new(ONE_TARGET)));
        }
        if target.percent.is_some_and(|p| !(1..=100).contains(&p)) {
            found.push((at.key("percent"), range(1, 100)));
        }
    }
    found
}

fn subsidy(policy: &Policy) -> Found {
    let Some(subsidy) = &policy.subsidy else { return Found::new() };
    let at = field("subsidy").key("caps");
    let levels: Vec<String> = subsidy.caps.iter().map(|c| c.level.digit().to_string()).collect();
    let mut found = twice(at.clone(), "level", levels.iter().map(String::as_str));
    let wrong = subsidy.caps.iter().enumerate().filter(|(_, cap)| !(1..=10_000_000).contains(&cap.amount));
    found.extend(wrong.map(|(n, _)| (at.index(n).key("amount"), range(1, 10_000_000))));
    found
}

fn sanctions(policy: &Policy) -> Found {
    let mut found = Found::new();
    for (n, sanction) in policy.sanctions.iter().enumerate() {
        let at = field("sanctions").index(n);
        if sanction.effects.is_empty() && sanction.barred_years.is_none() {
            found.push((at.key("effects"), Problem::new(EMPTY)));
        }
        if sanction.barred_years.is_some_and(|years| !(1..=50).contains(&years)) {
            found.push((at.key("barred_years"), range(1, 50)));
        }
    }
    found
}

/// A month that there is.
fn about(policy: &Policy) -> Found {
    let planned = policy.notice.planned.map(|about| (field("notice").key("planned"), about));
    let deadlines = policy.deadlines.iter().enumerate();
    let deadlines = deadlines.filter_map(|(n, d)| Some((field("deadlines").index(n).key("about"), d.about?)));
    let wrong = planned.into_iter().chain(deadlines).filter(|(_, about)| about.last_day().is_none());
    wrong.map(|(at, _)| (at.key("month"), range(1, 12))).collect()
}

/// Nobody fetches papers alone.
fn papers(policy: &Policy) -> Found {
    let wrong = !(1..=10).contains(&policy.papers.fetchers);
    if wrong { vec![(field("papers").key("fetchers"), range(1, 10))] } else { Found::new() }
}
