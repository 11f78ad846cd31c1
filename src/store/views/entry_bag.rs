//! The bag of one room in one session: who types it, what its marks come to.
use crate::model::{ApplicationId, OperatorId, RoomId, SessionId, Stamp, Subject};
use crate::store::fault::Result;
use crate::store::views::entry_queue::JUDGED;
use rusqlite::Connection;

/// The bag in which somebody's paper of a subject lies; `None`: they are not seated.
pub fn bag_of(db: &Connection, application: ApplicationId, subject: Subject) -> Result<Option<(SessionId, RoomId)>> {
    let sql = "SELECT p.session, p.room FROM placement p JOIN session s ON s.id = p.session AND s.subject = ?2 \
         WHERE p.application = ?1 ORDER BY p.id LIMIT 1";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query_map((application, subject), |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.next().transpose()?)
}

/// The script number of somebody's paper while its bag is sealed: what it is called instead of their name.
pub fn label_of(db: &Connection, application: ApplicationId, subject: Subject) -> Result<Option<String>> {
    let sql = "SELECT n.number FROM script n JOIN script_bag b ON b.id = n.script_bag AND b.unsealed_at IS NULL \
         JOIN session s ON s.id = b.session AND s.subject = ?2 WHERE n.application = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query_map((application, subject), |r| r.get(0))?;
    Ok(rows.next().transpose()?)
}

/// Somebody who types one slot of a bag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    pub slot: i64,
    pub operator: OperatorId,
    pub name: String,
    pub at: Stamp,
    /// Their last entry in the slot since, or when the claim was made.
    pub last: Stamp,
}

const LIVE: &str = "FROM entry e JOIN placement p ON p.application = e.application AND p.session = ?1 AND p.room = ?2 \
     JOIN session s ON s.id = p.session AND s.subject = e.subject WHERE e.state <> 'discarded'";

pub fn holders(db: &Connection, session: SessionId, room: RoomId) -> Result<Vec<Holder>> {
    let sql = format!(
        "SELECT c.slot, c.operator, o.name, c.at, \
           max(c.at, ifnull((SELECT max(e.at) {LIVE} AND e.slot = c.slot AND e.operator = c.operator), 0)) \
         FROM entry_claim c JOIN operator o ON o.id = c.operator WHERE c.session = ?1 AND c.room = ?2 ORDER BY c.slot"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((session, room), |r| {
        Ok(Holder { slot: r.get(0)?, operator: r.get(1)?, name: r.get(2)?, at: r.get(3)?, last: r.get(4)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Slots of the bag in which live entries of this operator stand.
pub fn own_slots(db: &Connection, session: SessionId, room: RoomId, operator: OperatorId) -> Result<Vec<i64>> {
    let sql = format!("SELECT DISTINCT e.slot {LIVE} AND e.operator = ?3 ORDER BY e.slot");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((session, room, operator), |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether somebody else than the reader has begun with the second entries of the bag.
pub fn second_began(db: &Connection, (session, room): (SessionId, RoomId), reader: Option<OperatorId>) -> Result<bool> {
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM entry_claim WHERE session = ?1 AND room = ?2 AND slot = 2 AND operator IS NOT ?3) \
           OR EXISTS (SELECT 1 {LIVE} AND e.slot = 2 AND e.operator IS NOT ?3)"
    );
    Ok(db.prepare_cached(&sql)?.query_row((session, room, reader), |r| r.get(0))?)
}

/// Count and sum of marks in points, in hundredths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    pub papers: i64,
    pub total: i64,
}

/// Of the operator's own live entries in the bag.
pub fn own_sum(db: &Connection, session: SessionId, room: RoomId, operator: OperatorId) -> Result<Sum> {
    let sql = format!(
        "SELECT count(e.points), ifnull(sum(e.points), 0) {LIVE} AND e.operator = ?3 \
           AND NOT EXISTS (SELECT 1 FROM mark_effect v WHERE v.application = e.application AND v.subject = e.subject \
             AND v.effect = 'void')"
    );
    Ok(db
        .prepare_cached(&sql)?
        .query_row((session, room, operator), |r| Ok(Sum { papers: r.get(0)?, total: r.get(1)? }))?)
}

/// Of the settled marks as given, before what incidents do to them: the cover was written without these. What a
/// group of assessors judges is in no bag. With it the number of papers whose mark is not settled; which levels sit the subject is for the caller to say.
pub fn settled_sum(db: &Connection, session: SessionId, room: RoomId, levels: &str) -> Result<(Sum, i64)> {
    let sql = format!(
        "SELECT count(m.points), ifnull(sum(m.points), 0), \
           total(m.application IS NULL AND NOT EXISTS (SELECT 1 FROM mark_effect v WHERE v.application = a.id \
             AND v.subject = s.subject AND v.effect = 'void')) \
         FROM placement p JOIN session s ON s.id = p.session JOIN application a ON a.id = p.application \
         LEFT JOIN mark m ON m.application = a.id AND m.subject = s.subject \
         WHERE p.session = ?1 AND p.room = ?2 AND a.state <> 'withdrawn' AND instr(?3, a.level) > 0 AND NOT {JUDGED}"
    );
    Ok(db.prepare_cached(&sql)?.query_row((session, room, levels), |r| {
        #[allow(clippy::cast_possible_truncation)] // total() answers a whole number as REAL
        let open = r.get::<_, f64>(2)? as i64;
        Ok((Sum { papers: r.get(0)?, total: r.get(1)? }, open))
    })?)
}
