//! Rooms where hands-on work is judged, with their groups.
use super::form::is_hands_on;
use crate::model::{Duty, PanelId, Refusal, RoomId, SessionId};
use crate::ops::staff::NO_SUCH_ROOM;
use crate::ops::{AssignmentRow, PanelMemberRow, PanelRow, PanelState, Result, RoomRow, SessionRow, Site, staff};
use crate::store::rows;
use crate::store::views::panels;
use serde::Serialize;

/// A room in a hands-on session with candidates.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    #[serde(skip)]
    pub session: SessionId,
    #[serde(rename = "session")]
    pub code: String,
    #[serde(skip)]
    pub room: RoomId,
    #[serde(rename = "room")]
    pub number: i64,
    pub candidates: usize,
    /// Of the candidates, those who are with no group.
    pub free: usize,
    /// Assessors assigned to the room.
    pub assigned: usize,
    pub groups: Vec<Group>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    pub panel: PanelId,
    pub name: String,
    pub state: PanelState,
    pub lead: Option<String>,
    pub members: usize,
}

/// By time of the session and number of the room.
pub fn places(site: &Site) -> Result<Vec<Place>> {
    let (db, batch) = (site.store().db(), site.batch()?.id);
    let rooms = rows::select::<RoomRow>(db, "WHERE batch = ?1 ORDER BY number", [batch])?;
    let sessions = rows::select::<SessionRow>(db, "WHERE batch = ?1 ORDER BY starts_at, id", [batch])?;
    let mut all = Vec::new();
    for (session, room) in sessions.iter().flat_map(|s| rooms.iter().map(move |r| (s, r))) {
        if !is_hands_on(session, room) {
            continue;
        }
        let people = panels::in_room(db, session.id, room.id)?;
        if people.is_empty() {
            continue;
        }
        let own = "WHERE session = ?1 AND room = ?2 AND duty = ?3";
        let key = (session.id, room.id, Duty::Assessor);
        all.push(Place {
            session: session.id,
            code: session.code.clone(),
            room: room.id,
            number: room.number,
            candidates: people.len(),
            free: people.iter().filter(|one| one.group.is_none()).count(),
            assigned: rows::select::<AssignmentRow>(db, own, key)?.len(),
            groups: groups(site, session.id, room.id)?,
        });
    }
    Ok(all)
}

fn groups(site: &Site, session: SessionId, room: RoomId) -> Result<Vec<Group>> {
    let db = site.store().db();
    let mut all = Vec::new();
    for row in rows::select::<PanelRow>(db, "WHERE session = ?1 AND room = ?2 ORDER BY id", (session, room))? {
        let members = rows::select::<PanelMemberRow>(db, "WHERE panel = ?1 AND left_at IS NULL", [row.id])?;
        let lead = members.iter().find(|m| m.chair).map(|m| m.name.clone());
        all.push(Group { panel: row.id, name: row.name, state: row.state, lead, members: members.len() });
    }
    Ok(all)
}

/// A session by its code and a room by its number.
pub fn place(site: &Site, session: &str, room: i64) -> Result<(SessionId, RoomId)> {
    let session = staff::session(site, session)?.id;
    let found =
        rows::first::<RoomRow>(site.store().db(), "WHERE batch = ?1 AND number = ?2", (site.batch()?.id, room))?;
    Ok((session, found.ok_or_else(|| Refusal::new(NO_SUCH_ROOM).with("room", room))?.id))
}
