//! `assess.form`: who judges the hands-on work of a room in a session.
use crate::model::{
    ApplicationId, Code, Duty, MemberId, PanelId, Refusal, Role, RoomId, RoomKind, SessionId, SessionMode, StaffId,
    Subject, fold,
};
use crate::ops::staff::world::World;
use crate::ops::{
    AssignmentRow, Operation, PanelCandidateRow, PanelMemberRow, PanelRow, Result, RoomRow, SessionRow, Work, panel,
};
use crate::policy;
use crate::policy::staffing::{Objection, Post, Task, objections};
use crate::store::rows;
use crate::store::views::panels::{self, InRoom};
use serde::Serialize;
use std::collections::BTreeSet;

pub const NOT_HANDS_ON: Code = Code("assess.not_hands_on");
pub const NOBODY: Code = Code("assess.nobody");
pub const NOBODY_ASSIGNED: Code = Code("assess.nobody_assigned");
pub const NO_LEAD: Code = Code("assess.no_lead");
pub const HAS_GROUP: Code = Code("assess.has_group");
pub const BUSY_ENTRIES: Code = Code("assess.has_entries");

/// Names told in a refusal; the rest is a count.
const NAMED: usize = 3;

#[derive(Debug, Clone, Serialize)]
pub struct Form {
    pub session: SessionId,
    pub room: RoomId,
    /// Of the group.
    pub name: String,
    /// `None`: the assessors who are assigned to the room.
    pub members: Option<Vec<StaffId>>,
    /// `None`: whoever leads by the assignment.
    pub lead: Option<StaffId>,
    /// Why a rule is set aside that the policy lets a coordinator set aside.
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Formed {
    pub panel: PanelId,
    pub name: String,
    pub lead: String,
    pub members: usize,
    pub candidates: usize,
    /// Rules that were set aside.
    pub set_aside: Vec<Objection>,
}

impl Operation for Form {
    const KIND: &'static str = "assess.form";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Formed;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Formed> {
        let batch = work.batch()?.id;
        let name = fold::name(&self.name).into_owned();
        if name.is_empty() {
            return Err(Refusal::new(panel::NAME_EMPTY).into());
        }
        if rows::first::<PanelRow>(work.tx.db(), "WHERE batch = ?1 AND name = ?2", (batch, &name))?.is_some() {
            return Err(Refusal::new(panel::NAME_TAKEN).with("panel", name).into());
        }
        let mut world = World::load(work.tx.db(), batch)?;
        let post = self.post(&world)?;
        let candidates = self.candidates(work)?;
        let (staff, lead) = self.people(&world)?;
        policy::panel::size(&work.policy()?.assessors, staff.len())?;
        let set_aside = self.fit(work, &mut world, (&post, &staff))?;
        let panel = PanelId(work.tx.next_id::<PanelRow>()?);
        let (session, room) = (Some(self.session), Some(self.room));
        let row = PanelRow { session, room, ..PanelRow::new(panel, batch, Subject::Practical, name.clone()) };
        work.tx.insert(&row)?;
        let mut led = String::new();
        for id in &staff {
            let Some(person) = world.person(*id) else { continue };
            let (member, chair) = (MemberId(work.tx.next_id::<PanelMemberRow>()?), *id == lead);
            if chair {
                person.name.clone_into(&mut led);
            }
            let plain = PanelMemberRow::new(member, panel, person.name.clone(), person.unit.clone());
            work.tx.insert(&PanelMemberRow { staff: Some(*id), chair, ..plain })?;
        }
        for candidate in &candidates {
            work.tx.insert(&PanelCandidateRow::new(panel, *candidate, Subject::Practical))?;
        }
        Ok(Formed { panel, name, lead: led, members: staff.len(), candidates: candidates.len(), set_aside })
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

/// Whether a session is one where work is judged at the station.
pub(super) fn is_hands_on(session: &SessionRow, room: &RoomRow) -> bool {
    let at_stations = match session.mode {
        Some(mode) => mode == SessionMode::HandsOn,
        None => room.kind == RoomKind::Stations,
    };
    session.subject == Subject::Practical && at_stations
}

impl Form {
    fn post(&self, world: &World) -> Result<Post, Refusal> {
        let session = world.sessions.iter().find(|s| s.id == self.session);
        let room = world.rooms.iter().find(|r| r.id == self.room);
        let (Some(session), Some(room)) = (session, room) else {
            return Err(Refusal::new(NOBODY).with("session", self.session).with("room", self.room));
        };
        if !is_hands_on(session, room) {
            let refusal = Refusal::new(NOT_HANDS_ON).with("session", session.code.as_str());
            return Err(refusal.with("room", room.number));
        }
        Ok(Post { session: self.session, venue: room.venue, room: Some(self.room), duty: Duty::Assessor })
    }

