//! A site: its database, clock, signed-on operator and batch. The one door for changes.
use super::anchor::Held;
use super::fault::{Error, Result};
use super::operation::{Before, Done, InDoubt, Journal, NO_BATCH, Operation, People, Work};
use super::saved::Saved;
use super::settle::{Settled, settle};
use super::together::{self, Signed, Wanted, Witness};
use crate::bundle::codes::{CATALOGUE, Codes};
use crate::config::{ANCHOR, Assets, Home};
use crate::model::site_key::SecretKey;
use crate::model::{Clock, Code, OperatorId, Refusal, Role, Stamp, clean};
use crate::policy::{self, Policy};
use crate::store::doubt::Doubt;
use crate::store::{Access, BatchRow, Changes, Signature, SiteRow, Store, journal, rows};
use sha2::{Digest, Sha256};
use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::rc::Rc;

pub const READ_ONLY: Code = Code("site.read_only");
/// An administrator asks for what belongs to a batch.
pub const ADMINISTRATOR: Code = Code("duty.administrator");
pub const NOT_A_SITE: Code = Code("site.not_initialised");
pub const NO_SUCH_BATCH: Code = Code("batch.unknown");

/// Which face an operation came through, for the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    Tui,
    Cli,
    Test,
}

impl Face {
    fn code(self) -> &'static str {
        match self {
            Face::Tui => "tui",
            Face::Cli => "cli",
            Face::Test => "test",
        }
    }
}

/// The signed-on operator. Without an id: the person who sets a site up, before there are operators.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    pub id: Option<OperatorId>,
    pub name: String,
    pub roles: Vec<Role>,
}

impl Actor {
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// The operator's id, refused for somebody who is no operator of this site.
    pub fn operator(&self) -> Result<OperatorId> {
        self.id.ok_or_else(|| Refusal::new(super::upkeep::NOT_SIGNED_ON).into())
    }
}

/// What keeps the site from being written. Reading goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// No room, or a quota.
    Full,
    /// The system refuses to write, for a limit or a failing disk.
    Failing,
    /// The file system has become one for reading only.
    ReadOnly,
}

impl Obstacle {
    fn of(error: &Error) -> Option<Obstacle> {
        let (Error::Store(fault) | Error::Unknown { fault, .. }) = error else { return None };
        match fault {
            crate::store::StoreFault::Full => Some(Obstacle::Full),
            crate::store::StoreFault::Io(_) => Some(Obstacle::Failing),
            crate::store::StoreFault::ReadOnly => Some(Obstacle::ReadOnly),
            _ => None,
        }
    }

    /// For the words.
    pub fn code(self) -> &'static str {
        match self {
            Obstacle::Full => "full",
            Obstacle::Failing => "failing",
            Obstacle::ReadOnly => "read_only",
        }
    }
}

/// An obstacle and when it was first met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trouble {
    pub what: Obstacle,
    pub since: Stamp,
}

pub struct Site {
    store: Store,
    clock: Box<dyn Clock>,
    assets: Assets,
    /// By catalogue of occupations.
    codes: RefCell<Vec<(String, Rc<Codes>)>>,
    policies: RefCell<Vec<(String, Rc<Policy>)>>,
    actor: Actor,
    face: Face,
    station: String,
    read_only: bool,
    /// Whether copies are made before operations that want one: not while a site is being set up.
    copies: bool,
    row: RefCell<Option<SiteRow>>,
    batch: RefCell<Option<BatchRow>>,
    /// The OS account or a key said who is signed on.
    vouched: bool,
    count: Cell<u64>,
    trouble: Cell<Option<Trouble>>,
    saved: Saved,
    held: Held,
    key: Option<SecretKey>,
    witness: Option<Witness>,
    wanted: RefCell<Option<Wanted>>,
}

impl Site {
    /// Opens the database at `path`. The batch is chosen with [`Site::choose_batch`], the operator with [`Site::sign_on`].
    /// Its mark lies in the folder `anchor` beside it. A database that does not fit its mark is open for reading only: see
    /// [`Site::doubt`].
    pub fn open(path: &Path, access: Access, assets: Assets, clock: Box<dyn Clock>) -> Result<Site> {
        Site::open_at((path, &beside(path)), access, assets, clock)
    }

