//! `history.undo`: takes an operation back as a new operation. Undoing an undo is a redo.
use crate::model::{BatchId, Code, OpNo, Refusal, Role};
use crate::ops::exchange::site::Merge;
use crate::ops::operation::BATCH_CLOSED;
use crate::ops::together::{self, Again};
use crate::ops::upkeep::may_manage;
use crate::ops::{
    self, Actor, Error, KINDS, Operation, People, Result, Site, Work, batch, certificates, entry, marks, scripts,
};
use crate::store::erase;
use crate::store::journal::OperationRow;
use crate::store::revert::{self, Reverted};
use crate::store::rows::{self, Connection};
use crate::store::{ArchiveRow, BatchRow, BatchState, StoreFault, journal};
use serde::Serialize;
use serde_json::Value as Json;

pub const NOTHING: Code = Code("history.nothing_to_undo");
pub const UNKNOWN: Code = Code("history.unknown_operation");
pub const ALREADY: Code = Code("history.already_undone");
pub const NOT_UNDOABLE: Code = Code("history.not_undoable");
pub const NEVER_UNDONE: Code = Code("history.never_undone");
pub const NOT_YOURS: Code = Code("history.not_yours");
pub const CHANGED_SINCE: Code = Code("history.changed_since");
pub const CHANGED_OUTSIDE: Code = Code("history.changed_outside");
pub const NOT_KEPT: Code = Code("history.rows_not_kept");
pub const PIN_NOT_KEPT: Code = Code("history.pin_not_kept");
/// The people it was about are erased.
pub const ERASED: Code = Code("history.erased");
pub const IN_USE: Code = Code("history.in_use");
/// Some of what came in stays for good: certificates, publications, uploads.
pub const KEPT: Code = Code("history.kept");
pub const REASON: Code = Code("history.reason_needed");

/// What voids a certificate can be taken back, but not by one person.
const SIGNED_BY_TWO: &[&str] = &[certificates::Reissue::KIND, certificates::Revoke::KIND];

/// Takes operation `op` back. Everybody may take back what is their own, a coordinator everybody's.
#[derive(Debug, Clone, Serialize)]
pub struct Undo {
    pub op: OpNo,
    pub reason: String,
}

/// What was taken back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Target {
    pub op: OpNo,
    pub kind: String,
    pub actor_name: String,
    pub params: String,
}

impl Operation for Undo {
    const KIND: &'static str = "history.undo";
    const ROLES: &'static [Role] = &[];
    /// What two people did one does not take back; see [`Operation::people`].
    const PEOPLE: People = People::Two(together::COSIGN);
    type Out = Target;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Target> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let unknown = || Refusal::new(UNKNOWN).with("op", self.op);
        let target = journal::operation(work.tx.db(), self.op)?.ok_or_else(unknown)?;
        allowed(work.actor, &target, crate::store::views::history::undone_by(work.tx.db(), self.op)?)?;
        may_take_back(&entry::Reader::Tx(work.tx), work.actor, &target)?;
        match revert::revert(work.tx, self.op) {
            Ok(Reverted::Done) => {}
            Ok(other) => return Err(self.refuse(other).into()),
            Err(StoreFault::Constraint(why)) => {
                // A merge may bring what never goes again, without anybody having worked on.
                let kept = target.kind == Merge::KIND && !why.contains("FOREIGN KEY");
                return Err(Refusal::new(if kept { KEPT } else { IN_USE }).with("op", self.op).into());
            }
            Err(other) => return Err(Error::Store(other)),
        }
        Ok(Target { op: target.id, kind: target.kind, actor_name: target.actor_name, params: target.params })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }

    fn people(&self, db: &Connection, _batch: Option<BatchId>) -> Result<People> {
        let mut no = Some(self.op);
        while let Some(target) = no.map(|no| journal::operation(db, no)).transpose()?.flatten() {
            // A merge brings in what two people voided at another site.
            let voids = target.changes.split(',').any(|record| record == "certificate_void");
            if voids || SIGNED_BY_TWO.contains(&target.kind.as_str()) || is_archived(db, &target)? {
                return Ok(Self::PEOPLE);
            }
            no = target.undoes;
        }
        Ok(People::One)
    }

    fn again(&self) -> Option<Again> {
        together::again(self)
    }
}

