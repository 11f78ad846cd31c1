use super::world::When;
use super::*;
use crate::model::{AssessorGrade, Day, RoomId, RoomKind, SessionId, StaffId, Stamp, TieKind, VenueId};
use crate::policy::file::load;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static RULES: LazyLock<Staffing> = LazyLock::new(|| {
    let base = |name: &str| std::fs::read_to_string(format!("data/policies/{name}.toml")).ok();
    load("nmg-2023", &base).unwrap().policy.staffing
});

fn rules() -> Staffing {
    RULES.clone()
}

const WELDER: &str = "6-18-02-04";
const COOK: &str = "4-03-02-01";

fn sat(people: usize, level: Level) -> Vec<Sat<'static>> {
    vec![Sat { occupation: WELDER, level, people }]
}

/// Sessions of one venue, three hours each, one a day; room 1 of session 1 and so on.
fn facts(sessions: i64) -> Facts {
    let mut facts = Facts::default();
    facts.venues.insert(VenueId(1), "东校区".into());
    for n in 1..=sessions {
        let starts = Stamp::parse(&format!("2023-10-{:02}T14:00:00+08:00", 10 + n)).unwrap();
        let when = When { code: format!("s-{n}"), starts, ends: starts.plus_minutes(180) };
        facts.sessions.insert(SessionId(n), when);
    }
    facts
}

/// Candidates `first..` of one employer in a room.
fn fill(facts: &mut Facts, (session, room): (i64, i64), kind: RoomKind, (people, level): (usize, Level), unit: &str) {
    for n in 0..people {
        let seat = Seat {
            session: SessionId(session),
            venue: VenueId(1),
            room: RoomId(room),
            id_number: format!("{session}-{room}-{n}"),
            employer: Some(unit.into()),
            occupation: WELDER.into(),
            level,
        };
        facts.seat(seat, kind);
    }
}

fn person(id: i64, duties: &[Duty]) -> Person {
    Person {
        id: StaffId(id),
        name: format!("考务{id}"),
        unit: format!("单位{id}"),
        id_number: None,
        grade: AssessorGrade::Senior,
        card_no: Some(format!("K{id}")),
        card_until: None,
        occupations: vec![],
        duties: duties.to_vec(),
        retired: false,
        ties: vec![],
    }
}

fn post(session: i64, room: i64, duty: Duty) -> Post {
    let room = duty.is_in_room().then_some(RoomId(room));
    Post { session: SessionId(session), venue: VenueId(1), room, duty }
}

fn why(facts: &Facts, person: &Person, post: &Post) -> Vec<Rule> {
    objections(&rules(), facts, person, post).into_iter().map(|o| o.rule).collect()
}

/// The vectors of the national standards: 1:15 and at least two; 1:5, at least three and odd.
#[test]
fn a_room_needs_as_many_as_the_standards_say() {
    let rules = rules();
    let proctors = [0, 1, 15, 29, 30, 31, 45, 46].map(|n| rules.proctors(n, RoomKind::Desks));
    assert_eq!(proctors, [0, 2, 2, 2, 2, 3, 3, 4]);
    let assessors =
        [0, 1, 5, 15, 16, 20, 21, 25, 26].map(|n| rules.assessors(&sat(n, Level::Four), RoomKind::Stations));
    assert_eq!(assessors, [0, 3, 3, 3, 5, 5, 5, 5, 7]);
    assert_eq!(rules.proctors(30, RoomKind::Stations), 0, "assessors watch the stations");
    assert_eq!(rules.assessors(&sat(30, Level::Four), RoomKind::Desks), 0, "written papers are marked");
    let senior = Level::ALL.map(|level| (level.digit(), rules.wants_senior(&sat(1, level))));
    assert_eq!(senior.into_iter().filter(|(_, s)| *s).map(|(l, _)| l).min(), Some(1));
    assert_eq!(senior.into_iter().filter(|(_, s)| *s).count(), 2);
}

#[test]
fn an_occupation_has_its_own_ratio_and_occupations_share_a_group() {
    let mut rules = rules();
    rules.assessors_of = vec![AssessorsOf { occupation: WELDER.into(), candidates_per_assessor: 3 }];
    let (welders, cooks) = (sat(10, Level::Four), Sat { occupation: COOK, level: Level::Four, people: 8 });
    assert_eq!(rules.assessors(&welders, RoomKind::Stations), 5, "10/3 is 4, and odd");
    // 10/3 + 8/5 = 4.93: five, not 4 + 2.
    let both = [welders[0], cooks];
    assert_eq!(rules.assessors(&both, RoomKind::Stations), 5);
    rules.odd_assessors = false;
    assert_eq!(rules.assessors(&welders, RoomKind::Stations), 4);
}

