//! What the results pane can do.
use super::places::Down;
use super::{Choice, Results, View, ask, person};
use crate::model::{Code, Level, Refusal, Subject};
use crate::ops::Result;
use crate::ops::results::{Filter, OutcomeKind};
use crate::tui::cx::Cx;
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::report::Report;
use crate::tui::pane::{Action, Flow, Show, always};

pub const NO_LINE: Code = Code("results.no_line");
pub const NO_PART: Code = Code("results.no_part");

const fn action(id: &'static str, show: Show, run: fn(&mut Results, &mut Cx<'_>) -> Result<Flow>) -> Action<Results> {
    Action { id, show, ready: always, run }
}

pub const ACTIONS: &[Action<Results>] = &[
    Action { id: "results.enter", show: Show::Hint, ready: has_line, run: enter },
    action("results.back", Show::Hint, back),
    action("results.next_view", Show::Hint, |pane, cx| turn(pane, cx, 1)),
    action("results.filter", Show::Hint, filter),
    action("results.by_level", Show::Hint, by_level),
    action("results.by_outcome", Show::Hint, by_outcome),
    action("results.by_occupation", Show::Help, by_occupation),
    action("results.clear", Show::Help, clear),
    action("results.compute", Show::Hint, ask::compute),
    action("results.board", Show::Help, |pane, cx| go(pane, cx, View::Board)),
    action("results.places", Show::Hint, |pane, cx| go(pane, cx, View::Places)),
    action("results.settled", Show::Help, |pane, cx| go(pane, cx, View::Settled)),
    action("results.earlier", Show::Help, |pane, cx| go(pane, cx, View::Earlier)),
    action("results.ask_audit", Show::Help, ask::ask_audit),
    action("results.answer_audit", Show::Help, ask::answer_audit),
    action("results.send_summary", Show::Help, ask::send_summary),
    action("results.people", Show::Help, |pane, cx| go(pane, cx, View::People)),
    action("results.spread", Show::Help, |pane, cx| go(pane, cx, View::Spread)),
    action("results.missing", Show::Help, |pane, cx| go(pane, cx, View::Missing)),
    action("results.previous_view", Show::Help, |pane, cx| turn(pane, cx, View::ALL.len() - 1)),
    Action { id: "results.next_part", show: Show::Help, ready: in_spread, run: |pane, _| part(pane, 1) },
    Action { id: "results.previous_part", show: Show::Help, ready: in_spread, run: |pane, _| part(pane, 2) },
    action("results.refresh", Show::Help, refresh),
];

fn has_line(pane: &Results, _: &Cx<'_>) -> Result<(), Refusal> {
    let line = match pane.view {
        _ if pane.typing => true,
        View::Board => pane.lines.selected().is_some(),
        View::People => pane.people.selected().is_some(),
        View::Missing => pane.gaps.selected().is_some(),
        View::Places => pane.places.table.selected().is_some(),
        View::Spread | View::Settled | View::Earlier => false,
    };
    if line { Ok(()) } else { Err(Refusal::new(NO_LINE)) }
}

fn in_spread(pane: &Results, _: &Cx<'_>) -> Result<(), Refusal> {
    if pane.view == View::Spread { Ok(()) } else { Err(Refusal::new(NO_PART)) }
}

fn go(pane: &mut Results, cx: &mut Cx<'_>, view: View) -> Result<Flow> {
    pane.show(view, cx)?;
    Ok(Flow::Stay)
}

fn turn(pane: &mut Results, cx: &mut Cx<'_>, by: usize) -> Result<Flow> {
    let at = View::ALL.iter().position(|v| *v == pane.view).unwrap_or(0);
    let next = View::ALL.iter().cycle().nth(at + by).copied().unwrap_or(View::Board);
    go(pane, cx, next)
}

fn part(pane: &mut Results, by: usize) -> Result<Flow> {
    let at = Subject::ALL.iter().position(|s| *s == pane.part).unwrap_or(0);
    pane.part = Subject::ALL.iter().cycle().nth(at + by).copied().unwrap_or(Subject::Theory);
    Ok(Flow::Stay)
}