impl Undo {
    fn refuse(&self, why: Reverted) -> Refusal {
        match why {
            Reverted::ChangedSince { record, by: Some(by) } => Refusal::new(CHANGED_SINCE)
                .with("op", self.op)
                .with("by", by)
                .word("record", format!("record.{record}")),
            Reverted::RowsNotKept { record } => {
                Refusal::new(NOT_KEPT).with("op", self.op).word("record", format!("record.{record}"))
            }
            Reverted::ChangedSince { record, .. } => {
                Refusal::new(CHANGED_OUTSIDE).with("op", self.op).word("record", format!("record.{record}"))
            }
            Reverted::Erased => Refusal::new(ERASED).with("op", self.op),
            Reverted::SecretNotKept => Refusal::new(PIN_NOT_KEPT).with("op", self.op),
            Reverted::Done => Refusal::new(NOTHING),
        }
    }
}

/// Why an operation cannot be taken back by this operator, before any row is looked at.
fn allowed(actor: &Actor, target: &OperationRow, undone_by: Option<OpNo>) -> Result<()> {
    let kind = format!("kind.{}", target.kind);
    match KINDS.iter().find(|k| k.name == target.kind).map(|k| k.undo) {
        Some(ops::Undo::Instead(way)) => {
            return Err(Refusal::new(NOT_UNDOABLE).word("kind", kind).word("way", format!("kind.{way}")).into());
        }
        Some(ops::Undo::Never) => return Err(Refusal::new(NEVER_UNDONE).word("kind", kind).into()),
        Some(ops::Undo::Allowed) | None => {}
    }
    let own = target.actor == actor.id.map(|id| id.0);
    if !own && !actor.has(Role::Coordinator) {
        return Err(Refusal::new(NOT_YOURS).with("actor", target.actor_name.as_str()).into());
    }
    match undone_by {
        Some(by) => Err(Refusal::new(ALREADY).with("op", target.id).with("by", by).into()),
        None => Ok(()),
    }
}

/// Taking back what gave or took a duty is giving or taking it. Whoever a merge names but lets not sign on has none.
fn operators(actor: &Actor, changes: &[journal::ChangeRow]) -> Result<()> {
    let read = |image: &Option<String>| image.as_deref().and_then(|text| serde_json::from_str::<Json>(text).ok());
    for change in changes.iter().filter(|c| c.record == "operator") {
        let images = match (read(&change.before), read(&change.after)) {
            (None, Some(only)) | (Some(only), None) if is_idle(&only) => continue,
            (before, after) => [before, after],
        };
        for image in images.into_iter().flatten() {
            let roles = image.get("roles").and_then(Json::as_str).unwrap_or_default();
            may_manage(actor, &roles.split(',').filter_map(Role::parse).collect::<Vec<_>>())?;
        }
    }
    Ok(())
}

/// An account that nobody can sign on with.
fn is_idle(operator: &Json) -> bool {
    operator.get("disabled").and_then(Json::as_i64) == Some(1)
}

/// What stands in the way in its batch, its bags, its marks.
fn may_take_back(reader: &entry::Reader<'_, '_>, actor: &Actor, target: &OperationRow) -> Result<()> {
    let db = reader.db();
    operators(actor, &journal::changes(db, target.id)?)?;
    let meant = meant(db, target)?;
    not_before_closing(db, &meant)?;
    scripts::may_take_back(db, &meant)?;
    marks::may_take_back(db, target.id)?;
    entry::may_take_back(reader, actor, &meant)
}

/// What brings an operation again (a redo) is taken back as that operation is: the same row, under its kind.
fn meant(db: &Connection, target: &OperationRow) -> Result<OperationRow> {
    let mut meant = target.clone();
    while let Some(undone) = meant.undoes.map(|no| journal::operation(db, no)).transpose()?.flatten() {
        let Some(again) = undone.undoes.map(|no| journal::operation(db, no)).transpose()?.flatten() else { break };
        meant = OperationRow { kind: again.kind, undoes: again.undoes, ..meant };
    }
    Ok(meant)
}

