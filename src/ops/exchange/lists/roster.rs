//! Who sits where: one row for each session and seat, in the order of the paper piles.
use super::{Head, Identity, List, Manner, Numbers, Sink};
use crate::model::{Cell, Level};
use crate::ops::{Result, Site};
use crate::store::views::roster::each;

pub const LIST: List = List { what: "roster", numbers: Numbers::Masked, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "heading.session",
        "heading.room",
        "heading.seat",
        "heading.ticket",
        "heading.name",
        "heading.id_number",
        "heading.occupation",
        "heading.level",
        "heading.employer",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    each(site.store().db(), site.batch()?.id, &mut |row| {
        let cells: Vec<String> = (0..9).map(|n| text(n, &row.get(n), manner.identity)).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        sink(&cells)
    })
}

fn text(n: usize, cell: &Cell<'_>, identity: Identity) -> String {
    match (n, cell) {
        (_, Cell::None) => String::new(),
        (5, Cell::Text(number)) => identity.show(number).into_owned(),
        (7, Cell::Int(digit)) => {
            let level = u8::try_from(*digit).ok().and_then(|d| Level::try_from(d).ok());
            level.map(|l| l.official().to_owned()).unwrap_or_default()
        }
        (_, Cell::Int(n)) => n.to_string(),
        (_, Cell::Text(text)) => text.to_string(),
    }
}