/// From an occupation to its people, from a person to every part.
fn enter(pane: &mut Results, cx: &mut Cx<'_>) -> Result<Flow> {
    if pane.typing {
        pane.typing = false;
        return Ok(Flow::Stay);
    }
    match pane.view {
        View::Board => {
            let Some(line) = pane.lines.selected().and_then(|row| pane.board.rows.get(row)) else {
                return Ok(Flow::Stay);
            };
            pane.filter =
                Filter { occupation: Some(line.occupation.clone()), level: Some(line.level), ..Filter::default() };
            pane.field.clear();
            pane.people.select(0);
            go(pane, cx, View::People)
        }
        View::People => {
            let row = pane.people.selected().and_then(|row| pane.listed.rows.get(row));
            let Some(row) = row else { return Ok(Flow::Stay) };
            let title = cx.locale.word("results.card").to_owned();
            let parts = crate::ops::entry::standing(cx.site, row.application)?;
            Ok(Flow::Open(Report::show(title, person::lines(row, &parts, &pane.board, cx.locale))))
        }
        View::Missing => {
            let gap = pane.gaps.selected().and_then(|row| pane.missing.rows.get(row));
            let Some(gap) = gap else { return Ok(Flow::Stay) };
            let text = gap.ticket.clone().unwrap_or_else(|| gap.name.clone());
            pane.field.set(&text);
            pane.filter = Filter { text, ..Filter::default() };
            pane.people.select(0);
            go(pane, cx, View::People)
        }
        View::Places => match pane.places.down(cx)? {
            Down::People(filter) => {
                pane.filter = filter;
                pane.field.clear();
                pane.people.select(0);
                go(pane, cx, View::People)
            }
            Down::Deeper | Down::Nowhere => Ok(Flow::Stay),
        },
        View::Spread | View::Settled | View::Earlier => Ok(Flow::Stay),
    }
}

/// One step back: out of the text, up the way down, out of the filters, to the board.
fn back(pane: &mut Results, cx: &mut Cx<'_>) -> Result<Flow> {
    if pane.typing {
        pane.field.clear();
        pane.filter.text.clear();
        pane.typing = false;
        pane.read(cx)?;
        return Ok(Flow::Stay);
    }
    if pane.view == View::Places && pane.places.up(cx)? {
        return Ok(Flow::Stay);
    }
    let from_places = match pane.view {
        View::People => !pane.filter.within.is_all(),
        View::Spread => pane.narrowed.is_some(),
        _ => false,
    };
    pane.filter = Filter::default();
    pane.field.clear();
    go(pane, cx, if from_places { View::Places } else { View::Board })
}

fn filter(pane: &mut Results, cx: &mut Cx<'_>) -> Result<Flow> {
    pane.show(View::People, cx)?;
    pane.typing = true;
    Ok(Flow::Stay)
}

fn clear(pane: &mut Results, cx: &mut Cx<'_>) -> Result<Flow> {
    pane.filter = Filter::default();
    pane.field.clear();
    pane.places.top();
    pane.read(cx)?;
    Ok(Flow::Stay)
}

fn refresh(pane: &mut Results, cx: &mut Cx<'_>) -> Result<Flow> {
    pane.count(cx)?;
    pane.read(cx)?;
    Ok(Flow::Stay)
}

/// A picker over "all" and the given choices; the choice is taken when it closes.
fn pick(pane: &Results, cx: &Cx<'_>, title: &str, choices: Vec<(String, Choice)>) -> Result<Flow> {
    let (names, values): (Vec<_>, Vec<_>) = choices.into_iter().unzip();
    let slot = pane.chosen.clone();
    let then = Box::new(move |_: &mut Cx<'_>, place: usize| {
        slot.replace(values.into_iter().nth(place));
        Ok(Flow::Close)
    });
    Ok(Flow::Open(Picker::ask(cx.locale.word(title).to_owned(), names, 0, then)))
}

fn by_level(pane: &mut Results, cx: &mut Cx<'_>) -> Result<Flow> {
    let level = |l: Level| (cx.locale.word(&l.key()).to_owned(), Choice::Level(Some(l)));
    let all = (cx.locale.word("results.all").to_owned(), Choice::Level(None));
    let choices = std::iter::once(all).chain(Level::ALL.into_iter().map(level)).collect();
    pick(pane, cx, "action.results.by_level", choices)
}

fn by_outcome(pane: &mut Results, cx: &mut Cx<'_>) -> Result<Flow> {
    let outcome = |o: OutcomeKind| (cx.locale.word(&o.key()).to_owned(), Choice::Outcome(Some(o)));
    let all = (cx.locale.word("results.all").to_owned(), Choice::Outcome(None));
    let choices = std::iter::once(all).chain(OutcomeKind::ALL.into_iter().map(outcome)).collect();
    pick(pane, cx, "action.results.by_outcome", choices)
}

fn by_occupation(pane: &mut Results, cx: &mut Cx<'_>) -> Result<Flow> {
    let mut names: Vec<(String, String)> =
        pane.board.rows.iter().map(|l| (l.occupation_name.clone(), l.occupation.clone())).collect();
    names.dedup();
    let occupation = |(name, code): (String, String)| (format!("{name} {code}"), Choice::Occupation(Some(code)));
    let all = (cx.locale.word("results.all").to_owned(), Choice::Occupation(None));
    let choices = std::iter::once(all).chain(names.into_iter().map(occupation)).collect();
    pick(pane, cx, "action.results.by_occupation", choices)
}
