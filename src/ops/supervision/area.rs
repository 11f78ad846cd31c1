//! Areas: a prefix of region codes, or a unit of the notice that has one (S3-33, 属地管理).
use crate::model::{Code, Refusal, fold};
use crate::ops::{Actor, OperatorRow, Result, Site};
use crate::policy::Policy;
use crate::store::rows::{self, Connection};

pub const UNKNOWN_AREA: Code = Code("supervision.unknown_area");
pub const OUT_OF_AREA: Code = Code("supervision.out_of_area");

/// The prefix that `text` names: two to six digits, or the code or name of a unit.
fn named(policy: &Policy, text: &str) -> Result<String, Refusal> {
    let digits = fold::number_like(text);
    if (2..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(digits.into_owned());
    }
    let text = fold::text(text);
    let unit = policy.units.list.iter().find(|u| u.code == text || u.name == text);
    unit.map(|u| u.region.clone()).ok_or_else(|| Refusal::new(UNKNOWN_AREA).with("area", text.into_owned()))
}

/// The area of the unit that an operator acts for; `None`: everything.
pub(super) fn of_actor(db: &Connection, policy: &Policy, actor: &Actor) -> Result<Option<String>> {
    let Some(id) = actor.id else { return Ok(None) };
    let unit = rows::first::<OperatorRow>(db, "WHERE id = ?1", [id])?.and_then(|row| row.unit);
    let found = policy.units.list.iter().find(|u| Some(&u.code) == unit.as_ref() || Some(&u.name) == unit.as_ref());
    Ok(found.map(|u| u.region.clone()))
}

/// What is asked for, inside what the operator may see.
pub(super) fn inside(policy: &Policy, own: Option<String>, asked: Option<&str>) -> Result<Option<String>, Refusal> {
    let asked = asked.filter(|a| !a.trim().is_empty()).map(|a| named(policy, a)).transpose()?;
    match (own, asked) {
        (Some(own), Some(asked)) if !asked.starts_with(&own) => {
            Err(Refusal::new(OUT_OF_AREA).with("area", asked).with("own", own))
        }
        (_, Some(asked)) => Ok(Some(asked)),
        (own, None) => Ok(own),
    }
}

/// Whether something of this region lies in an area; what has no region belongs to nobody in particular.
pub(super) fn lies(region: Option<&str>, area: Option<&str>) -> bool {
    area.is_none_or(|area| region.is_some_and(|region| region.starts_with(area)))
}

/// The area of whoever is signed on.
pub fn own_area(site: &Site) -> Result<Option<String>> {
    of_actor(site.store().db(), &*site.policy()?, site.actor())
}

/// The area to look at; refused for one that is not the operator's.
pub fn area(site: &Site, asked: Option<&str>) -> Result<Option<String>> {
    Ok(inside(&*site.policy()?, own_area(site)?, asked)?)
}
