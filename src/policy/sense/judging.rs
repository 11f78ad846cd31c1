//! Who judges and by which criteria: review panels, groups of assessors, groups of questions of a paper.
use super::{Check, Found, field, range};
use crate::policy::Policy;
use crate::policy::criteria::item_faults;
use crate::policy::fault::*;
use crate::policy::marking::FULL_MARK;
use crate::policy::panel::PanelRule;

pub const CHECKS: &[Check] = &[sizes, points, criteria];

fn rules(policy: &Policy) -> [(&'static str, &PanelRule); 2] {
    [("panel", &policy.panel), ("assessors", &policy.assessors)]
}

fn sizes(policy: &Policy) -> Found {
    let mut found = Found::new();
    for (name, rule) in rules(policy) {
        let (least, at) = (i64::from(rule.min_members), field(name).key("min_members"));
        if rule.min_members == 0 {
            found.push((at, range(1, i64::from(u8::MAX))));
        } else if rule.odd && rule.min_members.is_multiple_of(2) {
            found.push((at, Problem::new(EVEN_PANEL).with("found", least)));
        }
        let at = field(name).key("quorum");
        if rule.quorum == 0 {
            found.push((at, range(1, i64::from(u8::MAX))));
        } else if rule.quorum > rule.min_members {
            let problem = Problem::new(QUORUM).with("found", i64::from(rule.quorum));
            found.push((at, problem.with("least", least)));
        }
    }
    found
}

fn points(policy: &Policy) -> Found {
    let mut found = Found::new();
    for (name, rule) in rules(policy) {
        if rule.spread_warning > FULL_MARK {
            found.push((field(name).key("spread_warning"), range(0, 100)));
        }
        // Whole points must stay reachable, or a pass mark could never be met exactly.
        if rule.step <= 0 || 100 % rule.step != 0 {
            found.push((field(name).key("step"), Problem::new(BAD_STEP).with("found", i64::from(rule.step))));
        }
    }
    found
}

fn criteria(policy: &Policy) -> Found {
    let of = |(name, rule): (&str, &PanelRule)| item_faults(&rule.criteria, &field(name).key("criteria"));
    let mut found: Found = rules(policy).into_iter().flat_map(of).collect();
    for (index, paper) in policy.marking.items.iter().enumerate() {
        let at = field("marking").key("items").index(index).key("groups");
        if paper.groups.is_empty() {
            found.push((at.clone(), Problem::new(EMPTY)));
        }
        found.extend(item_faults(&paper.groups, &at));
    }
    found
}
