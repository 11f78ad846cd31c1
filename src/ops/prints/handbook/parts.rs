//! Sessions, venues, rooms and counts of the handbook.
use crate::model::ApplicationId;
use crate::ops::prints::lines::{Group, RoomHead, SeatLine, SessionLine, VenueLine, groups};
use crate::ops::prints::room::alike;
use crate::ops::prints::{Asked, Sitting};
use crate::ops::{Result, SessionRow};
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
pub struct SessionPart {
    session: SessionLine,
    rooms: usize,
    people: usize,
    groups: Vec<Group>,
}

#[derive(Serialize)]
pub struct VenuePart {
    venue: VenueLine,
    rooms: usize,
    /// Different people.
    people: usize,
}

/// A room with one filling, and who sits there.
#[derive(Serialize)]
pub struct RoomPart {
    venue: VenueLine,
    room: RoomHead,
    sessions: Vec<SessionLine>,
    groups: Vec<Group>,
    pub seats: Vec<SeatLine>,
    /// The first filling of these people; a later one of the same people does not count them again.
    #[serde(skip)]
    pub opens_list: bool,
}

/// One kind of material and how many of it are needed; the template has the words.
#[derive(Debug, PartialEq, Serialize)]
pub struct Counted {
    code: &'static str,
    count: usize,
}

pub fn sessions(asked: &Asked<'_>, sessions: &[SessionRow], sittings: &[Sitting]) -> Vec<SessionPart> {
    let part = |session: &SessionRow| {
        let here: Vec<_> = sittings.iter().filter(|s| s.session.id == session.id).collect();
        SessionPart {
            session: SessionLine::of(asked.policy, session),
            rooms: here.len(),
            people: here.iter().map(|s| s.people.len()).sum(),
            groups: groups(here.iter().flat_map(|s| &s.people)),
        }
    };
    sessions.iter().map(part).collect()
}

pub fn venues(asked: &Asked<'_>, sittings: &[Sitting]) -> Result<Vec<VenuePart>> {
    let venues = asked.venues()?;
    let part = |venue: &crate::ops::VenueRow| {
        let here = || sittings.iter().filter(|s| s.venue.id == venue.id);
        let rooms: BTreeSet<i64> = here().map(|s| s.room.number).collect();
        let people: BTreeSet<ApplicationId> = here().flat_map(|s| &s.people).map(|p| p.application).collect();
        VenuePart { venue: VenueLine::of(venue), rooms: rooms.len(), people: people.len() }
    };
    Ok(venues.iter().map(part).collect())
}

pub fn rooms(asked: &Asked<'_>, sittings: &[Sitting]) -> Vec<RoomPart> {
    let mut seen: BTreeSet<ApplicationId> = BTreeSet::new();
    let mut all = Vec::new();
    for page in alike(sittings.to_vec()) {
        let Some(first) = page.first() else { continue };
        let new = first.people.iter().filter(|p| seen.insert(p.application)).count();
        all.push(RoomPart {
            venue: VenueLine::of(&first.venue),
            room: RoomHead::of(&first.room),
            sessions: page.iter().map(|s| SessionLine::of(asked.policy, &s.session)).collect(),
            groups: groups(first.people.iter()),
            seats: first.people.iter().map(SeatLine::of).collect(),
            opens_list: new > 0,
        });
    }
    all
}

/// What has to be made ready: one of most things for each room in each session.
pub fn materials(sittings: &[Sitting], staff: usize) -> Vec<Counted> {
    let papers = sittings.iter().map(|s| s.people.len()).sum();
    let rooms: BTreeSet<_> = sittings.iter().map(|s| s.room.number).collect();
    let venues: BTreeSet<_> = sittings.iter().map(|s| (s.session.id, s.venue.id)).collect();
    let fillings = alike(sittings.to_vec());
    let labels = fillings.iter().filter_map(|page| page.first()).map(|s| s.people.len()).sum();
    [
        ("papers", papers),
        ("bags", sittings.len()),
        ("sign_in", sittings.len()),
        ("room_record", sittings.len()),
        ("unsealing", sittings.len()),
        ("hand_over", venues.len()),
        ("seat_chart", fillings.len()),
        ("door_list", fillings.len()),
        ("desk_labels", labels),
        ("draft_paper", papers),
        ("room_plate", rooms.len()),
        ("rules", rooms.len()),
        ("badges", staff),
    ]
    .map(|(code, count)| Counted { code, count })
    .into()
}
