//! What the handbook still lacks, and until when there is time.
use crate::model::{Day, Duty, RoomKind};
use crate::ops::prints::{Asked, NOBODY_SEATED, Scope, Sitting};
use crate::ops::{AssignmentRow, Result, Site, StaffRow, VenueRow, policies, seating, tickets};
use crate::policy::Policy;
use crate::store::rows;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Readiness {
    /// The last day in time (S1-34: five working days before the exam); `None` where the notice sets none.
    pub due: Option<Day>,
    /// Calendar days from today; negative once it is over.
    pub days_left: Option<i64>,
    pub missing: Vec<Missing>,
}

/// One thing that is missing, as often as `count`. Words are `handbook_missing.<code>` and in the template.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Missing {
    pub code: &'static str,
    pub count: usize,
    /// Names of places or people; empty where the count says all.
    pub what: Vec<String>,
}

const HANDBOOK: &str = "deadline.handbook";

pub fn readiness(site: &Site) -> Result<Readiness> {
    let policy = site.policy()?;
    let asked = Asked::of(site, &policy, &Scope::default())?;
    let due = policies::of_batch(site)?.dates.into_iter().find(|d| d.what == HANDBOOK).and_then(|d| d.due);
    let days_left = due.map(|due| (due - site.now().day()).num_days());
    let sittings = asked.sittings().or_else(|error| match error.refusal() {
        Some(refusal) if refusal.is(NOBODY_SEATED) => Ok(Vec::new()),
        _ => Err(error),
    })?;
    let mut missing = places(&asked, &sittings)?;
    missing.extend(staff(&asked, &sittings)?);
    Ok(Readiness { due, days_left, missing })
}

fn counted(code: &'static str, count: usize) -> Option<Missing> {
    (count > 0).then(|| Missing { code, count, what: Vec::new() })
}

fn named(code: &'static str, what: Vec<String>) -> Option<Missing> {
    (!what.is_empty()).then_some(Missing { code, count: what.len(), what })
}

/// Sessions, seats, tickets, venues and rooms.
fn places(asked: &Asked<'_>, sittings: &[Sitting]) -> Result<Vec<Missing>> {
    let used: BTreeSet<_> = sittings.iter().map(|s| s.venue.id).collect();
    let venues: Vec<VenueRow> = asked.venues()?.into_iter().filter(|v| used.contains(&v.id)).collect();
    let lacking = |lacks: fn(&VenueRow) -> bool| venues.iter().filter(|v| lacks(v)).map(|v| v.name.clone()).collect();
    let rooms: BTreeSet<_> = sittings.iter().filter(|s| s.room.name.is_none()).map(|s| s.room.number).collect();
    let counts = tickets::counts(asked.site)?;
    let open = usize::try_from(counts.waiting + counts.void).unwrap_or(0);
    let found = [
        counted("sessions", usize::from(asked.sessions()?.is_empty())),
        counted("seats", usize::from(sittings.is_empty())),
        counted("unseated", seating::unseated(asked.site, 0)?.1),
        counted("tickets", open),
        named("address", lacking(|v| v.address.is_none())),
        named("phone", lacking(|v| v.phone.is_none())),
        named("room_name", rooms.iter().map(ToString::to_string).collect()),
    ];
    Ok(found.into_iter().flatten().collect())
}

fn staff(asked: &Asked<'_>, sittings: &[Sitting]) -> Result<Vec<Missing>> {
    let db = asked.site.store().db();
    let mut posts: Vec<AssignmentRow> = Vec::new();
    for session in asked.sessions()? {
        posts.extend(rows::select::<AssignmentRow>(db, "WHERE session = ?1", [session.id])?);
    }
    if posts.is_empty() {
        return Ok(counted("staff", 1).into_iter().collect());
    }
    let short: BTreeSet<_> =
        sittings.iter().filter(|s| is_short(asked.policy, s, &posts)).map(|s| s.room.number).collect();
    let mut found = vec![named("proctors", short.iter().map(ToString::to_string).collect())];
    found.push(named("duties", unfilled(asked.policy, sittings, &posts)));
    let working: BTreeSet<_> = posts.iter().map(|p| p.staff).collect();
    let silent = rows::select::<StaffRow>(db, "WHERE phone IS NULL ORDER BY name", [])?;
    let silent = silent.into_iter().filter(|s| working.contains(&s.id)).map(|s| s.name).collect();
    found.push(named("staff_phone", silent));
    Ok(found.into_iter().flatten().collect())
}

/// Whether a room has too few proctors, or assessors at stations, for the people in it.
fn is_short(policy: &Policy, sitting: &Sitting, posts: &[AssignmentRow]) -> bool {
    let rule = &policy.staffing;
    let (duty, each, least) = match sitting.room.kind {
        RoomKind::Desks => (Duty::Proctor, rule.candidates_per_proctor, rule.min_proctors),
        RoomKind::Stations => (Duty::Assessor, rule.candidates_per_assessor, rule.min_assessors),
    };
    let needed = sitting.people.len().div_ceil(usize::from(each.max(1))).max(usize::from(least));
    let here =
        |a: &&AssignmentRow| a.session == sitting.session.id && a.room == Some(sitting.room.id) && a.duty == duty;
    posts.iter().filter(here).count() < needed
}

/// Codes of the duties that some venue lacks in some session.
fn unfilled(policy: &Policy, sittings: &[Sitting], posts: &[AssignmentRow]) -> Vec<String> {
    let held: BTreeSet<_> = sittings.iter().map(|s| (s.session.id, s.venue.id)).collect();
    let lacks = |duty: Duty, count: u16| {
        held.iter().any(|(session, venue)| {
            let here = |a: &&AssignmentRow| a.session == *session && a.venue == *venue && a.duty == duty;
            posts.iter().filter(here).count() < usize::from(count)
        })
    };
    let needed = policy.staffing.needed.iter().filter(|n| lacks(n.duty, n.per_venue));
    needed.map(|n| n.duty.code().to_owned()).collect()
}
