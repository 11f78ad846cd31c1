//! The rooms of the batch (S1-33): where they are, how large, how many sit there in each session.
use super::{Head, List, Manner, Numbers, Sink};
use crate::bundle::write::Digits;
use crate::ops::seating::room_lines_in;
use crate::ops::{Result, Site, batch, rooms};

pub const LIST: List = List { what: "rooms", numbers: Numbers::None, headings, rows };

fn headings(site: &Site) -> Result<Vec<Head>> {
    let keys = [
        "heading.venue",
        "heading.room",
        "heading.room_name",
        "heading.room_kind",
        "heading.seat_rows",
        "heading.seat_columns",
        "heading.rounds",
        "heading.seats",
        "heading.closed",
    ];
    let mut heads: Vec<_> = keys.map(Head::word).into();
    let of = |code: String| Head { title: super::Title::Official(code), digits: Digits::Tab };
    heads.extend(batch::sessions(site)?.into_iter().map(|s| of(s.code)));
    Ok(heads)
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let (counts, sessions) = (rooms::counts(site)?, batch::sessions(site)?);
    let none = vec![0; sessions.len()];
    for room in room_lines_in(site, sessions.first())? {
        let seats = room.rows * room.columns * room.rounds;
        let mut cells = vec![
            room.venue_name.clone(),
            room.number.to_string(),
            room.name.clone().unwrap_or_default(),
            manner.word(&format!("room_kind.{}", room.kind.code())),
            room.rows.to_string(),
            room.columns.to_string(),
            room.rounds.to_string(),
            room.places.map_or(seats, |most| most * room.rounds).to_string(),
            room.closed.clone().unwrap_or_default(),
        ];
        cells.extend(counts.get(&room.id).unwrap_or(&none).iter().map(i64::to_string));
        sink(&cells.iter().map(String::as_str).collect::<Vec<_>>())?;
    }
    Ok(())
}
