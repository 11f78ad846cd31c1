//! In what state an application was when it was excluded: the journal knows.
use crate::model::ApplicationId;
use crate::store::ApplicationState;
use crate::store::fault::Result;
use rusqlite::{Connection, OptionalExtension};

/// `None` for a row that came excluded from elsewhere.
pub fn before(db: &Connection, who: ApplicationId) -> Result<Option<ApplicationState>> {
    let sql = "SELECT json_extract(before, '$.state') FROM change WHERE record = 'application' AND key = ?1 \
               AND json_extract(after, '$.state') = 'excluded' AND json_extract(before, '$.state') <> 'excluded' \
               ORDER BY op DESC, seq DESC LIMIT 1";
    Ok(db.prepare_cached(sql)?.query_row([who.to_string()], |r| r.get(0)).optional()?)
}
