//! Which tables lead to a batch by foreign keys.
use super::super::fault::Result;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// For each table that leads to a batch: its column, the table that the column names, and that table's column.
pub(super) struct Graph(BTreeMap<String, Vec<Link>>);

struct Link {
    column: String,
    parent: String,
    key: String,
}

impl Graph {
    pub fn read(db: &Connection) -> Result<Graph> {
        let sql = "SELECT m.name, f.\"from\", f.\"table\", coalesce(f.\"to\", 'id') FROM sqlite_schema m, \
                   pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f.\"table\" <> m.name ORDER BY 1, 2";
        let mut statement = db.prepare(sql)?;
        let rows = statement.query_map([], |r| {
            Ok((r.get::<_, String>(0)?, Link { column: r.get(1)?, parent: r.get(2)?, key: r.get(3)? }))
        })?;
        let mut all: Vec<(String, Link)> = rows.collect::<rusqlite::Result<_>>()?;
        let mut found: BTreeMap<String, Vec<Link>> = BTreeMap::from([("batch".to_owned(), Vec::new())]);
        // Until nothing is added: a table may lead there over one that was read after it.
        loop {
            let (leads, rest): (Vec<_>, Vec<_>) =
                all.into_iter().partition(|(_, link)| found.contains_key(&link.parent));
            all = rest;
            if leads.is_empty() {
                return Ok(Graph(found));
            }
            for (table, link) in leads {
                found.entry(table).or_default().push(link);
            }
        }
    }

    /// Whether rows of a table belong to batches.
    pub fn leads(&self, table: &str) -> bool {
        self.0.contains_key(table)
    }

    /// Which rows of a table belong to batch `?1`.
    pub fn of_batch(&self, table: &str) -> String {
        if table == "batch" {
            return "id = ?1".to_owned();
        }
        let links = self.0.get(table).map(Vec::as_slice).unwrap_or_default();
        let parts: Vec<_> = links.iter().map(|link| self.through(link)).collect();
        if parts.is_empty() { "0".to_owned() } else { parts.join(" OR ") }
    }

    fn through(&self, link: &Link) -> String {
        if link.parent == "batch" {
            return format!("\"{}\" = ?1", link.column);
        }
        let within = self.of_batch(&link.parent);
        format!("\"{}\" IN (SELECT \"{}\" FROM \"{}\" WHERE {within})", link.column, link.key, link.parent)
    }

    /// Every table before those that it names.
    pub fn leaves_first(&self) -> Vec<String> {
        let mut left: Vec<&String> = self.0.keys().collect();
        let mut order = Vec::new();
        while !left.is_empty() {
            let named = |table: &String| {
                left.iter()
                    .any(|other| self.0.get(*other).is_some_and(|links| links.iter().any(|l| l.parent == *table)))
            };
            let (free, bound): (Vec<_>, Vec<_>) = left.iter().copied().partition(|table| !named(table));
            // Tables that name one another: any order, the database says so if it matters.
            if free.is_empty() {
                order.extend(bound.into_iter().cloned());
                break;
            }
            order.extend(free.into_iter().cloned());
            left = bound;
        }
        order
    }
}
