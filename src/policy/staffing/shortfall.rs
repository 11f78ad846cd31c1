//! What a room or a venue lacks, in figures.
use super::world::Sitters;
use super::{Facts, Person, Post, Sat, Staffing, occupation_need};
use crate::model::{AssessorGrade, Duty, RoomKind};
use serde::Serialize;

/// One thing that is wanting. `have` of how many `need`ed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "shortfall", rename_all = "snake_case")]
pub enum Shortfall {
    People {
        duty: Duty,
        need: usize,
        have: usize,
    },
    /// The group must be odd, and is not.
    Odd {
        have: usize,
    },
    Senior {
        need: usize,
        have: usize,
    },
    /// Assessors whose card covers this occupation.
    Occupation {
        occupation: String,
        need: usize,
        have: usize,
    },
    /// Assessors new to the venue.
    Renewed {
        need: usize,
        have: usize,
    },
    /// Nobody leads the group.
    Leader,
}

impl Sitters {
    pub fn groups(&self) -> Vec<Sat<'_>> {
        self.sat.iter().map(|(key, people)| Sat { occupation: key.0.as_str(), level: key.1, people: *people }).collect()
    }

    pub fn occupations(&self) -> impl Iterator<Item = &str> {
        let mut last = None;
        self.sat.keys().filter_map(move |(occupation, _)| {
            let first = last != Some(occupation);
            last = Some(occupation);
            first.then_some(occupation.as_str())
        })
    }

    pub fn wants_senior(&self, staffing: &Staffing) -> bool {
        staffing.wants_senior(&self.groups())
    }

    /// How many of a duty the room needs.
    pub fn need(&self, staffing: &Staffing, duty: Duty) -> usize {
        let kind = self.kind.unwrap_or(RoomKind::Desks);
        match duty {
            Duty::Proctor => staffing.proctors(self.people, kind),
            Duty::Assessor => staffing.assessors(&self.groups(), kind),
            _ => 0,
        }
    }
}

/// The people of one duty in a room, and whether one of them leads.
#[derive(Debug, Clone, Default)]
pub struct Group<'a> {
    pub people: Vec<&'a Person>,
    pub is_led: Option<bool>,
}

/// What a duty lacks in a room.
pub fn of_room(staffing: &Staffing, facts: &Facts, post: &Post, group: &Group<'_>) -> Vec<Shortfall> {
    let Some(sitters) = facts.sitters(post) else { return Vec::new() };
    let (need, have) = (sitters.need(staffing, post.duty), group.people.len());
    let mut found = Vec::new();
    if have < need {
        found.push(Shortfall::People { duty: post.duty, need, have });
    }
    // An empty group lacks everything: its size says so.
    if post.duty == Duty::Assessor && have > 0 {
        assessors(staffing, facts, (post, sitters), group, &mut found);
    }
    found
}

fn assessors(
    staffing: &Staffing,
    facts: &Facts,
    (post, sitters): (&Post, &Sitters),
    group: &Group<'_>,
    found: &mut Vec<Shortfall>,
) {
    let (people, have) = (&group.people, group.people.len());
    let need = sitters.need(staffing, Duty::Assessor);
    if staffing.odd(have) != have && have >= need {
        found.push(Shortfall::Odd { have });
    }
    let senior = people.iter().filter(|p| p.grade == AssessorGrade::Senior).count();
    if sitters.wants_senior(staffing) && senior < have {
        found.push(Shortfall::Senior { need: need.max(have), have: senior });
    }
    for occupation in sitters.occupations() {
        let sat: usize = sitters.sat.iter().filter(|((own, _), _)| own == occupation).map(|(_, n)| n).sum();
        let need = occupation_need(staffing, sat, occupation);
        let have = people.iter().filter(|p| p.covers(occupation)).count();
        if have < need {
            found.push(Shortfall::Occupation { occupation: occupation.to_owned(), need, have });
        }
    }
    let known: Vec<bool> = people.iter().filter_map(|p| facts.is_new(post, p.id)).collect();
    let (renewed, new) = (staffing.renewed(have), known.iter().filter(|new| **new).count());
    if !known.is_empty() && new < renewed {
        found.push(Shortfall::Renewed { need: renewed, have: new });
    }
    if group.is_led == Some(false) {
        found.push(Shortfall::Leader);
    }
}

/// What a duty of a whole venue lacks.
pub fn of_venue(staffing: &Staffing, duty: Duty, have: usize) -> Option<Shortfall> {
    let need = staffing.needed.iter().find(|n| n.duty == duty).map_or(0, |n| usize::from(n.per_venue));
    (have < need).then_some(Shortfall::People { duty, need, have })
}
