//! One operation in one transaction: allowed, signed by as many as it needs, journaled, and settled after a fault.
use super::{Actor, READ_ONLY, Site};
use crate::model::{OpNo, OperatorId, Refusal, Stamp, clean};
use crate::ops::fault::{Error, Result};
use crate::ops::operation::{Before, Done, InDoubt, Journal, Operation, Part, People, Work};
use crate::ops::saved::Saved;
use crate::ops::settle::{Settled, settle};
use crate::ops::together::{self, Hands, Signed, Wanted, Witness};
use crate::ops::upkeep::UNKNOWN_OPERATOR;
use crate::policy;
use crate::store::{BatchRow, Changes, OperatorRow, Signature, Tx, journal, rows};
use sha2::{Digest, Sha256};

impl Site {
    /// Runs an operation in one transaction and journals it. Where hands are missing the witness, if there is one, is asked
    /// for them once; else what is wanted can be had from [`Site::take_wanted`].
    pub fn perform<O: Operation>(&mut self, op: &O) -> Result<Done<O::Out>> {
        if O::BEFORE != Before::Nothing && self.copies && !self.read_only {
            policy::duties::allowed(&self.actor.roles, O::ROLES)?;
            if O::BEFORE == Before::Copy {
                crate::ops::upkeep::keep_before(&self.store, O::KIND, self.clock.now())?;
            }
            crate::ops::anchor::sound(self)?;
        }
        let refused = match self.run(&self.actor, op, End::Commit) {
            Err(Error::Refused(r)) if r.is(together::NEEDED) || r.is(together::PIN_NEEDED) => r,
            other => return other,
        };
        let Some(witness) = self.witness.take() else { return Err(refused.into()) };
        let Some(wanted) = self.wanted.take() else {
            self.witness = Some(witness);
            return Err(refused.into());
        };
        let signed = witness(self, &wanted);
        self.witness = Some(witness);
        signed?;
        self.run(&self.actor, op, End::Commit)
    }

    /// The same for somebody who is not signed on.
    pub(in crate::ops) fn perform_as<O: Operation>(&self, actor: &Actor, op: &O) -> Result<Done<O::Out>> {
        self.run(actor, op, End::Commit)
    }

    /// Who is asked when hands are missing.
    pub fn set_witness(&mut self, witness: Option<Witness>) {
        self.witness = witness;
    }

    /// Keeps the hands of two for the operation that they signed, which is tried next.
    pub(in crate::ops) fn hold(&self, hands: Hands) {
        self.hands.set(Some(hands));
    }

    /// How to go on once it is signed, where more than the operation is to be done.
    pub(in crate::ops) fn go_on_with(&mut self, again: together::Again) {
        if let Some(wanted) = self.wanted.get_mut() {
            wanted.again = Some(again);
        }
    }

    /// What the last operation wanted signed that was refused for it.
    pub fn take_wanted(&mut self) -> Option<Wanted> {
        self.wanted.get_mut().take()
    }

    /// The same with a larger page cache, for operations that write many rows.
    pub fn perform_bulk<O: Operation>(&mut self, op: &O) -> Result<Done<O::Out>> {
        self.store.grow_cache()?;
        let done = self.perform(op);
        self.store.shrink_cache()?;
        done
    }

    /// Runs an operation and rolls it back: what it would answer.
    pub fn preview<O: Operation>(&mut self, op: &O) -> Result<Done<O::Out>> {
        self.run(&self.actor, op, End::RollBack)
    }

    fn run<O: Operation>(&self, actor: &Actor, op: &O, end: End) -> Result<Done<O::Out>> {
        let done = self.attempt(actor, op, end);
        match &done {
            Ok(done) if done.op.is_some() => self.trouble.set(None),
            Ok(_) => {}
            Err(error) => self.meet(error),
        }
        done
    }

    fn attempt<O: Operation>(&self, actor: &Actor, op: &O, end: End) -> Result<Done<O::Out>> {
        if self.read_only {
            return Err(Refusal::new(READ_ONLY).into());
        }
        policy::duties::allowed(&actor.roles, O::ROLES)?;
        if O::IN_DOUBT == InDoubt::Refused {
            self.held.before(self.store.db())?;
        }
        let (row, now) = (self.site_or_new(), self.clock.now());
        let (op_id, public_key) = (self.fresh_id(now), self.public_key());
        let at_hand = self.batch.borrow().as_ref().map(|b| b.id);
        let mut tx = self.store.begin()?;
        still_in_office(tx.db(), actor)?;
        // The batch and its rules as they are now: another terminal may have closed it, or changed them.
        let batch = at_hand.map(|id| rows::first::<BatchRow>(tx.db(), "WHERE id = ?1", [id])).transpose()?.flatten();
        let policy = batch.as_ref().map(|b| self.pinned(&b.policy)).transpose()?;
        let codes = match &policy {
            Some(policy) => self.codes_of(policy)?,
            None => self.codes()?,
        };
        let wanted = wanted(op, tx.db(), batch.as_ref())?;
        let signed = self.signed(&mut tx, wanted.as_ref(), (actor.id, now))?;
        let before = tx.count();
        let mut work = Work {
            tx: &mut tx,
            assets: &self.assets,
            codes: &codes,
            site: &row,
            actor,
            now,
            public_key: public_key.as_deref(),
            batch: batch.as_ref(),
            policy: policy.as_deref(),
        };
        let out = op.apply(&mut work).map_err(crate::ops::sessions::said)?;
        let changes = tx.changes();
        let nothing = tx.count() == before && O::JOURNAL == Journal::Changes;
        if nothing || end == End::RollBack {
            return Ok(Done { out, op: None, changes: Changes::NONE });
        }
        if let (Some(wanted), Signed::No) = (wanted, signed) {
            let refusal = wanted.refusal();
            drop(tx);
            self.wanted.replace(Some(wanted));
            return Err(refusal.into());
        }
        let signature = self.signature((actor, op), op_id, now, batch.as_ref())?;
        let no = self.save(tx, signature)?;
        if O::PART == Part::Itself {
            self.saved.note(no);
        }
        self.held.after(self.store.db(), self.key.as_ref(), now);
        self.refresh_own_rows(changes)?;
        Ok(Done { out, op: Some(no), changes })
    }

