//! Printing from anywhere: which form, what of the batch, which format and folder; then it is written as `kaowu print` does.
//! A question with one answer is not asked.
use super::choice::Choice;
use super::picker::Picker;
use super::reason::Reason;
use crate::model::{ApplicationId, Code, Refusal};
use crate::ops::Result;
use crate::ops::applications::named;
use crate::ops::prints::choices::{self, Pick};
use crate::ops::prints::{Form, Format, Printed, Scope, Takes};
use crate::ops::tickets::{self, CLOSED, NOT_OPEN};
use crate::text::ticket_window;
use crate::text::width::pad_right;
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::Flow;
use std::path::PathBuf;

pub const NO_FOLDER: Code = Code("prints.no_folder");
/// Cells of a form's name in the list.
const NAME: usize = 24;

/// What has been answered so far.
struct Order {
    form: &'static Form,
    scope: Scope,
}

/// The forms that the operator prints.
pub fn ask(cx: &Cx<'_>) -> Result<Flow> {
    let forms = choices::offered(cx.site)?;
    let item = |form: &&Form| {
        let key = format!("form.{}", form.name);
        format!("{} {}", pad_right(cx.locale.word(&key), NAME), form.name)
    };
    let items = forms.iter().map(item).collect();
    let then = move |cx: &mut Cx<'_>, place: usize| match forms.get(place) {
        Some(form) => session(Order { form, scope: Scope::default() }, cx),
        None => Ok(Flow::Close),
    };
    Ok(Flow::Open(Picker::ask(cx.locale.word("print_form.title").to_owned(), items, 0, Box::new(then))))
}

/// One form of one person or more, chosen already.
pub fn of(form: &'static Form, people: &[ApplicationId], cx: &mut Cx<'_>) -> Result<Flow> {
    format(Order { form, scope: Scope::people(people) }, cx)
}

type Next = fn(Order, &mut Cx<'_>) -> Result<Flow>;

/// The whole, or one of several; asked only where there is something to choose.
fn one_of<T: 'static>(
    (order, title, all): (Order, &str, &str),
    offers: Vec<(String, T)>,
    (take, next): (fn(T, &mut Scope), Next),
    cx: &mut Cx<'_>,
) -> Result<Flow> {
    if offers.len() < 2 {
        return next(order, cx);
    }
    let (labels, values): (Vec<_>, Vec<_>) = offers.into_iter().unzip();
    let items = [cx.locale.word(all).to_owned()].into_iter().chain(labels).collect();
    let then = move |cx: &mut Cx<'_>, place: usize| {
        let mut order = order;
        // The first line is the whole.
        if let Some(value) = place.checked_sub(1).and_then(|at| values.into_iter().nth(at)) {
            take(value, &mut order.scope);
        }
        next(order, cx)
    };
    Ok(Flow::Open(Picker::ask(cx.locale.word(title).to_owned(), items, 0, Box::new(then))))
}

fn session(order: Order, cx: &mut Cx<'_>) -> Result<Flow> {
    let all = if order.form.takes(Takes::Session) { choices::sessions(cx.site)? } else { Vec::new() };
    let offer = |s: crate::ops::SessionRow| {
        let key = s.subject.key();
        let subject = cx.locale.word(&key);
        (format!("{} {subject} {}", pad_right(&s.code, 14), s.starts_at.minute()), s.code)
    };
    let offers = all.into_iter().map(offer).collect();
    let take = |code, scope: &mut Scope| scope.session = Some(code);
    one_of((order, "print_form.session", "print_form.all_sessions"), offers, (take, place), cx)
}

fn place(order: Order, cx: &mut Cx<'_>) -> Result<Flow> {
    let session = order.scope.session.clone();
    let takes = order.form.takes(Takes::Room);
    let all = if takes { choices::places(cx.site, order.form, session.as_deref())? } else { Vec::new() };
    let offer = |pick: Pick| {
        let label = match &pick {
            Pick::Room(number) => cx.locale.say("print_form.room", &[("room", &number.to_string())]),
            Pick::Bag(code) => cx.locale.say("print_form.bag", &[("bag", code)]),
        };
        (label, pick)
    };
    let offers = all.into_iter().map(offer).collect();
    one_of((order, "print_form.place", "print_form.all_places"), offers, (Pick::narrow, panel), cx)
}

