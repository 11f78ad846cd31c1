//! The way to approval: boxes of the form, reviews of every round, the original; and the keys that move it on.
use crate::model::{ApplicationId, Code, Refusal, ReviewDecision, ReviewStep};
use crate::ops::applications::by_id;
use crate::ops::payments::ReceiveOriginal;
use crate::ops::reviews::{
    Chain, DOUBTS, Decide, Link, LinkState, NOT_WAITING, NodeState, PutStamp, StampBy, TakeStampOff, Whom, chain,
};
use crate::ops::{ApplicationState, Changes, Result};
use crate::text::Locale;
use crate::tui::canvas::Canvas;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::{Action, Flow, Layer, Pane, Seen, Show, always};
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;

pub const NOTHING_SELECTED: Code = Code("stamp.nothing_selected");
pub const NOTHING_WAITS: Code = Code("stamp.nothing_waits");
/// Lines for the whole text of the selected line.
const WHOLE: u16 = 3;
/// The doubt that an answer of the query lifts.
const QUERY: &str = "review_doubt.query_missing";

pub struct Reviews {
    application: ApplicationId,
    name: String,
    chain: Chain,
    table: Table,
}

#[rustfmt::skip]
const ACTIONS: &[Action<Reviews>] = &[
    Action { id: "dossier.reviews.stamp", show: Show::Hint, ready: |pane, _| pane.next_node().map(|_| ()), run: stamp },
    Action { id: "dossier.reviews.pass", show: Show::Hint, ready: |pane, _| pane.waits(), run: pass },
    Action { id: "dossier.reviews.return", show: Show::Hint, ready: |pane, _| pane.waits(), run: |pane, cx| against(pane, cx, ReviewDecision::Return) },
    Action { id: "dossier.reviews.reject", show: Show::Hint, ready: |pane, _| pane.waits(), run: |pane, cx| against(pane, cx, ReviewDecision::Reject) },
    Action { id: "dossier.reviews.original", show: Show::Hint, ready: always, run: original },
    Action { id: "dossier.reviews.unstamp", show: Show::Help, ready: |pane, _| pane.selected_stamp().map(|_| ()), run: unstamp },
];

impl Reviews {
    /// The first box that does not count yet.
    fn next_node(&self) -> Result<StampBy, Refusal> {
        let open =
            |link: &&Link| matches!(link.state, LinkState::Stamp(s) if s != NodeState::Good && s != NodeState::Against);
        let next = self.chain.links.iter().filter(open).find_map(|link| link.node);
        next.ok_or_else(|| Refusal::new(NOTHING_WAITS))
    }

    fn selected_stamp(&self) -> Result<StampBy, Refusal> {
        let link = self.table.selected().and_then(|row| self.chain.links.get(row));
        let there = |link: &&Link| link.state != LinkState::Stamp(NodeState::Missing);
        link.filter(there).and_then(|link| link.node).ok_or_else(|| Refusal::new(NOTHING_SELECTED))
    }

    /// Keys of a decision are offered only while one waits: afterwards the original has their place on the hint line.
    fn waits(&self) -> Result<(), Refusal> {
        if self.chain.state == ApplicationState::Submitted {
            return Ok(());
        }
        let state = format!("application_state.{}", self.chain.state.code());
        Err(Refusal::new(NOT_WAITING).word("state", state).with("name", self.name.as_str()))
    }

    fn step(&self) -> ReviewStep {
        self.chain.standing.next.unwrap_or(ReviewStep::Second)
    }

    /// What is to be done next, in words.
    fn next(&self, cx: &Seen<'_>) -> String {
        let standing = &self.chain.standing;
        match self.chain.state {
            ApplicationState::Returned => cx.word("dossier.reviews.next_mend"),
            ApplicationState::Approved if standing.original_at.is_none() => cx.word("dossier.reviews.next_original"),
            ApplicationState::Submitted => match (standing.next, standing.missing_stamps.first()) {
                (Some(step), None) => cx.word(&step.key()),
                (Some(step), Some(stamp)) => {
                    let stamp = cx.say("dossier.reviews.next_stamp", &[("stamp", &cx.word(&stamp.key()))]);
                    format!("{}  {stamp}", cx.word(&step.key()))
                }
                (None, Some(stamp)) => cx.say("dossier.reviews.next_stamp", &[("stamp", &cx.word(&stamp.key()))]),
                (None, None) => cx.word("dossier.reviews.next_none"),
            },
            _ => cx.word("dossier.reviews.next_none"),
        }
    }
}

impl Pane for Reviews {
    type About = ApplicationId;
    const ID: &'static str = "dossier.reviews";
    const WATCHES: Changes = Changes::any(&["application", "stamp", "review", "list_objection", "material"]);
    const ACTIONS: &'static [Action<Self>] = ACTIONS;

