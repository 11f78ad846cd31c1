//! A site: its database, clock, signed-on operator and batch. The one door for changes.
mod perform;
mod rules;
mod trouble;

pub use trouble::{Obstacle, Trouble};

use super::anchor::Held;
use super::fault::{Error, Result};
use super::operation::NO_BATCH;
use super::saved::Saved;
use super::together::{Hands, Wanted, Witness};
use crate::bundle::codes::Codes;
use crate::config::{ANCHOR, Assets, Home};
use crate::model::site_key::SecretKey;
use crate::model::{Clock, Code, OperatorId, Refusal, Role, Stamp};
use crate::policy::Policy;
use crate::store::doubt::Doubt;
use crate::store::inspect::Flaw;
use crate::store::wrong_pins::WrongPins;
use crate::store::{Access, BatchRow, Changes, SiteRow, Store, rows};
use std::cell::{Cell, RefCell};
use std::io::ErrorKind;
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
    /// Of two people, for the next operation.
    hands: Cell<Option<Hands>>,
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
        site.key = match super::site_key::there(&home_of(path)) {
            // Whoever may only look signs nothing.
            Err(Error::File { source, .. }) if site.read_only && source.kind() == ErrorKind::PermissionDenied => None,
            key => key?,
        };
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
            hands: Cell::new(None),
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

    /// Takes what an inspection of the content found: from now on nothing is written that should not be over it.
    pub fn learn(&self, flaw: &Flaw) {
        self.held.learn(flaw);
    }

    pub(in crate::ops) fn held(&self) -> &Held {
        &self.held
    }

    /// The mark of a lineage that was just begun.
    pub(in crate::ops) fn after_lineage(&self) {
        self.held.renew(self.store.db());
        if let Some(file) = self.file() {
            WrongPins::beside(file).clear();
        }
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
}

fn home_of(database: &Path) -> Home {
    Home::at(database.parent().unwrap_or(Path::new(".")).to_owned())
}

/// Where the mark of a database lies when nobody said otherwise.
fn beside(database: &Path) -> PathBuf {
    database.parent().unwrap_or(Path::new(".")).join(ANCHOR)
}
