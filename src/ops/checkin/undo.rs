//! Taking an admission back: the general undo of the operation that let the person in.
use crate::model::{ApplicationId, Code, OpNo, Refusal, SessionId};
use crate::ops::{Operation, Result, Site, history};
use crate::store::AttendanceState;
use crate::store::views::{candidates, checkin};

pub const NOT_PRESENT: Code = Code("checkin.not_present");

/// The operation to undo. Refused for somebody who is not here, or who came in with many others by one operation.
pub fn admission(site: &Site, session: SessionId, who: ApplicationId) -> Result<OpNo> {
    let db = site.store().db();
    let person = candidates::candidate(db, Some(session), who)?;
    let (name, state) = person.map_or_else(Default::default, |p| (p.name, p.attendance));
    let none = || Refusal::new(NOT_PRESENT).with("name", name.as_str());
    if !matches!(state, Some(AttendanceState::Present | AttendanceState::Late)) {
        return Err(none().into());
    }
    // A redo of an admission is an undo of its undo.
    let single = [super::Admit::KIND, history::Undo::KIND];
    let by = checkin::written_by(db, session, who)?.filter(|(_, kind)| single.contains(&kind.as_str()));
    Ok(by.map(|(op, _)| op).ok_or_else(none)?)
}
