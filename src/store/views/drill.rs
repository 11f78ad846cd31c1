//! Marks of a batch beside where their owners belong: region, unit, employer, and the room in which they sat first.
use crate::model::{ApplicationId, BatchId, Level, Mark};
use crate::store::MarkKind;
use crate::store::fault::Result;
use rusqlite::{Connection, Row};

/// One application; texts live as long as the row.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'row> {
    pub application: ApplicationId,
    pub occupation: &'row str,
    pub occupation_name: &'row str,
    pub level: Level,
    /// In the order of [`crate::model::Subject::ALL`].
    pub boxes: [Option<Mark>; 3],
    /// Code of the unit of the notice that the application belongs to.
    pub unit: Option<&'row str>,
    /// As filed.
    pub region: Option<&'row str>,
    pub employer: Option<&'row str>,
    /// Of the theory session if there is one, else of the first session.
    pub room: Option<(&'row str, i64)>,
}

/// `CROSS JOIN`: sessions are few, and a seat is found by session and application.
const SQL: &str = "SELECT a.id, a.occupation, a.occupation_name, a.level, t.mark, t.points, p.mark, p.points, v.mark, \
     v.points, a.unit, a.region, a.employer, r.number, n.name FROM application a NOT INDEXED \
     LEFT JOIN mark t ON t.application = a.id AND t.subject = 'theory' \
     LEFT JOIN mark p ON p.application = a.id AND p.subject = 'practical' \
     LEFT JOIN mark v ON v.application = a.id AND v.subject = 'review' \
     LEFT JOIN placement q ON q.id = (SELECT o.id FROM session s CROSS JOIN placement o \
       ON o.session = s.id AND o.application = a.id WHERE s.batch = a.batch ORDER BY s.subject <> 'theory', s.starts_at, s.id LIMIT 1) \
     LEFT JOIN room r ON r.id = q.room LEFT JOIN venue n ON n.id = r.venue \
     WHERE a.batch = ?1 AND a.state IN ('submitted', 'returned', 'approved') ORDER BY a.id";

/// Everybody who has not withdrawn, in the order of filing.
pub fn each(db: &Connection, batch: BatchId, mut visit: impl FnMut(Placed<'_>)) -> Result<()> {
    let mut statement = db.prepare_cached(SQL)?;
    let mut rows = statement.query([batch])?;
    while let Some(row) = rows.next()? {
        let text = |column| -> rusqlite::Result<Option<&str>> { Ok(row.get_ref(column)?.as_str_or_null()?) };
        let room: Option<i64> = row.get(13)?;
        visit(Placed {
            application: row.get(0)?,
            occupation: text(1)?.unwrap_or_default(),
            occupation_name: text(2)?.unwrap_or_default(),
            level: row.get(3)?,
            boxes: [mark(row, 4)?, mark(row, 6)?, mark(row, 8)?],
            unit: text(10)?,
            region: text(11)?,
            employer: text(12)?,
            room: room.map(|number| Ok::<_, rusqlite::Error>((text(14)?.unwrap_or_default(), number))).transpose()?,
        });
    }
    Ok(())
}

fn mark(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Mark>> {
    let kind: Option<MarkKind> = row.get(at)?;
    Ok(match kind {
        Some(kind) => kind.with(row.get(at + 1)?),
        None => None,
    })
}