fn level() -> impl Strategy<Value = Level> {
    prop::sample::select(Level::ALL.to_vec())
}

proptest! {
    #[test]
    fn nobody_watches_or_judges_more_than_the_ratio(n in 1usize..5000, level in level()) {
        let rules = rules();
        let (proctors, assessors) =
            (rules.proctors(n, RoomKind::Desks), rules.assessors(&sat(n, level), RoomKind::Stations));
        prop_assert!(proctors >= 2 && proctors * 15 >= n && (proctors == 2 || (proctors - 1) * 15 < n));
        prop_assert!(assessors >= 3 && assessors % 2 == 1 && assessors * 5 >= n);
        prop_assert!(assessors == 3 || (assessors - 2) * 5 < n);
    }

    #[test]
    fn more_people_never_need_fewer(n in 0usize..500, more in 0usize..50) {
        let rules = rules();
        let need = |n| (rules.proctors(n, RoomKind::Desks), rules.assessors(&sat(n, Level::Three), RoomKind::Stations));
        prop_assert!(need(n).0 <= need(n + more).0 && need(n).1 <= need(n + more).1);
    }

    /// Whatever the pool: what is proposed offends against no rule, nobody is in two places, nobody is asked for twice,
    /// the same seed gives the same.
    #[test]
    fn a_proposal_keeps_every_rule(seed in 0u64..1000, pool in 0usize..40, rooms in 1i64..5, size in 1usize..40) {
        let rules = rules();
        let mut world = facts(5);
        for session in 1..=5 {
            for room in 1..=rooms {
                let kind = if room % 2 == 0 { RoomKind::Stations } else { RoomKind::Desks };
                fill(&mut world, (session, room), kind, (size, Level::Four), &format!("单位{room}"));
            }
        }
        let all = [Duty::Proctor, Duty::Assessor, Duty::Chief, Duty::Keeper, Duty::Runner, Duty::Supervisor];
        let mut people: Vec<_> = (0..pool).map(|n| person(n as i64, &all[..=n % all.len()])).collect();
        for (n, one) in people.iter_mut().enumerate().filter(|(n, _)| n % 3 == 0) {
            let tied = format!("1-{}-0", n % 5);
            one.ties.push(Tie { kind: TieKind::Kin, id_number: tied, name: "亲属".into() });
        }
        let before = world.clone();
        let given = propose(&rules, &mut world, &people, &[], seed);
        prop_assert_eq!(&given, &propose(&rules, &mut before.clone(), &people, &[], seed));
        let mut check = before;
        let mut groups: BTreeMap<Post, Vec<&Person>> = BTreeMap::new();
        for one in &given {
            let who = people.iter().find(|p| p.id == one.task.staff).unwrap();
            let Task { session, venue, room, duty, .. } = one.task;
            let post = Post { session, venue, room, duty };
            prop_assert_eq!(why(&check, who, &post), vec![], "{:?}", post);
            check.take(&one.task);
            groups.entry(post).or_default().push(who);
        }
        for (post, people) in groups {
            if let Some(sitters) = check.sitters(&post) {
                prop_assert!(people.len() <= sitters.need(&rules, post.duty));
            }
            let new = people.iter().filter(|p| check.is_new(&post, p.id) == Some(true)).count();
            if post.duty == Duty::Assessor && check.has_past(&post) && people.len() == check.sitters(&post).unwrap().need(&rules, post.duty) {
                prop_assert!(new * 3 >= people.len(), "{} of {} new", new, people.len());
            }
        }
    }
}

/// A pool that is just large enough fills everything, although whoever comes first fits more than one post.
#[test]
fn a_pool_that_suffices_leaves_nothing_open() {
    let rules = Staffing { needed: vec![], ..rules() };
    for seed in 0..50 {
        let mut world = facts(1);
        fill(&mut world, (1, 1), RoomKind::Desks, (20, Level::Four), "甲");
        fill(&mut world, (1, 2), RoomKind::Stations, (5, Level::Two), "乙");
        let mut people: Vec<_> = (1..=3).map(|n| person(n, &[Duty::Proctor, Duty::Assessor])).collect();
        people.extend((4..=5).map(|n| person(n, &[Duty::Proctor])));
        // Kept away from the other room only.
        people[3].unit = "乙".into();
        assert_eq!(propose(&rules, &mut world, &people, &[], seed).len(), 5, "seed {seed}");
    }
}

