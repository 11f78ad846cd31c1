//! Who may look at what an operation wrote: the journal holds every value, and an entry is blind until it is settled.
use super::paper::Reader;
use crate::model::entry::Entries;
use crate::model::{ApplicationId, OpNo, OperatorId, Role, Subject};
use crate::ops::{Result, Site};
use crate::store::journal::OperationRow;
use crate::store::{MarkRow, rows};
use serde_json::Value;

/// Whether the params and changes of an operation may be shown to the signed-on operator. For operations that wrote
/// entries (or took such an operation back): when the mark is settled by now; or a coordinator looks and both entries
/// are in; or it touched nothing but the reader's own entries. All others: yes.
pub fn may_show(site: &Site, operation: &OperationRow) -> Result<bool> {
    may_show_op(site, operation.id)
}

/// The same by number.
pub fn may_show_op(site: &Site, op: OpNo) -> Result<bool> {
    let touched = touched(&Reader::Site(site), op)?;
    for entry in &touched {
        if !visible(site, entry, &touched)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// One entry that an operation wrote.
pub(super) struct Touched {
    pub application: ApplicationId,
    pub subject: Subject,
    operator: Option<OperatorId>,
}

pub(super) fn touched(reader: &Reader<'_, '_>, op: OpNo) -> Result<Vec<Touched>> {
    let changes = reader.changes(op)?;
    let images = changes.iter().filter(|c| c.record == "entry").flat_map(|c| [&c.before, &c.after]);
    let images = images.flatten().filter_map(|text| serde_json::from_str::<Value>(text).ok());
    let read = |image: Value| {
        let number = |name: &str| image.get(name).and_then(Value::as_i64);
        Some(Touched {
            application: ApplicationId(number("application")?),
            subject: Subject::parse(image.get("subject")?.as_str()?)?,
            operator: number("operator").map(OperatorId),
        })
    };
    Ok(images.filter_map(read).collect())
}

fn visible(site: &Site, entry: &Touched, all: &[Touched]) -> Result<bool> {
    let key = (entry.application, entry.subject);
    let tail = "WHERE application = ?1 AND subject = ?2";
    if rows::first::<MarkRow>(site.store().db(), tail, key)?.is_some() {
        return Ok(true);
    }
    let state = Reader::Site(site).live(entry.application, entry.subject)?.state;
    Ok(may_compare(site, &state) || all.iter().all(|t| t.operator.is_some() && t.operator == site.actor().id))
}

/// A coordinator sees both values once both are in.
pub(super) fn may_compare(site: &Site, state: &Entries) -> bool {
    let both = state.both_in();
    both && site.actor().has(Role::Coordinator)
}
