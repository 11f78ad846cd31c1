//! What stands in the way of locking a session.
use crate::model::{ApplicationId, SessionId, Subject};
use crate::ops::Result;
use crate::ops::results::{Why, why_missing};
use crate::policy::Policy;
use crate::policy::marking::ControlTotals;
use crate::store::rows::Connection;
use crate::store::views::locks::{self, PaperName, Sum};
use serde::Serialize;

/// A room, or the bag that stands for it while its scripts are sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Room(i64),
    Bag(String),
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "obstacle")]
pub enum Obstacle {
    /// A required mark that is not settled.
    Mark {
        #[serde(skip)]
        application: ApplicationId,
        paper: PaperName,
        #[serde(flatten)]
        why: Why,
    },
    /// The policy wants the sum on the bag's cover, and it is not entered.
    NoTotal { place: Place },
    /// The cover says something else than the marks, and nobody said why that is right.
    TotalDiffers { place: Place, cover: Sum, marks: Sum },
}

/// How far the marks of a session are.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Standing {
    /// People of whom a mark of this part is expected.
    pub expected: usize,
    pub settled: usize,
    pub obstacles: Vec<Obstacle>,
}

/// Papers that count for nothing after an incident are waited for by nobody. Incidents without a decision stop nothing: what
/// is decided later strikes the locked mark as it would any other.
pub(super) fn standing(db: &Connection, policy: &Policy, of: (SessionId, Subject)) -> Result<Standing> {
    let mut standing = Standing::default();
    for one in locks::seated(db, of.0)? {
        if !policy.subjects.required(one.level).contains(of.1) || (one.void && one.mark.is_none()) {
            continue;
        }
        standing.expected += 1;
        if one.mark.is_some() {
            standing.settled += 1;
            continue;
        }
        let why = why_missing(db, one.application, of.1)?;
        standing.obstacles.push(Obstacle::Mark { application: one.application, paper: one.paper, why });
    }
    let required = policy.marking.control_totals == ControlTotals::Required;
    for room in locks::sums(db, of.0)? {
        let place = room.bag.map_or(Place::Room(room.room_number), Place::Bag);
        match room.cover {
            Some(cover) if cover != room.marks && room.accepted.is_none() => {
                standing.obstacles.push(Obstacle::TotalDiffers { place, cover, marks: room.marks });
            }
            None if required => standing.obstacles.push(Obstacle::NoTotal { place }),
            _ => {}
        }
    }
    Ok(standing)
}
