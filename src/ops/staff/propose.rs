//! `staff.propose`: fills what is missing from the pool, the same for the same seed. What cannot be filled is told.
use super::board::{Line, lines};
use super::world::World;
use crate::model::{Code, Duty, Refusal, Role, SessionId};
use crate::ops::{Operation, Result, Work};
use crate::policy::staffing::{Given, Task, propose};
use crate::store::{AssignmentOrigin, AssignmentRow};
use serde::Serialize;

pub const NOBODY: Code = Code("staff.nobody");
pub const NOTHING_SEATED: Code = Code("staff.nothing_seated");

#[derive(Debug, Serialize)]
pub struct Propose {
    pub seed: u64,
    /// Only this session; `None`: all of the batch.
    pub session: Option<SessionId>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proposed {
    pub seed: u64,
    pub given: Vec<Proposal>,
    /// Rooms and venues that still lack somebody.
    pub wanting: Vec<Line>,
}

/// One line of a proposal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proposal {
    pub session: String,
    pub venue: String,
    pub room: Option<i64>,
    pub duty: Duty,
    pub leads: bool,
    pub name: String,
    pub unit: String,
}

impl Operation for Propose {
    const KIND: &'static str = "staff.propose";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Proposed;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Proposed> {
        let batch = work.batch()?.id;
        let mut world = World::load(work.tx.db(), batch)?;
        if let Some(only) = self.session {
            world.facts.rooms.retain(|(session, ..), _| *session == only);
        }
        if world.facts.rooms.is_empty() {
            return Err(Refusal::new(NOTHING_SEATED).into());
        }
        if world.people.iter().all(|p| p.retired) {
            return Err(Refusal::new(NOBODY).into());
        }
        let taken: Vec<Given> = world.tasks.iter().map(given).collect();
        let found = propose(&work.policy()?.staffing, &mut world.facts, &world.people, &taken, self.seed);
        let first = work.tx.next_id::<AssignmentRow>()?;
        let rows = (first..).zip(&found).map(|(id, one)| AssignmentRow {
            id,
            session: one.task.session,
            venue: one.task.venue,
            room: one.task.room,
            staff: one.task.staff,
            duty: one.task.duty,
            leads: one.leads,
            origin: AssignmentOrigin::Proposal,
            r#override: None,
            came_at: None,
            rating: None,
        });
        let rows: Vec<_> = rows.collect();
        // One by one: the journal names everybody.
        for row in &rows {
            work.tx.insert(row)?;
        }
        let given = found.iter().map(|one| proposal(&world, one)).collect();
        world.tasks.extend(rows);
        let mut wanting = lines(&work.policy()?.staffing, &mut world, self.session);
        wanting.retain(|line| !line.wanting.is_empty());
        Ok(Proposed { seed: self.seed, given, wanting })
    }
}

fn given(row: &AssignmentRow) -> Given {
    let AssignmentRow { staff, session, venue, room, duty, .. } = *row;
    Given { task: Task { staff, session, venue, room, duty }, leads: row.leads }
}

fn proposal(world: &World, one: &Given) -> Proposal {
    let task = &one.task;
    let person = world.person(task.staff);
    Proposal {
        session: world.sessions.iter().find(|s| s.id == task.session).map(|s| s.code.clone()).unwrap_or_default(),
        venue: world.venues.iter().find(|v| v.id == task.venue).map(|v| v.name.clone()).unwrap_or_default(),
        room: task.room.and_then(|id| world.rooms.iter().find(|r| r.id == id)).map(|r| r.number),
        duty: task.duty,
        leads: one.leads,
        name: person.map(|p| p.name.clone()).unwrap_or_default(),
        unit: person.map(|p| p.unit.clone()).unwrap_or_default(),
    }
}
