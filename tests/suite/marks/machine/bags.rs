//! Bags: who holds which slot, and script numbers that stay whose they are until two people open them.
use super::step::Step;
use super::world::{Key, SESSIONS, World};
use kaowu::model::entry::{Slot, Turn};
use kaowu::model::{RoomId, SessionId};
use kaowu::ops::entry::{Claim, Release};
use kaowu::ops::scripts::{Ask, Open};
use std::collections::BTreeMap;

#[derive(Default)]
pub struct Bags {
    /// Numbers under which something was typed.
    typed_under: BTreeMap<Key, String>,
    /// Sessions whose bags two people opened.
    opened: Vec<SessionId>,
}

impl World {
    fn place(&self, (application, subject): Key) -> (SessionId, RoomId) {
        let sql = "SELECT p.session, p.room FROM placement p JOIN session s ON s.id = p.session \
             WHERE p.application = ?1 AND s.subject = ?2";
        let read = |r: &rusqlite::Row<'_>| Ok((SessionId(r.get(0)?), RoomId(r.get(1)?)));
        self.raw.query_row(sql, (application.0, subject.code()), read).unwrap()
    }

    /// Who holds a slot of the bag in which this paper lies.
    fn holder(&self, key: Key, slot: i64) -> Option<i64> {
        let (session, room) = self.place(key);
        let sql = "SELECT operator FROM entry_claim WHERE session = ?1 AND room = ?2 AND slot = ?3";
        self.raw.query_row(sql, (session.0, room.0, slot), |r| r.get(0)).ok()
    }

    pub fn claim(&mut self, who: usize, key: Key, slot: Slot) {
        let ((session, room), me) = (self.place(key), self.operator(who));
        let before = self.holder(key, slot.number());
        if self.try_to(who, &Claim { session, room, slot }).is_none() {
            return;
        }
        assert!(before.is_none_or(|other| other == me), "took a slot from {before:?}");
        let others = Slot::ALL.into_iter().filter(|s| *s != slot);
        assert!(others.clone().all(|s| self.holder(key, s.number()) != Some(me)), "{me} holds two slots of a bag");
        let sql = "SELECT count(*) FROM entry e JOIN session s ON s.subject = e.subject JOIN placement p \
             ON p.session = s.id AND p.application = e.application WHERE p.session = ?1 AND p.room = ?2 \
             AND e.operator = ?3 AND e.slot <> ?4 AND e.state <> 'discarded'";
        let typed: i64 = self.raw.query_row(sql, (session.0, room.0, me, slot.number()), |r| r.get(0)).unwrap();
        assert_eq!(typed, 0, "{me} claims {slot:?} of a bag in which they typed another");
    }

    pub fn release(&mut self, who: usize, key: Key, slot: Slot) {
        let ((session, room), me) = (self.place(key), self.operator(who));
        let before = self.holder(key, slot.number());
        let done = self.try_to(who, &Release { session, room, slot, reason: "换人".into() });
        if done.is_some() {
            let chief = self.actors[who].has(kaowu::model::Role::Coordinator);
            assert!(before == Some(me) || before.is_some() && chief, "{me} gave back the slot of {before:?}");
        }
    }

    /// Right after `me` saved: the slot they filled is nobody else's. A correction of one's own is not held up by a claim.
    pub fn not_against_a_claim(&self, key: Key, me: i64, turn: Turn) {
        let holder = turn.slot().and_then(|slot| self.holder(key, slot.number()));
        assert!(holder.is_none_or(|h| h == me), "{me} typed into the slot of {holder:?}");
    }

    /// The script number of a paper in a bag that is not opened.
    pub fn sealed(&self, (application, subject): Key) -> Option<String> {
        let sql = "SELECT n.number FROM script n JOIN script_bag b ON b.id = n.script_bag JOIN session s ON s.id = b.session \
             WHERE n.application = ?1 AND s.subject = ?2 AND b.unsealed_at IS NULL";
        self.raw.query_row(sql, (application.0, subject.code()), |r| r.get(0)).ok()
    }

    pub fn ask_open(&mut self, who: usize, session: SessionId) {
        if self.try_to(who, &Ask { session, reason: "成绩已定".into() }).is_some() {
            let locked = self.raw.query_row("SELECT 1 FROM mark_lock WHERE session = ?1", [session.0], |_| Ok(()));
            assert!(locked.is_ok(), "asked to open bags whose marks are not locked");
        }
    }

    pub fn open_bags(&mut self, who: usize, session: usize) {
        let id = SESSIONS[session];
        let asked =
            "SELECT asked_by FROM script_bag WHERE session = ?1 AND unsealed_at IS NULL AND asked_by IS NOT NULL";
        let asked: Option<i64> = self.raw.query_row(asked, [id.0], |r| r.get(0)).ok();
        if self.try_to(who, &Open { session: id }).is_some() {
            assert!(asked.is_some_and(|asker| asker != self.operator(who)), "bags opened by one person");
            let locked = self.raw.query_row("SELECT 1 FROM mark_lock WHERE session = ?1", [id.0], |_| Ok(()));
            assert!(locked.is_ok(), "bags opened while marks can change");
            self.bags.opened.push(id);
        }
    }

    /// What was typed under a number stays under it until two people open the bag.
    pub fn bags_stay_sealed(&mut self, step: &Step) {
        for key in self.keys.clone() {
            let number = self.sealed(key);
            if self.bags.opened.contains(&self.place(key).0) {
                continue;
            }
            if let Some(before) = self.bags.typed_under.get(&key) {
                assert_eq!(number.as_ref(), Some(before), "{step:?} bared whose number it was");
            }
            let sql = "SELECT count(*) FROM entry WHERE application = ?1 AND subject = ?2";
            let typed: i64 = self.raw.query_row(sql, (key.0.0, key.1.code()), |r| r.get(0)).unwrap();
            if let (Some(number), true) = (number, typed > 0) {
                self.bags.typed_under.insert(key, number);
            }
        }
    }
}
