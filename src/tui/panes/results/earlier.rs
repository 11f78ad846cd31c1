//! The batch at hand beside the one before: rates with their counts.
use crate::ops::results::{self, Comparison, Counts};
use crate::ops::{Error, Result};
use crate::text::explain;
use crate::text::results as words;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::{Column, Table, Width};
use ratatui::layout::Rect;

pub struct Earlier {
    both: Option<Comparison>,
    /// Why there is nothing to see.
    why: String,
    pub table: Table,
}

impl Earlier {
    pub fn new(cx: &Cx<'_>) -> Earlier {
        let column = |key: &str, width| Column::new(cx.locale.word(key), width);
        let columns = vec![
            column("results.column.occupation", Width::Fill(12)),
            column("results.column.level", Width::Fixed(6)),
            column("results.is.rate", Width::Fixed(18)).right(),
            column("results.was.rate", Width::Fixed(18)).right(),
            column("results.column.rise", Width::Fixed(7)).right(),
        ];
        Earlier { both: None, why: String::new(), table: Table::new(columns) }
    }

    pub fn read(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.both = match results::compare(cx.site, None) {
            Ok(both) => Some(both),
            Err(error @ Error::Refused(_)) => {
                self.why = explain(cx.locale, &error).message;
                None
            }
            Err(error) => return Err(error),
        };
        self.table.set_rows(self.both.as_ref().map_or(0, |both| both.rows.len() + 1));
        Ok(())
    }

    pub fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        let Some(both) = &self.both else {
            canvas.paragraph(area, &self.why, Role::Dim);
            return;
        };
        let args = [("now", both.now.name.as_str()), ("then", both.then.name.as_str())];
        canvas.text_in(area, &cx.say("results.compared", &args), Role::Title);
        let list = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let side = |c: Option<&Counts>| c.map_or_else(|| "-".to_owned(), words::rate);
        let rise = |rise: Option<i64>| rise.map_or_else(|| "-".to_owned(), results::points_of);
        self.table.draw(canvas, list, &|row, column| {
            // The first line is the batch as a whole.
            let Some(one) = row.checked_sub(1).map(|row| both.rows.get(row)) else {
                let (now, then) = (&both.now.totals, &both.then.totals);
                let text = match column {
                    0 => cx.word("results.total"),
                    1 => String::new(),
                    2 => side(Some(now)),
                    3 => side(Some(then)),
                    _ => rise(results::rise(now, then)),
                };
                return (text, Role::Title);
            };
            let Some(one) = one else { return (String::new(), Role::Text) };
            let text = match column {
                0 => one.occupation_name.clone(),
                1 => cx.word(&format!("results.level.{}", one.level.digit())),
                2 => side(one.now.as_ref()),
                3 => side(one.then.as_ref()),
                _ => rise(one.rise()),
            };
            (text, Role::Text)
        });
    }
}
