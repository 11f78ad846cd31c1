//! A seat for somebody who has none: the one under the cursor, or the first that keeps colleagues apart.
use super::Seating;
use super::carry::say;
use crate::model::{ApplicationId, Code, Refusal};
use crate::ops::Result;
use crate::ops::seating::edit::Place;
use crate::text::explain;
use crate::text::seating::reseated;
use crate::tui::cx::Cx;
use crate::tui::overlays::choice::Choice;
use crate::tui::overlays::picker::Picker;
use crate::tui::pane::Flow;
use std::cell::Cell;
use std::rc::Rc;

pub const NOBODY_WAITS: Code = Code("seat.nobody_waits");

pub fn somebody_waits(pane: &Seating) -> Result<(), Refusal> {
    if pane.waiting.is_empty() { Err(Refusal::new(NOBODY_WAITS)) } else { Ok(()) }
}

pub fn place(pane: &mut Seating, cx: &mut Cx<'_>) -> Result<Flow> {
    let people: Vec<_> = pane.waiting.iter().map(|line| line.id).collect();
    let item = |line: &crate::ops::applications::Line| {
        let employer = line.employer.clone().unwrap_or_default();
        format!("{}  {}  {}", line.name, line.occupation_name, employer)
    };
    let items = pane.waiting.iter().map(item).collect();
    let taken = pane.person().is_some();
    let here = pane.room_number().filter(|_| !taken).map(|room| (room, pane.cursor));
    let landed = Rc::clone(&pane.landed);
    let title = cx.locale.word("seat.place_title").to_owned();
    let then = move |cx: &mut Cx<'_>, n: usize| match people.get(n) {
        Some(who) => where_to(cx, *who, (here, landed)),
        None => Ok(Flow::Close),
    };
    Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
}

type Landed = Rc<Cell<Option<(i64, i64)>>>;

fn where_to(cx: &mut Cx<'_>, application: ApplicationId, (here, landed): (Option<(i64, i64)>, Landed)) -> Result<Flow> {
    let mut ways = vec![Place { application, to: None }];
    ways.extend(here.map(|to| Place { application, to: Some(to) }));
    let (mut body, mut items, mut can) = (Vec::new(), Vec::new(), Vec::new());
    let mut first_fault = None;
    for way in ways {
        let key = if way.to.is_some() { "seat.place_here" } else { "seat.place_apart" };
        match cx.site.preview(&way) {
            Ok(done) => {
                let to = done.out.moved.first().and_then(|m| m.to).map(crate::text::seating::seat).unwrap_or_default();
                let label = cx.locale.say(key, &[("seat", &to)]);
                body.push(format!("{label}: {}", reseated(cx.locale, &done.out).join(" ")));
                items.push(label);
                can.push(way);
            }
            Err(error) => {
                body.push(explain(cx.locale, &error).message);
                first_fault.get_or_insert(error);
            }
        }
    }
    if let (true, Some(fault)) = (can.is_empty(), first_fault) {
        return Err(fault);
    }
    items.push(cx.locale.word("seat.leave_it").to_owned());
    let title = cx.locale.word("seat.place_title").to_owned();
    let then = move |cx: &mut Cx<'_>, n: usize| {
        let Some(way) = can.get(n) else { return Ok(Flow::Close) };
        let done = cx.perform(way)?;
        let to = done.out.moved.first().and_then(|m| m.to);
        landed.set(to.map(|at| (at.room, at.seat)));
        say(cx, &done);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Choice::ask(title, body, items, Box::new(then))))
}
