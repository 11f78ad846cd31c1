//! Papers as they stand: rooms with their bags and counts, what is wrong, and the archive register.
use super::close_room::known;
use super::custody::{NO_ROOM, UNKNOWN_BAG};
use super::warn;
use crate::model::{BagState, Code, Day, PaperMove, Refusal, RoomId, SessionId};
use crate::ops::{Result, Site};
use crate::policy::papers::{Counts, after};
use crate::store::views::papers::{self, RoomFacts};
use crate::store::{ArchiveBoxRow, PaperBagRow, PaperEventRow, RoomRecordRow, SessionRow, rows};
use serde::Serialize;

pub const NOTHING_TO_MOVE: Code = Code("papers.nothing_to_move");

/// A bag with everything that happened to it, oldest first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BagLine {
    #[serde(flatten)]
    pub bag: PaperBagRow,
    /// Name of the occupation; empty for a paper for all.
    pub occupation_name: String,
    pub events: Vec<PaperEventRow>,
}

/// A room of a session with its papers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RoomPapers {
    #[serde(skip)]
    pub room: RoomId,
    #[serde(rename = "room")]
    pub number: i64,
    pub name: Option<String>,
    pub seated: i64,
    /// Came in, also those who are out again.
    pub here: i64,
    /// Marked absent or sent away at the door.
    pub absent: i64,
    /// Neither here nor marked absent.
    pub expected: i64,
    /// In the room now.
    pub inside: i64,
    pub bags: Vec<BagLine>,
    /// What the counts are if no sheet was lost or spoilt.
    pub known: Counts,
    pub record: Option<RoomRecordRow>,
    pub archived: Option<ArchiveBoxRow>,
    /// The most urgent first.
    #[serde(serialize_with = "codes")]
    pub wrong: Vec<Refusal>,
}

fn codes<S: serde::Serializer>(wrong: &[Refusal], s: S) -> std::result::Result<S::Ok, S::Error> {
    s.collect_seq(wrong.iter().map(|r| r.code.0))
}

impl RoomPapers {
    /// Counts as the record has them.
    pub fn counted(&self) -> Option<Counts> {
        self.record.as_ref().map(counts)
    }

    /// Sheets of all its bags with the spare ones.
    pub fn sheets(&self) -> i64 {
        self.bags.iter().map(|b| b.bag.sheets + b.bag.spare).sum()
    }
}

pub(super) fn counts(r: &RoomRecordRow) -> Counts {
    Counts { issued: r.issued, collected: r.collected, absent: r.absent, void: r.void, spare: r.spare }
}

/// Rooms of a session by number.
pub fn rooms(site: &Site, session: &SessionRow) -> Result<Vec<RoomPapers>> {
    let db = site.store().db();
    let bags = rows::select::<PaperBagRow>(db, "WHERE session = ?1 ORDER BY number", [session.id])?;
    let of = "WHERE bag IN (SELECT id FROM paper_bag WHERE session = ?1) ORDER BY id";
    let events = rows::select::<PaperEventRow>(db, of, [session.id])?;
    let records = rows::select::<RoomRecordRow>(db, "WHERE session = ?1", [session.id])?;
    let boxes = rows::select::<ArchiveBoxRow>(db, "WHERE session = ?1", [session.id])?;
    let names = site.codes()?;
    let line = |bag: &PaperBagRow| {
        let code = bag.occupation.as_deref().unwrap_or_default();
        BagLine {
            bag: bag.clone(),
            occupation_name: names.occupation(code).map_or_else(|| code.to_owned(), |o| o.name.clone()),
            events: events.iter().filter(|e| e.bag == bag.id).cloned().collect(),
        }
    };
    let whole = |facts: RoomFacts| {
        let own: Vec<_> = bags.iter().filter(|b| b.room == Some(facts.room)).cloned().collect();
        let mut room = RoomPapers {
            room: facts.room,
            number: facts.number,
            seated: facts.seated,
            here: facts.here,
            absent: facts.absent + facts.refused,
            expected: facts.seated - facts.here - facts.absent - facts.refused,
            inside: facts.here - facts.out,
            known: known(&facts, &own),
            bags: own.iter().map(line).collect(),
            record: records.iter().find(|r| r.room == facts.room).cloned(),
            archived: boxes.iter().find(|b| b.room == facts.room).cloned(),
            wrong: Vec::new(),
            name: facts.name,
        };
        room.wrong = warn::wrong(site, session, &room)?;
        Ok(room)
    };
    papers::rooms(db, session.id, None)?.into_iter().map(whole).collect()
}