    /// Those placed in the room who are with no group yet, by station and round; whoever is typed already is not judged too.
    fn candidates(&self, work: &Work<'_, '_>) -> Result<Vec<ApplicationId>> {
        let db = work.tx.db();
        let subjects = &work.policy()?.subjects;
        let all = panels::in_room(db, self.session, self.room)?;
        let due = |one: &&InRoom| subjects.required(one.level).contains(Subject::Practical);
        let due: Vec<_> = all.iter().filter(due).collect();
        let free: Vec<_> = due.iter().filter(|one| one.group.is_none()).collect();
        if free.is_empty() {
            if let Some(group) = due.iter().find_map(|one| one.group.clone()) {
                return Err(Refusal::new(HAS_GROUP).with("panel", group).into());
            }
            let (session, room) = named(work, self.session, self.room)?;
            return Err(Refusal::new(NOBODY).with("session", session).with("room", room).into());
        }
        let typed: Vec<&str> = free.iter().filter(|one| one.entered).map(|one| one.name.as_str()).collect();
        if !typed.is_empty() {
            let names = typed.iter().take(NAMED).copied().collect::<Vec<_>>().join(" ");
            return Err(Refusal::new(BUSY_ENTRIES).with("names", names).with("count", typed.len()).into());
        }
        Ok(free.iter().map(|one| one.application).collect())
    }

    /// The members with whoever leads them.
    fn people(&self, world: &World) -> Result<(Vec<StaffId>, StaffId), Refusal> {
        let here = |task: &&AssignmentRow| {
            (task.session, task.room, task.duty) == (self.session, Some(self.room), Duty::Assessor)
        };
        let tasks: Vec<_> = world.tasks.iter().filter(here).collect();
        let staff: Vec<StaffId> = match &self.members {
            Some(members) => members.clone(),
            None => tasks.iter().map(|task| task.staff).collect(),
        };
        if staff.is_empty() {
            return Err(Refusal::new(NOBODY_ASSIGNED));
        }
        let mut seen = BTreeSet::new();
        for id in &staff {
            let unknown = || Refusal::new(crate::ops::staff::UNKNOWN).with("who", *id);
            let person = world.person(*id).ok_or_else(unknown)?;
            if !seen.insert(person.name.as_str()) {
                return Err(Refusal::new(panel::MEMBER_TWICE).with("member", person.name.as_str()));
            }
        }
        let leads = tasks.iter().find(|task| task.leads).map(|task| task.staff);
        let lead = self.lead.or(leads).filter(|lead| staff.contains(lead));
        Ok((staff, lead.ok_or_else(|| Refusal::new(NO_LEAD))?))
    }

    /// Card, grade and ties of each member (S0-24). What was set aside when they were assigned stays set aside.
    fn fit(
        &self,
        work: &Work<'_, '_>,
        world: &mut World,
        (post, staff): (&Post, &[StaffId]),
    ) -> Result<Vec<Objection>> {
        let reason = self.reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
        let mut set_aside = Vec::new();
        for id in staff {
            let own = world.tasks.iter().find(|t| (t.session, t.staff, t.room) == (post.session, *id, post.room));
            let waived = reason || own.is_some_and(|task| task.r#override.is_some());
            if own.is_some() {
                let Post { session, venue, room, duty } = *post;
                world.facts.release(&Task { staff: *id, session, venue, room, duty });
            }
            let Some(person) = world.person(*id) else { continue };
            let found = objections(&work.policy()?.staffing, &world.facts, person, post);
            if let Some(first) = found.iter().find(|o| !(o.waivable && waived)) {
                return Err(first.refusal.clone().into());
            }
            set_aside.extend(found);
        }
        Ok(set_aside)
    }
}

/// Code of the session and number of the room.
fn named(work: &Work<'_, '_>, session: SessionId, room: RoomId) -> Result<(String, i64)> {
    let db = work.tx.db();
    let code = rows::first::<SessionRow>(db, "WHERE id = ?1", [session])?.map(|s| s.code).unwrap_or_default();
    let number = rows::first::<RoomRow>(db, "WHERE id = ?1", [room])?.map_or(0, |r| r.number);
    Ok((code, number))
}
