//! One application in full: a page over the list, in parts that are opened one beside the other. A new part is a new
//! file and one line in [`PARTS`].
mod eligibility;
mod materials;
mod payment;
mod person;
mod person_actions;
mod person_print;
mod reviews;

use crate::model::ApplicationId;
use crate::model::identity;
use crate::ops::applications::by_id;
use crate::ops::{ApplicationRow, Changes, Result};
use crate::text::width::width;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::input::Input;
use crate::tui::pane::{Flow, Layer, Listed, Mounted, Move, Pane, Seen, Show};
use crate::tui::theme::Role;
use crate::tui::widgets::field::Taken;
use ratatui::layout::Rect;

struct Part {
    id: &'static str,
    open: fn(&mut Cx<'_>, ApplicationId) -> Result<Box<dyn Layer>>,
}

const fn part<P: Pane<About = ApplicationId>>() -> Part {
    Part { id: P::ID, open: |cx, application| Ok(Box::new(Mounted(P::open(cx, application)?))) }
}

/// In the order of their tabs; the words of a tab are `pane.<id>`.
const PARTS: &[Part] = &[
    FIRST,
    part::<eligibility::Eligibility>(),
    part::<materials::Materials>(),
    part::<reviews::Reviews>(),
    part::<payment::Payment>(),
];
const FIRST: Part = part::<person::Person>();

/// Of the frame itself, in every part.
const OWN: [Listed; 3] = [
    Listed { id: "dossier.next", show: Show::Hint },
    Listed { id: "dossier.previous", show: Show::Help },
    Listed { id: "dossier.close", show: Show::Hint },
];

pub struct Dossier {
    row: ApplicationRow,
    at: usize,
    front: Box<dyn Layer>,
}

impl Dossier {
    pub fn open(cx: &mut Cx<'_>, application: ApplicationId) -> Result<Box<dyn Layer>> {
        let row = by_id(cx.site, application)?;
        let front = (FIRST.open)(cx, application)?;
        Ok(Box::new(Dossier { row, at: 0, front }))
    }

    fn turn(&mut self, cx: &mut Cx<'_>, by: usize) -> Result<Flow> {
        let at = (self.at + by) % PARTS.len().max(1);
        if let Some(part) = PARTS.get(at) {
            self.front = (part.open)(cx, self.row.id)?;
            self.at = at;
        }
        Ok(Flow::Stay)
    }

    fn heading(&self, cx: &Seen<'_>) -> String {
        let a = &self.row;
        let state = cx.word(&format!("application_state.{}", a.state.code()));
        let level = cx.word(&format!("level_brief.{}", a.level.digit()));
        let id = identity::mask(&a.id_number);
        format!("{}  {id}  {} {level}  {}  {state}", a.name, a.occupation_name, cx.word(&a.route.key()))
    }
}

impl Layer for Dossier {
    fn id(&self) -> &'static str {
        self.front.id()
    }

    fn watches(&self) -> Changes {
        self.front.watches() | Changes::of("application")
    }

    fn person(&self) -> Option<crate::model::ApplicationId> {
        Some(self.row.id)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.row = by_id(cx.site, self.row.id)?;
        self.front.reload(cx)
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        canvas.fill(area, Role::Text);
        let row = |y: u16| Rect { y: area.y + y, height: 1, ..area };
        canvas.text_in(
            Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..row(0) },
            &self.heading(cx),
            Role::Title,
        );
        let mut x = area.x;
        for (place, part) in PARTS.iter().enumerate() {
            let name = cx.word(&format!("pane.{}", part.id));
            let front = place == self.at;
            let text = if front { format!("[{name}]") } else { format!(" {name} ") };
            let room = area.right().saturating_sub(x);
            let role = if front { Role::TabActive } else { Role::Tab };
            canvas.text_in(Rect { x, width: room, ..row(1) }, &text, role);
            x += u16::try_from(width(&text)).unwrap_or(0).min(room);
        }
        self.front.draw(canvas, Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area }, cx);
    }

    fn actions(&self) -> Vec<Listed> {
        // The hint line drops what does not fit from its end: how to go on and back must never be dropped.
        OWN.into_iter().chain(self.front.actions()).collect()
    }

    fn ready(&self, id: &str, cx: &Cx<'_>) -> std::result::Result<(), crate::model::Refusal> {
        self.front.ready(id, cx)
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        match id {
            "dossier.next" => Some(self.turn(cx, 1)),
            "dossier.previous" => Some(self.turn(cx, PARTS.len().saturating_sub(1))),
            "dossier.close" => Some(Ok(Flow::Close)),
            _ => self.front.act(id, cx),
        }
    }

    fn draft(&mut self) -> Option<(String, serde_json::Value)> {
        let (place, value) = self.front.draft()?;
        Some((format!("{} {} {place}", self.row.id, self.front.id()), value))
    }

    fn restore(&mut self, place: &str, value: &serde_json::Value, cx: &mut Cx<'_>) -> Result<bool> {
        let own = format!("{} {} ", self.row.id, self.front.id());
        place.strip_prefix(&own).map_or(Ok(false), |place| self.front.restore(place, value, cx))
    }

    fn type_input(&mut self, input: &Input, cx: &mut Cx<'_>) -> Result<Taken> {
        self.front.type_input(input, cx)
    }

    fn go(&mut self, to: Move, cx: &mut Cx<'_>) -> Result<()> {
        self.front.go(to, cx)
    }

    fn resumed(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.front.resumed(cx)
    }

    fn is_page(&self) -> bool {
        true
    }

    fn is_typing(&mut self) -> bool {
        self.front.is_typing()
    }
}