    /// The same with the mark in a folder of its own, best on another device.
    pub fn open_at(
        (path, anchor): (&Path, &Path),
        access: Access,
        assets: Assets,
        clock: Box<dyn Clock>,
    ) -> Result<Site> {
        let mut site = Site::over(Store::open(path, access)?, assets, clock)?;
        site.read_only = site.store.access() == Access::ReadOnly;
        site.copies = true;
        site.held = Held::look(&site.store, anchor)?;
        site.key = super::site_key::there(&home_of(path))?;
        Ok(site)
    }

    fn over(store: Store, assets: Assets, clock: Box<dyn Clock>) -> Result<Site> {
        let row = rows::first::<SiteRow>(store.db(), "WHERE id = 1", [])?;
        Ok(Site {
            store,
            clock,
            assets,
            codes: RefCell::new(Vec::new()),
            policies: RefCell::new(Vec::new()),
            actor: Actor { id: None, name: String::new(), roles: Vec::new() },
            face: Face::Test,
            station: "local".to_owned(),
            read_only: false,
            copies: false,
            row: RefCell::new(row),
            batch: RefCell::new(None),
            vouched: false,
            count: Cell::new(0),
            trouble: Cell::new(None),
            saved: Saved::default(),
            held: Held::nothing(),
            key: None,
            witness: None,
            wanted: RefCell::new(None),
        })
    }

    /// Makes a new database file, or opens the one that is there, for `init`.
    pub fn create(path: &Path, assets: Assets, clock: Box<dyn Clock>) -> Result<Site> {
        Site::create_at((path, &beside(path)), assets, clock)
    }

    /// The same with the mark in a folder of its own.
    pub fn create_at((path, anchor): (&Path, &Path), assets: Assets, clock: Box<dyn Clock>) -> Result<Site> {
        let existed = path.exists();
        if !existed {
            Store::create(path)?;
            // The first lineage names it.
            super::site_key::in_home(&home_of(path))?;
        }
        let mut site = Site::open_at((path, anchor), Access::ReadWrite, assets, clock)?;
        site.copies = existed;
        Ok(site)
    }

    /// A site that lives only in this process, for tests.
    pub fn in_memory(assets: Assets, clock: Box<dyn Clock>) -> Result<Site> {
        Site::over(Store::in_memory()?, assets, clock)
    }

    pub fn set_face(&mut self, face: Face, station: &str) {
        self.face = face;
        station.clone_into(&mut self.station);
    }

    pub fn station(&self) -> &str {
        &self.station
    }

    pub fn set_actor(&mut self, actor: Actor) {
        self.actor = actor;
        self.vouched = false;
    }

    pub(in crate::ops) fn set_vouched(&mut self, vouched: bool) {
        self.vouched = vouched;
    }

