//! Who does what: the roster, the posts by session and room, the people of each duty.
use crate::model::Duty;
use crate::ops::prints::Asked;
use crate::ops::prints::lines::SessionLine;
use crate::ops::{AssignmentRow, Result, StaffRow};
use crate::store::rows;
use serde::Serialize;

#[derive(Default)]
pub struct Roster {
    pub staff: Vec<StaffLine>,
    pub duties: Vec<DutyPart>,
    pub posts: Vec<Post>,
}

#[derive(Debug, Clone, Serialize)]
pub struct StaffLine {
    pub name: String,
    pub unit: String,
    pub phone: Option<String>,
    pub card_no: Option<String>,
    /// Codes, in the order of the duties.
    pub duties: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
pub struct DutyPart {
    pub duty: &'static str,
    pub people: Vec<StaffLine>,
}

#[derive(Debug, Serialize)]
pub struct Post {
    pub session: SessionLine,
    pub venue: String,
    /// Nothing for the whole venue.
    pub room: Option<i64>,
    pub duty: &'static str,
    pub name: String,
    pub phone: Option<String>,
    pub leads: bool,
}

/// Everybody with a post in the sessions asked for.
pub fn roster(asked: &Asked<'_>) -> Result<Roster> {
    let (db, sessions) = (asked.site.store().db(), asked.sessions()?);
    let staff = rows::select::<StaffRow>(db, "ORDER BY name, id", [])?;
    let venues = asked.venues()?;
    let rooms = crate::ops::seating::rooms(asked.site)?;
    let mut roster = Roster::default();
    let mut all: Vec<AssignmentRow> = Vec::new();
    for session in &sessions {
        let mut posts = rows::select::<AssignmentRow>(db, "WHERE session = ?1", [session.id])?;
        let number = |a: &AssignmentRow| rooms.iter().find(|r| Some(r.id) == a.room).map(|r| r.number);
        posts.sort_by_key(|a| (a.venue, number(a), a.duty, !a.leads, a.id));
        for post in &posts {
            let Some(who) = staff.iter().find(|s| s.id == post.staff) else { continue };
            let venue = venues.iter().find(|v| v.id == post.venue).map(|v| v.name.clone()).unwrap_or_default();
            roster.posts.push(Post {
                session: SessionLine::of(asked.policy, session),
                venue,
                room: number(post),
                duty: post.duty.code(),
                name: who.name.clone(),
                phone: who.phone.clone(),
                leads: post.leads,
            });
        }
        all.extend(posts);
    }
    let line = |who: &StaffRow| StaffLine {
        name: who.name.clone(),
        unit: who.unit.clone(),
        phone: who.phone.clone(),
        card_no: who.card_no.clone(),
        duties: Duty::ALL
            .iter()
            .filter(|duty| all.iter().any(|a| a.staff == who.id && a.duty == **duty))
            .map(|duty| duty.code())
            .collect(),
    };
    roster.staff = staff.iter().map(line).filter(|s| !s.duties.is_empty()).collect();
    let of = |duty: Duty| {
        let people = roster.staff.iter().filter(|s| s.duties.contains(&duty.code())).cloned().collect();
        DutyPart { duty: duty.code(), people }
    };
    roster.duties = Duty::of_the_day().map(of).collect();
    Ok(roster)
}
