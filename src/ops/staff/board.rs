//! Who works where and what is wanting, for people to look at.
use super::particulars::{Particulars, duties as allowed};
use super::world::World;
use crate::model::{DocumentKind, Duty, Refusal, RoomId, SessionId, StaffId, Stamp, TieKind, VenueId};
use crate::ops::{Result, Site};
use crate::policy::reviews::Body;
use crate::policy::staffing::{
    Group, Objection, Person, Post, Rule, Shortfall, Staffing, Task, objections, of_room, of_venue,
};
use crate::store::{AssignmentOrigin, AssignmentRow, StaffRow, StaffTieRow, rows};
use serde::Serialize;
use std::collections::BTreeMap;

/// A duty in a room or a venue, in a session.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    #[serde(skip)]
    pub session: SessionId,
    #[serde(rename = "session")]
    pub code: String,
    pub starts: Stamp,
    #[serde(skip)]
    pub venue: VenueId,
    #[serde(rename = "venue")]
    pub venue_name: String,
    pub venue_code: i64,
    #[serde(skip)]
    pub room: Option<RoomId>,
    #[serde(rename = "room")]
    pub room_number: Option<i64>,
    /// Candidates of the room, or of the venue.
    pub candidates: usize,
    pub duty: Duty,
    pub need: usize,
    pub people: Vec<Worker>,
    pub wanting: Vec<Shortfall>,
}

/// One of the staff at work.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Worker {
    pub staff: StaffId,
    pub name: String,
    pub unit: String,
    pub phone: Option<String>,
    pub leads: bool,
    pub origin: AssignmentOrigin,
    pub came_at: Option<Stamp>,
    pub rating: Option<i64>,
    /// Why a rule was set aside.
    pub set_aside: Option<String>,
    /// Rules offended against by now, beside those set aside.
    pub against: Vec<Objection>,
}

impl Line {
    pub fn have(&self) -> usize {
        self.people.len()
    }

    pub fn is_troubled(&self) -> bool {
        !self.wanting.is_empty() || self.people.iter().any(|w| !w.against.is_empty())
    }

    pub fn post(&self) -> Post {
        Post { session: self.session, venue: self.venue, room: self.room, duty: self.duty }
    }
}

/// Every post of a session, or of all; what is wanting first.
pub fn board(site: &Site, session: Option<SessionId>) -> Result<Vec<Line>> {
    let mut world = World::load(site.store().db(), site.batch()?.id)?;
    let phones = phones(site)?;
    let mut all = lines(&site.policy()?.staffing, &mut world, session);
    for worker in all.iter_mut().flat_map(|line| &mut line.people) {
        worker.phone = phones.get(&worker.staff).cloned().flatten();
    }
    Ok(all)
}

fn phones(site: &Site) -> Result<BTreeMap<StaffId, Option<String>>> {
    Ok(rows::select::<StaffRow>(site.store().db(), "", [])?.into_iter().map(|s| (s.id, s.phone)).collect())
}

/// Only what is wanting or against a rule.
pub fn check(site: &Site, session: Option<SessionId>) -> Result<Vec<Line>> {
    Ok(board(site, session)?.into_iter().filter(Line::is_troubled).collect())
}

pub(super) fn lines(staffing: &Staffing, world: &mut World, only: Option<SessionId>) -> Vec<Line> {
    let mut posts: BTreeMap<Post, Vec<AssignmentRow>> = BTreeMap::new();
    for ((session, venue, room), sitters) in &world.facts.rooms {
        for duty in [Duty::Proctor, Duty::Assessor].into_iter().filter(|duty| sitters.need(staffing, *duty) > 0) {
            posts.entry(Post { session: *session, venue: *venue, room: Some(*room), duty }).or_default();
        }
        for needed in &staffing.needed {
            posts.entry(Post { session: *session, venue: *venue, room: None, duty: needed.duty }).or_default();
        }
    }
    for task in &world.tasks {
        let AssignmentRow { session, venue, room, duty, .. } = *task;
        posts.entry(Post { session, venue, room, duty }).or_default().push(task.clone());
    }
    let posts = posts.into_iter().filter(|(post, _)| only.is_none_or(|only| only == post.session));
    let mut all: Vec<Line> = posts.filter_map(|(post, tasks)| line(staffing, world, &post, &tasks)).collect();
    all.sort_by_key(|l| (!l.is_troubled(), l.starts, l.session, l.venue_code, l.room_number, l.duty));
    all
}

