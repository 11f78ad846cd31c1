//! Publicity of results: acts, gate, the frozen list, self-query, objections and re-checks, the page, the commands.
mod acts;
mod command;
mod freeze;
mod notices;
mod page;
mod said;

use crate::harness::{Desk, PlantMarks};
use kaowu::model::{ApplicationId, Mark, Points, Role, Stamp, Subject};
use kaowu::ops::marks::{self, Lock};
use kaowu::ops::publicity::{Finalise, Publish, Published, publish_check};
use kaowu::ops::results::Compute;
use kaowu::ops::upkeep::AddOperator;

pub const FIRST: ApplicationId = ApplicationId(1);
pub const SECOND: ApplicationId = ApplicationId(2);

pub fn points(text: &str) -> Mark {
    Mark::parse(text).unwrap()
}

/// Everybody has 70 in every part, the first `first` in theory; written sessions are locked; the evening of the exam.
pub fn settled(people: usize, first: &str) -> Desk {
    let mut desk = Desk::seated(people);
    desk.at("18:00");
    desk.does(&AddOperator {
        name: "another".into(),
        roles: vec![Role::Coordinator],
        os_user: None,
        unit: None,
        pin_hash: None,
    });
    let mark = |n: usize, subject| match (n, subject) {
        (1, Subject::Theory) => points(first),
        _ => Mark::Points(Points::whole(70)),
    };
    let id = |n: usize| ApplicationId(i64::try_from(n).unwrap());
    let all = (1..=people).flat_map(|n| Subject::ALL.map(|subject| (id(n), subject, mark(n, subject))));
    desk.does(&PlantMarks(all.collect()));
    lock(&mut desk);
    desk
}

pub fn lock(desk: &mut Desk) {
    for session in marks::sessions(&desk.site).unwrap().into_iter().filter(|s| s.locked.is_none() && s.expected > 0) {
        desk.does(&Lock { session: session.id });
    }
}

/// With all warnings accepted.
pub fn publish(desk: &mut Desk) -> Published {
    let accepted = publish_check(&desk.site, None).unwrap().1.codes();
    desk.does(&Publish { place: "公告栏".into(), until: None, accepted })
}

/// Computed and up on the evening of the exam, a Sunday: until the next Friday but one.
pub fn published(people: usize, first: &str) -> Desk {
    let mut desk = settled(people, first);
    desk.does(&Compute::default());
    publish(&mut desk);
    desk
}

pub fn on(desk: &Desk, day: &str) {
    desk.clock().set(Stamp::parse(&format!("{day}T09:00:00+08:00")).unwrap());
}

/// The day after publicity.
pub fn finalised(people: usize, first: &str) -> Desk {
    let mut desk = published(people, first);
    on(&desk, "2023-10-23");
    desk.does(&Finalise::default());
    desk
}
