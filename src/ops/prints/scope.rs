//! What of the batch a print is asked for, and the rows that this names.
use super::{NO_BAG, NO_VENUE, NOBODY, NOT_TAKEN, Takes};
use crate::model::{ApplicationId, Refusal};
use crate::ops::checkin::UNKNOWN_SESSION;
use crate::ops::exchange::about;
use crate::ops::panel::UNKNOWN;
use crate::ops::seating::NO_ROOM;
use crate::ops::{ApplicationRow, PanelRow, Result, RoomRow, ScriptBagRow, SessionRow, Site, VenueRow, batch};
use crate::policy::Policy;
use crate::store::rows;
use crate::store::views::candidates::{self, Candidate};

/// As asked for; empty is the whole batch.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    pub people: Vec<ApplicationId>,
    /// Code of a session.
    pub session: Option<String>,
    /// Number of a room.
    pub room: Option<i64>,
    /// Code of a venue.
    pub venue: Option<i64>,
    /// Code of a bag of scripts.
    pub bag: Option<String>,
    /// Name of a panel.
    pub panel: Option<String>,
    /// Of a document, a roster or an upload.
    pub number: Option<i64>,
}

impl Scope {
    pub fn people(who: &[ApplicationId]) -> Scope {
        Scope { people: who.to_vec(), ..Scope::default() }
    }

    /// Refused where something is asked for that the form cannot be narrowed by.
    pub(super) fn fits(&self, form: &str, takes: &[Takes]) -> Result<()> {
        let asked = [
            (Takes::People, !self.people.is_empty()),
            (Takes::Session, self.session.is_some()),
            (Takes::Room, self.room.is_some()),
            (Takes::Venue, self.venue.is_some()),
            (Takes::Bag, self.bag.is_some()),
            (Takes::Panel, self.panel.is_some()),
            (Takes::Number, self.number.is_some()),
        ];
        match asked.into_iter().find(|(what, asked)| *asked && !takes.contains(what)) {
            Some((what, _)) => Err(Refusal::new(NOT_TAKEN).with("form", form).with("option", what.option()).into()),
            None => Ok(()),
        }
    }

    /// For leave: another scope is another print.
    pub(super) fn about(&self) -> String {
        let Scope { people, session, room, venue, bag, panel, number } = self;
        about(format!("{people:?} {session:?} {room:?} {venue:?} {bag:?} {panel:?} {number:?}").as_bytes())
    }

    /// What the file is called beside the form.
    pub(super) fn suffix(&self) -> String {
        let mut out = String::new();
        if let [one] = self.people.as_slice() {
            out.push_str(&format!("-{one}"));
        }
        let number = self.number.map(|n| n.to_string());
        let (venue, room) = (self.venue.map(|v| format!("v{v}")), self.room.map(|r| format!("r{r}")));
        for part in [self.session.clone(), venue, room, self.bag.clone(), self.panel.clone(), number] {
            out.extend(part.map(|part| format!("-{part}")));
        }
        out
    }
}

/// A scope with the rows it names, and what every form reads beside them.
pub struct Asked<'a> {
    pub site: &'a Site,
    pub policy: &'a Policy,
    pub who: Vec<ApplicationId>,
    pub session: Option<SessionRow>,
    pub room: Option<RoomRow>,
    pub venue: Option<VenueRow>,
    pub bag: Option<ScriptBagRow>,
    pub panel: Option<PanelRow>,
    pub number: Option<i64>,
}

/// A room in a session, with who sits there, by seat.
#[derive(Debug, Clone)]
pub struct Sitting {
    pub session: SessionRow,
    pub venue: VenueRow,
    pub room: RoomRow,
    pub people: Vec<Candidate>,
}