    fn open(cx: &mut Cx<'_>, application: ApplicationId) -> Result<Self> {
        let (chain, row) = (chain(cx.site, application)?, by_id(cx.site, application)?);
        let mut table = Table::new(columns(cx.locale));
        table.set_rows(chain.links.len());
        Ok(Reviews { application, name: row.name, chain, table })
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.chain = chain(cx.site, self.application)?;
        self.table.set_rows(self.chain.links.len());
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        let line = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
        let round = self.chain.standing.round.to_string();
        let heading = cx.say("dossier.reviews.heading", &[("round", &round), ("next", &self.next(cx))]);
        canvas.text_in(line, &heading, Role::Title);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1 + WHOLE), ..area };
        // A reason may be longer than its column: the selected one stands below in full.
        if let Some(link) = self.table.selected().and_then(|row| self.chain.links.get(row)) {
            let below = Rect { y: body.bottom(), height: WHOLE, ..line };
            canvas.paragraph(below, &link.text, Role::Text);
        }
        self.table.draw(canvas, body, &|row, column| {
            self.chain.links.get(row).map_or_else(|| (String::new(), Role::Text), |link| cell(link, column, cx))
        });
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }
}

fn columns(locale: &Locale) -> Vec<Column> {
    let word = |key: &str| locale.word(key).to_owned();
    vec![
        Column::new(word("column.node"), Width::Fixed(20)),
        Column::new(word("column.state"), Width::Fixed(14)),
        Column::new(word("column.when"), Width::Fixed(16)),
        Column::new(word("column.decided_by"), Width::Fill(10)).priority(1),
        Column::new(word("column.opinion"), Width::Fill(8)).priority(2),
    ]
}

fn cell(link: &Link, column: usize, cx: &Seen<'_>) -> (String, Role) {
    let role = match link.state {
        LinkState::Stamp(NodeState::Good) | LinkState::Review(ReviewDecision::Pass) | LinkState::There => Role::Good,
        LinkState::Stamp(NodeState::Missing) | LinkState::Later | LinkState::NotIn | LinkState::Dismissed => Role::Dim,
        LinkState::Waits => Role::Title,
        _ => Role::Warn,
    };
    match column {
        0 => {
            let what = cx.word(&link.what);
            let round = link.round.map(|r| r.to_string());
            let text = round.map(|round| cx.say("dossier.reviews.round", &[("step", &what), ("round", &round)]));
            (text.unwrap_or(what), Role::Text)
        }
        1 => (cx.word(&link.state.key()), role),
        2 => (link.when.clone(), Role::Text),
        3 => (link.by.clone(), Role::Text),
        _ => (link.text.clone(), Role::Text),
    }
}

fn op_no(op: Option<crate::model::OpNo>) -> String {
    op.map_or(0, |n| n.0).to_string()
}

/// Opinion, then who signed, then the number where the last box needs one.
fn stamp(pane: &mut Reviews, cx: &mut Cx<'_>) -> Result<Flow> {
    let node = pane.next_node()?;
    let (application, name, numbered) = (pane.application, pane.name.clone(), pane.chain.numbered == Some(node));
    let word = cx.locale.word(&node.key()).to_owned();
    let default = cx.locale.word("dossier.reviews.opinion_default").to_owned();
    let title = cx.locale.say("dossier.reviews.stamp_title", &[("stamp", &word)]);
    let body = cx.locale.say("dossier.reviews.opinion_body", &[("name", &name), ("default", &default)]);
    let then = move |cx: &mut Cx<'_>, text: String| {
        let opinion = if text.is_empty() { default } else { text };
        let agrees = !opinion.starts_with(cx.locale.word("dossier.reviews.opinion_against"));
        let put = PutStamp {
            node,
            whom: Whom::These(vec![application]),
            opinion,
            agrees,
            stamped: true,
            handled_by: None,
            responsible: None,
            dated: None,
            document_no: None,
            count: None,
        };
        Ok(Flow::Open(signers(cx, put, name, numbered)))
    };
    Ok(Flow::Open(Reason::ask_or_nothing(title, body, Box::new(then))))
}

fn signers(cx: &Cx<'_>, put: PutStamp, name: String, numbered: bool) -> Box<dyn Layer> {
    let word = cx.locale.word(&put.node.key()).to_owned();
    let title = cx.locale.say("dossier.reviews.signers_title", &[("stamp", &word)]);
    let body = cx.locale.word("dossier.reviews.signers_body").to_owned();
    let then = move |cx: &mut Cx<'_>, text: String| {
        let mut names = text.split_whitespace().map(str::to_owned);
        let put = PutStamp { handled_by: names.next(), responsible: names.next(), ..put };
        if !numbered {
            return record(cx, &put, &name);
        }
        let title = cx.locale.word("dossier.reviews.number_title").to_owned();
        let body = cx.locale.word("dossier.reviews.number_body").to_owned();
        let last = move |cx: &mut Cx<'_>, text: String| {
            record(cx, &PutStamp { document_no: Some(text).filter(|t| !t.is_empty()), ..put }, &name)
        };
        Ok(Flow::Open(Reason::ask_or_nothing(title, body, Box::new(last))))
    };
    Reason::ask_or_nothing(title, body, Box::new(then))
}

