//! Publicity: a page with three parts, the releases of the batch, what is said against them, and what the public sees.
mod actions;
mod draw;
mod said;

use crate::model::{Code, Refusal};
use crate::ops::publicity::{self, Case, Gate, NOTHING_PUBLIC, PublicList, Release};
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Flow, Pane, Seen, Show, always};
use crate::tui::widgets::table::Table;
use ratatui::layout::Rect;

pub const NONE_SELECTED: Code = Code("objection.none_selected");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Releases,
    Said,
    Public,
}

impl Part {
    const ALL: [Part; 3] = [Part::Releases, Part::Said, Part::Public];

    fn code(self) -> &'static str {
        match self {
            Part::Releases => "releases",
            Part::Said => "said",
            Part::Public => "public",
        }
    }

    fn next(self) -> Part {
        match self {
            Part::Releases => Part::Said,
            Part::Said => Part::Public,
            Part::Public => Part::Releases,
        }
    }
}

pub struct Publicity {
    part: Part,
    gate: Gate,
    releases: Vec<Release>,
    said: Vec<Case>,
    /// `None`: nothing is public.
    public: Option<PublicList>,
    /// A table for each part, in order.
    tables: [Table; 3],
}

impl Publicity {
    fn table(&self) -> &Table {
        let [releases, said, public] = &self.tables;
        match self.part {
            Part::Releases => releases,
            Part::Said => said,
            Part::Public => public,
        }
    }

    fn release(&self) -> Result<&Release, Refusal> {
        let at = self.table().selected().filter(|_| self.part == Part::Releases);
        at.and_then(|at| self.releases.get(at)).ok_or_else(|| Refusal::new(NONE_SELECTED))
    }

    fn case(&self) -> Result<&Case, Refusal> {
        let at = self.table().selected().filter(|_| self.part == Part::Said);
        at.and_then(|at| self.said.get(at)).ok_or_else(|| Refusal::new(NONE_SELECTED))
    }
}

impl Pane for Publicity {
    type About = ();
    const ID: &'static str = "publicity";
    const WATCHES: Changes = Changes::any(&[
        "batch",
        "application",
        "mark",
        "mark_lock",
        "mark_change",
        "mark_effect",
        "incident",
        "sanction",
        "computation",
        "result_audit",
        "publication",
        "result_objection",
        "certificate",
    ]);
    const IS_PAGE: bool = true;
    #[rustfmt::skip]
    const ACTIONS: &'static [Action<Self>] = &[
        Action { id: "publicity.next_part", show: Show::Hint, ready: always, run: actions::next_part },
        Action { id: "publicity.decide", show: Show::Hint, ready: |p, _| p.case().map(drop), run: said::decide },
        Action { id: "publicity.publish", show: Show::Hint, ready: always, run: actions::publish },
        Action { id: "publicity.finalise", show: Show::Hint, ready: always, run: actions::finalise },
        Action { id: "publicity.withdraw", show: Show::Hint, ready: actions::stands, run: actions::withdraw },
        Action { id: "publicity.recheck", show: Show::Hint, ready: actions::stands, run: said::recheck },
        Action { id: "publicity.query", show: Show::Hint, ready: always, run: actions::query },
        Action { id: "publicity.show", show: Show::Hint, ready: always, run: actions::show },
        Action { id: "publicity.object", show: Show::Help, ready: actions::stands, run: said::object },
        Action { id: "publicity.take_back", show: Show::Help, ready: |p, _| p.case().map(drop), run: said::take_back },
        Action { id: "publicity.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
    ];

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let tables = Part::ALL.map(|part| Table::new(draw::columns(part, cx.locale)));
        let mut page = Publicity {
            part: Part::Releases,
            gate: Gate::default(),
            releases: Vec::new(),
            said: Vec::new(),
            public: None,
            tables,
        };
        page.reload(cx)?;
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.gate = publicity::gate(cx.site)?;
        self.releases = publicity::releases(cx.site)?;
        self.said = publicity::objections(cx.site)?;
        self.public = match publicity::public(cx.site, "") {
            Ok(list) => Some(list),
            Err(error) if error.refusal().is_some_and(|r| r.is(NOTHING_PUBLIC)) => None,
            Err(error) => return Err(error),
        };
        let [releases, said, public] = &mut self.tables;
        releases.set_rows(self.releases.len());
        said.set_rows(self.said.len());
        *public = Table::new(draw::public_columns(self.public.as_ref(), cx.locale));
        public.set_rows(self.public.as_ref().map_or(0, |list| list.rows.len()));
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn list(&mut self) -> Option<&mut Table> {
        let [releases, said, public] = &mut self.tables;
        Some(match self.part {
            Part::Releases => releases,
            Part::Said => said,
            Part::Public => public,
        })
    }
}
