//! A1: the rule that keeps colleagues apart, by itself. A2: the whole arrangement of a site on disk, rooms, seats and
//! tickets. A3: the check of all its seats. Goals: 20,000 people in 700 rooms under 2 s, nobody beside a colleague whom
//! counting could part.
use crate::Asked;
use crate::rounds::{median, say, seconds};
use crate::world;
use kaowu::ops::demo::people::Dice;
use kaowu::ops::seating::{Arrange, check};
use kaowu::policy::apart::{Room, Sitter, Why, seat};
use kaowu::policy::seating::{SeatOrder, Seating, Side};

const SIZES: [(usize, usize); 2] = [(20_000, 700), (100_000, 3_400)];

const GRID: Seating = Seating {
    rows: 6,
    columns: 5,
    order: SeatOrder::Serpentine,
    door: Side::Left,
    max_per_room: 30,
    merge_remainder: 0,
    separate_colleagues: true,
    paper_forms: 1,
    same_seat: true,
};

pub fn run(asked: &Asked) {
    for (people, rooms) in SIZES {
        if asked.any(&["A1"]) {
            rule(asked, people, rooms);
        }
        if asked.any(&["A2", "A3"]) {
            site(people);
        }
    }
}

/// A few large units and many small ones: the nth largest has about 1 / n of the largest.
fn sitters(people: usize) -> Vec<Sitter> {
    let mut dice = Dice::new(1);
    let units = people / 20;
    let harmonic: f64 = (1..=units).map(|n| 1.0 / n as f64).sum();
    let unit = |dice: &mut Dice| {
        let mut at = dice.below(1_000_000) as f64 / 1_000_000.0 * harmonic;
        let found = (1..=units).find(|n| {
            at -= 1.0 / *n as f64;
            at <= 0.0
        });
        found.unwrap_or(units) as u32
    };
    (0..people).map(|_| Sitter { unit: Some(unit(&mut dice)), fixed: None }).collect()
}

fn rule(asked: &Asked, people: usize, rooms: usize) {
    let sitters = sitters(people);
    let each = |n: usize| people / rooms + usize::from(n < people % rooms);
    let all: Vec<Room> = (0..rooms).map(|n| Room::empty(GRID, each(n) as u16)).collect();
    let (mut took, mut avoidable, mut together) = (Vec::new(), 0, 0);
    for seed in 0..asked.rounds as u64 {
        took.push(seconds(|| {
            let seated = seat(&sitters, &all, seed).unwrap();
            avoidable += seated.together.iter().filter(|pair| pair.why == Why::NotFound).count();
            together += seated.together.len();
        }));
    }
    let largest = largest(&sitters);
    let text = format!(
        "rule alone: {people} people in {rooms} rooms, largest unit {largest}: {:.2} s, {together} pairs together, {avoidable} avoidable in {} seeds",
        median(&took),
        took.len()
    );
    say("A1", &text);
}

fn largest(sitters: &[Sitter]) -> usize {
    let mut sizes = std::collections::HashMap::new();
    sitters.iter().for_each(|s| *sizes.entry(s.unit).or_insert(0) += 1);
    sizes.into_values().max().unwrap()
}

/// The made-up sheet has ten employers, so that everybody has a tenth of the batch for colleagues.
fn site(people: usize) {
    let folder = world::folder();
    let home = folder.path().join("home");
    world::empty_site(&home, &[world::POLICY]);
    let sheet = world::sheet(folder.path(), 0, people);
    crate::import::worker_import(&[sheet, home.clone()].map(|p| p.to_str().unwrap().to_owned()));
    let mut site = world::open(&home, None);
    world::warm(&site);
    let mut done = None;
    let took = seconds(|| done = Some(site.perform_bulk(&Arrange { seed: 1 }).unwrap().out));
    let done = done.unwrap();
    let text = format!(
        "whole arrangement on disk: {} people in {} rooms: {took:.2} s, {} pairs together, {} avoidable",
        done.people, done.rooms, done.together, done.avoidable
    );
    say("A2", &text);
    let mut findings = 0;
    let took = seconds(|| findings = check(&site).unwrap().findings());
    say("A3", &format!("check of all seats: {took:.2} s, {findings} findings"));
}
