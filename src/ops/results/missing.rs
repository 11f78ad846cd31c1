//! Who still lacks which mark, and what has to happen for it.
use super::{Judge, marks};
use crate::model::{ApplicationId, Level, Subject};
use crate::ops::panel::Seats;
use crate::ops::{Result, Site};
use crate::store::rows::Connection;
use crate::store::views::locks;
use crate::store::views::results::{self, Person};
use serde::Serialize;

/// Why a required mark is not settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum Why {
    NotEntered,
    OneEntry,
    /// Two entries that say different things.
    Differs,
    /// An entry was sent back to its typist.
    Returned,
    /// Both entries are in, but the mark is not settled.
    NotSettled,
    /// Under a script number: the bag is not opened.
    Sealed,
    /// The session is locked: only a change by two persons brings a mark.
    Locked,
    NoPanel,
    /// Sheets that are not in.
    Sheets {
        panel: String,
        missing: i64,
    },
    /// Every sheet is in; the panel has to be sealed.
    NotSealed {
        panel: String,
    },
}

impl Why {
    pub fn key(&self) -> &'static str {
        match self {
            Why::NotEntered => "missing_mark.not_entered",
            Why::OneEntry => "missing_mark.one_entry",
            Why::Differs => "missing_mark.differs",
            Why::Returned => "missing_mark.returned",
            Why::NotSettled => "missing_mark.not_settled",
            Why::Sealed => "missing_mark.sealed",
            Why::Locked => "missing_mark.locked",
            Why::NoPanel => "missing_mark.no_panel",
            Why::Sheets { .. } => "missing_mark.sheets",
            Why::NotSealed { .. } => "missing_mark.not_sealed",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MissingRow {
    pub application: ApplicationId,
    pub name: String,
    pub ticket: Option<String>,
    pub occupation_name: String,
    pub level: Level,
    pub subject: Subject,
    #[serde(flatten)]
    pub why: Why,
}

/// The first of the marks that are missing, and how many there are.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Missing {
    pub rows: Vec<MissingRow>,
    pub total: usize,
}

/// At most `most` of the marks that are missing, in the order of filing.
pub fn missing(site: &Site, most: usize) -> Result<Missing> {
    let (db, policy) = (site.store().db(), site.policy()?);
    let judge = Judge::of(&policy);
    let mut open: Vec<(Person, Subject)> = Vec::new();
    let mut total = 0;
    marks::people(db, &policy, site.batch()?.id, |person| {
        for (part, mark) in Subject::ALL.into_iter().zip(person.boxes) {
            if mark.is_none() && judge.required(person.level).contains(part) {
                total += 1;
                if open.len() < most {
                    open.push((person.clone(), part));
                }
            }
        }
    })?;
    let row = |(person, subject): (Person, Subject)| -> Result<MissingRow> {
        let place = Subject::ALL.iter().position(|part| *part == subject);
        let why = match place.and_then(|place| person.sealed.get(place)) {
            Some(true) => Why::Sealed,
            _ => why_missing(db, person.application, subject)?,
        };
        let Person { application, name, ticket, occupation_name, level, .. } = person;
        Ok(MissingRow { application, name, ticket, occupation_name, level, subject, why })
    };
    Ok(Missing { rows: open.into_iter().map(row).collect::<Result<_>>()?, total })
}

/// Why one required mark is missing.
pub(in crate::ops) fn why_missing(db: &Connection, application: ApplicationId, subject: Subject) -> Result<Why> {
    if locks::sitting(db, application, subject)?.is_some_and(|sitting| sitting.locked) {
        return Ok(Why::Locked);
    }
    let state = results::unsettled(db, application, subject)?;
    match &state.panel {
        Some((panel, name)) => Ok(judging(&Seats::load(db, *panel)?, application, name.clone())),
        None if subject == Subject::Review => Ok(Why::NoPanel),
        None => Ok(why(&state)),
    }
}

/// What a panel owes: the sheets of those who judge this candidate, then its seal.
fn judging(seats: &Seats, application: ApplicationId, panel: String) -> Why {
    let owed = seats.of(application).into_iter().filter(|m| !seats.has_sheet(m.id, application)).count();
    match i64::try_from(owed).unwrap_or(i64::MAX) {
        0 => Why::NotSealed { panel },
        missing => Why::Sheets { panel, missing },
    }
}

fn why(state: &results::Unsettled) -> Why {
    match state.entries {
        _ if state.differs => Why::Differs,
        _ if state.returned => Why::Returned,
        0 => Why::NotEntered,
        1 => Why::OneEntry,
        _ => Why::NotSettled,
    }
}
