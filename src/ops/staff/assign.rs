//! `staff.assign`, `staff.unassign`: one person to one post, by hand.
use super::world::{World, task_of};
use super::{UNKNOWN, row};
use crate::model::{Code, Duty, Refusal, Role, RoomId, SessionId, StaffId, VenueId, fold};
use crate::ops::{Operation, Result, Work};
use crate::policy::staffing::{Objection, Post, objections};
use crate::store::{AssignmentOrigin, AssignmentRow, rows};
use serde::Serialize;

pub const NO_SESSION: Code = Code("staff.no_session");
pub const NO_VENUE: Code = Code("staff.no_venue");
pub const NO_ROOM: Code = Code("staff.no_room");
pub const ROOM_NEEDED: Code = Code("staff.room_needed");
pub const WHOLE_VENUE: Code = Code("staff.whole_venue");
pub const ONLY_ASSESSORS_LEAD: Code = Code("staff.only_assessors_lead");
pub const NO_TASK: Code = Code("staff.no_task");
pub const ALREADY_CAME: Code = Code("staff.already_came");

#[derive(Debug, Clone, Serialize)]
pub struct Assign {
    pub staff: StaffId,
    pub session: SessionId,
    pub venue: VenueId,
    /// For proctors and assessors; `None` for duties of the whole venue.
    pub room: Option<RoomId>,
    pub duty: Duty,
    /// Heads the assessors of the room; whoever did so before does no longer.
    pub leads: bool,
    /// Why a rule is set aside that the policy lets a coordinator set aside.
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assigned {
    pub name: String,
    pub duty: Duty,
    /// Rules that were set aside.
    pub set_aside: Vec<Objection>,
}

impl Operation for Assign {
    const KIND: &'static str = "staff.assign";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Assigned;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Assigned> {
        let batch = work.batch()?.id;
        let world = World::load(work.tx.db(), batch)?;
        let post = self.post(&world)?;
        let unknown = || Refusal::new(UNKNOWN).with("who", self.staff);
        let person = world.person(self.staff).ok_or_else(unknown)?;
        let found = objections(&work.policy()?.staffing, &world.facts, person, &post);
        let reason = self.reason.as_deref().map(|r| fold::text(r).into_owned()).filter(|r| !r.is_empty());
        if let Some(first) = found.iter().find(|o| !o.waivable || reason.is_none()) {
            return Err(first.refusal.clone().into());
        }
        if self.leads {
            self.replace_leader(work)?;
        }
        let task = AssignmentRow {
            id: work.tx.next_id::<AssignmentRow>()?,
            session: self.session,
            venue: self.venue,
            room: self.room,
            staff: self.staff,
            duty: self.duty,
            leads: self.leads,
            origin: AssignmentOrigin::Hand,
            r#override: reason.filter(|_| !found.is_empty()),
            came_at: None,
            rating: None,
        };
        work.tx.insert(&task)?;
        Ok(Assigned { name: person.name.clone(), duty: self.duty, set_aside: found })
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

impl Assign {
    /// Session, venue and room are of the batch at hand and fit one another and the duty.
    fn post(&self, world: &World) -> Result<Post, Refusal> {
        if !world.sessions.iter().any(|s| s.id == self.session) {
            return Err(Refusal::new(NO_SESSION).with("session", self.session));
        }
        let Some(venue) = world.venues.iter().find(|v| v.id == self.venue) else {
            return Err(Refusal::new(NO_VENUE).with("venue", self.venue));
        };
        let duty = || format!("duty.{}", self.duty.code());
        match self.room {
            None if self.duty.is_in_room() => return Err(Refusal::new(ROOM_NEEDED).word("duty", duty())),
            Some(_) if !self.duty.is_in_room() => return Err(Refusal::new(WHOLE_VENUE).word("duty", duty())),
            Some(id) if !world.rooms.iter().any(|r| r.id == id && r.venue == self.venue) => {
                return Err(Refusal::new(NO_ROOM).with("venue", venue.name.as_str()));
            }
            _ => {}
        }
        if self.leads && self.duty != Duty::Assessor {
            return Err(Refusal::new(ONLY_ASSESSORS_LEAD));
        }
        Ok(Post { session: self.session, venue: self.venue, room: self.room, duty: self.duty })
    }

    fn replace_leader(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let leading = "WHERE session = ?1 AND room = ?2 AND leads = 1";
        for before in rows::select::<AssignmentRow>(work.tx.db(), leading, (self.session, self.room))? {
            work.tx.update(&before, &AssignmentRow { leads: false, ..before.clone() })?;
        }
        Ok(())
    }
}

#[derive(Debug, Serialize)]
pub struct Unassign {
    pub staff: StaffId,
    pub session: SessionId,
}

impl Operation for Unassign {
    const KIND: &'static str = "staff.unassign";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Assigned;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Assigned> {
        work.batch()?;
        let task = task_of(work.tx.db(), self.session, self.staff)?;
        let name = row(work.tx.db(), self.staff)?.name;
        if let Some(at) = task.came_at {
            return Err(Refusal::new(ALREADY_CAME).with("name", name).with("at", at).into());
        }
        work.tx.delete(&task)?;
        Ok(Assigned { name, duty: task.duty, set_aside: Vec::new() })
    }
}

pub(super) fn no_task(name: &str, session: &str) -> Refusal {
    Refusal::new(NO_TASK).with("name", name).with("session", session)
}
