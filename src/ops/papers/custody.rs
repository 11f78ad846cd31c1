//! What every movement of a bag asks: the bag, the session, names of people who may touch papers.
use crate::model::{BagId, Code, PaperMove, Refusal, RoomId, SessionId, fold};
use crate::ops::checkin::UNKNOWN_SESSION;
use crate::ops::{Result, Work};
use crate::policy::papers::after;
use crate::store::views::papers::{self, RoomFacts};
use crate::store::{PaperBagRow, PaperEventRow, RoomRecordRow, SessionRow, rows};

pub const NAME_MISSING: Code = Code("papers.name_missing");
/// Somebody who sits the exam, or whose kin does.
pub const BARRED: Code = Code("papers.barred");
pub const NO_BAGS: Code = Code("papers.no_bags");
pub const UNKNOWN_BAG: Code = Code("papers.unknown_bag");
pub const NO_ROOM: Code = Code("papers.no_room");
pub const ROOM_CLOSED: Code = Code("papers.room_closed");
pub const REASON: Code = Code("papers.reason_missing");

pub fn session(work: &Work<'_, '_>, id: SessionId) -> Result<SessionRow> {
    let batch = work.batch()?.id;
    let found = rows::first::<SessionRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (id, batch))?;
    Ok(found.ok_or_else(|| Refusal::new(UNKNOWN_SESSION).with("session", id))?)
}

/// A room that takes part in the session.
pub fn room(work: &Work<'_, '_>, session: SessionId, id: RoomId) -> Result<RoomFacts> {
    let found = papers::rooms(work.tx.db(), session, Some(id))?.pop();
    Ok(found.ok_or_else(|| Refusal::new(NO_ROOM).with("room", id))?)
}

/// The bags with these ids, all of the batch at hand; each is named once.
pub fn bags(work: &Work<'_, '_>, ids: &[BagId]) -> Result<Vec<PaperBagRow>> {
    let mut found: Vec<PaperBagRow> = Vec::with_capacity(ids.len());
    let batch = work.batch()?.id;
    let tail = "WHERE id = ?1 AND session IN (SELECT id FROM session WHERE batch = ?2)";
    for id in ids {
        let bag = rows::first::<PaperBagRow>(work.tx.db(), tail, (id, batch))?;
        let bag = bag.ok_or_else(|| Refusal::new(UNKNOWN_BAG).with("bag", *id))?;
        if !found.contains(&bag) {
            found.push(bag);
        }
    }
    if found.is_empty() { Err(Refusal::new(NO_BAGS).into()) } else { Ok(found) }
}

pub fn record(work: &Work<'_, '_>, session: SessionId, room: RoomId) -> Result<Option<RoomRecordRow>> {
    Ok(rows::first::<RoomRecordRow>(work.tx.db(), "WHERE session = ?1 AND room = ?2", (session, room))?)
}

/// Refused where the room's record is signed already.
pub fn not_closed(work: &Work<'_, '_>, bag: &PaperBagRow) -> Result<()> {
    let Some(id) = bag.room else { return Ok(()) };
    match record(work, bag.session, id)? {
        Some(_) => {
            let number = room(work, bag.session, id)?.number;
            Err(Refusal::new(ROOM_CLOSED).with("room", number).into())
        }
        None => Ok(()),
    }
}

/// A name as it is written down, refused where it is empty or may not touch papers. `who` is a key of words.
pub fn handler(work: &Work<'_, '_>, who: &'static str, name: &str) -> Result<String> {
    let name = fold::name(name).into_owned();
    if name.is_empty() {
        return Err(Refusal::new(NAME_MISSING).word("who", format!("paper_hand.{who}")).into());
    }
    match papers::barring(work.tx.db(), work.batch()?.id, &name)? {
        Some(candidate) => Err(Refusal::new(BARRED).with("name", name).with("candidate", candidate).into()),
        None => Ok(name),
    }
}

/// Moves a bag and writes down how.
pub fn moved(work: &mut Work<'_, '_>, bag: &PaperBagRow, event: PaperEventRow) -> Result<()> {
    let state = after(bag.state, event.kind).map_err(|r| r.with("bag", bag.number.as_str()))?;
    work.tx.insert(&event)?;
    work.tx.update(bag, &PaperBagRow { state, ..bag.clone() })?;
    Ok(())
}

/// The event of a movement that two people sign now.
pub fn event(work: &Work<'_, '_>, bag: &PaperBagRow, kind: PaperMove, hands: (&str, &str)) -> Result<PaperEventRow> {
    let id = work.tx.next_id::<PaperEventRow>()?;
    Ok(PaperEventRow::signed(id, bag.id, kind, work.now, (hands.0.to_owned(), hands.1.to_owned())))
}

/// A text that says something.
pub fn spoken(text: Option<&str>) -> Option<String> {
    text.map(|t| fold::text(t).into_owned()).filter(|t| !t.is_empty())
}
