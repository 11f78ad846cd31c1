//! EL1: conditions of many applications, every branch of each, against a bare loop that only adds up the days of the
//! same periods.
use crate::Asked;
use crate::rounds::{Rounds, median, say, seconds};
use crate::world;
use chrono::{Days, NaiveDate};
use kaowu::config::Assets;
use kaowu::model::{Evidence, EvidenceKind, Level, Relation, Route};
use kaowu::policy;
use kaowu::policy::eligibility::{Facts, Judge, Standing, Wording, load};
use std::hint::black_box;

/// One applicant: four pieces on average, some with a field that nobody has filled in.
struct Applicant {
    birth: NaiveDate,
    level: Level,
    route: Route,
    evidence: Vec<Evidence>,
}

pub fn run(asked: &Asked) {
    let assets = Assets::default();
    let policy = policy::load(world::POLICY, &|c| assets.read(&format!("policies/{c}.toml"))).unwrap().policy;
    for set in ["gb-2018", "gb-2023"] {
        let rules = load(set, &|c| assets.read(&format!("rules/{c}.toml"))).unwrap().rules;
        let judge = Judge::new(&rules, &policy.routes);
        let people: Vec<Applicant> = (0..asked.rows).map(applicant).collect();
        let met = judged(&judge, &people);
        let mut each = Vec::new();
        let rounds = Rounds::run(
            asked.rounds * 2 + 1,
            || {
                let took = seconds(|| {
                    black_box(judged(&judge, &people));
                });
                each.push(people.len() as f64 / took);
                took
            },
            || {
                seconds(|| {
                    black_box(days(&people));
                })
            },
        );
        let share = met as f64 / people.len() as f64 * 100.0;
        rounds.print("EL1", &format!("{set}: {} applications, {share:.0} % met", people.len()), "none", "s");
        say("EL1", &format!("{set}: {:.0} applications a second on one core, goal >= 200000", median(&each)));
    }
}

fn reference() -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 9, 19).unwrap()
}

fn judged(judge: &Judge, people: &[Applicant]) -> usize {
    let stands = |a: &&Applicant| {
        let facts = Facts {
            birth: Some(a.birth),
            level: a.level,
            route: a.route,
            evidence: &a.evidence,
            reference: reference(),
            levels: &Level::ALL,
            wording: Wording::Related,
            no_certificate: false,
        };
        judge.assess(&facts).standing == Standing::Met
    };
    people.iter().filter(stands).count()
}

/// The yardstick: no rule, no clause, no reason.
fn days(people: &[Applicant]) -> i64 {
    let length = |e: &Evidence| {
        let from = e.from.filter(|_| e.kind == EvidenceKind::Employment)?;
        Some((e.to.unwrap_or(reference()) - from).num_days())
    };
    people.iter().flat_map(|a| &a.evidence).filter_map(length).sum()
}

/// Always the same for the same number.
fn applicant(n: usize) -> Applicant {
    let mut state = n as u64;
    let mut dice = |sides: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % sides
    };
    let start = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();
    let level = Level::ALL[dice(5) as usize];
    let mut evidence = Vec::new();
    let mut at = start + Days::new(dice(4000));
    for _ in 0..=dice(3) {
        let to = at + Days::new(dice(2500));
        let relation = [Some(Relation::Same), Some(Relation::Related), Some(Relation::Other), None][dice(4) as usize];
        evidence.push(Evidence { from: Some(at), to: Some(to), relation, ..piece(EvidenceKind::Employment) });
        at = to + Days::new(dice(200));
    }
    if dice(3) > 0 {
        let below = Level::try_from((level.digit() + 1).min(5)).unwrap();
        let from = Some(start + Days::new(dice(8000)));
        let class = Some("skill_level".to_owned());
        let relation = Some(Relation::Same);
        evidence.push(Evidence { from, class, relation, level: Some(below), ..piece(EvidenceKind::Certificate) });
    }
    let class = ["college", "secondary", "technical_school", "general"][dice(4) as usize].to_owned();
    let from = Some(start + Days::new(dice(8000)));
    let relation = [Some(Relation::Related), None][dice(2) as usize];
    evidence.push(Evidence { from, class: Some(class), relation, ..piece(EvidenceKind::Education) });
    let route = [Route::First, Route::Promotion][dice(2) as usize];
    Applicant { birth: start - Days::new(dice(9000)), level, route, evidence }
}

fn piece(kind: EvidenceKind) -> Evidence {
    Evidence {
        kind,
        from: None,
        to: None,
        relation: None,
        level: None,
        rank: None,
        class: None,
        subject: None,
        unit: None,
        number: None,
        months: None,
    }
}
