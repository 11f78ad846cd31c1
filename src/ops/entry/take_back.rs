//! Taking an own entry back: which operation made it, and when it is too late.
use super::blind::touched;
use super::import::ImportScores;
use super::paper::Reader;
use super::save::Save;
use crate::model::{ApplicationId, Code, OpNo, Refusal, Subject};
use crate::ops::{Actor, Operation, Result, Site, history};
use crate::store::journal::OperationRow;
use crate::store::views::entry_queue;

pub const BOTH_IN: Code = Code("entry.both_in");

/// The first entries of a bag stay as they are once somebody has begun with the second ones.
pub const SECOND_BEGAN: Code = Code("entry.second_began");

/// Refused for an own entry once both are in, or once the second entries of its bag have begun: whoever could take it back and type again could try until the two agree.
/// A coordinator may take back what others typed.
pub(in crate::ops) fn may_take_back(reader: &Reader<'_, '_>, actor: &Actor, target: &OperationRow) -> Result<()> {
    if ![Save::KIND, ImportScores::KIND].contains(&target.kind.as_str()) || target.actor != actor.id.map(|id| id.0) {
        return Ok(());
    }
    for entry in touched(reader, target.id)? {
        if reader.live(entry.application, entry.subject)?.state.both_in() {
            return Err(Refusal::new(BOTH_IN).with("op", target.id).into());
        }
        if reader.second_began((entry.application, entry.subject), actor)? {
            return Err(Refusal::new(SECOND_BEGAN).with("op", target.id).into());
        }
    }
    Ok(())
}

/// The operation by which the signed-on operator's entry of this mark stands: for taking back this one, not the last.
pub fn own_save(site: &Site, application: ApplicationId, subject: Subject) -> Result<OpNo> {
    let operator = site.actor().operator()?;
    let found = entry_queue::newest_save(site.store().db(), operator, application, subject)?;
    let nothing = || Refusal::new(history::NOTHING);
    let mut op = found.ok_or_else(nothing)?;
    // Taken back and brought again: the redo is what can be taken back now.
    while let Some(undo) = history::undone_by(site, op)? {
        op = history::undone_by(site, undo)?.ok_or_else(nothing)?;
    }
    Ok(op)
}
