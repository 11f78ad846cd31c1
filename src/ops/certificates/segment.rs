//! `certificates.grant_segment`, `certificates.drop_segment`: which serials belong to which of the sites that share the
//! first 13 places, so that sites that never meet cannot give one number twice.
use crate::model::{Code, Refusal, Role, certificate_no};
use crate::ops::{Operation, Result, Site, Undo, Work};
use crate::policy::certificate_serials::LAST_SERIAL;
use crate::store::views::certificates::highest_own_of_any;
use crate::store::{NumberSegmentRow, rows};
use serde::Serialize;

pub const BAD_RANGE: Code = Code("segment.bad_range");
pub const OVERLAPS: Code = Code("segment.overlaps");
pub const DOCUMENT: Code = Code("segment.document_needed");
pub const NO_PREFIX: Code = Code("segment.no_prefix");
pub const UNKNOWN: Code = Code("segment.unknown");
pub const IN_USE: Code = Code("segment.in_use");

#[derive(Debug, Clone, Serialize)]
pub struct GrantSegment {
    /// Code of the site; `None`: this one.
    pub site: Option<String>,
    /// The 13 places; `None`: this site's.
    pub prefix: Option<String>,
    /// Last two digits; `None`: every year.
    pub year: Option<i64>,
    pub first: i64,
    pub last: i64,
    /// By which it was granted.
    pub document: String,
}

impl Operation for GrantSegment {
    const KIND: &'static str = "certificates.grant_segment";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("certificates.drop_segment");
    /// Its number.
    type Out = i64;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<i64> {
        let own = work.site.organisation.clone().unwrap_or_default();
        let prefix = self.prefix.clone().unwrap_or(own);
        if !certificate_no::is_prefix(&prefix) {
            return Err(Refusal::new(NO_PREFIX).with("prefix", prefix.as_str()).into());
        }
        let year_fits = self.year.is_none_or(|year| (0..=99).contains(&year));
        if !(1..=LAST_SERIAL).contains(&self.first) || !(self.first..=LAST_SERIAL).contains(&self.last) || !year_fits {
            return Err(Refusal::new(BAD_RANGE).with("first", self.first).with("last", self.last).into());
        }
        let document = self.document.trim().to_owned();
        if document.is_empty() {
            return Err(Refusal::new(DOCUMENT).into());
        }
        let db = work.tx.db();
        let tail = "WHERE prefix = ?1 AND first <= ?3 AND last >= ?2 AND (year IS NULL OR ?4 IS NULL OR year = ?4)";
        let with = (prefix.as_str(), self.first, self.last, self.year);
        if let Some(other) = rows::first::<NumberSegmentRow>(db, tail, with)? {
            let refusal = Refusal::new(OVERLAPS).with("site", other.site.as_str());
            return Err(refusal.with("first", other.first).with("last", other.last).into());
        }
        let id = work.tx.next_id::<NumberSegmentRow>()?;
        let site = self.site.clone().map(|s| s.trim().to_owned()).filter(|s| !s.is_empty());
        let site = site.unwrap_or_else(|| work.site.code.clone());
        let row = NumberSegmentRow { id, prefix, site, year: self.year, first: self.first, last: self.last, document };
        work.tx.insert(&row)?;
        Ok(id)
    }
}

/// Takes back a segment of which no number was given.
#[derive(Debug, Clone, Serialize)]
pub struct DropSegment {
    pub segment: i64,
}

impl Operation for DropSegment {
    const KIND: &'static str = "certificates.drop_segment";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let unknown = || Refusal::new(UNKNOWN).with("segment", self.segment);
        let row =
            rows::first::<NumberSegmentRow>(work.tx.db(), "WHERE id = ?1", [self.segment])?.ok_or_else(unknown)?;
        if used(work.tx.db(), &row)? > 0 {
            return Err(Refusal::new(IN_USE).with("segment", row.id).into());
        }
        Ok(work.tx.delete(&row)?)
    }
}

/// The highest serial given inside it, at any level; 0 for none.
fn used(db: &rows::Connection, row: &NumberSegmentRow) -> Result<i64> {
    Ok(highest_own_of_any(db, (&row.prefix, row.year), (row.first, row.last))?)
}

/// A segment and how far it is used.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Segment {
    #[serde(flatten)]
    pub row: NumberSegmentRow,
    /// Whether it is this site's.
    pub own: bool,
    /// The highest serial given, at any level; 0 for none.
    pub highest: i64,
}

pub fn segments(site: &Site) -> Result<Vec<Segment>> {
    let (db, code) = (site.store().db(), site.row()?.code);
    let all = rows::select::<NumberSegmentRow>(db, "ORDER BY prefix, first, id", [])?;
    all.into_iter().map(|row| Ok(Segment { own: row.site == code, highest: used(db, &row)?, row })).collect()
}
