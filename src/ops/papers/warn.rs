//! What is wrong with the papers of a room, for those who only look.
use super::show::{RoomPapers, counts};
use crate::model::{BagState, Code, PaperMove, Refusal, SessionMode};
use crate::ops::{Result, SessionRow, Site};

/// Somebody sits there for whom there is no paper.
pub const SHORT: Code = Code("papers.warn.short");
/// Soon opened, and still in the store.
pub const NOT_OUT: Code = Code("papers.warn.not_out");
/// The exam runs, and the bag is closed.
pub const NOT_OPENED: Code = Code("papers.warn.not_opened");
pub const SEAL_WAS_BROKEN: Code = Code("papers.warn.seal_was_broken");
pub const OPENED_LATE: Code = Code("papers.warn.opened_late");
/// Fewer or more sheets came back than were issued.
pub const SHEETS_LOST: Code = Code("papers.warn.sheets_lost");
pub const NOT_CLOSED: Code = Code("papers.warn.not_closed");
pub const DOES_NOT_ADD_UP: Code = Code("papers.warn.does_not_add_up");
/// Attendance or incidents have changed since the record was signed.
pub const CHANGED_SINCE: Code = Code("papers.warn.changed_since");
pub const NOT_ARCHIVED: Code = Code("papers.warn.not_archived");

/// The most urgent first.
pub fn wrong(site: &Site, session: &SessionRow, room: &RoomPapers) -> Result<Vec<Refusal>> {
    let mut found = Vec::new();
    on_the_way(site, session, room, &mut found)?;
    in_the_record(site, session, room, &mut found)?;
    Ok(found)
}

fn on_the_way(site: &Site, session: &SessionRow, room: &RoomPapers, found: &mut Vec<Refusal>) -> Result<()> {
    let (now, starts) = (site.now(), session.starts_at);
    let of = |code: Code| Refusal::new(code).with("room", room.number);
    let papers: i64 = room.bags.iter().map(|b| b.bag.sheets).sum();
    let has_papers = session.mode != Some(SessionMode::HandsOn) || !room.bags.is_empty();
    if has_papers && room.record.is_none() && papers < room.seated {
        found.push(of(SHORT).with("seated", room.seated).with("sheets", papers));
    }
    let due = starts.plus_minutes(-i64::from(site.policy()?.papers.unseal_before_min));
    // Many bags of a room in the same place are one trouble.
    let count = |state: BagState| room.bags.iter().filter(|b| b.bag.state == state).count();
    let (stored, out) = (count(BagState::Stored), count(BagState::Out));
    if stored > 0 && now >= due && room.record.is_none() {
        found.push(of(NOT_OUT).with("count", stored));
    }
    if out > 0 && now > starts && room.here > 0 {
        found.push(of(NOT_OPENED).with("count", out));
    }
    for line in &room.bags {
        let with = |code: Code| of(code).with("bag", line.bag.number.as_str());
        for event in &line.events {
            let note = event.note.clone().unwrap_or_default();
            if event.kind == PaperMove::Unsealed && event.intact == Some(false) {
                found.push(with(SEAL_WAS_BROKEN).with("note", note.as_str()));
            }
            if event.kind == PaperMove::Unsealed && event.at > starts {
                found.push(with(OPENED_LATE).with("at", event.at).with("note", note.as_str()));
            }
            let missing = line.bag.sheets + line.bag.spare - event.sheets.unwrap_or_default();
            if event.kind == PaperMove::Collected && missing != 0 {
                found.push(with(SHEETS_LOST).with("missing", missing).with("note", note));
            }
        }
    }
    Ok(())
}

fn in_the_record(site: &Site, session: &SessionRow, room: &RoomPapers, found: &mut Vec<Refusal>) -> Result<()> {
    let of = |code: Code| Refusal::new(code).with("room", room.number);
    let issued = room.bags.iter().any(|b| b.bag.state != BagState::Stored);
    let Some(record) = &room.record else {
        if issued && session.ends_at.is_some_and(|ends| site.now() >= ends) {
            found.push(of(NOT_CLOSED));
        }
        return Ok(());
    };
    let signed = counts(record);
    let missing = signed.missing();
    if missing != 0 {
        let reason = record.reason.clone().unwrap_or_default();
        found.push(of(DOES_NOT_ADD_UP).with("missing", missing).with("reason", reason));
    }
    if record.absent != room.known.absent && record.reason.is_none() {
        let refusal = of(CHANGED_SINCE).with("signed", record.absent);
        found.push(refusal.with("known", room.known.absent));
    }
    let papers = site.policy()?.archive.papers;
    if papers && issued && room.archived.is_none() && site.now().day() > session.starts_at.day() {
        found.push(of(NOT_ARCHIVED));
    }
    Ok(())
}
