//! The way from the region down to a person, and earlier batches.
use super::rules::{P, R, T, all, plant, points};
use crate::harness::Desk;
use kaowu::ops::results::{self, Depth, Filter, Name, Within};
use kaowu::policy;

fn marked(people: usize) -> Desk {
    let mut desk = Desk::seated(people);
    desk.at("18:00");
    for (n, person) in all(&desk).iter().enumerate() {
        let theory = if n % 3 == 0 { points(40) } else { points(80) };
        plant(&mut desk, person, &[(T, theory), (P, points(70)), (R, points(75))]);
    }
    desk
}

/// Sums of every step are the counts of the group above, down to the list of people (S1-37, S2-20).
#[test]
fn every_step_down_adds_up_to_the_one_above() {
    let desk = marked(40);
    let whole = results::board(&desk.site).unwrap().totals;
    let mut open = vec![(Within::default(), whole, 0)];
    let (mut ends, mut people) = (0, 0);
    while let Some((within, counts, depth)) = open.pop() {
        assert_eq!(results::board_within(&desk.site, &within).unwrap().totals, counts);
        let Some(step) = Depth::ALL.get(depth) else {
            let filter = Filter { within, ..Filter::default() };
            let listed = results::listed(&desk.site, &filter, usize::MAX).unwrap();
            assert_eq!(listed.total as u64, counts.applied);
            (ends, people) = (ends + 1, people + listed.total);
            continue;
        };
        let groups = results::groups(&desk.site, *step, &within).unwrap();
        assert_eq!(groups.iter().map(|g| g.counts.applied).sum::<u64>(), counts.applied);
        assert_eq!(groups.iter().map(|g| g.counts.passed).sum::<u64>(), counts.passed);
        for group in groups {
            open.push((within.into_group(&group.name), group.counts, depth + 1));
        }
    }
    assert_eq!(people, 40);
    assert_eq!(results::tree(&desk.site).unwrap().len(), ends);
}

#[test]
fn a_spread_is_narrowed_like_its_board() {
    let desk = marked(40);
    let rooms = results::groups(&desk.site, Depth::Room, &Within::default()).unwrap();
    let Name::Room(Some(room)) = &rooms[0].name else { panic!("{rooms:?}") };
    assert!(!room.venue.is_empty());
    let marked: u64 = rooms
        .iter()
        .map(|g| results::board_within(&desk.site, &Within::default().into_group(&g.name)).unwrap().spreads[0].marked())
        .sum();
    assert_eq!(marked, results::board(&desk.site).unwrap().spreads[0].marked());
}

#[test]
fn a_batch_stands_beside_the_one_before_and_beside_a_bundle() {
    let mut desk = marked(12);
    let refused =
        |desk: &Desk, code: Option<&str>| results::compare(&desk.site, code).unwrap_err().refusal().unwrap().code.0;
    assert_eq!(refused(&desk, None), "results.nothing_earlier");
    assert_eq!(refused(&desk, Some("nmg-2023")), "results.same_batch");
    let first = results::board(&desk.site).unwrap();
    let home = tempfile::tempdir().unwrap();
    let target = home.path().join("bundle");
    crate::site_bundle::world::export(&desk.site, &target);
    // A second batch of fewer people, all of whom pass.
    let assets = kaowu::config::Assets::default();
    let policy = policy::file::load("nmg-2023", &|c| assets.read(&format!("policies/{c}.toml"))).unwrap();
    desk.does(&kaowu::ops::batch::Open { code: "next".into(), name: "下一批".into(), policy });
    desk.site.choose_batch(Some("next")).unwrap();
    desk.people(6);
    for person in all(&desk) {
        plant(&mut desk, &person, &[(T, points(80)), (P, points(70)), (R, points(75))]);
    }
    let here = results::compare(&desk.site, None).unwrap();
    assert_eq!((here.now.batch.as_str(), here.then.batch.as_str()), ("next", "nmg-2023"));
    assert_eq!((here.now.totals.passed, here.then.totals), (6, first.totals));
    let rise = results::rise(&here.now.totals, &here.then.totals).unwrap();
    assert_eq!(rise, 1000 - i64::try_from(first.totals.rate_tenths().unwrap()).unwrap());
    assert!(
        here.rows.iter().any(|r| r.now.is_none()) || here.rows.len() == results::board(&desk.site).unwrap().rows.len()
    );
    let read = results::from_bundle(&desk.site, &target).unwrap();
    let there = results::compare_with(&desk.site, &read).unwrap();
    assert_eq!((there.then.totals, there.rows.len()), (first.totals, here.rows.len()));
}