    /// Whether the OS account or a key, and no mere name, said who is signed on.
    pub fn is_vouched(&self) -> bool {
        self.vouched
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// For reads inside `ops`.
    pub(in crate::ops) fn store(&self) -> &Store {
        &self.store
    }

    /// The database file; `None` for a site that lives in memory.
    pub fn file(&self) -> Option<&Path> {
        self.store.path()
    }

    /// Moves when another process has changed the database; not for our own changes.
    pub fn data_version(&self) -> Result<i64> {
        Ok(self.store.data_version()?)
    }

    pub fn assets(&self) -> &Assets {
        &self.assets
    }

    pub fn now(&self) -> Stamp {
        self.clock.now()
    }

    pub fn clock_is_fixed(&self) -> bool {
        self.clock.is_fixed()
    }

    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Why nothing may be written here before a person has looked; `None`: the database is the one that was left.
    pub fn doubt(&self) -> Option<Doubt> {
        self.held.doubt()
    }

    pub(in crate::ops) fn held(&self) -> &Held {
        &self.held
    }

    /// The mark of a lineage that was just begun.
    pub(in crate::ops) fn after_lineage(&self) {
        self.held.renew(self.store.db());
        self.held.after(self.store.db(), self.key.as_ref(), self.clock.now());
    }

    /// Of the key that this site signs with, as minisign writes it.
    pub fn public_key(&self) -> Option<String> {
        self.key.as_ref().map(|key| key.public().text())
    }

    /// The site's own row, refused before `init`.
    pub fn row(&self) -> Result<SiteRow> {
        self.row.borrow().clone().ok_or_else(|| Refusal::new(NOT_A_SITE).into())
    }

    /// The code lists, with the occupations of the catalogue that the policy of the batch at hand names.
    pub fn codes(&self) -> Result<Rc<Codes>> {
        let chosen = self.batch.borrow().as_ref().map(|b| b.policy.clone());
        match chosen {
            Some(digest) => self.codes_of(&*self.pinned(&digest)?),
            None => self.catalogue(CATALOGUE),
        }
    }

    /// The same for another policy.
    pub(in crate::ops) fn codes_of(&self, policy: &Policy) -> Result<Rc<Codes>> {
        self.catalogue(policy.occupations.catalogue.as_deref().unwrap_or(CATALOGUE))
    }

    fn catalogue(&self, catalogue: &str) -> Result<Rc<Codes>> {
        if let Some((_, codes)) = self.codes.borrow().iter().find(|(name, _)| name == catalogue) {
            return Ok(codes.clone());
        }
        let codes = Rc::new(Codes::with(catalogue, &|name| self.assets.read(&format!("codes/{name}")))?);
        self.codes.borrow_mut().push((catalogue.to_owned(), codes.clone()));
        Ok(codes)
    }

    /// The batch with this code, or the only open one when `code` is `None`.
    pub fn choose_batch(&mut self, code: Option<&str>) -> Result<()> {
        let db = self.store.db();
        let found = match code {
            Some(code) => Some(
                rows::first::<BatchRow>(db, "WHERE code = ?1", [code])?
                    .ok_or_else(|| Refusal::new(NO_SUCH_BATCH).with("batch", code))?,
            ),
            None => {
                let mut open = rows::select::<BatchRow>(db, "WHERE state = 'open' ORDER BY id", [])?;
                if open.len() > 1 { None } else { open.pop() }
            }
        };
        self.batch.replace(found);
        Ok(())
    }

    /// The batch at hand; not for an administrator, who has no business with one.
    pub fn batch(&self) -> Result<BatchRow> {
        self.not_for_administrators()?;
        self.batch.borrow().clone().ok_or_else(|| Refusal::new(NO_BATCH).into())
    }

    /// Whoever gives out the duties sees nothing of what those do who have them.
    pub fn not_for_administrators(&self) -> Result<()> {
        if self.actor.has(Role::Admin) { Err(Refusal::new(ADMINISTRATOR).into()) } else { Ok(()) }
    }

    pub fn policy(&self) -> Result<Rc<Policy>> {
        let digest = self.batch()?.policy;
        self.pinned(&digest)
    }

    /// The policy pinned to any batch of the site.
    pub(super) fn policy_of(&self, batch: &BatchRow) -> Result<Rc<Policy>> {
        self.pinned(&batch.policy)
    }

    fn pinned(&self, digest: &str) -> Result<Rc<Policy>> {
        if let Some((_, policy)) = self.policies.borrow().iter().find(|(d, _)| d == digest) {
            return Ok(policy.clone());
        }
        let row = rows::first::<crate::store::PolicyRow>(self.store.db(), "WHERE digest = ?1", [digest])?
            .ok_or_else(|| crate::store::StoreFault::Corrupt(format!("policy {digest}")))?;
        let lookup = |name: &str| self.assets.embedded(&format!("policies/{name}.toml")).map(str::to_owned);
        let policy = policy::from_pinned(&row.code, &row.text, &lookup).map_err(|f| Error::Policy(vec![f]))?;
        let policy = Rc::new(policy);
        self.policies.borrow_mut().push((digest.to_owned(), policy.clone()));
        Ok(policy)
    }

    /// Runs an operation in one transaction and journals it. Where hands are missing the witness, if there is one, is asked
    /// for them once; else what is wanted can be had from [`Site::take_wanted`].
    pub fn perform<O: Operation>(&mut self, op: &O) -> Result<Done<O::Out>> {
        if O::BEFORE == Before::Copy && self.copies && !self.read_only {
            policy::duties::allowed(&self.actor.roles, O::ROLES)?;
            super::upkeep::keep_before(&self.store, O::KIND, self.clock.now())?;
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

    /// What was saved through this site since somebody last began something.
    pub fn saved(&self) -> &Saved {
        &self.saved
    }

    /// What keeps the site from being written now; the next thing that is written ends it.
    pub fn trouble(&self) -> Option<Trouble> {
        self.trouble.get()
    }

    fn meet(&self, error: &Error) {
        if let Some(what) = Obstacle::of(error) {
            let since = self.trouble.get().map_or_else(|| self.clock.now(), |trouble| trouble.since);
            self.trouble.set(Some(Trouble { what, since }));
        }
    }

    /// After trouble: writes what changes nothing, to see whether the site can be written again.
    pub fn probe(&self) -> bool {
        match self.store.overwrite_log().map_err(Error::from) {
            Ok(()) => self.trouble.set(None),
            Err(error) => self.meet(&error),
        }
        self.trouble.get().is_none()
    }

    fn attempt<O: Operation>(&self, actor: &Actor, op: &O, end: End) -> Result<Done<O::Out>> {
        if self.read_only {
            return Err(Refusal::new(READ_ONLY).into());
        }
        policy::duties::allowed(&actor.roles, O::ROLES)?;
        if O::IN_DOUBT == InDoubt::Refused {
            self.held.before(self.store.db())?;
        }
        let (row, codes, now) = (self.site_or_new(), self.codes()?, self.clock.now());
        let (op_id, public_key) = (self.fresh_id(now), self.public_key());
        let tx_batch = self.batch.borrow().clone();
        let policy = tx_batch.as_ref().map(|b| self.pinned(&b.policy)).transpose()?;
        let mut tx = self.store.begin()?;
        // The batch as it is now: another terminal may have closed it.
        let batch = match &tx_batch {
            Some(b) => rows::first::<BatchRow>(tx.db(), "WHERE id = ?1", [b.id])?,
            None => None,
        };
        let wanted = wanted(op, tx.db(), batch.as_ref())?;
        let signed = match (&wanted, actor.id) {
            (None, _) => Signed::Yes,
            (Some(wanted), Some(me)) => together::put_to_use(&mut tx, wanted, (me, now))?,
            (Some(_), None) => Signed::No,
        };
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
        let out = op.apply(&mut work).map_err(super::sessions::said)?;
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
        let (no, id) = (tx.op(), signature.op_id.clone());
        if let Err(fault) = tx.commit(signature) {
            // A failed COMMIT may have saved: that is found out before anybody is told.
            match settle(&self.store, no, &id, &fault) {
                Settled::Saved => {}
                Settled::NotSaved => return Err(fault.into()),
                Settled::Unknown => return Err(Error::Unknown { op_id: id, fault }),
            }
        }
        // PINs and leave to do something are not what somebody came for.
        if O::IN_DOUBT == InDoubt::Refused {
            self.saved.note(no);
        }
        self.held.after(self.store.db(), self.key.as_ref(), now);
        self.refresh_own_rows(changes)?;
        Ok(Done { out, op: Some(no), changes })
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

    /// The site's row, or an empty one while `init` runs.
    fn site_or_new(&self) -> SiteRow {
        self.row.borrow().clone().unwrap_or(SiteRow {
            id: 1,
            code: String::new(),
            name: String::new(),
            region: None,
            organisation: None,
        })
    }

    fn refresh_own_rows(&self, changes: Changes) -> Result<()> {
        if changes.touches(Changes::any(&["site", "batch"])) {
            self.reread()?;
        }
        Ok(())
    }

    /// Reads the site's and the batch's rows again, after another process changed the file.
    pub fn reread(&self) -> Result<()> {
        self.row.replace(rows::first::<SiteRow>(self.store.db(), "WHERE id = 1", [])?);
        let id = self.batch.borrow().as_ref().map(|b| b.id);
        if let Some(id) = id {
            self.batch.replace(rows::first::<BatchRow>(self.store.db(), "WHERE id = ?1", [id])?);
        }
        Ok(())
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

fn home_of(database: &Path) -> Home {
    Home::at(database.parent().unwrap_or(Path::new(".")).to_owned())
}

/// Where the mark of a database lies when nobody said otherwise.
fn beside(database: &Path) -> PathBuf {
    database.parent().unwrap_or(Path::new(".")).join(ANCHOR)
}

/// What has to be signed, where an operation is not for one person alone.
fn wanted<O: Operation>(op: &O, db: &rows::Connection, batch: Option<&BatchRow>) -> Result<Option<Wanted>> {
    match op.people(db)? {
        People::One => Ok(None),
        people => {
            let batch = batch.map(|b| b.id);
            Ok(Some(Wanted::of(op, people, batch, &op.seen(db, batch)?)?))
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Commit,
    RollBack,
}
