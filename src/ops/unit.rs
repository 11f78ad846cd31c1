//! The unit of the notice (盟市) that an operator acts for (S1-22, S1-35).
use super::{Actor, OperatorRow, Result, Site};
use crate::model::{Code, Refusal, fold};
use crate::policy::Policy;
use crate::store::rows::{self, Connection};

pub const UNKNOWN_UNIT: Code = Code("unit.unknown");
pub const OTHER_UNIT: Code = Code("unit.other");

/// Code of the unit; `None`: the site itself, which looks after all of them.
pub fn of_actor(db: &Connection, policy: &Policy, actor: &Actor) -> Result<Option<String>> {
    let Some(id) = actor.id else { return Ok(None) };
    let named = rows::first::<OperatorRow>(db, "WHERE id = ?1", [id])?.and_then(|row| row.unit);
    Ok(named.and_then(|text| find(policy, &text)))
}

/// The same of whoever is signed on.
pub fn own(site: &Site) -> Result<Option<String>> {
    of_actor(site.store().db(), &*site.policy()?, site.actor())
}

/// The code of the unit that a text names.
pub fn find(policy: &Policy, text: &str) -> Option<String> {
    let text = fold::text(text);
    policy.units.list.iter().find(|u| u.code == text || u.name == text).map(|u| u.code.clone())
}

/// The name of a unit; a code that the policy does not have stands for itself.
pub fn name<'a>(policy: &'a Policy, code: &'a str) -> &'a str {
    policy.units.list.iter().find(|u| u.code == code).map_or(code, |u| &u.name)
}

/// What somebody of the unit `own` may give to a unit: theirs alone; the site may name any.
pub fn given(policy: &Policy, own: Option<String>, asked: Option<&str>) -> Result<Option<String>, Refusal> {
    let asked = asked.map(fold::text).filter(|text| !text.is_empty());
    let code = match &asked {
        Some(text) => {
            let known = || policy.units.list.iter().map(|u| u.name.as_str()).collect::<Vec<_>>().join(" ");
            let unknown = || Refusal::new(UNKNOWN_UNIT).with("unit", text.as_ref()).with("units", known());
            Some(find(policy, text).ok_or_else(unknown)?)
        }
        None => None,
    };
    match (own, code) {
        (Some(own), Some(code)) if own != code => {
            Err(Refusal::new(OTHER_UNIT).with("unit", name(policy, &code)).with("own", name(policy, &own)))
        }
        (own, code) => Ok(own.or(code)),
    }
}

/// Whether something of the unit `owner` is the business of somebody of the unit `own`.
pub fn sees(own: Option<&String>, owner: Option<&String>) -> bool {
    own.is_none() || own == owner
}
