//! Staff of the exam day: the posts of a session with what is wanting on top, or everybody with what they do; Tab turns
//! from one to the other.
mod actions;
mod ask_person;
mod draw;
mod form;
mod proposal;

use crate::model::{Code, Refusal};
use crate::ops::staff::{self, Line, PersonLine};
use crate::ops::{Changes, Result, SessionRow, batch};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Flow, Pane, Seen, Show, always};
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;

pub const NONE_SELECTED: Code = Code("staff.none_selected");
/// Nobody works at the chosen post.
pub const NOBODY_HERE: Code = Code("staff.nobody_here");
pub const NO_SESSIONS: Code = Code("staff.no_sessions");
/// Remembers the session over openings.
const KEPT: &str = "staff_session";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Posts,
    People,
}

pub struct Staff {
    view: View,
    sessions: Vec<SessionRow>,
    at: usize,
    lines: Vec<Line>,
    posts: Table,
    everybody: Vec<PersonLine>,
    people: Table,
}

impl Staff {
    fn session(&self) -> Option<&SessionRow> {
        self.sessions.get(self.at)
    }

    fn line(&self) -> Option<&Line> {
        self.lines.get(self.posts.selected()?)
    }

    fn person(&self) -> Option<&PersonLine> {
        self.everybody.get(self.people.selected()?)
    }

    fn read(&mut self, cx: &Cx<'_>) -> Result<()> {
        let before = self.line().map(Line::post);
        self.lines = match self.session() {
            Some(session) => staff::board(cx.site, Some(session.id))?,
            None => Vec::new(),
        };
        self.posts.set_rows(self.lines.len());
        // The post stays chosen although what is wanting comes first.
        if let Some(at) = self.lines.iter().position(|l| Some(l.post()) == before) {
            self.posts.select(at);
        }
        Ok(())
    }
}

impl Pane for Staff {
    type About = ();
    const ID: &'static str = "staff";
    const WATCHES: Changes =
        Changes::any(&["staff", "staff_tie", "assignment", "placement", "session", "room", "venue", "application"]);
    const IS_PAGE: bool = true;
    #[rustfmt::skip]
    const ACTIONS: &'static [Action<Self>] = &[
        Action { id: "staff.assign", show: Show::Hint, ready: |p, _| on_post(p), run: actions::assign },
        Action { id: "staff.propose", show: Show::Hint, ready: |p, _| has_session(p), run: actions::propose },
        Action { id: "staff.add", show: Show::Hint, ready: always, run: form::add },
        Action { id: "staff.unassign", show: Show::Hint, ready: |p, _| somebody(p), run: actions::unassign },
        Action { id: "staff.sign_in", show: Show::Hint, ready: |p, _| somebody(p), run: actions::sign_in },
        Action { id: "staff.other_duty", show: Show::Hint, ready: |p, _| has_session(p), run: actions::other_duty },
        Action { id: "staff.switch", show: Show::Hint, ready: always, run: switch },
        Action { id: "staff.next_session", show: Show::Hint, ready: |p, _| has_session(p), run: |p, cx| turn(p, cx, 1) },
        Action { id: "staff.why", show: Show::Hint, ready: |p, _| on_post(p), run: actions::why },
        Action { id: "staff.previous_session", show: Show::Help, ready: |p, _| has_session(p), run: |p, cx| turn(p, cx, -1) },
        Action { id: "staff.rate", show: Show::Help, ready: |p, _| somebody(p), run: actions::rate },
        Action { id: "staff.change", show: Show::Help, ready: |p, _| on_person(p), run: form::change },
        Action { id: "staff.tie", show: Show::Help, ready: |p, _| on_person(p), run: ask_person::tie },
        Action { id: "staff.untie", show: Show::Help, ready: |p, _| on_person(p), run: ask_person::untie },
        Action { id: "staff.retire", show: Show::Help, ready: |p, _| on_person(p), run: ask_person::retire },
        Action { id: "staff.import", show: Show::Help, ready: always, run: ask_person::import },
        Action { id: "staff.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
    ];

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let word = |key: &str| cx.locale.word(key).to_owned();
        let posts = Table::new(vec![
            Column::new("", Width::Fixed(1)),
            Column::new(word("column.room"), Width::Fixed(10)),
            Column::new(word("column.staff_duty"), Width::Fixed(10)),
            Column::new(word("column.staff_have"), Width::Fixed(5)).right(),
            Column::new(word("column.staff_wanting"), Width::Fill(18)),
            Column::new(word("column.staff_people"), Width::Fill(14)),
            Column::new(word("column.staff_venue"), Width::Fixed(12)).priority(1),
        ]);
        let people = Table::new(vec![
            Column::new(word("column.id"), Width::Fixed(4)).right(),
            Column::new(word("column.person"), Width::Fixed(10)),
            Column::new(word("column.staff_does"), Width::Fill(20)),
            Column::new(word("column.staff_duties"), Width::Fill(12)),
            Column::new(word("column.staff_unit"), Width::Fill(10)),
            Column::new(word("column.staff_ties"), Width::Fixed(5)).right(),
            Column::new(word("column.card_until"), Width::Fixed(10)).priority(1),
        ]);
        let (view, at, lines, everybody) = (View::Posts, 0, Vec::new(), Vec::new());
        let mut page = Staff { view, sessions: Vec::new(), at, lines, posts, everybody, people };
        page.reload(cx)?;
        page.at = match cx.kept(KEPT) {
            Some(id) => page.sessions.iter().position(|s| s.id.0 == id).unwrap_or(0),
            None => page.sessions.iter().position(|s| s.starts_at.day() >= cx.site.now().day()).unwrap_or(0),
        };
        page.read(cx)?;
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.sessions = batch::sessions(cx.site)?;
        self.at = self.at.min(self.sessions.len().saturating_sub(1));
        self.everybody = staff::people(cx.site)?;
        self.people.set_rows(self.everybody.len());
        self.read(cx)
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(match self.view {
            View::Posts => &mut self.posts,
            View::People => &mut self.people,
        })
    }
}

fn has_session(page: &Staff) -> Result<(), Refusal> {
    page.session().map(|_| ()).ok_or_else(|| Refusal::new(NO_SESSIONS))
}

fn on_post(page: &Staff) -> Result<(), Refusal> {
    let post = page.line().filter(|_| page.view == View::Posts);
    post.map(|_| ()).ok_or_else(|| Refusal::new(NONE_SELECTED))
}

fn on_person(page: &Staff) -> Result<(), Refusal> {
    let person = page.person().filter(|_| page.view == View::People);
    person.map(|_| ()).ok_or_else(|| Refusal::new(NONE_SELECTED))
}

/// Somebody is at work on the chosen post, or the chosen person works in the session.
fn somebody(page: &Staff) -> Result<(), Refusal> {
    if actions::workers(page).is_empty() { Err(Refusal::new(NOBODY_HERE)) } else { Ok(()) }
}

fn switch(page: &mut Staff, _: &mut Cx<'_>) -> Result<Flow> {
    page.view = match page.view {
        View::Posts => View::People,
        View::People => View::Posts,
    };
    Ok(Flow::Stay)
}

fn turn(page: &mut Staff, cx: &mut Cx<'_>, by: isize) -> Result<Flow> {
    let last = page.sessions.len().saturating_sub(1);
    page.at = page.at.saturating_add_signed(by).min(last);
    cx.keep(KEPT, page.session().map(|s| s.id.0));
    page.read(cx)?;
    page.posts.select(0);
    Ok(Flow::Stay)
}