/// What was done before a batch was closed stays while it is closed; what is done in a closed one can be taken back.
fn not_before_closing(db: &Connection, target: &OperationRow) -> Result<()> {
    let batch = target.batch.map(|id| rows::first::<BatchRow>(db, "WHERE id = ?1", [id])).transpose()?.flatten();
    match batch.filter(|batch| batch.state == BatchState::Closed) {
        Some(batch)
            if crate::store::views::history::batch_changed_since(db, target.id, batch.id)?
                && erase::is_of_a_batch(db, target)? =>
        {
            Err(Refusal::new(BATCH_CLOSED).with("batch", batch.code.as_str()).into())
        }
        _ => Ok(()),
    }
}

/// Whether it closed a batch whose archive is sealed: what is in it would not be what stands here.
fn is_archived(db: &Connection, target: &OperationRow) -> Result<bool> {
    let closes = [batch::Close::KIND, batch::CloseAnyway::KIND].contains(&target.kind.as_str());
    Ok(closes && rows::count::<ArchiveRow>(db, "WHERE batch = ?1", [target.batch])? > 0)
}

/// Why the signed-on operator cannot take this operation back, before anybody is asked for a reason.
pub fn may_undo(site: &Site, op: OpNo) -> Result<()> {
    let target = journal::operation(site.store().db(), op)?.ok_or_else(|| Refusal::new(UNKNOWN).with("op", op))?;
    allowed(site.actor(), &target, undone_by(site, op)?)?;
    may_take_back(&entry::Reader::Site(site), site.actor(), &target)
}

/// Who can take an operation back, as things are.
#[derive(Debug, Clone, PartialEq)]
pub enum WayBack {
    /// Whoever did it, or a coordinator.
    One,
    /// The same with another person.
    Two,
    /// Whoever is signed on cannot.
    Refused(Refusal),
}

/// Whether the signed-on operator can take it back, by trying it out.
pub fn way_back(site: &mut Site, op: OpNo) -> Result<WayBack> {
    // Any reason does: nothing is written.
    let undo = Undo { op, reason: Undo::KIND.to_owned() };
    match site.preview(&undo) {
        Ok(_) => {}
        Err(Error::Refused(refusal)) => return Ok(WayBack::Refused(refusal)),
        Err(other) => return Err(other),
    }
    Ok(if undo.people(site.store().db(), None)? == People::One { WayBack::One } else { WayBack::Two })
}

/// The operation that the signed-on operator's next undo would take back.
pub fn next_undo(site: &Site) -> Result<OpNo> {
    newest(site, crate::store::views::history::Live::Done)
}

/// The undo that a redo would take back: only while nothing newer was done.
pub fn next_redo(site: &Site) -> Result<OpNo> {
    newest(site, crate::store::views::history::Live::Undone)
}

fn newest(site: &Site, live: crate::store::views::history::Live) -> Result<OpNo> {
    let actor = site.actor().id.map(|id| id.0);
    crate::store::views::history::newest(site.store().db(), actor, live)?.ok_or_else(|| Refusal::new(NOTHING).into())
}

/// What the undo question shows of an operation.
#[derive(Debug, Clone)]
pub struct Description {
    pub kind: String,
    /// Whom or what it was about, as far as the journal names it.
    pub subject: String,
    pub at: crate::model::Stamp,
}

pub fn describe(site: &Site, op: OpNo) -> Result<Description> {
    let row = journal::operation(site.store().db(), op)?.ok_or_else(|| Refusal::new(UNKNOWN).with("op", op))?;
    let subject = crate::store::views::history::subject(site.store().db(), op)?.unwrap_or_default();
    Ok(Description { kind: row.kind, subject, at: row.at })
}

pub fn undone_by(site: &Site, op: OpNo) -> Result<Option<OpNo>> {
    Ok(crate::store::views::history::undone_by(site.store().db(), op)?)
}