fn record(cx: &mut Cx<'_>, put: &PutStamp, name: &str) -> Result<Flow> {
    let done = cx.perform(put)?;
    let (op, stamp) = (op_no(done.op), cx.locale.word(&put.node.key()).to_owned());
    match done.out.void {
        None => cx.say(Tone::Good, "dossier.reviews.stamped", &[("name", name), ("stamp", &stamp), ("op", &op)]),
        Some(state) => {
            let state = cx.locale.word(&state.key()).to_owned();
            let args = [("name", name), ("stamp", &stamp), ("state", &state), ("op", &op)];
            cx.say(Tone::Warn, "dossier.reviews.stamped_void", &args);
        }
    }
    Ok(Flow::Close)
}

fn unstamp(pane: &mut Reviews, cx: &mut Cx<'_>) -> Result<Flow> {
    let (application, node, name) = (pane.application, pane.selected_stamp()?, pane.name.clone());
    let stamp = cx.locale.word(&node.key()).to_owned();
    let title = cx.locale.say("dossier.reviews.unstamp_title", &[("stamp", &stamp)]);
    let body = cx.locale.say("dossier.reviews.unstamp_body", &[("name", &name)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&TakeStampOff { application, node, reason })?;
        let op = op_no(done.op);
        cx.say(Tone::Good, "dossier.reviews.unstamped", &[("name", &name), ("stamp", &stamp), ("op", &op)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

fn decide(pane: &Reviews, decision: ReviewDecision) -> Decide {
    let whom = Whom::These(vec![pane.application]);
    Decide { step: pane.step(), decision, whom, reason: None, query_evidence: None, count: None }
}

fn perform(cx: &mut Cx<'_>, decide: &Decide) -> Result<Flow> {
    let done = cx.perform(decide)?;
    let words = [&decide.step.key(), &decide.decision.key()].map(|key| cx.locale.word(key).to_owned());
    let [step, decision] = words;
    let args = [("name", done.out.name.as_str()), ("step", &step), ("decision", &decision), ("op", &op_no(done.op))];
    cx.say(Tone::Good, "dossier.reviews.decided", &args);
    Ok(Flow::Close)
}

/// At once when nothing stands against it; else the doubt is told and a reason, or the answer of the query, asked for.
fn pass(pane: &mut Reviews, cx: &mut Cx<'_>) -> Result<Flow> {
    let first = decide(pane, ReviewDecision::Pass);
    let error = match cx.site.preview(&first) {
        Ok(_) => return perform(cx, &first).map(|_| Flow::Stay),
        Err(error) => error,
    };
    let Some(doubts) = error.refusal().filter(|r| r.is(DOUBTS)) else { return Err(error) };
    let text = |name: &str| doubts.get(name).map(ToString::to_string).unwrap_or_default();
    let (all, count, name) = (text("all"), text("count"), pane.name.clone());
    let told: Vec<_> = all.split(' ').filter(|key| *key != QUERY).map(|key| cx.locale.word(key)).collect();
    let asks_query = all.split(' ').any(|key| key == QUERY);
    if told.is_empty() {
        return Ok(Flow::Open(query(cx, first, &name)));
    }
    let (step, told) =
        (cx.locale.word(&first.step.key()).to_owned(), told.join(cx.locale.word("dossier.reviews.between")));
    let title = cx.locale.say("dossier.reviews.doubt_title", &[("step", &step), ("count", &count)]);
    let body = cx.locale.say("dossier.reviews.doubt_body", &[("name", &name), ("doubt", &told)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let decide = Decide { reason: Some(reason), ..first };
        if asks_query { Ok(Flow::Open(query(cx, decide, &name))) } else { perform(cx, &decide) }
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

/// What the query of the earlier certificate gave (S1-27).
fn query(cx: &Cx<'_>, decide: Decide, name: &str) -> Box<dyn Layer> {
    let title = cx.locale.word("dossier.reviews.query_title").to_owned();
    let body = cx.locale.say("dossier.reviews.query_body", &[("name", name)]);
    let then = move |cx: &mut Cx<'_>, text: String| perform(cx, &Decide { query_evidence: Some(text), ..decide });
    Reason::ask(title, body, Box::new(then))
}

fn against(pane: &mut Reviews, cx: &mut Cx<'_>, decision: ReviewDecision) -> Result<Flow> {
    let decide = Decide { reason: Some(".".to_owned()), ..decide(pane, decision) };
    // Refused before anything is typed.
    cx.site.preview(&decide)?;
    let (title, body) = match decision {
        ReviewDecision::Reject => ("dossier.reviews.reject_title", "dossier.reviews.reject_body"),
        _ => ("dossier.reviews.return_title", "dossier.reviews.return_body"),
    };
    let title = cx.locale.word(title).to_owned();
    let body = cx.locale.say(body, &[("name", &pane.name)]);
    let then = move |cx: &mut Cx<'_>, reason: String| perform(cx, &Decide { reason: Some(reason), ..decide });
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

fn original(pane: &mut Reviews, cx: &mut Cx<'_>) -> Result<Flow> {
    let done = cx.perform(&ReceiveOriginal { applications: vec![pane.application] })?;
    cx.say(Tone::Good, "dossier.reviews.original_in", &[("name", &pane.name), ("op", &op_no(done.op))]);
    Ok(Flow::Stay)
}
