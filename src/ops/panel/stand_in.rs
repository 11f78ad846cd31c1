//! Whoever stands in for a member: named by hand, or drawn from the pool, under the rules of forming.
use super::form::{MEMBER_EMPTY, MEMBER_TWICE, new_member, sit};
use super::pool::Ground;
use super::seats::Seats;
use crate::model::{ApplicationId, Code, MemberId, Refusal, fold};
use crate::ops::{PanelMemberRow, PanelRow, Result, Work};
use crate::policy::experts::{self, Expert};
use serde::Serialize;

pub const NOBODY: Code = Code("panel.no_substitute");

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StandIn {
    Named {
        name: String,
        unit: String,
    },
    /// The first by lot who may judge everybody concerned.
    Drawn {
        seed: u64,
    },
}

/// A candidate whom too few members, or an even number of them, judge now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Short {
    pub application: ApplicationId,
    pub name: String,
    pub judges: usize,
    pub why: Refusal,
}

/// Refused when nobody may judge all of these, or whoever was named may not.
pub(super) fn choose(
    ground: &Ground<'_>,
    panel: &PanelRow,
    seats: &Seats,
    (who, whom): (&StandIn, &[ApplicationId]),
) -> Result<Expert> {
    let sat = |name: &str| seats.members().iter().any(|m| m.name == name);
    match who {
        StandIn::Named { name, .. } if fold::name(name).is_empty() => Err(Refusal::new(MEMBER_EMPTY).into()),
        StandIn::Named { name, unit } => {
            let expert = ground.named(name, unit)?;
            if sat(&expert.who.name) {
                return Err(Refusal::new(MEMBER_TWICE).with("member", expert.who.name).into());
            }
            ground.may_judge(&expert, whom)?;
            Ok(expert)
        }
        StandIn::Drawn { seed } => {
            let pool = ground.pool(panel.unit.as_ref()).into_iter().map(|l| l.is.clone());
            let pool: Vec<Expert> = pool.filter(|e| !sat(&e.who.name)).collect();
            let people: Vec<_> = whom.iter().filter_map(|id| ground.person(*id)).map(|p| &p.is).collect();
            let drawn = experts::substitute(&ground.rules(), *seed, &pool, &people);
            let place = drawn.map_err(|blocks| nobody(panel, &pool, blocks.len()))?;
            pool.get(place).cloned().ok_or_else(|| nobody(panel, &pool, 0).into())
        }
    }
}

fn nobody(panel: &PanelRow, pool: &[Expert], kept_away: usize) -> Refusal {
    Refusal::new(NOBODY).with("panel", panel.name.as_str()).with("experts", pool.len()).with("blocked", kept_away)
}

/// Takes the place of a member, with the chair where it is given to them.
pub(super) fn take_place(
    work: &mut Work<'_, '_>,
    panel: &PanelRow,
    (expert, of, chair): (Expert, MemberId, Chair),
) -> Result<MemberId> {
    let chair = chair == Chair::Takes;
    sit(work, panel.id, PanelMemberRow { chair, instead_of: Some(of), ..new_member(expert) })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chair {
    Takes,
    Not,
}

/// Who of the panel's candidates is short of judges.
pub(super) fn short(work: &Work<'_, '_>, panel: &PanelRow) -> Result<Vec<Short>> {
    let (db, rule) = (work.tx.db(), &work.policy()?.panel);
    let seats = Seats::load(db, panel.id)?;
    let mut found = Vec::new();
    for candidate in crate::store::views::panels::candidates(db, panel.id)? {
        if let Err(why) = seats.enough(rule, candidate.application)
            && candidate.state.is_live()
            && !candidate.void
        {
            let (application, name) = (candidate.application, candidate.name);
            found.push(Short { application, name, judges: seats.of(application).len(), why });
        }
    }
    Ok(found)
}
