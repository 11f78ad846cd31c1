//! Empties a room that is closed: to free seats of other rooms, colleagues apart where that can be, or to no seat at all.
use super::hall::{Apart, Hall};
use super::reseat::{Reseated, reseat};
use super::{Change, Spot, person, sessions};
use crate::model::{ApplicationId, RoomId, SessionId};
use crate::ops::rooms::Then;
use crate::ops::{Result, Work};
use crate::store::views::seats::{Taken, in_room};
use std::collections::BTreeMap;

pub(in crate::ops) fn empty_room(work: &mut Work<'_, '_>, room: RoomId, then: Then, reason: &str) -> Result<Reseated> {
    let batch = work.batch()?.id;
    let people = in_room(work.tx.db(), batch, room)?;
    // Somebody who has the same seat in several sessions keeps one seat for all of them.
    let mut seats: BTreeMap<(i64, ApplicationId), Vec<SessionId>> = BTreeMap::new();
    for taken in &people {
        seats.entry((taken.seat, taken.application)).or_default().push(taken.session);
    }
    let mut changes = Vec::with_capacity(people.len());
    match then {
        Then::Unseat => {
            let none = |taken: &Taken| Change { who: taken.application, session: taken.session, to: None };
            changes.extend(people.iter().map(none));
        }
        Then::Spread => {
            let all = sessions(work)?;
            let mut hall = Hall::of(work)?;
            for ((_, who), held) in seats {
                let who = person(work, who)?;
                let group: Vec<_> = all.iter().filter(|s| held.contains(&s.id)).collect();
                let apart = hall.first_free(&who, &group, Apart::Needed);
                let to = apart.or_else(|| hall.first_free(&who, &group, Apart::NotNeeded));
                for session in held {
                    changes.push(Change { who: who.id, session, to });
                    if let Some(Spot { room, seat }) = to {
                        let (name, employer) = (who.name.clone(), who.employer.clone());
                        hall.sit(Taken { session, room, seat, application: who.id, name, employer });
                    }
                }
            }
        }
    }
    reseat(work, &changes, Some(reason.trim()))
}
