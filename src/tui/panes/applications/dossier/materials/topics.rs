//! The topics that a text must treat, ticked one by one by whoever reads it.
use crate::ops::Result;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::overlays::reason::stay_means_close;
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show, chord};
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;

/// Gets the topics that were ticked.
pub type Then = Box<dyn FnOnce(&mut Cx<'_>, Vec<String>) -> Result<Flow>>;

pub struct Topics {
    title: String,
    topics: Vec<(String, bool)>,
    table: Table,
    then: Option<Then>,
}

impl Topics {
    pub fn ask(title: String, topics: Vec<String>, then: Then) -> Box<dyn Layer> {
        let mut table = Table::new(vec![Column::new("", Width::Fill(1))]);
        table.set_rows(topics.len());
        let topics = topics.into_iter().map(|topic| (topic, false)).collect();
        Box::new(Topics { title, topics, table, then: Some(then) })
    }

    fn accept(&mut self, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        let ticked = self.topics.iter().filter(|(_, ticked)| *ticked).map(|(topic, _)| topic.clone()).collect();
        let flow = self.then.take()?(cx, ticked).unwrap_or_else(|e| {
            cx.complain(&e);
            Flow::Close
        });
        Some(Ok(stay_means_close(flow)))
    }
}

impl Layer for Topics {
    fn id(&self) -> &'static str {
        "topics"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        let height = u16::try_from(self.topics.len()).unwrap_or(u16::MAX).saturating_add(5).min(area.height);
        let inner = canvas.popup(area, (60, height), &self.title);
        let list = Rect { height: inner.height.saturating_sub(1), ..inner };
        self.table.draw(canvas, list, &|row, _| {
            let line = self.topics.get(row);
            let line = line.map(|(topic, ticked)| format!("[{}] {topic}", if *ticked { "x" } else { " " }));
            (line.unwrap_or_default(), Role::Popup)
        });
        let hint = cx.say("materials.topics_hint", &[("key", &cx.key("topics", "topics.accept"))]);
        canvas.text_in(Rect { y: list.bottom(), height: 1, ..inner }, &hint, Role::Popup);
    }

    fn actions(&self) -> Vec<Listed> {
        ["topics.toggle", "topics.all", "topics.accept", "topics.back"]
            .map(|id| Listed { id, show: Show::Hint })
            .to_vec()
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        match id {
            "topics.back" => return Some(Ok(Flow::Close)),
            "topics.accept" => return self.accept(cx),
            "topics.all" => self.topics.iter_mut().for_each(|(_, ticked)| *ticked = true),
            "topics.toggle" => {
                let at = self.table.selected().unwrap_or(0);
                if let Some((_, ticked)) = self.topics.get_mut(at) {
                    *ticked = !*ticked;
                }
                self.table.step(1);
            }
            _ => return None,
        }
        Some(Ok(Flow::Stay))
    }

    fn go(&mut self, to: Move, _cx: &mut Cx<'_>) -> Result<()> {
        self.table.key(chord(to));
        Ok(())
    }
}
