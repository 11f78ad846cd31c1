//! Walking over the chart and from room to room.
use super::Seating;
use crate::model::{Code, Refusal};
use crate::ops::Result;
use crate::ops::search;
use crate::tui::cx::Cx;
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::Flow;
use std::cell::Cell;
use std::rc::Rc;

pub const NOT_FOUND: Code = Code("seat.not_found");

/// Rows down and columns to the right. At the left and right edge the next room comes.
pub fn step(pane: &mut Seating, cx: &mut Cx<'_>, (down, right): (isize, isize)) -> Result<Flow> {
    let Some(chart) = &pane.chart else { return Ok(Flow::Stay) };
    let Some((row, column)) = chart.place(pane.cursor) else { return Ok(Flow::Stay) };
    let to = row.checked_add_signed(down).zip(column.checked_add_signed(right));
    let seat = to.and_then(|(row, column)| chart.grid.get(row)?.get(column)).copied();
    match seat {
        Some(seat) => pane.cursor = seat,
        None if right != 0 => return over_the_edge(pane, cx, (row, right)),
        None => {}
    }
    Ok(Flow::Stay)
}

/// Into the next room at the same row.
fn over_the_edge(pane: &mut Seating, cx: &mut Cx<'_>, (row, right): (usize, isize)) -> Result<Flow> {
    let before = pane.at;
    room(pane, cx, right)?;
    if pane.at != before
        && let Some(chart) = &pane.chart
    {
        let row = chart.grid.get(row).or(chart.grid.last());
        let seat = row.and_then(|row| if right > 0 { row.first() } else { row.last() });
        pane.cursor = seat.copied().unwrap_or(1);
    }
    Ok(Flow::Stay)
}

pub fn room(pane: &mut Seating, cx: &mut Cx<'_>, by: isize) -> Result<Flow> {
    let at = pane.at.saturating_add_signed(by);
    if at != pane.at && at < pane.rooms.len() {
        pane.at = at;
        pane.cursor = 1;
        pane.open_room(cx)?;
    }
    Ok(Flow::Stay)
}

/// The next session of the day; the cursor stays.
pub fn next_session(pane: &mut Seating, cx: &mut Cx<'_>) -> Result<Flow> {
    if pane.sessions.len() > 1 {
        pane.session = (pane.session + 1) % pane.sessions.len();
        pane.read(cx)?;
    }
    Ok(Flow::Stay)
}

/// Looks somebody up by name, ticket or number and shows the seat.
pub fn find(pane: &mut Seating, cx: &mut Cx<'_>) -> Result<Flow> {
    let title = cx.locale.word("seating.find_title").to_owned();
    let body = cx.locale.word("seating.find_body").to_owned();
    let session = pane.shown_session().map(|s| s.id);
    let landed = Rc::clone(&pane.landed);
    let then = move |cx: &mut Cx<'_>, text: String| {
        let found = search::candidates(cx.site, session, &text)?;
        let seated: Vec<_> = found.into_iter().filter_map(|c| Some((c.name, (c.room_number?, c.seat?)))).collect();
        match seated.as_slice() {
            [] => Err(Refusal::new(NOT_FOUND).with("value", text).into()),
            [(_, place)] => Ok(go(&landed, *place)),
            _ => {
                let items = seated.iter().map(|(name, (room, seat))| format!("{room}-{seat:02}  {name}")).collect();
                let title = cx.locale.word("seating.find_title").to_owned();
                let then = move |_: &mut Cx<'_>, n: usize| Ok(seated.get(n).map_or(Flow::Close, |s| go(&landed, s.1)));
                Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
            }
        }
    };
    Ok(Flow::Open(Reason::edit(title, body, "", Box::new(then))))
}

fn go(landed: &Rc<Cell<Option<(i64, i64)>>>, place: (i64, i64)) -> Flow {
    landed.set(Some(place));
    Flow::Close
}