fn line(staffing: &Staffing, world: &mut World, post: &Post, tasks: &[AssignmentRow]) -> Option<Line> {
    let people = tasks.iter().filter_map(|task| worker(staffing, world, post, task)).collect();
    let session = world.sessions.iter().find(|s| s.id == post.session)?;
    let venue = world.venues.iter().find(|v| v.id == post.venue)?;
    let group = Group {
        people: tasks.iter().filter_map(|task| world.person(task.staff)).collect(),
        is_led: Some(tasks.iter().any(|task| task.leads)),
    };
    let rooms = world.facts.rooms.iter().filter(|((s, v, _), _)| (*s, *v) == (post.session, post.venue));
    let (candidates, need, wanting) = match world.facts.sitters(post) {
        Some(sitters) => {
            (sitters.people, sitters.need(staffing, post.duty), of_room(staffing, &world.facts, post, &group))
        }
        None if post.room.is_some() => (0, 0, Vec::new()),
        None => {
            let candidates: usize = rooms.map(|(_, sitters)| sitters.people).sum();
            let wanting = of_venue(staffing, post.duty, group.people.len()).filter(|_| candidates > 0);
            let need = staffing.needed.iter().find(|n| n.duty == post.duty).map_or(0, |n| usize::from(n.per_venue));
            (candidates, need, wanting.into_iter().collect())
        }
    };
    Some(Line {
        session: session.id,
        code: session.code.clone(),
        starts: session.starts_at,
        venue: venue.id,
        venue_name: venue.name.clone(),
        venue_code: venue.code,
        room: post.room,
        room_number: post.room.and_then(|id| world.rooms.iter().find(|r| r.id == id)).map(|r| r.number),
        candidates,
        duty: post.duty,
        need,
        people,
        wanting,
    })
}

/// Somebody at work, judged as if they were not yet.
fn worker(staffing: &Staffing, world: &mut World, post: &Post, task: &AssignmentRow) -> Option<Worker> {
    let person = world.person(task.staff)?.clone();
    let done = Task { staff: task.staff, session: task.session, venue: task.venue, room: task.room, duty: task.duty };
    world.facts.release(&done);
    let mut against = objections(staffing, &world.facts, &person, post);
    world.facts.take(&done);
    if task.r#override.is_some() {
        against.retain(|o| !o.waivable);
    }
    Some(Worker {
        staff: person.id,
        name: person.name,
        unit: person.unit,
        phone: None,
        leads: task.leads,
        origin: task.origin,
        came_at: task.came_at,
        rating: task.rating,
        set_aside: task.r#override.clone(),
        against,
    })
}

/// Somebody for a post, and why not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice {
    pub staff: StaffId,
    pub name: String,
    pub unit: String,
    /// Sessions of the site that they work in.
    pub load: usize,
    pub why_not: Option<Refusal>,
    /// Whether a reason sets aside all that stands against it.
    pub waivable: bool,
}

