//! Rooms and seats as a platform takes them (S1-33): one row for each session and seat that is taken, with venue and room.
use super::{Head, List, Manner, Numbers, Sink};
use crate::model::{Cell, Level};
use crate::ops::{Result, Site};
use crate::store::views::arrangement::each;

pub const LIST: List = List { what: "arrangement", numbers: Numbers::None, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "heading.session",
        "heading.starts",
        "heading.venue",
        "heading.room",
        "heading.room_name",
        "heading.seat",
        "heading.ticket",
        "heading.name",
        "heading.occupation",
        "heading.level",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, _: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    each(site.store().db(), site.batch()?.id, &mut |row| {
        let cells: Vec<String> = (0..10).map(|n| text(n, &row.get(n))).collect();
        sink(&cells.iter().map(String::as_str).collect::<Vec<_>>())
    })
}

fn text(n: usize, cell: &Cell<'_>) -> String {
    match (n, cell) {
        (_, Cell::None) => String::new(),
        (1, Cell::Int(at)) => crate::model::Stamp(*at).minute(),
        (9, Cell::Int(digit)) => {
            let level = u8::try_from(*digit).ok().and_then(|d| Level::try_from(d).ok());
            level.map(|l| l.official().to_owned()).unwrap_or_default()
        }
        (_, Cell::Int(n)) => n.to_string(),
        (_, Cell::Text(text)) => text.to_string(),
    }
}
