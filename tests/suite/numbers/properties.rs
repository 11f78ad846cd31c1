//! No number twice, whatever sites, years, levels, revocations and lists come in which order.
use super::world::*;
use crate::certificates::{Settled, release};
use crate::harness::Desk;
use kaowu::model::{ApplicationId, Stamp};
use kaowu::ops::NumberSource;
use kaowu::ops::certificates::{Correct, Number, Revoke};
use kaowu::ops::exchange::site;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const PEOPLE: i64 = 8;

/// What happens next at one of two sites that share their first 13 places.
#[derive(Debug, Clone)]
enum Step {
    /// One more person passes.
    Pass,
    Number,
    /// The certificate at this place of the register is made void.
    Revoke(usize),
    /// Its holder is numbered anew.
    Again(usize),
    /// The issuer sends a number for a person, with this serial.
    Listed(i64, i64),
    /// A year goes by.
    Year,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::Pass),
        3 => Just(Step::Number),
        2 => (0usize..12).prop_map(Step::Revoke),
        2 => (0usize..12).prop_map(Step::Again),
        1 => (1..=PEOPLE, 1i64..60).prop_map(|(who, serial)| Step::Listed(who, serial)),
        1 => Just(Step::Year),
    ]
}

struct Place {
    desk: Desk,
    passed: i64,
    year: i32,
}

impl Place {
    /// Both are called 01, so each has the other's segment under 02.
    fn new(own: (i64, i64), other: (i64, i64)) -> Place {
        let mut desk = Desk::seated(usize::try_from(PEOPLE).unwrap());
        desk.at("18:00");
        desk.does(&grant(None, own));
        desk.does(&grant(Some("02"), other));
        Place { desk, passed: 0, year: 2023 }
    }

    /// What is refused changes nothing: the rules are others' tests.
    fn goes(&mut self, step: &Step) {
        let issued_on = day(&format!("{}-10-15", self.year));
        let all = register(&self.desk.site);
        let desk = &mut self.desk;
        match *step {
            Step::Pass if self.passed < PEOPLE => {
                self.passed += 1;
                desk.does(&Settled { people: vec![ApplicationId(self.passed)], points: 80 });
                release(desk);
            }
            Step::Pass => {}
            Step::Number => drop(desk.try_to(&Number { issued_on })),
            Step::Revoke(at) => {
                let Some(one) = all.get(at) else { return };
                drop(desk.try_to(&Revoke { certificate: one.id, reason: "有误".into(), sanction: None }));
            }
            Step::Again(at) => {
                let Some(one) = all.get(at) else { return };
                drop(desk.try_to(&Correct { certificate: one.id, issued_on, reason: "更正".into() }));
            }
            Step::Listed(who, serial) => {
                if self.passed == 0 {
                    return;
                }
                let person = people(desk, who).pop().unwrap();
                let number = format!("{PREFIX}{:02}{}{serial:06}", self.year % 100, person.level.digit());
                import(desk, &[format!("{},{},{number},{issued_on}", person.name, person.id_number)]);
            }
            Step::Year => {
                self.year += 1;
                desk.clock().set(Stamp::parse(&format!("{}-10-15T18:00:00+08:00", self.year)).unwrap());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn no_number_is_given_twice(steps in prop::collection::vec((any::<bool>(), step()), 1..30)) {
        let mut places = [Place::new((1, 30), (31, 60)), Place::new((31, 60), (1, 30))];
        let mut ever: [BTreeSet<String>; 2] = Default::default();
        for (which, step) in &steps {
            let at = usize::from(*which);
            places[at].goes(step);
            let now: BTreeSet<_> = register(&places[at].desk.site).into_iter().map(|c| c.number).collect();
            prop_assert!(now.is_superset(&ever[at]), "a number went away");
            ever[at] = now;
        }
        let mut own: BTreeSet<String> = BTreeSet::new();
        for place in &places {
            let all = register(&place.desk.site);
            let mut series: BTreeMap<String, Vec<(i64, bool)>> = BTreeMap::new();
            for one in &all {
                let given = one.source == NumberSource::Own;
                prop_assert!(!given || own.insert(one.number.clone()), "{} at both sites", one.number);
                let serial: i64 = one.number[16..].parse().unwrap();
                series.entry(one.number[..16].to_owned()).or_default().push((serial, given));
            }
            // Between the first and the last that was given here there is no serial that nobody has.
            for (name, serials) in series {
                let given: Vec<i64> = serials.iter().filter(|(_, own)| *own).map(|(n, _)| *n).collect();
                let (Some(first), Some(last)) = (given.iter().min(), given.iter().max()) else { continue };
                for n in *first..=*last {
                    prop_assert!(serials.iter().any(|(serial, _)| *serial == n), "{name} has no {n}");
                }
            }
        }
        merged(&mut places, &ever);
    }
}

/// Each site takes in what the other has done, and goes on: a number is still one person's, and none goes away.
fn merged(places: &mut [Place; 2], ever: &[BTreeSet<String>; 2]) {
    let home = tempfile::tempdir().unwrap();
    let folders = ["a", "b"].map(|name| home.path().join(name));
    for (place, folder) in places.iter().zip(&folders) {
        site::prepare(&place.desk.site, folder).unwrap().finish(folder).unwrap();
    }
    let mut holders: BTreeMap<String, String> = BTreeMap::new();
    for ((place, other), known) in places.iter_mut().zip(folders.iter().rev()).zip(ever) {
        let folder = crate::harness::vouched(other).unwrap();
        place.desk.site.perform_bulk(&site::Merge { folder: &folder }).unwrap();
        place.goes(&Step::Number);
        let all = register(&place.desk.site);
        assert!(all.iter().map(|c| c.number.clone()).collect::<BTreeSet<_>>().is_superset(known), "a number went away");
        for one in all {
            // What both gave in the meantime is in their own serials, so the same number is the same person.
            let holder = holders.entry(one.number.clone()).or_insert_with(|| one.id_number.clone());
            if one.source == NumberSource::Own {
                assert_eq!(*holder, one.id_number, "{} has two holders", one.number);
            }
        }
    }
}
