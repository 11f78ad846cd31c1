//! What each operator can read, by every reading operation there is, and what they must not have read.
use super::world::{Held, Key, PEOPLE, held, value};
use crate::harness::stands;
use kaowu::model::{ApplicationId, OpNo, Points, Role};
use kaowu::ops::history::{self, Filter};
use kaowu::ops::{Actor, Site, entry, marks, results};
use rusqlite::Connection;
use std::collections::BTreeSet;

/// The live entries of a mark, as rows: who typed them and what.
pub fn live(raw: &Connection, (application, subject): Key) -> Vec<(i64, Held)> {
    let sql = "SELECT operator, mark, points FROM entry WHERE application = ?1 AND subject = ?2 AND state <> 'discarded' \
         ORDER BY slot";
    let mut statement = raw.prepare_cached(sql).unwrap();
    let rows =
        statement.query_map((application.0, subject.code()), |r| Ok((r.get(0)?, (r.get(1)?, r.get(2)?)))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// Who looks, at which marks, and the script numbers of those that lie in sealed bags.
pub type Looked<'a> = (&'a [Actor], &'a [Key], &'a [Option<String>]);

pub struct Eyes {
    /// The journal's head before anybody typed.
    pub from: i64,
    /// The head when everybody looked last: a refused step shows nothing new.
    head: i64,
    /// By operator: values in points that were seen while the mark was not settled.
    seen: BTreeSet<(usize, Key, i64)>,
}

impl Eyes {
    pub fn new(raw: &Connection) -> Eyes {
        let from = raw.query_row("SELECT max(id) FROM operation", [], |r| r.get(0)).unwrap();
        Eyes { from, head: from, seen: BTreeSet::new() }
    }

    pub fn has_seen(&self, who: usize, key: Key, mark: &Held) -> bool {
        mark.1.is_some_and(|points| self.seen.contains(&(who, key, points)))
    }

    /// Everybody reads everything; nobody sees what somebody else typed of a mark that is not settled, but for a coordinator
    /// once both entries are in. Of a sealed script nobody sees whose a number or a mark is, not even who typed it.
    pub fn look(&mut self, site: &mut Site, raw: &Connection, (actors, keys, numbers): Looked<'_>) {
        let head = raw.query_row("SELECT max(id) FROM operation", [], |r| r.get(0)).unwrap();
        if std::mem::replace(&mut self.head, head) == head {
            return;
        }
        let open: Vec<_> = keys.iter().enumerate().filter(|(_, key)| !settled(raw, **key)).collect();
        if open.is_empty() && numbers.iter().all(Option::is_none) {
            return;
        }
        for (who, actor) in actors.iter().enumerate() {
            site.set_actor(actor.clone());
            let named = by_name(site, self.from, keys);
            for (at, number) in numbers.iter().enumerate() {
                let Some(number) = number else { continue };
                assert!(!stands(&named, number), "{} reads whose {number} is:\n{named}", PEOPLE[who]);
                let bare = (0..3).filter_map(|n| value(at, n).points()).find(|p| shows(&named, *p));
                assert!(bare.is_none(), "{} reads whose mark {bare:?} is:\n{named}", PEOPLE[who]);
            }
            let text = named + &by_paper(site, raw, self.from);
            for (at, key) in &open {
                self.check(raw, (who, actor), (*at, **key), &text);
            }
        }
    }

    fn check(&mut self, raw: &Connection, (who, actor): (usize, &Actor), (at, key): (usize, Key), text: &str) {
        let me = actor.id.unwrap().0;
        let both = live(raw, key).len() >= 2;
        let own = typed_by(raw, key, me);
        for n in 0..3 {
            let mark = value(at, n);
            let points = mark.points().unwrap();
            if !shows(text, points) || own.contains(&held(mark)) {
                continue;
            }
            let may = actor.has(Role::Coordinator) && both;
            assert!(may, "{} reads {points} of {key:?}, which is not settled:\n{text}", PEOPLE[who]);
            self.seen.insert((who, key, i64::from(points.hundredths())));
        }
    }
}

fn settled(raw: &Connection, (application, subject): Key) -> bool {
    let sql = "SELECT count(*) FROM mark WHERE application = ?1 AND subject = ?2";
    let n: i64 = raw.query_row(sql, (application.0, subject.code()), |r| r.get(0)).unwrap();
    n > 0
}

/// Everything that an operator ever typed of a mark, taken back or not, by the journal.
fn typed_by(raw: &Connection, (application, subject): Key, operator: i64) -> Vec<Held> {
    let sql = "SELECT json_extract(after, '$.mark'), json_extract(after, '$.points') FROM change \
         WHERE record = 'entry' AND after IS NOT NULL AND json_extract(after, '$.application') = ?1 \
         AND json_extract(after, '$.subject') = ?2 AND json_extract(after, '$.operator') = ?3";
    let mut statement = raw.prepare_cached(sql).unwrap();
    let rows = statement.query_map((application.0, subject.code(), operator), |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// A mark, as stored or as people write it.
fn shows(text: &str, points: Points) -> bool {
    stands(text, &points.hundredths().to_string()) || stands(text, &points.to_string())
}

/// What the signed-on operator reads of papers that may lie under a number: where they do, no name stands beside it.
fn by_paper(site: &Site, raw: &Connection, from: i64) -> String {
    let mut text = String::new();
    let mut statement = raw.prepare_cached("SELECT name FROM application").unwrap();
    let names: Vec<String> = statement.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    for pile in entry::piles(site).unwrap() {
        let papers = entry::pile(site, &pile).unwrap();
        for paper in papers.iter().filter(|(paper, _)| pile.is_sealed() && paper.script.is_some()) {
            let told = serde_json::to_string(&paper).unwrap();
            assert!(!names.iter().any(|name| told.contains(name)), "a sealed script says whose it is: {told}");
        }
        text.push_str(&format!("{pile:?} {papers:?}"));
    }
    log(site, from, &mut |detail| text.push_str(&format!("{:?}", detail.operation.subject)));
    // What stands in the way of a lock goes by number as well.
    text.push_str(&serde_json::to_string(&marks::sessions(site).unwrap()).unwrap());
    text + &format!("{:?}", entry::differences(site).map_err(|e| e.refusal().map(|r| r.code)))
}

/// All that the reading operations give the signed-on operator of people by name, as text.
fn by_name(site: &Site, from: i64, keys: &[Key]) -> String {
    let mut text = String::new();
    let mut add = |what: String| text.push_str(&what);
    let people: BTreeSet<ApplicationId> = keys.iter().map(|(application, _)| *application).collect();
    for who in people {
        add(format!("{:?}", entry::standing(site, who).unwrap()));
    }
    add(format!("{:?}", results::outcomes(site, &results::Filter::default()).unwrap()));
    add(format!("{:?}", results::missing(site, 100).unwrap()));
    add(format!("{:?}", marks::changes(site).unwrap()));
    // An operation is called by its script number alone: what it wrote is what says whose it was.
    log(site, from, &mut |detail| add(format!("{:?}", detail.changes)));
    text
}

fn log(site: &Site, from: i64, see: &mut dyn FnMut(history::Detail)) {
    let page = history::page(site, &Filter::default(), None, 200).unwrap();
    for one in page.iter().filter(|one| one.operation.0 > from) {
        see(history::detail(site, OpNo(one.operation.0)).unwrap());
    }
}
