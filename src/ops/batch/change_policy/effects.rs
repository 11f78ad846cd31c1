//! Whom a change of policy concerns, and in what. Pure but for reading the applications.
use crate::bundle::codes::Codes;
use crate::model::{ApplicationId, BatchId, Level, Route};
use crate::ops::Result;
use crate::policy::materials::Material;
use crate::policy::sessions::Session;
use crate::policy::{Policy, routes};
use crate::store::rows::Connection;
use crate::store::views::policy_change::{self, Applied};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EffectKind {
    /// Applied in a way that is taken no more.
    Route,
    /// The occupation, or the occupation at this level, is taken no more.
    Occupation,
    /// Judged by other conditions.
    Conditions,
    /// Hands in other materials.
    Materials,
    Photo,
    Stamps,
    Reviews,
    Fees,
    /// Sits other parts.
    Parts,
    PassMarks,
    /// Sits at other times.
    Sessions,
}

impl EffectKind {
    pub const ALL: [EffectKind; 11] = [
        EffectKind::Route,
        EffectKind::Occupation,
        EffectKind::Conditions,
        EffectKind::Materials,
        EffectKind::Photo,
        EffectKind::Stamps,
        EffectKind::Reviews,
        EffectKind::Fees,
        EffectKind::Parts,
        EffectKind::PassMarks,
        EffectKind::Sessions,
    ];

    pub fn key(self) -> &'static str {
        match self {
            EffectKind::Route => "policy_effect.route",
            EffectKind::Occupation => "policy_effect.occupation",
            EffectKind::Conditions => "policy_effect.conditions",
            EffectKind::Materials => "policy_effect.materials",
            EffectKind::Photo => "policy_effect.photo",
            EffectKind::Stamps => "policy_effect.stamps",
            EffectKind::Reviews => "policy_effect.reviews",
            EffectKind::Fees => "policy_effect.fees",
            EffectKind::Parts => "policy_effect.parts",
            EffectKind::PassMarks => "policy_effect.pass_marks",
            EffectKind::Sessions => "policy_effect.sessions",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Person {
    pub application: ApplicationId,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    pub kind: EffectKind,
    pub count: usize,
    pub people: Vec<Person>,
}

pub(super) struct Found {
    pub applications: usize,
    pub affected: usize,
    /// Only kinds that concern somebody.
    pub effects: Vec<Effect>,
}

/// A policy with the catalogue that goes with it.
type Side<'a> = (&'a Policy, &'a Codes);

pub(super) fn of(db: &Connection, batch: BatchId, old: Side<'_>, new: Side<'_>) -> Result<Found> {
    let applications = policy_change::applied(db, batch)?;
    // Many people apply for the same: each combination is compared once.
    let mut known: BTreeMap<(Route, Level, String), Vec<EffectKind>> = BTreeMap::new();
    let mut by_kind: BTreeMap<EffectKind, Vec<Person>> = BTreeMap::new();
    let mut affected = 0;
    for application in &applications {
        let key = (application.route, application.level, application.occupation.clone());
        let kinds = known.entry(key).or_insert_with(|| compare(application, old, new));
        affected += usize::from(!kinds.is_empty());
        for kind in kinds {
            let person = Person { application: application.id, name: application.name.clone() };
            by_kind.entry(*kind).or_default().push(person);
        }
    }
    let effects = by_kind.into_iter().map(|(kind, people)| Effect { kind, count: people.len(), people }).collect();
    Ok(Found { applications: applications.len(), affected, effects })
}

fn compare(person: &Applied, (old, old_codes): Side<'_>, (new, new_codes): Side<'_>) -> Vec<EffectKind> {
    let (route, level) = (person.route, person.level);
    let accepted = |policy: &Policy| routes::accepted(&policy.routes, route, level).is_ok();
    let taken = |policy: &Policy, codes: &Codes| {
        let occupation = codes.occupation(&person.occupation).filter(|o| o.has(level));
        occupation.is_some_and(|o| !policy.occupations.excludes(&o.code, &o.name))
            && !policy.subjects.required(level).is_empty()
    };
    let materials = |policy: &Policy| -> Vec<Material> {
        let required = policy.materials.iter().filter(|m| m.is_required(route, level));
        // Whom else a material is asked of does not matter to this person.
        required.map(|m| Material { routes: Vec::new(), levels: Vec::new(), ..m.clone() }).collect()
    };
    let fees = |policy: &Policy| -> Vec<(String, i64)> {
        let due = policy.fees.iter().filter(|f| f.levels.is_empty() || f.levels.contains(&level));
        due.filter(|f| f.routes.is_empty() || f.routes.contains(&route)).map(|f| (f.code.clone(), f.amount)).collect()
    };
    let parts = |policy: &Policy| policy.subjects.required(level);
    let sits = |policy: &Policy| -> Vec<Session> {
        let own = policy.sessions.iter().filter(|s| s.levels.is_empty() || s.levels.contains(&level));
        let own = own.filter(|s| parts(policy).contains(s.subject));
        own.map(|s| Session { code: String::new(), levels: Vec::new(), ..s.clone() }).collect()
    };
    let pass = |policy: &Policy| -> Vec<_> { parts(new).iter().map(|part| policy.passing.of(part)).collect() };
    let conditions = |policy: &Policy| policy.occupations.rules_of(&person.occupation).to_owned();
    let differs = |kind: EffectKind| match kind {
        EffectKind::Route => accepted(old) && !accepted(new),
        EffectKind::Occupation => taken(old, old_codes) && !taken(new, new_codes),
        EffectKind::Conditions => conditions(old) != conditions(new),
        EffectKind::Materials => materials(old) != materials(new),
        EffectKind::Photo => old.photo != new.photo,
        EffectKind::Stamps => old.stamps != new.stamps,
        EffectKind::Reviews => old.reviews != new.reviews,
        EffectKind::Fees => fees(old) != fees(new),
        EffectKind::Parts => parts(old) != parts(new),
        EffectKind::PassMarks => pass(old) != pass(new),
        EffectKind::Sessions => sits(old) != sits(new),
    };
    EffectKind::ALL.into_iter().filter(|kind| differs(*kind)).collect()
}
