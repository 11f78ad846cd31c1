//! The pool of experts; below, whether the chosen one may judge each candidate, and why not.
use crate::model::{Code, Refusal};
use crate::ops::panel::{ExpertLine, Pair, experts};
use crate::ops::{Changes, Result};
use crate::text::experts as words;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::overlays::report::Report;
use crate::tui::pane::{Action, Flow, Pane, Seen, Show, always};
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;

pub const NONE_CHOSEN: Code = Code("expert.none_chosen");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Pool,
    Candidates,
}

pub struct Experts {
    side: Side,
    all: Vec<ExpertLine>,
    pool: Table,
    people: Table,
}

impl Experts {
    fn expert(&self) -> Option<&ExpertLine> {
        self.all.get(self.pool.selected()?)
    }

    fn pair(&self) -> Option<&Pair> {
        self.expert()?.pairs.get(self.people.selected()?)
    }
}

impl Pane for Experts {
    type About = ();
    const ID: &'static str = "experts";
    const WATCHES: Changes = Changes::any(&[
        "staff",
        "staff_tie",
        "application",
        "panel",
        "panel_member",
        "panel_candidate",
        "panel_recusal",
    ]);
    const IS_PAGE: bool = true;
    const ACTIONS: &'static [Action<Self>] = &[
        Action { id: "experts.switch", show: Show::Hint, ready: always, run: switch },
        Action { id: "experts.why", show: Show::Hint, ready: |p, _| chosen(p), run: why },
        Action { id: "experts.staff", show: Show::Help, ready: always, run: |_, _| Ok(Flow::Page("staff")) },
        Action { id: "experts.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
    ];

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let word = |key: &str| cx.locale.word(key).to_owned();
        let pool = Table::new(vec![
            Column::new(word("column.expert"), Width::Fixed(10)),
            Column::new(word("column.expert_unit"), Width::Fill(16)),
            Column::new(word("column.expert_of"), Width::Fixed(10)).priority(1),
            Column::new(word("column.expert_panel"), Width::Fixed(12)),
            Column::new(word("column.expert_may"), Width::Fixed(9)).right(),
        ]);
        let people = Table::new(vec![
            Column::new(word("panel.column.candidate"), Width::Fixed(8)),
            Column::new(word("column.expert_employer"), Width::Fill(16)),
            Column::new(word("column.expert_tie"), Width::Fixed(6)),
            Column::new(word("column.expert_why"), Width::Fill(26)),
        ]);
        let mut page = Experts { side: Side::Pool, all: Vec::new(), pool, people };
        page.reload(cx)?;
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.all = experts(cx.site)?;
        self.pool.set_rows(self.all.len());
        self.people.set_rows(self.expert().map_or(0, |e| e.pairs.len()));
        Ok(())
    }

    fn moved(&mut self, _: &mut Cx<'_>) -> Result<()> {
        self.people.set_rows(self.expert().map_or(0, |e| e.pairs.len()));
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        canvas.fill(area, Role::Text);
        let line = |y: u16| Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 };
        let Some(expert) = self.expert() else {
            canvas.paragraph(area, &cx.word("experts.empty"), Role::Dim);
            return;
        };
        let (count, candidates) = (self.all.len().to_string(), expert.pairs.len().to_string());
        let title = cx.say("experts.title", &[("experts", &count), ("candidates", &candidates)]);
        canvas.text_in(line(area.y), &title, Role::Title);
        let half = area.height.saturating_sub(2) / 2;
        let top = Rect { y: area.y + 1, height: half, ..area };
        self.pool.draw(canvas, top, &|row, column| cell(self.all.get(row), column, cx));
        let middle = area.y + 1 + half;
        let may = expert.may.to_string();
        let args = [("name", expert.name.as_str()), ("unit", &expert.unit), ("may", &may), ("all", &candidates)];
        canvas.text_in(line(middle), &cx.say("experts.title_of", &args), Role::Title);
        let below = Rect { y: middle + 1, height: area.bottom().saturating_sub(middle + 1), ..area };
        self.people.draw(canvas, below, &|row, column| pair_cell(expert.pairs.get(row), column, cx));
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(match self.side {
            Side::Pool => &mut self.pool,
            Side::Candidates => &mut self.people,
        })
    }
}

fn cell(expert: Option<&ExpertLine>, column: usize, cx: &Seen<'_>) -> (String, Role) {
    let Some(expert) = expert else { return (String::new(), Role::Text) };
    let role = if expert.general.is_empty() { Role::Text } else { Role::Dim };
    let text = match column {
        0 => expert.name.clone(),
        1 => expert.unit.clone(),
        2 => expert.kept_by.clone().unwrap_or_else(|| cx.word("experts.site")),
        3 => expert.panel.clone().unwrap_or_default(),
        _ => format!("{}/{}", expert.may, expert.pairs.len()),
    };
    (text, role)
}

fn pair_cell(pair: Option<&Pair>, column: usize, cx: &Seen<'_>) -> (String, Role) {
    let Some(pair) = pair else { return (String::new(), Role::Text) };
    let text = match column {
        0 => pair.candidate.clone(),
        1 => pair.employer.clone().unwrap_or_else(|| "-".to_owned()),
        2 => pair.tie.map(|kind| cx.word(&format!("tie_kind.{}", kind.code()))).unwrap_or_default(),
        _ => match pair.why.first() {
            Some(why) => return (words::why(cx.locale, why), Role::Warn),
            None => return (cx.word("experts.ok"), Role::Good),
        },
    };
    (text, Role::Text)
}

fn chosen(page: &Experts) -> Result<(), Refusal> {
    page.expert().map(|_| ()).ok_or_else(|| Refusal::new(NONE_CHOSEN))
}

fn switch(page: &mut Experts, _: &mut Cx<'_>) -> Result<Flow> {
    page.side = match page.side {
        Side::Pool => Side::Candidates,
        Side::Candidates => Side::Pool,
    };
    Ok(Flow::Stay)
}

/// Of the candidate at hand, or of everybody whom the expert may not judge.
fn why(page: &mut Experts, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(expert) = page.expert() else { return Err(Refusal::new(NONE_CHOSEN).into()) };
    let mut lines: Vec<String> = expert.general.iter().map(|r| words::why(cx.locale, r)).collect();
    match (page.side, page.pair()) {
        (Side::Candidates, Some(pair)) => lines = pair.why.iter().map(|r| words::why(cx.locale, r)).collect(),
        _ if lines.is_empty() => {
            lines = expert.pairs.iter().flat_map(|p| &p.why).map(|r| words::why(cx.locale, r)).collect();
        }
        _ => {}
    }
    if lines.is_empty() {
        lines.push(cx.locale.word("experts.ok").to_owned());
    }
    Ok(Flow::Open(Report::show(expert.name.clone(), lines)))
}
