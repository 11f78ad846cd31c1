//! What no rule decides: told, and kept with both sides until a person decides.
use super::super::compare::{Side as Only, shown, whole};
use super::Run;
use super::judge::digest;
use super::side::{Row, rows_here};
use crate::bundle::site::Table;
use crate::model::MergeConflictId;
use crate::ops::exchange::site::Conflict;
use crate::ops::shown::shown_pair;
use crate::ops::{Result, Work};
use crate::store::{ConflictState, MergeConflictRow, rows};
use std::collections::BTreeMap;

pub struct Clash {
    pub table: &'static Table,
    pub place: String,
    pub here: Vec<Row>,
    pub there: Vec<Row>,
    /// Headings in dispute; `None`: all that differ.
    pub fields: Option<Vec<&'static str>>,
    pub why: Option<String>,
}

impl Clash {
    fn fields(&self) -> Vec<&'static str> {
        match (&self.fields, self.here.as_slice(), self.there.as_slice()) {
            (Some(fields), ..) => fields.clone(),
            (None, [a], [b]) => {
                let cells = self.table.headings().zip(a.written.iter().zip(&b.written));
                cells.filter(|(_, (a, b))| a != b).map(|(heading, _)| heading).collect()
            }
            _ => Vec::new(),
        }
    }

    fn name(&self) -> String {
        let row = self.here.first().or(self.there.first());
        row.map(|row| shown(self.table, &row.written)).unwrap_or_default()
    }
}

impl Run<'_> {
    pub(super) fn clash(&mut self, work: &mut Work<'_, '_>, clash: Clash) -> Result<()> {
        let (here, there) = (digest(clash.table, &clash.here), digest(clash.table, &clash.there));
        let known = rows::select::<MergeConflictRow>(
            work.tx.db(),
            "WHERE batch = ?1 AND part = ?2 AND place = ?3",
            (self.batch, clash.table.name, clash.place.as_str()),
        )?;
        let decided = |row: &MergeConflictRow| match row.state {
            ConflictState::Here => (&row.here_version, &row.there_version) == (&here, &there),
            ConflictState::There => (&row.there_version, &row.here_version) == (&here, &there),
            _ => false,
        };
        if known.iter().any(decided) {
            self.out.older += clash.there.len() as u64;
            return Ok(());
        }
        self.told(&clash);
        if let Some(row) = known.iter().find(|r| r.state == ConflictState::Open && r.there_version == there) {
            self.raised.push(row.id);
            return Ok(());
        }
        let id = MergeConflictId(work.tx.next_id::<MergeConflictRow>()?);
        let text = |rows: &[Row]| {
            let all: Vec<&[String]> = rows.iter().map(|row| row.written.as_slice()).collect();
            // Lists of texts always have a JSON form.
            serde_json::to_string(&all).unwrap_or_default()
        };
        self.raised.push(id);
        Ok(work.tx.insert(&MergeConflictRow {
            id,
            batch: self.batch,
            part: clash.table.name.to_owned(),
            place: clash.place.clone(),
            name: clash.name(),
            fields: clash.fields().join(","),
            here: text(&clash.here),
            there: text(&clash.there),
            here_version: here,
            there_version: there,
            source: self.source.clone(),
            why: clash.why.clone(),
            at: work.now,
            state: ConflictState::Open,
            decided_by: None,
            decided_at: None,
            reason: None,
        })?)
    }

    /// Lists both sides of every field, or the rows that only one side has.
    fn told(&mut self, clash: &Clash) {
        let (table, key) = (clash.table, clash.name());
        match (clash.here.as_slice(), clash.there.as_slice()) {
            ([a], [b]) => {
                for field in clash.fields() {
                    let (here, there) = shown_pair(field, a.get(table, field), b.get(table, field));
                    let key = key.clone();
                    self.out.account.conflict(Conflict { table: table.name, key, field, here, there });
                }
            }
            (here, there) => {
                let lacks = |all: &[Row], row: &Row| !all.iter().any(|r| r.written == row.written);
                for row in here.iter().filter(|row| lacks(there, row)) {
                    self.out.account.conflict(whole(table, &row.written, Only::Here));
                }
                for row in there.iter().filter(|row| lacks(here, row)) {
                    self.out.account.conflict(whole(table, &row.written, Only::There));
                }
            }
        }
    }

    /// Conflicts of earlier merges that this one settled, by the state of the rows as they are now.
    pub(super) fn overtake(&mut self, work: &mut Work<'_, '_>) -> Result<()> {
        let open = super::conflicts::open(work.tx.db(), self.batch)?;
        let mut now: BTreeMap<&str, BTreeMap<String, Vec<Row>>> = BTreeMap::new();
        for row in open.iter().filter(|row| !self.raised.contains(&row.id)) {
            let table = super::side::table(&row.part)?;
            if !now.contains_key(table.name) {
                now.insert(table.name, rows_here(work.tx.db(), self.batch, table)?.grouped(table));
            }
            let standing =
                now.get(table.name).and_then(|all| all.get(&row.place)).map(Vec::as_slice).unwrap_or_default();
            let theirs = super::conflicts::rows_of(table, &row.there);
            let gone = |r: &Row| {
                let version = r.version(table);
                self.here.gone(table.name, &row.place, &version) || self.there.gone(table.name, &row.place, &version)
            };
            let same = digest(table, standing) == row.there_version;
            if same || !theirs.is_empty() && theirs.iter().all(gone) {
                let (state, decided_at) = (ConflictState::Overtaken, Some(work.now));
                work.tx.update(row, &MergeConflictRow { state, decided_at, ..row.clone() })?;
            }
        }
        Ok(())
    }
}
