//! How marks are made of entries. Steps and groups of questions are looked at with other points and criteria.
use super::{Check, Found, field, range};
use crate::model::Subject;
use crate::policy::Policy;
use crate::policy::fault::*;
use crate::policy::marking::FULL_MARK;

pub const CHECKS: &[Check] = &[markers, items];

/// Two markers are two entries.
fn markers(policy: &Policy) -> Found {
    let Some(markers) = policy.marking.markers else { return Found::new() };
    let (mut found, at) = (Found::new(), field("marking"));
    if policy.marking.entries != 2 {
        found.push((at.key("entries"), Problem::new(MARKERS_ENTRIES)));
    }
    if markers.tolerance > FULL_MARK {
        found.push((at.key("markers").key("tolerance"), range(0, 100)));
    }
    found
}

/// Nobody types a review.
fn items(policy: &Policy) -> Found {
    let at = field("marking").key("items");
    let wrong = policy.marking.items.iter().enumerate().filter(|(_, items)| items.subject == Subject::Review);
    wrong
        .map(|(n, items)| (at.index(n).key("subject"), Problem::new(NOT_HELD).word("subject", items.subject.key())))
        .collect()
}
