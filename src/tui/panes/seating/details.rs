//! Who or what is on the seat under the cursor: two lines below the chart, all of it on Enter.
use super::Seating;
use crate::model::identity;
use crate::ops::Result;
use crate::ops::seating::{Candidate, need_of, seats_of};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::overlays::report::Report;
use crate::tui::pane::{Flow, Seen};
use crate::tui::theme::Role;
use ratatui::layout::Rect;

pub fn draw(pane: &Seating, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let line = |y: u16| Rect { y: area.y + y, height: 1, ..area };
    let Some(chart) = &pane.chart else { return };
    let seat = format!("{}-{:02}", chart.room.number, pane.cursor);
    let (text, role) = match pane.person() {
        Some(person) => (who(person, cx), Role::Text),
        None => nobody(pane, cx),
    };
    canvas.text_in(line(0), &format!("{seat}  {text}"), role);
    if let Some(carried) = &pane.carried {
        let from = format!("{}-{:02}", carried.from.0, carried.from.1);
        let keys = (cx.key("seating", "seating.enter"), cx.key("seating", "seating.cancel"));
        let args =
            [("name", carried.name.as_str()), ("from", &from), ("to", &seat), ("put", &keys.0), ("back", &keys.1)];
        canvas.line(line(1), &cx.say("seat.carrying", &args), Role::Banner);
        return;
    }
    let Some(person) = pane.person() else { return };
    let document = identity::mask(&person.id_number);
    let seat = pane.cursor.to_string();
    let ticket = person.ticket.as_deref().unwrap_or_default();
    let mut text = cx.say("seating.ticket", &[("seat", &seat), ("ticket", ticket), ("document", &document)]);
    let mut role = Role::Dim;
    if let Some(employer) = &person.employer {
        text = format!("{text}   {employer}");
    }
    if let Some(need) = chart.needs.get(&pane.cursor) {
        text = format!("* {}   {text}", need.need);
    }
    if chart.beside.contains(&pane.cursor) {
        text = format!("! {}   {text}", cx.word("seat.beside_mark"));
        role = Role::Warn;
    }
    canvas.text_in(line(1), &text, role);
}

fn who(person: &Candidate, cx: &Seen<'_>) -> String {
    let args = [
        ("name", person.name.as_str()),
        ("occupation", &person.occupation_name),
        ("level", &cx.word(&person.level.key())),
        ("paid", &cx.word(person.standing().key())),
    ];
    cx.say("seating.person", &args)
}

/// A seat without anybody: free, broken, or kept for somebody.
fn nobody(pane: &Seating, cx: &Seen<'_>) -> (String, Role) {
    let chart = pane.chart.as_ref();
    if let Some(why) = chart.and_then(|c| c.broken.get(&pane.cursor)) {
        return (cx.say("seat.is_broken", &[("why", why)]), Role::Warn);
    }
    if let Some(need) = chart.and_then(|c| c.needs.get(&pane.cursor)) {
        return (cx.say("seat.is_kept", &[("need", &need.need)]), Role::Info);
    }
    (cx.word("seat.is_free"), Role::Dim)
}

/// Everything of whoever sits here.
pub fn card(pane: &mut Seating, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(person) = pane.person() else { return Ok(Flow::Stay) };
    let seen = cx.seen();
    let mut lines = vec![who(person, &seen), identity::mask(&person.id_number)];
    lines.extend(person.employer.clone());
    let ticket = person.ticket.clone().unwrap_or_default();
    lines.push(cx.locale.say("seat.card_ticket", &[("ticket", &ticket)]));
    lines.push(String::new());
    for held in seats_of(cx.site, person.application)? {
        let seat = format!("{}-{:02}", held.room, held.seat);
        lines.push(cx.locale.say("seat.card_seat", &[("session", &held.session), ("seat", &seat)]));
    }
    if let Some(need) = need_of(cx.site, person.application)? {
        lines.push(cx.locale.say("seat.card_need", &[("need", &need.need)]));
    }
    Ok(Flow::Open(Report::show(person.name.clone(), lines)))
}