/// Everybody who works, the free first and of them those with the least work; then those whom a reason lets in, then the
/// others, each with the first reason why not.
pub fn choices(site: &Site, post: &Post) -> Result<Vec<Choice>> {
    let world = World::load(site.store().db(), site.batch()?.id)?;
    let staffing = &site.policy()?.staffing;
    let choice = |person: &Person| {
        let found = objections(staffing, &world.facts, person, post);
        let other_duty = found.iter().any(|o| o.rule == Rule::Duty);
        let choice = Choice {
            staff: person.id,
            name: person.name.clone(),
            unit: person.unit.clone(),
            load: world.facts.work.get(&person.id).map_or(0, std::collections::BTreeSet::len),
            waivable: !found.is_empty() && found.iter().all(|o| o.waivable),
            why_not: found.into_iter().next().map(|o| o.refusal),
        };
        let rank = match (&choice.why_not, choice.waivable, other_duty) {
            (None, ..) => 0,
            (Some(_), true, _) => 1,
            (Some(_), false, false) => 2,
            (Some(_), false, true) => 3,
        };
        (rank, choice.load, choice)
    };
    let mut all: Vec<_> = world.people.iter().filter(|p| !p.retired).map(choice).collect();
    all.sort_by_key(|(rank, load, choice)| (*rank, *load, choice.staff));
    Ok(all.into_iter().map(|(_, _, choice)| choice).collect())
}

/// One of the staff with everything known of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonLine {
    pub id: StaffId,
    #[serde(flatten)]
    pub is: Particulars,
    pub retired: bool,
    pub ties: Vec<TieLine>,
    /// What they do in the batch at hand.
    pub work: Vec<Duties>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TieLine {
    pub id: i64,
    pub kind: TieKind,
    pub document: DocumentKind,
    pub id_number: String,
    pub name: String,
    pub note: Option<String>,
}

/// One piece of somebody's work.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Duties {
    #[serde(skip)]
    pub id: SessionId,
    pub session: String,
    pub starts: Stamp,
    pub venue: String,
    pub room: Option<i64>,
    pub duty: Duty,
    pub leads: bool,
    pub came_at: Option<Stamp>,
    pub rating: Option<i64>,
}

/// Everybody, those who left last.
pub fn people(site: &Site) -> Result<Vec<PersonLine>> {
    let db = site.store().db();
    let mut ties: BTreeMap<StaffId, Vec<TieLine>> = BTreeMap::new();
    for tie in rows::select::<StaffTieRow>(db, "ORDER BY id", [])? {
        let StaffTieRow { id, staff, kind, document, id_number, name, note } = tie;
        ties.entry(staff).or_default().push(TieLine { id, kind, document, id_number, name, note });
    }
    let mut work = duties(site)?;
    let line = |row: StaffRow| PersonLine {
        id: row.id,
        is: Particulars { duties: allowed(&row), ..Particulars::of(&row) },
        retired: row.retired,
        ties: ties.remove(&row.id).unwrap_or_default(),
        work: work.remove(&row.id).unwrap_or_default(),
    };
    Ok(rows::select::<StaffRow>(db, "ORDER BY retired, id", [])?.into_iter().map(line).collect())
}

/// What everybody does in the batch at hand, by time; nothing without a batch.
pub fn duties(site: &Site) -> Result<BTreeMap<StaffId, Vec<Duties>>> {
    let mut all: BTreeMap<StaffId, Vec<Duties>> = BTreeMap::new();
    if site.batch().is_err() {
        return Ok(all);
    }
    let mut lines = board(site, None)?;
    lines.sort_by_key(|l| (l.starts, l.session));
    for line in &lines {
        for worker in &line.people {
            all.entry(worker.staff).or_default().push(Duties {
                id: line.session,
                session: line.code.clone(),
                starts: line.starts,
                venue: line.venue_name.clone(),
                room: line.room_number,
                duty: line.duty,
                leads: worker.leads,
                came_at: worker.came_at,
                rating: worker.rating,
            });
        }
    }
    Ok(all)
}

/// Where somebody marks, and who.
pub type Marker = (Line, Worker);

/// The register of marking staff (S1-35): who marks, and the body that organises it as the policy has it.
pub fn markers(site: &Site) -> Result<(Option<Body>, Vec<Marker>)> {
    let body = site.policy()?.responsible.marking;
    let mut lines = board(site, None)?;
    lines.retain(|l| l.duty == Duty::Marker);
    lines.sort_by_key(|l| (l.starts, l.session, l.venue_code));
    let all = lines.into_iter().flat_map(|line| {
        let people = line.people.clone();
        people.into_iter().map(move |worker| (line.clone(), worker))
    });
    Ok((body, all.collect()))
}
