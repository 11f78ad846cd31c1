//! What goes out on paper and to the register: result documents, rosters with their boxes, uploads with receipts.
mod actions;
mod draw;
mod forms;
mod new;
mod sheet;

use crate::model::{Code, Refusal};
use crate::ops::documents::{self, BlockLine, Document, Overview};
use crate::ops::rosters::{self, Roster};
use crate::ops::uploads::{self, Counts, Upload};
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::widgets::table::Table;
use ratatui::layout::Rect;

pub const NONE_SELECTED: Code = Code("documents.none_selected");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Documents,
    Rosters,
    Uploads,
}

impl Part {
    pub const ALL: [Part; 3] = [Part::Documents, Part::Rosters, Part::Uploads];

    pub fn code(self) -> &'static str {
        match self {
            Part::Documents => "documents",
            Part::Rosters => "rosters",
            Part::Uploads => "uploads",
        }
    }

    fn next(self) -> Part {
        match self {
            Part::Documents => Part::Rosters,
            Part::Rosters => Part::Uploads,
            Part::Uploads => Part::Documents,
        }
    }
}

pub struct Documents {
    part: Part,
    overview: Overview,
    blocks: Vec<BlockLine>,
    documents: Vec<Document>,
    rosters: Vec<Roster>,
    /// Names of units by code.
    units: Vec<(String, String)>,
    uploads: Vec<Upload>,
    counts: Counts,
    /// A table for each part, in order.
    tables: [Table; 3],
}

/// The line that the keys act on.
pub enum Chosen<'a> {
    Document(&'a Document),
    Roster(&'a Roster),
    Upload(&'a Upload),
}

impl Documents {
    fn table(&self) -> &Table {
        let [documents, rosters, uploads] = &self.tables;
        match self.part {
            Part::Documents => documents,
            Part::Rosters => rosters,
            Part::Uploads => uploads,
        }
    }

    fn chosen(&self) -> Result<Chosen<'_>, Refusal> {
        let none = || Refusal::new(NONE_SELECTED);
        let at = self.table().selected().ok_or_else(none)?;
        match self.part {
            Part::Documents => self.documents.get(at).map(Chosen::Document),
            Part::Rosters => self.rosters.get(at).map(Chosen::Roster),
            Part::Uploads => self.uploads.get(at).map(Chosen::Upload),
        }
        .ok_or_else(none)
    }
}

impl Pane for Documents {
    type About = ();
    const ID: &'static str = "documents";
    const WATCHES: Changes = Changes::any(&[
        "batch",
        "application",
        "mark",
        "certificate",
        "material",
        "sanction",
        "publication",
        "computation",
        "result_objection",
        "qualification",
        "qualified",
        "document_copy",
        "score_block",
        "roster",
        "roster_box",
        "upload",
        "upload_row",
    ]);
    const IS_PAGE: bool = true;
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let tables = Part::ALL.map(|part| Table::new(draw::columns(part, cx.locale)));
        let mut page = Documents {
            part: Part::Documents,
            overview: Overview::default(),
            blocks: Vec::new(),
            documents: Vec::new(),
            rosters: Vec::new(),
            units: Vec::new(),
            uploads: Vec::new(),
            counts: Counts::default(),
            tables,
        };
        page.reload(cx)?;
        // Where a notice gives certificates, uploads are what people come for.
        if !page.overview.given {
            page.part = Part::Uploads;
        }
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.overview = documents::overview(cx.site)?;
        self.blocks = documents::blocks(cx.site)?;
        self.documents = documents::documents(cx.site)?;
        self.rosters = rosters::rosters(cx.site)?;
        self.units = rosters::unit_names(cx.site)?;
        self.uploads = uploads::uploads(cx.site)?;
        self.counts = uploads::counts(cx.site, uploads::LAYOUT)?;
        let [documents, rosters, uploads] = &mut self.tables;
        documents.set_rows(self.documents.len());
        rosters.set_rows(self.rosters.len());
        uploads.set_rows(self.uploads.len());
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn list(&mut self) -> Option<&mut Table> {
        let [documents, rosters, uploads] = &mut self.tables;
        Some(match self.part {
            Part::Documents => documents,
            Part::Rosters => rosters,
            Part::Uploads => uploads,
        })
    }
}