#[test]
fn ties_keep_people_away_from_those_they_know() {
    let mut world = facts(1);
    fill(&mut world, (1, 1), RoomKind::Desks, (3, Level::Four), "甲厂");
    fill(&mut world, (1, 2), RoomKind::Desks, (3, Level::Four), "乙厂");
    let all = [Duty::Proctor, Duty::Keeper, Duty::Chief, Duty::Medical, Duty::Marker];
    let tied = |kind: TieKind| {
        let tie = Tie { kind, id_number: "1-1-2".into(), name: "考生".into() };
        Person { ties: vec![tie], ..person(9, &all) }
    };
    for (kind, rule) in [(TieKind::Kin, Rule::Kin), (TieKind::Master, Rule::Master), (TieKind::Teacher, Rule::Teacher)]
    {
        assert_eq!(why(&world, &tied(kind), &post(1, 1, Duty::Proctor)), [rule]);
        assert_eq!(why(&world, &tied(kind), &post(1, 2, Duty::Proctor)), [], "another room");
    }
    assert_eq!(why(&world, &tied(TieKind::Kin), &post(1, 0, Duty::Keeper)), [Rule::Kin]);
    assert_eq!(why(&world, &tied(TieKind::Kin), &post(1, 0, Duty::Medical)), []);
    // Kin of somebody without a seat: away from papers all the same.
    world.candidates.insert("later".into());
    let mut later = tied(TieKind::Kin);
    later.ties[0].id_number = "later".into();
    assert_eq!(why(&world, &later, &post(1, 1, Duty::Proctor)), []);
    assert_eq!(why(&world, &later, &post(1, 0, Duty::Marker)), [Rule::Kin]);
    // Whoever sits the exam works nowhere near it.
    let own = Person { id_number: Some("1-2-1".into()), ..person(8, &all) };
    assert_eq!(why(&world, &own, &post(1, 1, Duty::Proctor)), [Rule::Oneself]);
    assert_eq!(why(&world, &own, &post(1, 0, Duty::Keeper)), [Rule::Oneself]);
    let mate = Person { unit: "甲厂".into(), ..person(7, &all) };
    assert_eq!(why(&world, &mate, &post(1, 1, Duty::Proctor)), [Rule::SameUnit]);
    assert_eq!(why(&world, &mate, &post(1, 2, Duty::Proctor)), []);
    assert_eq!(why(&world, &mate, &post(1, 0, Duty::Chief)), []);
}

#[test]
fn only_what_the_policy_names_can_be_set_aside() {
    let mut world = facts(1);
    fill(&mut world, (1, 1), RoomKind::Desks, (3, Level::Four), "甲厂");
    let tie = |kind| Tie { kind, id_number: "1-1-2".into(), name: "考生".into() };
    let one = Person { unit: "甲厂".into(), ties: vec![tie(TieKind::Kin)], ..person(1, &[Duty::Proctor]) };
    let found = objections(&rules(), &world, &one, &post(1, 1, Duty::Proctor));
    let found: Vec<_> = found.into_iter().map(|o| (o.rule, o.waivable)).collect();
    assert_eq!(found, [(Rule::Kin, false), (Rule::SameUnit, true)]);
    let strict = Staffing { may_override: vec![], ..rules() };
    assert!(objections(&strict, &world, &one, &post(1, 1, Duty::Proctor)).iter().all(|o| !o.waivable));
}

#[test]
fn a_card_is_valid_covers_the_occupation_and_is_of_the_grade() {
    let mut world = facts(1);
    fill(&mut world, (1, 1), RoomKind::Stations, (3, Level::Two), "甲厂");
    let at = post(1, 1, Duty::Assessor);
    let good = Person { card_until: "2023-10-11".parse::<Day>().ok(), ..person(1, &[Duty::Assessor]) };
    assert_eq!(why(&world, &good, &at), []);
    let with = |change: &dyn Fn(&mut Person)| {
        let mut one = good.clone();
        change(&mut one);
        why(&world, &one, &at)
    };
    assert_eq!(with(&|p| p.card_until = "2023-10-10".parse::<Day>().ok()), [Rule::CardExpired]);
    assert_eq!(with(&|p| p.card_no = None), [Rule::NoCard]);
    assert_eq!(with(&|p| p.grade = AssessorGrade::Assessor), [Rule::Grade]);
    assert_eq!(with(&|p| p.occupations = vec![COOK.into()]), [Rule::Occupation]);
    assert_eq!(with(&|p| p.occupations = vec![COOK.into(), WELDER.into()]), []);
    assert_eq!(with(&|p| p.retired = true), [Rule::Retired]);
    assert_eq!(with(&|p| p.duties.clear()), [Rule::Duty]);
}

