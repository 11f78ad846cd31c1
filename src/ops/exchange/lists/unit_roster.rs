//! The roster of applicants that a unit hands in, in the columns and the order of its layout (S2-18, S2-44).
use super::applications::{column, official};
use super::{Head, List, Manner, Numbers, Sink, Title};
use crate::bundle::field::Field;
use crate::bundle::layout::Layout;
use crate::bundle::write::Digits;
use crate::model::{Cell, Refusal};
use crate::ops::exchange::intake::UNKNOWN_LAYOUT;
use crate::ops::{Result, Site};
use crate::store::exchange::{Extract, each};
use crate::store::views::engagements;
use std::borrow::Cow;

pub const LIST: List = List { what: "unit-roster", numbers: Numbers::Masked, headings, rows };

const LAYOUT: &str = "roster-xinjiang";

fn layout(site: &Site) -> Result<Layout> {
    let text = site.assets().read(&format!("layouts/{LAYOUT}.toml"));
    Ok(Layout::parse(&text.ok_or_else(|| Refusal::new(UNKNOWN_LAYOUT).with("layout", LAYOUT))?)?)
}

fn headings(site: &Site) -> Result<Vec<Head>> {
    let head = |name: String| Head { title: Title::Official(name), digits: Digits::Tab };
    Ok(layout(site)?.columns.into_iter().map(|column| head(column.name)).collect())
}

/// Live applications, with the engagement that was stated last.
fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let (db, batch) = (site.store().db(), site.batch()?.id);
    let held = engagements::latest(db, batch)?;
    let fields: Vec<Field> = layout(site)?.columns.iter().map(|column| column.field).collect();
    let mut paths = vec!["state", "id"];
    paths.extend(fields.iter().filter_map(|field| column(*field)));
    let what = Extract { table: "application", paths: &paths, batch: "batch", order: &["id"] };
    let mut number = 0;
    each(db, &what, batch, &mut |row| {
        let live = ["submitted", "returned", "approved"].iter().any(|state| row.get(0) == Cell::text(state));
        if !live {
            return Ok(());
        }
        number += 1;
        let engaged = match row.get(1) {
            Cell::Int(id) => held.get(&id),
            _ => None,
        };
        let mut stored = 2..;
        let cells = fields.iter().map(|field| -> Cow<'_, str> {
            let at = if column(*field).is_some() { stored.next().unwrap_or_default() } else { 0 };
            match field {
                Field::Sequence => number.to_string().into(),
                Field::HeldLevel => engaged.map(|e| e.0.official()).unwrap_or_default().into(),
                Field::EngagedOn => engaged.and_then(|e| e.1).map(|day| day.to_string()).unwrap_or_default().into(),
                _ => official(*field, row.get(at), manner.identity),
            }
        });
        let cells: Vec<_> = cells.collect();
        let cells: Vec<&str> = cells.iter().map(Cow::as_ref).collect();
        sink(&cells)
    })
}