impl<'a> Asked<'a> {
    pub(super) fn of(site: &'a Site, policy: &'a Policy, scope: &Scope) -> Result<Asked<'a>> {
        let (batch, db) = (site.batch()?.id, site.store().db());
        let who = scope.people.clone();
        let (session, room, venue, bag, panel) = (None, None, None, None, None);
        let number = scope.number;
        let mut asked = Asked { site, policy, who, session, room, venue, bag, panel, number };
        if let Some(code) = &scope.session {
            let found = rows::first::<SessionRow>(db, "WHERE batch = ?1 AND code = ?2", (batch, code))?;
            let unknown = || Refusal::new(UNKNOWN_SESSION).with("session", code.as_str());
            asked.session = Some(found.ok_or_else(unknown)?);
        }
        if let Some(number) = scope.room {
            let found = rows::first::<RoomRow>(db, "WHERE batch = ?1 AND number = ?2", (batch, number))?;
            asked.room = Some(found.ok_or_else(|| Refusal::new(NO_ROOM).with("room", number))?);
        }
        if let Some(code) = scope.venue {
            let found = rows::first::<VenueRow>(db, "WHERE batch = ?1 AND code = ?2", (batch, code))?;
            asked.venue = Some(found.ok_or_else(|| Refusal::new(NO_VENUE).with("venue", code))?);
        }
        if let Some(code) = &scope.bag {
            let found = rows::first::<ScriptBagRow>(db, "WHERE batch = ?1 AND code = ?2", (batch, code))?;
            asked.bag = Some(found.ok_or_else(|| Refusal::new(NO_BAG).with("bag", code.as_str()))?);
        }
        if let Some(name) = &scope.panel {
            let found = rows::first::<PanelRow>(db, "WHERE batch = ?1 AND name = ?2", (batch, name))?;
            asked.panel = Some(found.ok_or_else(|| Refusal::new(UNKNOWN).with("panel", name.as_str()))?);
        }
        Ok(asked)
    }

    /// The applications asked for, or those of everybody of the batch who has not left it.
    pub fn people(&self) -> Result<Vec<ApplicationRow>> {
        let found = if self.who.is_empty() {
            let tail =
                "WHERE batch = ?1 AND state IN ('submitted', 'returned', 'approved') ORDER BY initials, pinyin, id";
            rows::select::<ApplicationRow>(self.site.store().db(), tail, [self.site.batch()?.id])?
        } else {
            self.who.iter().map(|id| crate::ops::applications::by_id(self.site, *id)).collect::<Result<_>>()?
        };
        if found.is_empty() { Err(Refusal::new(NOBODY).into()) } else { Ok(found) }
    }

    /// The session asked for, or all of them in time order.
    pub fn sessions(&self) -> Result<Vec<SessionRow>> {
        match &self.session {
            Some(session) => Ok(vec![session.clone()]),
            None => batch::sessions(self.site),
        }
    }

    /// The venue asked for, or all of them by code.
    pub fn venues(&self) -> Result<Vec<VenueRow>> {
        match &self.venue {
            Some(venue) => Ok(vec![venue.clone()]),
            None => {
                Ok(rows::select(self.site.store().db(), "WHERE batch = ?1 ORDER BY code", [self.site.batch()?.id])?)
            }
        }
    }

    /// Rooms by number: the one asked for, those of the venue asked for, or all.
    pub fn rooms(&self) -> Result<Vec<RoomRow>> {
        let all = match &self.room {
            Some(room) => vec![room.clone()],
            None => crate::ops::seating::rooms(self.site)?,
        };
        Ok(all.into_iter().filter(|r| self.venue.as_ref().is_none_or(|v| v.id == r.venue)).collect())
    }

    /// Every room with people in every session asked for; refused when there is none.
    pub fn sittings(&self) -> Result<Vec<Sitting>> {
        let (rooms, db) = (self.rooms()?, self.site.store().db());
        let venues: Vec<VenueRow> = self.venues()?;
        let mut all = Vec::new();
        for session in self.sessions()? {
            for room in &rooms {
                let people = candidates::in_room(db, session.id, room.id)?;
                let venue = venues.iter().find(|v| v.id == room.venue);
                if let (false, Some(venue)) = (people.is_empty(), venue) {
                    let (session, venue, room) = (session.clone(), venue.clone(), room.clone());
                    all.push(Sitting { session, venue, room, people });
                }
            }
        }
        if all.is_empty() { Err(Refusal::new(super::NOBODY_SEATED).into()) } else { Ok(all) }
    }
}
