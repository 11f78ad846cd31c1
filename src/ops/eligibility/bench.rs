//! The rule sets that a batch is judged by, each read once.
use super::pieces::Schools;
use crate::config::Assets;
use crate::model::Day;
use crate::ops::{Error, Result};
use crate::policy::Policy;
use crate::policy::eligibility::{Judge, RuleSet, load};
use crate::policy::scope::Reference;
use std::collections::BTreeMap;

pub struct Bench {
    pub schools: Schools,
    sets: BTreeMap<String, Set>,
}

/// A rule set with the routes of the notice, ready to judge.
pub struct Set {
    pub rules: RuleSet,
    pub judge: Judge,
    pub digest: String,
}

impl Bench {
    /// Every rule set that the policy names.
    pub fn of(assets: &Assets, policy: &Policy) -> Result<Bench> {
        let own = policy.occupations.conditions_of.iter().map(|c| c.rules.as_str());
        let mut sets = BTreeMap::new();
        for name in own.chain([policy.occupations.conditions.as_str()]) {
            if sets.contains_key(name) {
                continue;
            }
            let checked = load(name, &|code| assets.read(&format!("rules/{code}.toml"))).map_err(Error::Policy)?;
            let judge = Judge::new(&checked.rules, &policy.routes);
            sets.insert(name.to_owned(), Set { rules: checked.rules, judge, digest: checked.digest });
        }
        Ok(Bench { schools: Schools::read(assets), sets })
    }

    pub fn set(&self, policy: &Policy, occupation: &str) -> Result<&Set> {
        let name = policy.occupations.rules_of(occupation);
        self.sets.get(name).ok_or_else(|| crate::store::StoreFault::Other(name.to_owned()).into())
    }
}

/// The day for which everything is judged. A notice that opens more than once means the opening at hand, or the last.
pub fn reference(policy: &Policy, today: Day) -> Day {
    let closes = || policy.windows.registration.iter().map(|w| w.end.day);
    let close = || closes().filter(|day| *day >= today).min().or_else(|| closes().max());
    let exam = || policy.sessions.iter().map(|s| s.day()).min();
    let named = match policy.occupations.reference {
        Reference::RegistrationClose => close().or_else(exam),
        Reference::ExamDay => exam().or_else(close),
    };
    named.unwrap_or(today)
}
