//! A part of a batch: a region, in it a unit, in it an occupation and level, in it a room. Each step down narrows it.
use super::Judge;
use super::board::{Board, Counts, Tallying, case};
use super::marks::Effects;
use crate::model::{ApplicationId, Level};
use crate::ops::{Result, Site, unit};
use crate::policy::Policy;
use crate::store::views::drill::{self, Placed};
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};

/// Steps of the way down, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Depth {
    /// The unit of the notice (盟市) that somebody belongs to, else the region as filed.
    Region,
    /// The employer (用人单位).
    Unit,
    Occupation,
    /// Where they sat first, theory before all else.
    Room,
}

impl Depth {
    pub const ALL: [Depth; 4] = [Depth::Region, Depth::Unit, Depth::Occupation, Depth::Room];

    pub fn code(self) -> &'static str {
        match self {
            Depth::Region => "region",
            Depth::Unit => "unit",
            Depth::Occupation => "occupation",
            Depth::Room => "room",
        }
    }

    pub fn key(self) -> String {
        format!("results.depth.{}", self.code())
    }
}

/// Occupation, its name, and level.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Trade {
    pub occupation: String,
    pub occupation_name: String,
    pub level: Level,
}

/// Venue and number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RoomName {
    pub venue: String,
    pub number: i64,
}

/// What a batch is narrowed to; `None` takes everybody. An empty name is "not said".
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Within {
    pub region: Option<String>,
    pub unit: Option<String>,
    pub trade: Option<(String, Level)>,
    /// `Some(None)`: those without a seat.
    pub room: Option<Option<RoomName>>,
}

impl Within {
    pub fn is_all(&self) -> bool {
        *self == Within::default()
    }

    fn takes(&self, row: &Placed<'_>, policy: &Policy) -> bool {
        self.region.as_ref().is_none_or(|r| *r == region(policy, row))
            && self.unit.as_ref().is_none_or(|u| u == row.employer.unwrap_or_default())
            && self.trade.as_ref().is_none_or(|(o, l)| o == row.occupation && *l == row.level)
            && self.room.as_ref().is_none_or(|r| *r == room(row))
    }

    /// One step down into a group.
    pub fn into_group(&self, group: &Name) -> Within {
        let mut deeper = self.clone();
        match group {
            Name::Region(name) => deeper.region = Some(name.clone()),
            Name::Unit(name) => deeper.unit = Some(name.clone()),
            Name::Occupation(trade) => deeper.trade = Some((trade.occupation.clone(), trade.level)),
            Name::Room(room) => deeper.room = Some(room.clone()),
        }
        deeper
    }

    /// One step up out of `depth`.
    pub fn out_of(&self, depth: Depth) -> Within {
        let mut wider = self.clone();
        match depth {
            Depth::Region => wider.region = None,
            Depth::Unit => wider.unit = None,
            Depth::Occupation => wider.trade = None,
            Depth::Room => wider.room = None,
        }
        wider
    }
}

fn region<'r>(policy: &'r Policy, row: &Placed<'r>) -> &'r str {
    row.unit.map(|code| unit::name(policy, code)).or(row.region).unwrap_or_default()
}

fn room(row: &Placed<'_>) -> Option<RoomName> {
    row.room.map(|(venue, number)| RoomName { venue: venue.to_owned(), number })
}

/// What a group is called; an empty name is "not said".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case", tag = "by", content = "name")]
pub enum Name {
    Region(String),
    Unit(String),
    Occupation(Trade),
    Room(Option<RoomName>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    #[serde(flatten)]
    pub name: Name,
    #[serde(flatten)]
    pub counts: Counts,
}

/// The groups of one step inside `within`, by name; occupations by code and level from 5 down.
pub fn groups(site: &Site, depth: Depth, within: &Within) -> Result<Vec<Group>> {
    let mut found: BTreeMap<Name, Counts> = BTreeMap::new();
    let policy = site.policy()?;
    let judge = Judge::of(&policy);
    visit(site, within, |row, effects| {
        let name = match depth {
            Depth::Region => Name::Region(region(&policy, row).to_owned()),
            Depth::Unit => Name::Unit(row.employer.unwrap_or_default().to_owned()),
            Depth::Occupation => Name::Occupation(trade(row)),
            Depth::Room => Name::Room(room(row)),
        };
        let boxes = effects.apply(row.application, row.boxes);
        found.entry(name).or_default().add(&case(&judge, row.level, &boxes));
    })?;
    let mut groups: Vec<Group> = found.into_iter().map(|(name, counts)| Group { name, counts }).collect();
    if depth == Depth::Occupation {
        groups.sort_by(|a, b| match (&a.name, &b.name) {
            (Name::Occupation(a), Name::Occupation(b)) => {
                a.occupation.cmp(&b.occupation).then(b.level.digit().cmp(&a.level.digit()))
            }
            _ => a.name.cmp(&b.name),
        });
    }
    Ok(groups)
}

fn trade(row: &Placed<'_>) -> Trade {
    let (occupation, occupation_name) = (row.occupation.to_owned(), row.occupation_name.to_owned());
    Trade { occupation, occupation_name, level: row.level }
}

fn visit(site: &Site, within: &Within, mut visit: impl FnMut(&Placed<'_>, &Effects<'_>)) -> Result<()> {
    let (db, batch, policy) = (site.store().db(), site.batch()?.id, site.policy()?);
    let effects = Effects::of_batch(db, &policy, batch)?;
    drill::each(db, batch, |row| {
        if within.takes(&row, &policy) {
            visit(&row, &effects);
        }
    })?;
    Ok(())
}

/// The board of a part of the batch.
pub fn board_within(site: &Site, within: &Within) -> Result<Board> {
    if within.is_all() {
        return super::board(site);
    }
    let policy = site.policy()?;
    let mut tallying = Tallying::of(&policy);
    visit(site, within, |row, effects| {
        let boxes = effects.apply(row.application, row.boxes);
        tallying.add((row.occupation, row.occupation_name, row.level), &boxes);
    })?;
    Ok(tallying.board())
}

/// Whoever is inside.
pub(super) fn inside(site: &Site, within: &Within) -> Result<HashSet<ApplicationId>> {
    let mut found = HashSet::new();
    visit(site, within, |row, _| {
        found.insert(row.application);
    })?;
    Ok(found)
}

/// One line of the whole tree: the counts of everybody who shares region, unit, occupation, level and room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leaf {
    pub region: String,
    pub unit: String,
    #[serde(flatten)]
    pub trade: Trade,
    pub room: Option<RoomName>,
    #[serde(flatten)]
    pub counts: Counts,
}

/// The whole tree, a line for each of its ends.
pub fn tree(site: &Site) -> Result<Vec<Leaf>> {
    let policy = site.policy()?;
    let judge = Judge::of(&policy);
    type Key = (String, String, Trade, Option<RoomName>);
    let mut found: BTreeMap<Key, Counts> = BTreeMap::new();
    visit(site, &Within::default(), |row, effects| {
        let unit = row.employer.unwrap_or_default().to_owned();
        let key = (region(&policy, row).to_owned(), unit, trade(row), room(row));
        let boxes = effects.apply(row.application, row.boxes);
        found.entry(key).or_default().add(&case(&judge, row.level, &boxes));
    })?;
    let leaf = |((region, unit, trade, room), counts)| Leaf { region, unit, trade, room, counts };
    Ok(found.into_iter().map(leaf).collect())
}
