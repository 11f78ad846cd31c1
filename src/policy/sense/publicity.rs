//! What the public sees of results, and what is looked at again.
use super::{Check, Found, field, range};
use crate::model::{PublicColumn, Subject};
use crate::policy::Policy;
use crate::policy::fault::*;
use crate::policy::publicity::PublicityOf;

pub const CHECKS: &[Check] = &[columns, rechecks];

/// A list of results without names is a list of nobody.
fn columns(policy: &Policy) -> Found {
    let shown = &policy.publicity;
    if shown.of != PublicityOf::Results || shown.columns.contains(&PublicColumn::Name) {
        return Found::new();
    }
    vec![(field("publicity").key("columns"), Problem::new(EMPTY))]
}

/// A review mark is its panel's: another panel judges anew.
fn rechecks(policy: &Policy) -> Found {
    let Some(rule) = &policy.publicity.recheck else { return Found::new() };
    let at = field("publicity").key("recheck");
    let mut found = Found::new();
    for (name, days) in [("within", rule.within), ("decide_within", rule.decide_within)] {
        if days == 0 {
            found.push((at.key(name), range(1, i64::from(u16::MAX))));
        }
    }
    if rule.scopes.is_empty() {
        found.push((at.key("scopes"), Problem::new(EMPTY)));
    }
    let wrong = rule.parts.iter().position(|part| *part == Subject::Review);
    found.extend(
        wrong.map(|n| (at.key("parts").index(n), Problem::new(NOT_HELD).word("subject", Subject::Review.key()))),
    );
    found
}
