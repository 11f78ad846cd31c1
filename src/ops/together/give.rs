//! `together.give`: another person shows with their PIN that they agree.
use super::proof::{self, Proof};
use super::{Hands, LAPSED, Wanted, ask, lasts};
use crate::model::{Code, Refusal, Role};
use crate::ops::{Actor, Operation, Part, Result, Site, Undo, Work};
use crate::policy::duties;
use crate::store::{CountersignatureRow, rows};
use serde::Serialize;

pub const UNKNOWN: Code = Code("together.unknown");
pub const OWN: Code = Code("together.own");
pub const GIVEN: Code = Code("together.already_given");

/// Made by [`give`] and [`both`] only.
#[derive(Debug, Serialize)]
pub struct Give {
    number: i64,
    #[serde(skip)]
    proof: Proof,
}

impl Operation for Give {
    const KIND: &'static str = "together.give";
    const ROLES: &'static [Role] = &[];
    const UNDO: Undo = Undo::Never;
    const PART: Part = Part::Beside;
    /// The kind of what is agreed to.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let before = rows::first::<CountersignatureRow>(work.tx.db(), "WHERE id = ?1", [self.number])?;
        let unknown = || Refusal::new(UNKNOWN).with("number", self.number);
        let before = before.filter(|row| !row.roles.is_empty()).ok_or_else(unknown)?;
        let me = self.proof.operator();
        may_give(&before, &self.proof)?;
        if before.given_by.is_some() || before.used.is_some() {
            return Err(Refusal::new(GIVEN).with("number", self.number).into());
        }
        if !lasts(before.asked_at, work.now) {
            return Err(Refusal::new(LAPSED).into());
        }
        let (given_by, given_at) = (Some(me), Some(work.now));
        work.tx.update(&before, &CountersignatureRow { given_by, given_at, ..before.clone() })?;
        Ok(before.kind)
    }
}

fn may_give(row: &CountersignatureRow, proof: &Proof) -> Result<()> {
    let roles: Vec<_> = row.roles.split(',').filter_map(Role::parse).collect();
    fits((row.asked_by == proof.operator(), &roles), proof)
}

fn fits((own, roles): (bool, &[Role]), proof: &Proof) -> Result<()> {
    if own {
        return Err(Refusal::new(OWN).with("name", proof.0.name.as_str()).into());
    }
    Ok(duties::allowed(&proof.0.role_list(), roles)?)
}

/// Agrees to what waits under this number, as `name` with their PIN, whoever is signed on.
pub fn give(site: &Site, number: i64, (name, pin): (&str, &str)) -> Result<String> {
    let proof = proof::of(site, name, pin)?;
    proved(site, number, proof)
}

fn proved(site: &Site, number: i64, proof: Proof) -> Result<String> {
    let row = &proof.0;
    let giver = Actor { id: Some(row.id), name: row.name.clone(), roles: row.role_list() };
    Ok(site.perform_as(&giver, &Give { number, proof })?.out)
}

/// Both at one terminal: one's own PIN, and the other's name and PIN. Nothing is asked for before both are right. In doubt
/// nothing is asked for at all: both are written with what they sign.
pub fn both(site: &mut Site, wanted: &Wanted, own: &str, (name, pin): (&str, &str)) -> Result<()> {
    let mine = proof::own(site, own)?;
    let theirs = proof::of(site, name, pin)?;
    fits((mine.operator() == theirs.operator(), wanted.roles), &theirs)?;
    if site.doubt().is_some() {
        site.hold(Hands::of(wanted, mine, theirs));
        return Ok(());
    }
    let number = ask::proved(site, wanted, mine)?;
    proved(site, number, theirs)?;
    Ok(())
}
