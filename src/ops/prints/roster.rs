//! The roster of applicants (申报人员名册): one line each, and how many of them were approved.
use super::person::{Person, day, person};
use super::{Asked, Filled, Ids, Notice};
use crate::ops::{ApplicationState, Result};
use serde::Serialize;

#[derive(Serialize)]
struct Roster<'a> {
    notice: Notice<'a>,
    /// Who fills it in: the site, by its name, and the operator at work.
    unit: String,
    filled_by: String,
    made_on: String,
    people: Vec<Person>,
    /// How many meet the conditions; nothing before the last review.
    approved: Option<usize>,
}

pub fn roster(asked: &Asked<'_>) -> Result<Filled> {
    let (site, policy, people) = (asked.site, asked.policy, asked.people()?);
    let approved = people.iter().filter(|a| a.state == ApplicationState::Approved).count();
    let data = Roster {
        notice: Notice::of(policy),
        unit: site.row()?.name,
        filled_by: site.actor().name.clone(),
        made_on: day(site.now().day()),
        people: people.iter().map(|row| person(site, policy, row)).collect::<Result<_>>()?,
        approved: (approved > 0).then_some(approved),
    };
    Filled::of(&data, people.len(), Ids::Whole)
}