fn panel(order: Order, cx: &mut Cx<'_>) -> Result<Flow> {
    let all = if order.form.takes(Takes::Panel) { choices::panels(cx.site, order.form)? } else { Vec::new() };
    let offers = all.into_iter().map(|name| (name.clone(), name)).collect();
    let take = |name, scope: &mut Scope| scope.panel = Some(name);
    one_of((order, "print_form.panel", "print_form.all_panels"), offers, (take, person), cx)
}

/// One person's number, or nothing for everybody; not asked where a place was chosen.
fn person(order: Order, cx: &mut Cx<'_>) -> Result<Flow> {
    let narrowed = order.scope.session.is_some() || order.scope.room.is_some();
    if !order.form.takes(Takes::People) || narrowed {
        return format(order, cx);
    }
    let then = move |cx: &mut Cx<'_>, text: String| {
        let mut order = order;
        if !text.is_empty() {
            order.scope.people.push(named(cx.site, &text)?.id);
        }
        format(order, cx)
    };
    let (title, body) = (cx.locale.word("print_form.person"), cx.locale.word("print_form.person_body"));
    Ok(Flow::Open(Reason::ask_or_nothing(title.to_owned(), body.to_owned(), Box::new(then))))
}

fn format(order: Order, cx: &mut Cx<'_>) -> Result<Flow> {
    let folder = cx.site.file().and_then(|f| f.parent()).map(|f| f.join("exports"));
    let folder = folder.ok_or_else(|| Refusal::new(NO_FOLDER))?;
    let name = cx.locale.word(&format!("form.{}", order.form.name)).to_owned();
    let body = cx.locale.say("print_form.where", &[("folder", &folder.display().to_string())]);
    let ways = ["print_form.html", "print_form.xlsx", "print_form.html_to", "print_form.xlsx_to"];
    let items = ways.iter().map(|way| cx.locale.word(way).to_owned()).collect();
    let then = move |cx: &mut Cx<'_>, place: usize| {
        let format = if place.is_multiple_of(2) { Format::Html } else { Format::Xlsx };
        let printed = order.form.print(cx.site, &order.scope, format)?;
        if place < 2 {
            return put(printed, folder, cx);
        }
        let (title, body) = (cx.locale.word("print_form.folder"), cx.locale.word("print_form.folder_body"));
        let (title, body, text) = (title.to_owned(), body.to_owned(), folder.display().to_string());
        let then = move |cx: &mut Cx<'_>, text: String| put(printed, PathBuf::from(text), cx);
        Ok(Flow::Open(Reason::edit(title, body, &text, Box::new(then))))
    };
    Ok(Flow::Open(Choice::ask(name, vec![body], items, Box::new(then))))
}

/// Ticket sheets outside their window want a reason.
fn put(mut printed: Printed, folder: PathBuf, cx: &mut Cx<'_>) -> Result<Flow> {
    let error = match printed.put(cx.site, &folder) {
        Ok((path, op)) => {
            cx.changed(&["ticket"]);
            let home = cx.site.file().and_then(|f| f.parent());
            // The line is short: the folder that everybody knows is left out.
            let shown = home.and_then(|home| path.strip_prefix(home).ok()).unwrap_or(&path).display().to_string();
            let op = op.map_or(0, |n| n.0).to_string();
            cx.say(Tone::Good, "print_form.written", &[("path", &shown), ("op", &op)]);
            return Ok(Flow::Close);
        }
        Err(error) => error,
    };
    if printed.over.is_some() || !error.refusal().is_some_and(|r| r.is(NOT_OPEN) || r.is(CLOSED)) {
        return Err(error);
    }
    let window = ticket_window(cx.locale, &tickets::window(cx.site)?);
    let body = cx.locale.say("tickets.over_body", &[("window", &window)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        printed.over = Some(reason);
        put(printed, folder, cx)
    };
    Ok(Flow::Open(Reason::ask(cx.locale.word("tickets.over_title").to_owned(), body, Box::new(then))))
}