#[test]
fn nobody_is_in_two_places_at_a_time() {
    let mut world = facts(2);
    let starts = world.sessions[&SessionId(1)].starts;
    let when = |from: i64, to: i64| When {
        code: "x".into(),
        starts: starts.plus_minutes(from),
        ends: starts.plus_minutes(to),
    };
    world.sessions.insert(SessionId(8), when(179, 300));
    world.sessions.insert(SessionId(9), when(180, 300));
    let one = person(1, &[Duty::Proctor]);
    world.take(&Task {
        staff: one.id,
        session: SessionId(1),
        venue: VenueId(1),
        room: Some(RoomId(1)),
        duty: Duty::Proctor,
    });
    assert_eq!(why(&world, &one, &post(8, 1, Duty::Proctor)), [Rule::Busy]);
    assert_eq!(why(&world, &one, &post(1, 2, Duty::Proctor)), [Rule::Busy]);
    assert_eq!(why(&world, &one, &post(9, 1, Duty::Proctor)), [], "one ends as the other begins");
}

#[test]
fn groups_rotate() {
    let rules = rules();
    let mut world = facts(5);
    for session in 1..=5 {
        fill(&mut world, (session, 1), RoomKind::Stations, (15, Level::Four), "甲厂");
    }
    let (old, other) = (person(1, &[Duty::Assessor]), person(2, &[Duty::Assessor]));
    let task = |session: i64, staff: StaffId| Task {
        staff,
        session: SessionId(session),
        venue: VenueId(1),
        room: Some(RoomId(1)),
        duty: Duty::Assessor,
    };
    for session in 1..=3 {
        assert_eq!(why(&world, &old, &post(session, 1, Duty::Assessor)), []);
        world.take(&task(session, old.id));
    }
    assert_eq!(why(&world, &old, &post(4, 1, Duty::Assessor)), [Rule::InRow]);
    world.take(&task(4, other.id));
    assert_eq!(why(&world, &old, &post(5, 1, Duty::Assessor)), [], "the row was broken");
    // A gap between two rows counts for both.
    let mut gap = facts(5);
    for session in [1, 2, 4, 5] {
        gap.take(&task(session, old.id));
    }
    gap.take(&task(3, other.id));
    assert_eq!(why(&gap, &old, &post(3, 1, Duty::Assessor)), [Rule::InRow]);
    // Of three at least one is new.
    let at = post(5, 1, Duty::Assessor);
    let third = person(3, &[Duty::Assessor]);
    world.take(&task(4, old.id));
    world.take(&task(4, third.id));
    let same = Group { people: vec![&old, &other, &third], is_led: Some(true) };
    assert_eq!(of_room(&rules, &world, &at, &same), [Shortfall::Renewed { need: 1, have: 0 }]);
    let fresh = person(4, &[Duty::Assessor]);
    let renewed = Group { people: vec![&old, &other, &fresh], is_led: Some(true) };
    assert_eq!(of_room(&rules, &world, &at, &renewed), []);
}

#[test]
fn every_want_has_its_figures() {
    let rules = rules();
    let mut world = facts(1);
    fill(&mut world, (1, 1), RoomKind::Desks, (31, Level::Four), "甲厂");
    fill(&mut world, (1, 2), RoomKind::Stations, (15, Level::One), "甲厂");
    let proctor = person(1, &[Duty::Proctor]);
    let one = Group { people: vec![&proctor], is_led: None };
    let lacks = of_room(&rules, &world, &post(1, 1, Duty::Proctor), &one);
    assert_eq!(lacks, [Shortfall::People { duty: Duty::Proctor, need: 3, have: 1 }]);
    let at = post(1, 2, Duty::Assessor);
    let none = of_room(&rules, &world, &at, &Group::default());
    assert_eq!(none, [Shortfall::People { duty: Duty::Assessor, need: 3, have: 0 }]);
    let low = Person { grade: AssessorGrade::Assessor, occupations: vec![COOK.into()], ..person(2, &[Duty::Assessor]) };
    let four: Vec<_> = (3..=5).map(|n| person(n, &[Duty::Assessor])).collect();
    let group = Group { people: four.iter().chain([&low]).collect(), is_led: Some(false) };
    let expected = [Shortfall::Odd { have: 4 }, Shortfall::Senior { need: 4, have: 3 }, Shortfall::Leader];
    assert_eq!(of_room(&rules, &world, &at, &group), expected);
    let two = Group { people: vec![&four[0], &low], is_led: Some(true) };
    let occupation = Shortfall::Occupation { occupation: WELDER.into(), need: 3, have: 1 };
    let expected = [
        Shortfall::People { duty: Duty::Assessor, need: 3, have: 2 },
        Shortfall::Senior { need: 3, have: 1 },
        occupation,
    ];
    assert_eq!(of_room(&rules, &world, &at, &two), expected);
    assert_eq!(of_venue(&rules, Duty::Keeper, 1), Some(Shortfall::People { duty: Duty::Keeper, need: 2, have: 1 }));
    assert_eq!(of_venue(&rules, Duty::Keeper, 2), None);
}
