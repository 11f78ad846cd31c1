//! Organisations that hold assessments themselves: a page over the list of applications; Enter opens a filing.
mod asks;
mod filing;

use crate::model::{Code, Refusal};
use crate::ops::enterprise::{CONDITIONS, File, Line, lines, read_file};
use crate::ops::{Changes, Error, Result};
use crate::text::fault_words;
use crate::tui::canvas::Canvas;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::{Action, Flow, Mounted, Pane, Seen, Show, always};
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;
use std::path::Path;

pub const NONE_SELECTED: Code = Code("enterprise.none_selected");

/// Opens the page.
pub fn open(cx: &mut Cx<'_>) -> Result<Flow> {
    Ok(Flow::Open(Box::new(Mounted(Enterprises::open(cx, ())?))))
}

pub struct Enterprises {
    lines: Vec<Line>,
    table: Table,
}

impl Enterprises {
    fn selected(&self) -> Option<&Line> {
        self.lines.get(self.table.selected()?)
    }
}

impl Pane for Enterprises {
    type About = ();
    const ID: &'static str = "enterprises";
    const WATCHES: Changes = Changes::any(&["organisation", "filing", "filing_condition", "enterprise_case"]);
    const IS_PAGE: bool = true;
    #[rustfmt::skip]
    const ACTIONS: &'static [Action<Self>] = &[
        Action { id: "enterprises.open", show: Show::Hint, ready: |page, _| chosen(page), run: show },
        Action { id: "enterprises.file", show: Show::Hint, ready: always, run: file },
        Action { id: "enterprises.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
    ];

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let word = |key: &str| cx.locale.word(key).to_owned();
        let table = Table::new(vec![
            Column::new(word("column.enterprise"), Width::Fill(18)),
            Column::new(word("column.directory_round"), Width::Fixed(5)).right(),
            Column::new(word("column.state"), Width::Fixed(10)),
            Column::new(word("column.basic_conditions"), Width::Fixed(10)).right(),
            Column::new(word("column.occupations"), Width::Fixed(8)).right().priority(1),
            Column::new(word("column.open_cases"), Width::Fixed(10)).right(),
            Column::new(word("column.valid_to"), Width::Fixed(11)).priority(2),
        ]);
        let mut page = Enterprises { lines: Vec::new(), table };
        page.reload(cx)?;
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.lines = lines(cx.site)?;
        self.table.set_rows(self.lines.len());
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        canvas.fill(area, Role::Text);
        let row = |y: u16| Rect { x: area.x + 1, y: area.y + y, width: area.width.saturating_sub(2), height: 1 };
        let count = self.lines.len().to_string();
        canvas.text_in(row(0), &cx.say("enterprise.title", &[("count", &count)]), Role::Title);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        if self.lines.is_empty() {
            let key = cx.key(Self::ID, "enterprises.file");
            let inner = Rect { x: area.x + 1, y: area.y + 2, width: area.width.saturating_sub(2), ..body };
            canvas.paragraph(inner, &cx.say("enterprise.empty", &[("key", &key)]), Role::Text);
            return;
        }
        self.table.draw(canvas, body, &|row, column| {
            let Some(line) = self.lines.get(row) else { return (String::new(), Role::Text) };
            let text = match column {
                0 => line.name.clone(),
                1 => line.round.to_string(),
                2 => cx.word(&format!("filing_state.{}", line.state.code())),
                3 => format!("{}/{CONDITIONS}", line.conditions_met),
                4 => line.occupations.to_string(),
                5 => line.open_cases.to_string(),
                _ => line.valid_to.map(|d| d.to_string()).unwrap_or_default(),
            };
            (text, Role::Text)
        });
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }
}

fn chosen(page: &Enterprises) -> Result<(), Refusal> {
    page.selected().map(|_| ()).ok_or_else(|| Refusal::new(NONE_SELECTED))
}

fn show(page: &mut Enterprises, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(line) = page.selected() else { return Ok(Flow::Stay) };
    let about = (line.credit_code.clone(), line.round);
    Ok(Flow::Open(Box::new(Mounted(filing::FilingPage::open(cx, about)?))))
}

/// Asks for the path; faults are listed, a filing without any is taken in.
fn file(_: &mut Enterprises, cx: &mut Cx<'_>) -> Result<Flow> {
    let title = cx.locale.word("enterprise.file_title").to_owned();
    let body = cx.locale.word("enterprise.file_body").to_owned();
    let then = |cx: &mut Cx<'_>, path: String| {
        let form = match read_file(cx.site, Path::new(path.trim())) {
            Ok((form, _)) => form,
            Err(Error::Rejected(report)) => {
                let line = |f: &crate::ops::exchange::RowFault| {
                    let (line, message) = (f.line.to_string(), fault_words(cx.locale, f));
                    let args =
                        [("file", f.file.as_str()), ("line", &line), ("column", &f.column), ("message", &message)];
                    cx.locale.say("enterprise.fault", &args)
                };
                let lines = report.faults.iter().map(line).collect();
                let count = report.faults.len().to_string();
                return Ok(Flow::Open(Report::show(cx.locale.say("enterprise.rejected", &[("count", &count)]), lines)));
            }
            Err(other) => return Err(other),
        };
        let done = cx.perform(&File { filing: form })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        cx.say(Tone::Good, "enterprise.filed", &[("name", &done.out.name), ("op", &op)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::edit(title, body, "", Box::new(then))))
}
