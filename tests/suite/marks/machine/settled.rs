//! What a settled mark stands on: two people who typed it, two markers who lie near one another, or a panel.
use super::world::{Held, Key, Kind, World};
use kaowu::model::{ApplicationId, Subject};
use std::collections::BTreeMap;

/// Markers so far apart, in hundredths, still give their mean: the tolerance of the world.
const NEAR: i64 = 2000;

pub struct Settled {
    kind: Kind,
    /// Who has typed which value of which mark, by the program's own answer that it was saved.
    pub typed: BTreeMap<Key, Vec<(i64, Held)>>,
    /// What a coordinator said between three who stay apart.
    pub arbitrated: BTreeMap<Key, Held>,
}

impl Settled {
    pub fn new(kind: Kind) -> Settled {
        Settled { kind, typed: BTreeMap::new(), arbitrated: BTreeMap::new() }
    }

    fn was_typed(&self, key: Key, who: i64, mark: &Held) -> bool {
        self.typed.get(&key).is_some_and(|all| all.contains(&(who, mark.clone())))
    }
}

/// What two entries come to by themselves.
fn come_to(kind: Kind, (a, b): (&Held, &Held)) -> Option<Held> {
    match (kind, a.1, b.1) {
        _ if a == b => Some(a.clone()),
        (Kind::Markers, Some(x), Some(y)) if (x - y).abs() <= NEAR => Some((a.0.clone(), Some((x + y) / 2))),
        _ => None,
    }
}

impl World {
    /// Every settled mark was typed by two people, or agreed by two.
    pub fn settled_by_two(&self) {
        for key in &self.keys {
            let Some(mark) = self.mark(*key) else { continue };
            if self.changed(*key, &mark) {
                continue;
            }
            let live = self.live(*key);
            for (at, (who, value)) in live.iter().enumerate() {
                assert!(self.settled.was_typed(*key, *who, value), "{key:?}: {who} never typed {value:?}");
                assert!(live[..at].iter().all(|(other, _)| other != who), "{key:?} stands twice on {who}: {live:?}");
            }
            let pairs = live.iter().enumerate().flat_map(|(at, a)| live[..at].iter().map(move |b| (&b.1, &a.1)));
            let agree = pairs.clone().any(|pair| come_to(self.settled.kind, pair).as_ref() == Some(&mark));
            let apart = live.len() == 3 && self.settled.arbitrated.get(key) == Some(&mark);
            assert!(agree || apart, "{key:?} = {mark:?} is what no two of {live:?} came to");
        }
    }

    /// A review mark is there only while its panel is sealed, with a sheet and a hand of each of its three members.
    pub fn review_by_its_panel(&self) {
        for application in [1, 2].map(ApplicationId) {
            if self.mark((application, Subject::Review)).is_none() {
                continue;
            }
            let sql = "SELECT count(*) FROM panel_sheet s JOIN panel_member m ON m.id = s.member \
                 JOIN panel p ON p.id = m.panel JOIN panel_signature g ON g.member = m.id \
                 WHERE s.application = ?1 AND p.state = 'sealed'";
            let sheets: i64 = self.raw.query_row(sql, [application.0], |r| r.get(0)).unwrap();
            assert_eq!(sheets, 3, "a review mark of {application:?} without its panel");
        }
    }
}
