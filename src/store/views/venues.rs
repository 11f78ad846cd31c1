//! Who sits at a venue.
use crate::model::VenueId;
use crate::store::fault::Result;
use rusqlite::Connection;

/// People seated at a venue whom another unit takes.
pub fn of_other_units(db: &Connection, venue: VenueId, unit: &str) -> Result<i64> {
    let sql = "SELECT count(DISTINCT p.application) FROM placement p JOIN room r ON r.id = p.room \
               JOIN application a ON a.id = p.application WHERE r.venue = ?1 AND a.unit IS NOT NULL AND a.unit <> ?2";
    Ok(db.prepare_cached(sql)?.query_row((venue, unit), |r| r.get(0))?)
}
