//! `exchange.merge`: what another site, or the region, has done with the same batch comes in. Nothing is overwritten that
//! differs without one side being the later; such differences are listed with both sides.
mod change;
mod clash;
pub mod conflicts;
mod judge;
mod people;
mod resolve;
mod side;
mod state;
mod units;

use super::compare::NOT_HERE;
use super::load::name_only;
use super::{Account, Folder, taking};
use crate::model::{BatchId, Code, MergeConflictId, Refusal, Role};
use crate::ops::{Operation, People, Result, Work, together};
use crate::store::rows::Connection;
use judge::Verdict;
pub use resolve::{DECIDED, Resolve, Stands, is_locked};
use serde::{Serialize, Serializer};
use side::{Row, Side, table};
use state::{Known, Position};
use std::collections::{HashMap, HashSet};

pub const POLICY: Code = Code("merge.another_policy");

pub struct Merge<'a> {
    pub folder: &'a Folder,
}

/// What is signed and journaled: the content by its digest, and whose it is by the fingerprint that people compare.
impl Serialize for Merge<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Said<'a> {
            #[serde(serialize_with = "name_only")]
            folder: &'a Folder,
            fingerprint: String,
        }
        Said { folder: self.folder, fingerprint: self.folder.origin.fingerprint() }.serialize(to)
    }
}

/// What became of the rows.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Merged {
    /// Rows of the bundle, rows added, rows that are the same, conflicts.
    #[serde(flatten)]
    pub account: Account,
    /// Rows here that the other side's later state replaced.
    pub taken: u64,
    /// Rows of the bundle that are older than what is here.
    pub older: u64,
    /// Conflicts of the batch that wait for a person.
    pub open: u64,
    /// The same bundle was taken in before.
    pub again: bool,
}

impl Operation for Merge<'_> {
    const KIND: &'static str = "exchange.merge";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// Where nobody's key vouches for it, but people who compared groups.
    const PEOPLE: People = People::Two(together::KEEP);
    const BEFORE: crate::ops::Before = crate::ops::Before::Copy;
    type Out = Merged;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Merged> {
        let (batch, there) = (work.batch()?.clone(), &self.folder.manifest);
        if batch.code != there.batch.code {
            let refusal = Refusal::new(NOT_HERE).with("batch", there.batch.code.as_str());
            return Err(refusal.with("site", work.site.code.as_str()).into());
        }
        if batch.policy != there.policy.sha256 {
            return Err(Refusal::new(POLICY).with("batch", batch.code.as_str()).into());
        }
        let taking = taking::check(work, self.folder)?;
        let steps = work.policy()?.reviews.steps.iter().map(|by| by.step.code()).collect();
        let (here, there) = (Side::here(work.tx.db(), batch.id)?, Side::there(self.folder)?);
        let (known_here, known_there) = (state::known(&here, &there)?, state::known(&there, &here)?);
        let account = Account { read: there.count(), ..Account::default() };
        let out = Merged { account, ..Merged::default() };
        let mut positions = Positions::of(&here, &there, (&known_here, &known_there))?;
        let disputed = disputed(&here, &there)?;
        for key in &disputed {
            positions.0.remove(key);
        }
        positions.0.retain(|key, _| !disputed.contains(key));
        let source = self.folder.manifest.site.code.clone();
        let (batch, raised) = (batch.id, Vec::new());
        let mut merge =
            Run { disputed, here, there, known_here, known_there, positions, steps, batch, source, raised, out };
        merge.operators(work)?;
        merge.applications(work)?;
        merge.tables(work)?;
        merge.remember(work)?;
        merge.overtake(work)?;
        taking.remember(work, self.folder)?;
        merge.out.again = taking.again;
        merge.out.open = conflicts::open(work.tx.db(), batch)?.len() as u64;
        merge.out.account.keep_blind(work.tx.db())?;
        Ok(merge.out)
    }

    fn people(&self, db: &Connection, _batch: Option<BatchId>) -> Result<People> {
        if taking::is_vouched_for(db, self.folder)? { together::once_two(db) } else { Ok(People::One) }
    }
}

/// Which side is further with an application.
#[derive(Debug, Default)]
struct Positions(HashMap<String, (Option<Position>, Option<Position>)>);

impl Positions {
    fn of(here: &Side, there: &Side, known: (&HashMap<String, Known>, &HashMap<String, Known>)) -> Result<Positions> {
        let (table, none) = (table("applications")?, Known::default());
        let mut all: HashMap<String, (Option<Position>, Option<Position>)> = HashMap::new();
        let position = |row: &Row, known: &HashMap<String, Known>| {
            let key = row.application(table);
            let at = known.get(&key).unwrap_or(&none).position(row.get(table, "state"));
            (key, at)
        };
        for row in here.rows("applications") {
            let (key, at) = position(row, known.0);
            all.entry(key).or_default().0 = Some(at);
        }
        for row in there.rows("applications") {
            let (key, at) = position(row, known.1);
            all.entry(key).or_default().1 = Some(at);
        }
        Ok(Positions(all))
    }

    fn later(&self, application: &str) -> Verdict {
        match self.0.get(application) {
            Some((Some(here), Some(there))) if there > here => Verdict::There,
            Some((Some(here), Some(there))) if there < here => Verdict::Here,
            Some((None, Some(_))) => Verdict::There,
            _ => Verdict::Open,
        }
    }
}

/// Applications of which both sides decided the same step of the same round differently: neither side is the later.
fn disputed(here: &Side, there: &Side) -> Result<HashSet<String>> {
    let table = table("reviews")?;
    let (Some(ours), Some(theirs)) = (here.table("reviews"), there.table("reviews")) else {
        return Ok(HashSet::new());
    };
    let differing = theirs.keyed().into_iter().filter_map(|(place, key)| {
        let (ours, theirs) = (ours.find(key)?, theirs.all.get(place)?);
        let at = super::version::place(table, &theirs.written);
        let told =
            here.gone(table.name, &at, &theirs.version(table)) || there.gone(table.name, &at, &ours.version(table));
        (ours.written != theirs.written && !told).then(|| theirs.application(table))
    });
    Ok(differing.collect())
}

struct Run<'p> {
    /// Their state and particulars stay as they are here.
    disputed: HashSet<String>,
    here: Side,
    there: Side,
    known_here: HashMap<String, Known>,
    known_there: HashMap<String, Known>,
    positions: Positions,
    /// Codes of the notice's steps.
    steps: Vec<&'p str>,
    batch: BatchId,
    /// The site that the bundle names.
    source: String,
    /// Conflicts that this bundle brings up.
    raised: Vec<MergeConflictId>,
    out: Merged,
}
