//! The bags of the batch, and the map of numbers once they are open.
use super::SEALED_NONE;
use crate::model::{Code, Refusal, Role, RoomId, SessionId, Stamp, Subject};
use crate::ops::{Result, Site};
use crate::policy::duties;
use crate::store::views::scripts::{RoomBag, names, rooms};
use serde::Serialize;

pub const NOT_OPEN: Code = Code("script.not_open");

/// How far a room's scripts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// No numbers are drawn: its papers are typed by seat and name.
    Plain,
    /// Numbers are drawn, marks are not locked.
    Sealed,
    /// Somebody sits there who has no number yet.
    Lacking,
    /// Every mark is locked: unsealing may be asked for.
    Locked,
    /// Waits for the second person.
    Asked,
    Open,
}

impl Stage {
    pub fn code(self) -> &'static str {
        match self {
            Stage::Plain => "plain",
            Stage::Sealed => "sealed",
            Stage::Lacking => "lacking",
            Stage::Locked => "locked",
            Stage::Asked => "asked",
            Stage::Open => "open",
        }
    }

    pub fn key(self) -> String {
        format!("script_stage.{}", self.code())
    }

    fn of(room: &RoomBag) -> Stage {
        match (room.bag, room.unsealed_at, room.asked_by) {
            (None, ..) => Stage::Plain,
            (_, Some(_), _) => Stage::Open,
            _ if room.numbered < room.people => Stage::Lacking,
            (.., Some(_)) => Stage::Asked,
            _ if room.locked => Stage::Locked,
            _ => Stage::Sealed,
        }
    }
}

/// One room of one session as the reader may see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    #[serde(skip)]
    pub session: SessionId,
    pub session_code: String,
    pub subject: Subject,
    #[serde(skip)]
    pub room_id: RoomId,
    /// `None` for whoever marks or types, while the bag is sealed: its code must not tell the room.
    pub room: Option<i64>,
    pub bag: Option<String>,
    pub stage: Stage,
    pub people: i64,
    pub numbered: i64,
    pub entered: i64,
    pub sealed_at: Option<Stamp>,
    pub sealed_by: Option<String>,
    pub asked_by: Option<String>,
    pub opened_at: Option<Stamp>,
    pub opened_by: Option<String>,
    /// Whether the reader is the one who asked, who cannot open it.
    #[serde(skip)]
    pub asked_by_me: bool,
}

/// Whether the reader may know which room a sealed bag is from.
pub fn may_know_rooms(site: &Site) -> bool {
    let actor = site.actor();
    let runs = [Role::Coordinator, Role::ScoreManager, Role::Auditor].iter().any(|role| actor.has(*role));
    runs && !actor.has(Role::Typist) && !actor.has(Role::Reviewer)
}

/// Every room of the batch in which a part is typed, by session and room; for whoever may not know the rooms, sealed
/// ones by the code of their bag.
pub fn bags(site: &Site) -> Result<Vec<Line>> {
    let (knows, me) = (may_know_rooms(site), site.actor().id);
    let all = rooms(site.store().db(), site.batch()?.id)?;
    let mut lines: Vec<_> = all
        .into_iter()
        .map(|r| Line {
            session: r.session,
            subject: r.subject,
            room_id: r.room,
            room: (knows || !r.is_sealed()).then_some(r.room_number),
            stage: Stage::of(&r),
            asked_by_me: me.is_some() && r.asked_by == me,
            session_code: r.session_code,
            bag: r.code,
            people: r.people,
            numbered: r.numbered,
            entered: r.entered,
            sealed_at: r.sealed_at,
            sealed_by: r.sealed_by,
            asked_by: r.asked_name,
            opened_at: r.unsealed_at,
            opened_by: r.unsealed_name,
        })
        .collect();
    if !knows {
        let mut order: Vec<SessionId> = lines.iter().map(|l| l.session).collect();
        order.dedup();
        let place = |id: SessionId| order.iter().position(|s| *s == id);
        lines.sort_by_key(|l| (place(l.session), l.room.is_none(), l.room, l.bag.clone()));
    }
    Ok(lines)
}

/// A number and whose it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mapped {
    pub number: String,
    pub bag: String,
    pub room: i64,
    pub seat: i64,
    pub ticket: Option<String>,
    pub name: String,
}

/// The map of the session's numbers, by room and seat: for a coordinator or an auditor, of bags that were opened by two.
pub fn map(site: &Site, session: SessionId) -> Result<Vec<Mapped>> {
    duties::allowed(&site.actor().roles, &[Role::Coordinator, Role::ScoreManager, Role::Auditor])?;
    let mut all = names(site.store().db(), session)?;
    if all.is_empty() {
        return Err(Refusal::new(SEALED_NONE).with("session", session).into());
    }
    all.retain(|n| !n.sealed);
    if all.is_empty() {
        return Err(Refusal::new(NOT_OPEN).into());
    }
    let line = |n: crate::store::views::scripts::Named| {
        let (number, bag, room) = (n.number, n.bag, n.room_number);
        Mapped { number, bag, room, seat: n.seat, ticket: n.ticket, name: n.name }
    };
    Ok(all.into_iter().map(line).collect())
}
