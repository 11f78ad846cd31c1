//! The way down: region, employer, occupation and level, room, and then the people.
use crate::ops::Result;
use crate::ops::results::{self, Counts, Depth, Filter, Group, Within};
use crate::text::results as words;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::bars::{Ink, bar};
use crate::tui::widgets::{Column, Table, Width};
use ratatui::layout::Rect;

pub struct Places {
    pub within: Within,
    /// Names of the groups that were entered.
    path: Vec<String>,
    groups: Vec<Group>,
    pub table: Table,
}

/// Where Enter leads.
pub enum Down {
    Nowhere,
    Deeper,
    People(Filter),
}

impl Places {
    pub fn new(cx: &Cx<'_>) -> Places {
        let count = |key: &str, cells| Column::new(cx.locale.word(key), Width::Fixed(cells)).right();
        let columns = vec![
            Column::new("", Width::Fill(14)),
            count("results.column.applied", 7),
            count("results.column.sat", 6).priority(1),
            count("results.column.passed", 6),
            count("results.column.decided", 7),
            count("results.short.rate", 7),
            Column::new("", Width::Fixed(8)).priority(2),
        ];
        Places { within: Within::default(), path: Vec::new(), groups: Vec::new(), table: Table::new(columns) }
    }

    fn depth(&self) -> Option<Depth> {
        Depth::ALL.get(self.path.len()).copied()
    }

    pub fn read(&mut self, cx: &Cx<'_>) -> Result<()> {
        if let Some(depth) = self.depth() {
            self.groups = results::groups(cx.site, depth, &self.within)?;
            self.table.set_rows(self.groups.len());
        }
        Ok(())
    }

    pub fn down(&mut self, cx: &Cx<'_>) -> Result<Down> {
        let Some(group) = self.table.selected().and_then(|row| self.groups.get(row)) else { return Ok(Down::Nowhere) };
        let within = self.within.into_group(&group.name);
        if self.depth() == Some(Depth::Room) {
            return Ok(Down::People(Filter { within, ..Filter::default() }));
        }
        self.path.push(words::group(cx.locale, &group.name));
        self.within = within;
        self.read(cx)?;
        self.table.select(0);
        Ok(Down::Deeper)
    }

    /// One step up; `false`: it is the top already.
    pub fn up(&mut self, cx: &Cx<'_>) -> Result<bool> {
        if self.path.pop().is_none() {
            return Ok(false);
        }
        if let Some(depth) = self.depth() {
            self.within = self.within.out_of(depth);
        }
        self.read(cx)?;
        self.table.select(0);
        Ok(true)
    }

    pub fn top(&mut self) {
        self.within = Within::default();
        self.path.clear();
        self.table.select(0);
    }

    /// Where one is, and what the lines are.
    pub fn path(&self, cx: &Seen<'_>) -> String {
        let mut names = vec![cx.word("results.all")];
        names.extend(self.path.iter().cloned());
        cx.say("results.inside", &[("path", &names.join(" > "))])
    }

    pub fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        let depth = self.depth().map(|depth| format!("[{}]", cx.word(&depth.key()))).unwrap_or_default();
        canvas.text_in(area, &format!("{}  {depth}", self.path(cx)), Role::Title);
        let line = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        canvas.text_in(line, &counts(&self.sum(), cx), Role::Text);
        let list = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
        if self.groups.is_empty() {
            canvas.paragraph(list, &cx.word("results.no_group"), Role::Dim);
            return;
        }
        let ink = Ink::for_canvas(canvas);
        self.table.draw(canvas, list, &|row, column| {
            let Some(group) = self.groups.get(row) else { return (String::new(), Role::Text) };
            let c = &group.counts;
            let text = match column {
                0 => words::group(cx.locale, &group.name),
                1 => c.applied.to_string(),
                2 => c.sat.to_string(),
                3 => c.passed.to_string(),
                4 => c.decided().to_string(),
                5 => c.rate().unwrap_or_else(|| "-".to_owned()),
                _ => return (bar(c.passed, c.decided(), 8, ink), Role::Bar),
            };
            (text, Role::Text)
        });
    }

    fn sum(&self) -> Counts {
        self.groups.iter().fold(Counts::default(), |sum, group| sum.plus(&group.counts))
    }
}

fn counts(c: &Counts, cx: &Seen<'_>) -> String {
    let numbers = [c.applied, c.sat, c.passed, c.decided()].map(|n| n.to_string());
    let [applied, sat, passed, decided] = &numbers;
    let rate = c.rate().unwrap_or_else(|| "-".to_owned());
    let args = [("applied", applied), ("sat", sat), ("passed", passed), ("decided", decided), ("rate", &rate)];
    cx.say("results.counts_line", &args.map(|(name, value)| (name, value.as_str())))
}
