//! `duty.add`, `duty.change`, `duty.leave`: who is on duty at the windows. The list is not that of the applicants (S4-04).
use super::{identity, some};
use crate::model::{BatchId, Code, Day, DocumentKind, Level, Refusal, Role, fold, identity as ids};
use crate::ops::{Operation, Result, Site, Work};
use crate::store::DutyPersonRow;
use crate::store::rows::{self, Connection};
use serde::Serialize;

pub const UNKNOWN: Code = Code("duty.unknown");
pub const SEVERAL: Code = Code("duty.several");
pub const EXISTS: Code = Code("duty.exists");
pub const NO_NAME: Code = Code("duty.no_name");
pub const NO_DEPARTMENT: Code = Code("duty.no_department");
pub const ENDS_EARLY: Code = Code("duty.ends_early");
pub const HALF_HELD: Code = Code("duty.half_held");
pub const GONE: Code = Code("duty.gone");

/// What is known of one person on duty.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Particulars {
    pub name: String,
    /// `None`: an identity card.
    pub document: Option<DocumentKind>,
    pub id_number: String,
    pub department: String,
    pub post: Option<String>,
    /// `None`: as it was, or today.
    pub since: Option<Day>,
    pub until: Option<Day>,
    /// Of a certificate from elsewhere.
    pub held: Option<(String, Level)>,
    pub held_no: Option<String>,
    pub held_on: Option<Day>,
}

impl Particulars {
    pub fn of(row: &DutyPersonRow) -> Particulars {
        Particulars {
            name: row.name.clone(),
            document: Some(row.document),
            id_number: row.id_number.clone(),
            department: row.department.clone(),
            post: row.post.clone(),
            since: Some(row.since),
            until: row.until,
            held: row.held_occupation.clone().zip(row.held_level),
            held_no: row.held_no.clone(),
            held_on: row.held_on,
        }
    }

    /// The row with these, checked.
    pub(super) fn row(&self, (id, batch): (i64, BatchId), today: Day) -> Result<DutyPersonRow, Refusal> {
        let name = fold::name(&self.name).into_owned();
        if name.is_empty() {
            return Err(Refusal::new(NO_NAME));
        }
        let department = some(Some(&self.department)).ok_or_else(|| Refusal::new(NO_DEPARTMENT))?;
        let (document, id_number) = identity(self.document, &self.id_number)?;
        let since = self.since.unwrap_or(today);
        if let Some(until) = self.until.filter(|until| *until < since) {
            return Err(Refusal::new(ENDS_EARLY).with("day", until.to_string()).with("since", since.to_string()));
        }
        let (held_no, held_on) = (some(self.held_no.as_deref()), self.held_on);
        let held = self.held.as_ref().and_then(|(occupation, level)| Some((some(Some(occupation))?, *level)));
        if held.is_none() && (held_no.is_some() || held_on.is_some() || self.held.is_some()) {
            return Err(Refusal::new(HALF_HELD).with("name", name));
        }
        let (held_occupation, held_level) = held.unzip();
        let (post, until) = (some(self.post.as_deref()), self.until);
        #[rustfmt::skip]
        let row = DutyPersonRow {
            id, batch, document, id_number, name, department, post, since, until, held_occupation, held_level, held_no, held_on,
        };
        Ok(row)
    }
}

pub(super) const SAME: &str = "WHERE batch = ?1 AND document = ?2 AND id_number = ?3";

fn same(db: &Connection, row: &DutyPersonRow) -> Result<Option<DutyPersonRow>> {
    Ok(rows::first::<DutyPersonRow>(db, SAME, (row.batch, row.document, &row.id_number))?)
}

fn row(db: &Connection, batch: BatchId, id: i64) -> Result<DutyPersonRow> {
    let found = rows::first::<DutyPersonRow>(db, "WHERE batch = ?1 AND id = ?2", (batch, id))?;
    found.ok_or_else(|| Refusal::new(UNKNOWN).with("who", id).into())
}

/// The one whom a text names: an identity number or a name.
pub fn named(site: &Site, text: &str) -> Result<DutyPersonRow> {
    let (db, batch) = (site.store().db(), site.batch()?.id);
    let (number, name) = (fold::number_like(text), fold::name(text));
    let tail = "WHERE batch = ?1 AND (id_number = ?2 OR name = ?3) ORDER BY id";
    let found = rows::select::<DutyPersonRow>(db, tail, (batch, number.to_uppercase(), name.as_ref()))?;
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(Refusal::new(UNKNOWN).with("who", text).into()),
        _ => {
            let all: Vec<_> = found.iter().map(|p| format!("{} ({})", ids::mask(&p.id_number), p.department)).collect();
            Err(Refusal::new(SEVERAL).with("name", text).with("all", all.join(" ")).into())
        }
    }
}

#[derive(Debug, Serialize)]
pub struct Add {
    #[serde(flatten)]
    pub who: Particulars,
}

impl Operation for Add {
    const KIND: &'static str = "duty.add";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = DutyPersonRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<DutyPersonRow> {
        let key = (work.tx.next_id::<DutyPersonRow>()?, work.batch()?.id);
        let added = self.who.row(key, work.now.day())?;
        if let Some(there) = same(work.tx.db(), &added)? {
            let named = Refusal::new(EXISTS).with("name", there.name);
            return Err(named.with("department", there.department).into());
        }
        work.tx.insert(&added)?;
        Ok(added)
    }
}

#[derive(Debug, Serialize)]
pub struct Change {
    pub person: i64,
    /// Everything as it is from now on.
    #[serde(flatten)]
    pub now: Particulars,
}

impl Operation for Change {
    const KIND: &'static str = "duty.change";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = DutyPersonRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<DutyPersonRow> {
        let before = row(work.tx.db(), work.batch()?.id, self.person)?;
        let now = Particulars { since: self.now.since.or(Some(before.since)), ..self.now.clone() };
        let after = now.row((before.id, before.batch), work.now.day())?;
        if let Some(there) = same(work.tx.db(), &after)?.filter(|there| there.id != before.id) {
            let named = Refusal::new(EXISTS).with("name", there.name);
            return Err(named.with("department", there.department).into());
        }
        if before != after {
            work.tx.update(&before, &after)?;
        }
        Ok(after)
    }
}

/// Somebody is not on duty any more and is counted no longer.
#[derive(Debug, Serialize)]
pub struct Leave {
    pub person: i64,
    /// Last day on duty; `None`: today.
    pub last: Option<Day>,
}

impl Operation for Leave {
    const KIND: &'static str = "duty.leave";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = DutyPersonRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<DutyPersonRow> {
        let before = row(work.tx.db(), work.batch()?.id, self.person)?;
        if let Some(until) = before.until {
            return Err(Refusal::new(GONE).with("name", before.name).with("day", until.to_string()).into());
        }
        let until = Some(self.last.unwrap_or_else(|| work.now.day()));
        let now = Particulars { until, ..Particulars::of(&before) };
        let after = now.row((before.id, before.batch), work.now.day())?;
        work.tx.update(&before, &after)?;
        Ok(after)
    }
}