    /// Whether everybody whom it takes has signed it: beforehand, or with hands that are held for it.
    fn signed(
        &self,
        tx: &mut Tx<'_>,
        wanted: Option<&Wanted>,
        (me, now): (Option<OperatorId>, Stamp),
    ) -> Result<Signed> {
        match (wanted, me) {
            (None, _) => Ok(Signed::Yes),
            (Some(_), None) => Ok(Signed::No),
            (Some(wanted), Some(me)) => {
                if let Some(hands) = self.hands.take() {
                    together::sign(tx, wanted, (&hands, now))?;
                }
                together::put_to_use(tx, wanted, (me, now))
            }
        }
    }

    /// A failed COMMIT may have saved: that is found out before anybody is told.
    fn save(&self, tx: Tx<'_>, signature: Signature) -> Result<OpNo> {
        let (no, id) = (tx.op(), signature.op_id.clone());
        let Err(fault) = tx.commit(signature) else { return Ok(no) };
        match settle(&self.store, no, &id, &fault) {
            Settled::Saved => Ok(no),
            Settled::NotSaved => Err(fault.into()),
            Settled::Unknown => Err(Error::Unknown { op_id: id, fault }),
        }
    }

    /// What was saved through this site since somebody last began something.
    pub fn saved(&self) -> &Saved {
        &self.saved
    }

    fn signature<O: Operation>(
        &self,
        (actor, op): (&Actor, &O),
        op_id: String,
        at: Stamp,
        batch: Option<&BatchRow>,
    ) -> Result<Signature> {
        let roles: Vec<_> = actor.roles.iter().map(|r| r.code()).collect();
        Ok(Signature {
            op_id,
            kind: O::KIND,
            site: self.site_or_new().code,
            station: clean::visible(&self.station).into_owned(),
            actor: actor.id.map(|id| id.0),
            actor_name: actor.name.clone(),
            actor_roles: roles.join(","),
            face: self.face.code(),
            at,
            batch: batch.map(|b| b.id.0),
            params: clean::escaped(
                &serde_json::to_string(op).map_err(|e| crate::store::StoreFault::Other(e.to_string()))?,
            )
            .into_owned(),
            reason: op.reason().map(|reason| clean::stored(reason).into_owned()),
            policy: batch.map(|b| b.policy.clone()),
        })
    }

    /// 128 bits that no other operation has: the clock, the process, a counter and the hasher's random key.
    fn fresh_id(&self, now: Stamp) -> String {
        use std::hash::{BuildHasher, RandomState};
        let count = self.count.get();
        self.count.set(count.wrapping_add(1));
        let mut hash = Sha256::new();
        hash.update(RandomState::new().hash_one((std::process::id(), count, now.0)).to_le_bytes());
        hash.update(RandomState::new().hash_one(now.0).to_le_bytes());
        let full = journal::hex(&hash.finalize());
        full.get(..32).unwrap_or(&full).to_owned()
    }
}

/// Refused for somebody who was disabled since they signed on: a screen that is open stays open.
fn still_in_office(db: &rows::Connection, actor: &Actor) -> Result<()> {
    let Some(id) = actor.id else { return Ok(()) };
    match rows::first::<OperatorRow>(db, "WHERE id = ?1 AND disabled = 1", [id])? {
        Some(row) => Err(Refusal::new(UNKNOWN_OPERATOR).with("name", row.name).into()),
        None => Ok(()),
    }
}

/// What has to be signed, where an operation is not for one person alone.
fn wanted<O: Operation>(op: &O, db: &rows::Connection, batch: Option<&BatchRow>) -> Result<Option<Wanted>> {
    let batch = batch.map(|b| b.id);
    match op.people(db, batch)? {
        People::One => Ok(None),
        people => Ok(Some(Wanted::of(op, people, batch, &op.seen(db, batch)?)?)),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Commit,
    RollBack,
}
