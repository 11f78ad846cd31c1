//! What an operation wants signed, and putting a signature to its use.
use super::lasts;
use crate::model::{BatchId, Code, OpNo, OperatorId, Refusal, Role, Stamp};
use crate::ops::{Changes, Operation, People, Result, Site, history};
use crate::store::{CountersignatureRow, OperatorRow, StoreFault, Tx, journal, rows};
use sha2::{Digest, Sha256};

/// Another person's hand is missing.
pub const NEEDED: Code = Code("together.needed");
/// One's own PIN is.
pub const PIN_NEEDED: Code = Code("together.pin_needed");

/// An operation that waits for hands, by everything that makes it this one and no other.
pub struct Wanted {
    pub kind: &'static str,
    pub batch: Option<BatchId>,
    pub digest: String,
    /// Its values, JSON.
    pub said: String,
    /// Who may give; empty: one's own PIN is enough.
    pub roles: &'static [Role],
    /// Performs it once it is signed; `None`: whoever began it does it again.
    pub again: Option<Again>,
}

/// Performs an operation that had to wait.
pub type Again = Box<dyn FnOnce(&mut Site) -> Result<(Option<OpNo>, Changes)>>;

/// Signs what is wanted, or refuses: asked once, when hands are missing.
pub type Witness = Box<dyn Fn(&mut Site, &Wanted) -> Result<()>>;

/// For [`Operation::again`].
pub fn again<O: Operation + Clone + 'static>(op: &O) -> Option<Again> {
    let op = op.clone();
    Some(Box::new(move |site| site.perform(&op).map(|done| (done.op, done.changes))))
}

impl Wanted {
    pub(in crate::ops) fn of<O: Operation>(
        op: &O,
        people: People,
        batch: Option<BatchId>,
        seen: &str,
    ) -> Result<Wanted> {
        let mut said = serde_json::to_value(op).map_err(|e| StoreFault::Other(e.to_string()))?;
        if let Some(values) = said.as_object_mut() {
            O::UNSIGNED.iter().for_each(|name| drop(values.remove(*name)));
        }
        let said = said.to_string();
        let mut hash = Sha256::new();
        let batch_text = batch.map(|b| b.to_string()).unwrap_or_default();
        for part in ["kaowu countersignature 1", O::KIND, &batch_text, seen, &said] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        let digest = journal::hex(&hash.finalize());
        Ok(Wanted { kind: O::KIND, batch, digest, said, roles: people.second(), again: op.again() })
    }

    /// Eight hexadecimal digits to compare by eye.
    pub fn mark(&self) -> String {
        mark(&self.digest)
    }

    /// Key of the words for what is wanted.
    pub fn word(&self) -> String {
        history::word(self.kind, history::whole(self.kind, &self.said))
    }

    pub(in crate::ops) fn refusal(&self) -> Refusal {
        let kind = self.word();
        let code = if self.roles.is_empty() { PIN_NEEDED } else { NEEDED };
        Refusal::new(code).word("kind", kind).with("mark", self.mark())
    }
}

pub(super) fn mark(digest: &str) -> String {
    let (one, two) = (digest.get(..4).unwrap_or_default(), digest.get(4..8).unwrap_or_default());
    format!("{one} {two}")
}

/// Whether the hands that an operation wants are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ops) enum Signed {
    Yes,
    /// What it would answer can still be found out; it must not be committed.
    No,
}

/// Uses up the signature that fits, within the operation's own transaction.
pub(in crate::ops) fn put_to_use(tx: &mut Tx<'_>, wanted: &Wanted, (me, now): (OperatorId, Stamp)) -> Result<Signed> {
    let used = Some(tx.op());
    let tail = "WHERE digest = ?1 AND used IS NULL AND asked_by = ?2 ORDER BY id DESC";
    for row in rows::select::<CountersignatureRow>(tx.db(), tail, (&wanted.digest, me))? {
        if row.kind == wanted.kind && fits(tx, &row, wanted, now)? {
            tx.update(&row, &CountersignatureRow { used, ..row.clone() })?;
            return Ok(Signed::Yes);
        }
    }
    Ok(Signed::No)
}

fn fits(tx: &Tx<'_>, row: &CountersignatureRow, wanted: &Wanted, now: Stamp) -> Result<bool> {
    if !lasts(row.asked_at, now) {
        return Ok(false);
    }
    if wanted.roles.is_empty() {
        return Ok(true);
    }
    let (Some(giver), Some(given_at)) = (row.given_by, row.given_at) else { return Ok(false) };
    let still = rows::first::<OperatorRow>(tx.db(), "WHERE id = ?1 AND disabled = 0 AND pin IS NOT NULL", [giver])?;
    let may = still.is_some_and(|o| o.role_list().iter().any(|r| wanted.roles.contains(r)));
    Ok(may && giver != row.asked_by && given_at <= now)
}
