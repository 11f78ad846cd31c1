//! Whether a person may apply: by document and number, whatever the batch.
use crate::model::{ApplicationId, Day, DocumentKind, Refusal};
use crate::ops::Result;
use crate::policy::sanctions::{self, Bar};
use crate::store::rows::Connection;
use crate::store::{SanctionRow, rows};
use std::collections::HashMap;

/// A person as the register knows them.
type Person<'a> = (DocumentKind, &'a str);

fn bar(row: &SanctionRow) -> Option<Bar> {
    Some(Bar { from: row.from_day, until: row.until_day?, basis: row.basis.clone() })
}

/// The rule's answer for one person: the inner result is the refusal.
pub fn may_apply(db: &Connection, (document, number): Person<'_>, day: Day) -> Result<Result<(), Refusal>> {
    let tail = "WHERE id_number = ?1 AND document = ?2 AND lifted = 0 AND until_day IS NOT NULL";
    let bars: Vec<Bar> = rows::select::<SanctionRow>(db, tail, (number, document))?.iter().filter_map(bar).collect();
    Ok(sanctions::may_apply(&bars, day))
}

/// For every way by which an application comes in or comes back.
pub fn refuse_barred(db: &Connection, person: Person<'_>, day: Day) -> Result<()> {
    Ok(may_apply(db, person, day)??)
}

/// The sanction that an application suffers from, if one is in force.
pub fn standing(db: &Connection, application: ApplicationId) -> Result<Option<SanctionRow>> {
    Ok(rows::first::<SanctionRow>(db, "WHERE application = ?1 AND lifted = 0 ORDER BY id DESC", [application])?)
}

/// Everybody barred on a day, for a file of many rows: they are few.
pub struct Barred {
    day: Day,
    bars: HashMap<(DocumentKind, String), Vec<Bar>>,
}

impl Barred {
    pub fn on(db: &Connection, day: Day) -> Result<Barred> {
        let mut bars: HashMap<_, Vec<Bar>> = HashMap::new();
        for row in rows::select::<SanctionRow>(db, "WHERE lifted = 0 AND until_day >= ?1", [day.to_string()])? {
            let found = bar(&row);
            bars.entry((row.document, row.id_number)).or_default().extend(found);
        }
        Ok(Barred { day, bars })
    }

    pub fn may_apply(&self, document: DocumentKind, number: &str) -> Result<(), Refusal> {
        if self.bars.is_empty() {
            return Ok(());
        }
        let own = self.bars.get(&(document, number.to_owned())).map_or(&[][..], Vec::as_slice);
        sanctions::may_apply(own, self.day)
    }
}