/// One of them by its number.
pub fn room_papers(site: &Site, session: &SessionRow, number: i64) -> Result<RoomPapers> {
    let found = rooms(site, session)?.into_iter().find(|r| r.number == number);
    found.ok_or_else(|| Refusal::new(NO_ROOM).with("room", number).into())
}

/// The bag with this number in a session.
pub fn bag_numbered(site: &Site, session: SessionId, number: &str) -> Result<PaperBagRow> {
    let found = rows::first(site.store().db(), "WHERE session = ?1 AND number = ?2", (session, number))?;
    found.ok_or_else(|| Refusal::new(UNKNOWN_BAG).with("bag", number).into())
}

/// Bags of a session that a movement is for: those named, or all of the room or the session that stand where it begins.
pub fn to_move(
    site: &Site,
    session: SessionId,
    (room, named): (Option<i64>, &[String]),
    kind: PaperMove,
) -> Result<Vec<PaperBagRow>> {
    if !named.is_empty() {
        return named.iter().map(|number| bag_numbered(site, session, number)).collect();
    }
    let db = site.store().db();
    let tail = "WHERE session = ?1 AND (?2 IS NULL OR room IN (SELECT id FROM room WHERE number = ?2)) ORDER BY number";
    let mut bags = rows::select::<PaperBagRow>(db, tail, (session, room))?;
    // What comes back unopened is named.
    bags.retain(|b| after(b.state, kind).is_ok() && (kind != PaperMove::Returned || b.state != BagState::Out));
    if bags.is_empty() {
        return Err(Refusal::new(NOTHING_TO_MOVE).word("move", format!("paper_move.{}", kind.code())).into());
    }
    Ok(bags)
}

/// Proctors who are assigned to a room of a session.
pub fn proctors(site: &Site, session: SessionId, room: RoomId) -> Result<Vec<String>> {
    Ok(papers::proctors(site.store().db(), session, room)?)
}

/// A line of the archive register (S1-38).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArchiveLine {
    pub session: String,
    pub room: i64,
    /// Numbers of the bags that came to the room.
    pub bags: Vec<String>,
    /// Scripts and void sheets by the room record; `None` while the room is open.
    pub due: Option<i64>,
    /// `None`: not archived yet.
    pub r#box: Option<String>,
    pub scripts: Option<i64>,
    pub keeper: Option<String>,
    pub place: Option<String>,
    pub stored_on: Option<Day>,
    pub keep_until: Option<Day>,
}

/// Every room that had papers, of one session or all of the batch; what is not archived yet first.
pub fn archive(site: &Site, only: Option<SessionId>) -> Result<Vec<ArchiveLine>> {
    let mut lines = Vec::new();
    for session in crate::ops::batch::sessions(site)?.iter().filter(|s| only.is_none_or(|id| id == s.id)) {
        for room in rooms(site, session)?.into_iter().filter(|r| !r.bags.is_empty() || r.archived.is_some()) {
            let kept = room.archived.as_ref();
            lines.push(ArchiveLine {
                session: session.code.clone(),
                room: room.number,
                bags: room.bags.iter().map(|b| b.bag.number.clone()).collect(),
                due: room.record.as_ref().map(|r| r.collected + r.void),
                r#box: kept.map(|k| k.r#box.clone()),
                scripts: kept.map(|k| k.scripts),
                keeper: kept.map(|k| k.keeper.clone()),
                place: kept.and_then(|k| k.place.clone()),
                stored_on: kept.map(|k| k.stored_on),
                keep_until: kept.map(|k| k.keep_until),
            });
        }
    }
    lines.sort_by_key(|l| l.r#box.is_some());
    Ok(lines)
}
