//! `script.draw`: a number for every script of a room, and a code for its bag, from a seed that nobody chose (S0-23).
//!
//! Everybody who sits in the room gets a number, whoever did not come as well: the blank paper lies in the bag too, so
//! that a bag has as many numbers as seats and a missing one is seen.
use super::{OFF, OPEN_ALREADY, session};
use crate::model::{ApplicationId, Code, Refusal, Role, RoomId, ScriptBagId, SessionId, Subject};
use crate::ops::{Operation, Result, Work, marks};
use crate::policy::dice::Dice;
use crate::policy::marking::ScriptNumbers;
use crate::store::views::scripts::{Sitter, by_number, rooms, sitters};
use crate::store::{RoomRow, ScriptBagRow, ScriptRow, rows};
use serde::Serialize;

pub const NOT_TYPED: Code = Code("script.not_typed");
pub const NOBODY: Code = Code("script.nobody");
pub const ENTERED: Code = Code("script.entered");
pub const CROWDED: Code = Code("script.crowded");

/// Letters that are not taken for digits.
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRTUVWXY";
/// So often a number or code that is taken is drawn anew.
const TRIES: usize = 10_000;

/// Numbers for a room, or for every room of the session that has none; whoever came to a room later gets one of the
/// same stream.
#[derive(Debug, Clone, Serialize)]
pub struct Draw {
    pub session: SessionId,
    /// `None`: every room.
    pub room: Option<RoomId>,
    /// For a draw that comes out the same again; never in the journal's params, which everybody's tools can read.
    #[serde(skip)]
    pub seed: u64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Drawn {
    /// Codes of the bags that got numbers.
    pub bags: Vec<String>,
    pub numbers: usize,
}

impl Operation for Draw {
    const KIND: &'static str = "script.draw";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Drawn;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Drawn> {
        if work.policy()?.marking.script_numbers == ScriptNumbers::Off {
            return Err(Refusal::new(OFF).into());
        }
        let session = session(work, self.session)?;
        if session.subject == Subject::Review {
            return Err(Refusal::new(NOT_TYPED).into());
        }
        marks::refuse_locked_session(work.tx.db(), session.id)?;
        let mut seeds = Dice::new(self.seed);
        let all = rooms(work.tx.db(), work.batch()?.id)?;
        let mut here: Vec<_> = all.into_iter().filter(|r| r.session == session.id).collect();
        if let Some(room) = self.room {
            here.retain(|r| r.room == room);
        } else {
            // What was opened stays open; the other rooms are not held up by it.
            here.retain(|r| r.unsealed_at.is_none());
        }
        let (mut out, mut begun) = (Drawn::default(), None);
        for room in &here {
            let seed = seeds.roll();
            let number = rows::first::<RoomRow>(work.tx.db(), "WHERE id = ?1", [room.room])?.map_or(0, |r| r.number);
            if room.unsealed_at.is_some() {
                return Err(Refusal::new(OPEN_ALREADY).with("room", number).into());
            }
            let waiting: Vec<Sitter> = sitters(work.tx.db(), session.id, room.room)?;
            let waiting: Vec<Sitter> = waiting.into_iter().filter(|s| s.number.is_none()).collect();
            if waiting.is_empty() {
                continue;
            }
            if waiting.iter().any(|s| s.entered) {
                let refusal = Refusal::new(ENTERED).with("room", number);
                // A room that is typed by name already does not hold up the others.
                if self.room.is_some() || room.bag.is_some() {
                    return Err(refusal.into());
                }
                begun.get_or_insert(refusal);
                continue;
            }
            let bag = match rows::first::<ScriptBagRow>(work.tx.db(), "WHERE id = ?1", [room.bag])? {
                Some(bag) => bag,
                None => seal(work, (session.id, room.room), seed)?,
            };
            out.numbers += waiting.len();
            let people: Vec<_> = waiting.iter().map(|s| s.application).collect();
            number_all(work, &bag, &people)?;
            out.bags.push(bag.code);
        }
        match (out.numbers, begun) {
            (0, begun) => Err(begun.unwrap_or_else(|| Refusal::new(NOBODY)).into()),
            _ => Ok(out),
        }
    }
}

fn seal(work: &mut Work<'_, '_>, (session, room): (SessionId, RoomId), seed: u64) -> Result<ScriptBagRow> {
    let batch = work.batch()?.id;
    let mut dice = Dice::new(!seed);
    let mut code = None;
    for _ in 0..TRIES {
        let letter = LETTERS.get(dice.below(LETTERS.len())).map_or('A', |b| char::from(*b));
        let drawn = format!("{letter}{}", 100 + dice.below(900));
        if rows::first::<ScriptBagRow>(work.tx.db(), "WHERE batch = ?1 AND code = ?2", (batch, &drawn))?.is_none() {
            code = Some(drawn);
            break;
        }
    }
    let row = ScriptBagRow {
        id: ScriptBagId(work.tx.next_id::<ScriptBagRow>()?),
        batch,
        session,
        room,
        code: code.ok_or_else(|| Refusal::new(CROWDED))?,
        seed: seed.to_string(),
        sealed_at: work.now,
        sealed_by: work.actor.operator()?,
        asked_by: None,
        unsealed_at: None,
        unsealed_by: None,
    };
    work.tx.insert(&row)?;
    Ok(row)
}

/// The next numbers of the bag's stream that nobody in the batch has: those drawn before are passed by.
fn number_all(work: &mut Work<'_, '_>, bag: &ScriptBagRow, people: &[ApplicationId]) -> Result<()> {
    let mut dice = Dice::new(bag.seed.parse().unwrap_or_default());
    for application in people {
        let mut number = None;
        for _ in 0..TRIES {
            let drawn = (100_000 + dice.below(900_000)).to_string();
            if by_number(work.tx.db(), bag.batch, &drawn)?.is_none() {
                number = Some(drawn);
                break;
            }
        }
        let number = number.ok_or_else(|| Refusal::new(CROWDED))?;
        work.tx.insert(&ScriptRow { script_bag: bag.id, application: *application, batch: bag.batch, number })?;
    }
    Ok(())
}

/// A seed that nobody can foresee.
pub fn fresh_seed() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(std::process::id()) ^ RandomState::new().hash_one("script").rotate_left(32)
}
