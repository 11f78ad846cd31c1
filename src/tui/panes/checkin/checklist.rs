//! The checklist of one person, for the exception: what is unticked leads to a refusal, or to a coordinator's reason.
use crate::ops::Result;
use crate::ops::checkin::CheckItem;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::overlays::reason::stay_means_close;
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show, chord};
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;

/// Gets the items that were unticked, and what is wanted.
pub type Then = Box<dyn FnOnce(&mut Cx<'_>, Vec<CheckItem>, Want) -> Result<Flow>>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// Let in when all is ticked; otherwise choose.
    Decide,
    /// Send away, whatever is ticked.
    Refuse,
}

/// An item, its words, and whether it is in order.
pub struct Tick {
    pub item: CheckItem,
    pub label: String,
    pub good: bool,
}

pub struct Checklist {
    title: String,
    ticks: Vec<Tick>,
    table: Table,
    then: Option<Then>,
}

impl Checklist {
    pub fn ask(title: String, ticks: Vec<Tick>, then: Then) -> Box<dyn Layer> {
        let mut table = Table::new(vec![Column::new("", Width::Fill(1))]);
        table.set_rows(ticks.len());
        Box::new(Checklist { title, ticks, table, then: Some(then) })
    }

    fn done(&mut self, cx: &mut Cx<'_>, want: Want) -> Option<Result<Flow>> {
        let missing = self.ticks.iter().filter(|tick| !tick.good).map(|tick| tick.item).collect();
        let flow = self.then.take()?(cx, missing, want).unwrap_or_else(|e| {
            cx.complain(&e);
            Flow::Close
        });
        Some(Ok(stay_means_close(flow)))
    }
}

impl Layer for Checklist {
    fn id(&self) -> &'static str {
        "checklist"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        let height = u16::try_from(self.ticks.len()).unwrap_or(u16::MAX).saturating_add(6).min(area.height);
        let inner = canvas.popup(area, (64, height), &self.title);
        let list = Rect { height: inner.height.saturating_sub(2), ..inner };
        self.table.draw(canvas, list, &|row, _| {
            let line = self.ticks.get(row).map(|t| format!("[{}] {}", if t.good { "x" } else { " " }, t.label));
            (line.unwrap_or_default(), Role::Popup)
        });
        let key = |action: &str| cx.key("checklist", action);
        let args = [
            ("toggle", key("checklist.toggle")),
            ("accept", key("checklist.accept")),
            ("refuse", key("checklist.refuse")),
        ];
        let hint = cx.say("checkin.checklist_hint", &args.each_ref().map(|(k, v)| (*k, v.as_str())));
        canvas.paragraph(Rect { y: list.bottom(), height: 2, ..inner }, &hint, Role::Popup);
    }

    fn actions(&self) -> Vec<Listed> {
        ["checklist.toggle", "checklist.accept", "checklist.refuse", "checklist.back"]
            .map(|id| Listed { id, show: Show::Hint })
            .to_vec()
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        match id {
            "checklist.back" => Some(Ok(Flow::Close)),
            "checklist.accept" => self.done(cx, Want::Decide),
            "checklist.refuse" => self.done(cx, Want::Refuse),
            "checklist.toggle" => {
                let at = self.table.selected().unwrap_or(0);
                if let Some(tick) = self.ticks.get_mut(at) {
                    tick.good = !tick.good;
                }
                self.table.step(1);
                Some(Ok(Flow::Stay))
            }
            _ => None,
        }
    }

    fn go(&mut self, to: Move, _cx: &mut Cx<'_>) -> Result<()> {
        self.table.key(chord(to));
        Ok(())
    }
}
