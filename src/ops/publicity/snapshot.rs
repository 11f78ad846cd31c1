//! The frozen list: what the marks came to on the day of the release.
use crate::model::identity::IdentityNo;
use crate::model::{IdShown, PublicationId, Subject};
use crate::ops::results::{OutcomeKind, ResultRow, Standing};
use crate::store::{PublishedRow, journal};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Rows of a release in the order of occupation, level from 5 down, and ticket.
pub(super) fn rows(publication: PublicationId, first: i64, people: &[ResultRow], shown: IdShown) -> Vec<PublishedRow> {
    let mut order: Vec<&ResultRow> = people.iter().collect();
    order.sort_by(|a, b| {
        let key = |r: &ResultRow| std::cmp::Reverse(r.level);
        (&a.occupation, key(a), &a.ticket, a.application).cmp(&(&b.occupation, key(b), &b.ticket, b.application))
    });
    let mut same: HashMap<(&str, Option<&str>), usize> = HashMap::new();
    order.iter().for_each(|r| *same.entry((&r.name, r.employer.as_deref())).or_default() += 1);
    let tail = |r: &ResultRow| {
        let twice = same.get(&(r.name.as_str(), r.employer.as_deref())).is_some_and(|n| *n > 1);
        let wanted = shown == IdShown::Tail4 || shown == IdShown::Namesakes && twice;
        wanted.then(|| tail4(&r.id_number))
    };
    (first..)
        .zip(&order)
        .map(|(id, r)| PublishedRow {
            id,
            publication,
            application: r.application,
            name: r.name.clone(),
            ticket: r.ticket.clone(),
            id_tail: tail(r),
            employer: r.employer.clone(),
            occupation: r.occupation.clone(),
            occupation_name: r.occupation_name.clone(),
            level: r.level,
            theory: mark(r.of(Subject::Theory)),
            practical: mark(r.of(Subject::Practical)),
            review: mark(r.of(Subject::Review)),
            outcome: OutcomeKind::of(r.outcome).code().to_owned(),
        })
        .collect()
}

/// The last four places of any document's number, and never more than half of a short one.
fn tail4(number: &str) -> String {
    if let Ok(number) = IdentityNo::parse(number) {
        return number.tail4().to_owned();
    }
    let all: Vec<char> = number.chars().collect();
    let count = (all.len() / 2).min(4);
    all.iter().skip(all.len() - count).collect()
}

/// Points, or the word of what stands there instead; what is sealed is as missing as the rest.
fn mark(standing: Standing) -> String {
    match standing {
        Standing::Points(points) => points.to_string(),
        Standing::Absent => "absent".to_owned(),
        Standing::Void => "void".to_owned(),
        Standing::Missing | Standing::Sealed => "missing".to_owned(),
        Standing::NotRequired => "not_required".to_owned(),
    }
}

/// Over what every line says, by person, so that the order of lines does not matter.
pub fn digest(rows: &[PublishedRow]) -> String {
    let mut order: Vec<&PublishedRow> = rows.iter().collect();
    order.sort_by_key(|r| r.application);
    let mut hash = Sha256::new();
    for row in order {
        let level = row.level.digit().to_string();
        let ticket = row.ticket.as_deref().unwrap_or_default();
        let (tail, employer) =
            (row.id_tail.as_deref().unwrap_or_default(), row.employer.as_deref().unwrap_or_default());
        let cells = [&row.name, ticket, tail, employer, &row.occupation, &row.occupation_name, &level];
        for cell in cells.into_iter().chain([row.theory.as_str(), &row.practical, &row.review, &row.outcome]) {
            hash.update((cell.len() as u64).to_le_bytes());
            hash.update(cell.as_bytes());
        }
    }
    journal::hex(&hash.finalize())
}
