//! What a proposal fills, and what it says it cannot.
use super::world::{Stations, add, assessor, line, staffed};
use crate::harness::Desk;
use kaowu::model::{Duty, SessionId};
use kaowu::ops::history::Undo;
use kaowu::ops::staff::*;

#[test]
fn a_pool_that_suffices_fills_every_post_of_every_session() {
    let mut desk = Desk::seated(60);
    staffed(&mut desk);
    let op = Propose { seed: 7, session: None };
    let shown = desk.site.preview(&op).unwrap().out;
    assert!(board(&desk.site, None).unwrap().iter().all(|l| l.people.is_empty()), "only shown");
    let done = desk.try_to(&op).unwrap();
    assert_eq!(done.out, shown);
    assert_eq!((done.out.given.len(), done.out.wanting), (22, vec![]));
    assert_eq!(check(&desk.site, None).unwrap(), []);
    assert_eq!(desk.try_to(&op).unwrap().op, None, "nothing is missing any more");
    desk.does(&Undo { op: done.op.unwrap(), reason: "误".into() });
    assert!(board(&desk.site, None).unwrap().iter().all(|l| l.people.is_empty()));
}

#[test]
fn the_seed_makes_the_proposal() {
    let given = |seed| {
        let mut desk = Desk::seated(60);
        staffed(&mut desk);
        desk.site.preview(&Propose { seed, session: Some(SessionId(1)) }).unwrap().out.given
    };
    assert_eq!(given(3), given(3));
    assert!((4..12).any(|seed| given(seed) != given(3)));
}

#[test]
fn every_shortfall_is_named_with_its_figures() {
    let mut desk = Desk::seated(40);
    assert_eq!(desk.refused(&Propose { seed: 1, session: None }), "staff.nobody");
    desk.does(&Stations(2));
    for n in 1..=2 {
        add(&mut desk, assessor(n));
    }
    add(&mut desk, super::world::proctor(1));
    let done = desk.does(&Propose { seed: 1, session: Some(SessionId(1)) });
    assert_eq!(done.given.len(), 3);
    let of = |room: Option<i64>, duty: Duty| {
        let line = done.wanting.iter().find(|l| l.room_number == room && l.duty == duty).unwrap();
        (line.have(), line.need, line.wanting[0].clone())
    };
    let people = |duty, need, have| Shortfall::People { duty, need, have };
    assert_eq!(of(Some(1), Duty::Proctor), (1, 2, people(Duty::Proctor, 2, 1)));
    assert_eq!(of(Some(2), Duty::Assessor), (2, 3, people(Duty::Assessor, 3, 2)));
    assert_eq!(of(None, Duty::Keeper), (0, 2, people(Duty::Keeper, 2, 0)));
}

#[test]
fn what_is_given_by_hand_stays_and_counts() {
    let mut desk = Desk::seated(60);
    staffed(&mut desk);
    let post = line(&desk, Some(1), Duty::Proctor);
    let by_hand = named(&desk.site, "监考3").unwrap().id;
    desk.does(&super::world::to(&post, by_hand));
    let done = desk.does(&Propose { seed: 1, session: Some(SessionId(1)) });
    assert_eq!(done.given.len(), 10);
    let people = line(&desk, Some(1), Duty::Proctor).people;
    assert!(people.len() == 2 && people.iter().any(|w| w.staff == by_hand));
}
