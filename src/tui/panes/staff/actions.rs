//! What is done with a post.
use super::proposal::ProposalPage;
use super::{NOBODY_HERE, NONE_SELECTED, Staff, View};
use crate::model::{Duty, Refusal, SessionId, StaffId};
use crate::ops::Result;
use crate::ops::staff::{Assign, Choice, Line, Rate, SignIn, Unassign, choices};
use crate::text::staffing;
use crate::text::width::pad_right;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::{Flow, Mounted, Pane};

/// Columns of a name in a list to choose from.
const NAME: usize = 10;

/// Whom an action may mean: those at the chosen post, or the chosen person.
pub fn workers(page: &Staff) -> Vec<(StaffId, String)> {
    match page.view {
        View::Posts => {
            let people = page.line().map(|l| l.people.as_slice()).unwrap_or_default();
            people.iter().map(|w| (w.staff, w.name.clone())).collect()
        }
        View::People => {
            let session = page.session().map(|s| s.id);
            let here = page.person().filter(|p| p.work.iter().any(|w| Some(w.id) == session));
            here.map(|p| (p.id, p.is.name.clone())).into_iter().collect()
        }
    }
}

pub fn assign(page: &mut Staff, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(line) = page.line() else { return Err(Refusal::new(NONE_SELECTED).into()) };
    let leads = line.duty == Duty::Assessor && line.people.iter().all(|w| !w.leads);
    let place = staffing::room(cx.locale, line.room_number);
    ask(
        cx,
        &place,
        Assign {
            staff: StaffId(0),
            session: line.session,
            venue: line.venue,
            room: line.room,
            duty: line.duty,
            leads,
            reason: None,
        },
    )
}

/// Who takes it: the free first, for the others why not.
fn ask(cx: &mut Cx<'_>, place: &str, op: Assign) -> Result<Flow> {
    let post = crate::ops::staff::Post { session: op.session, venue: op.venue, room: op.room, duty: op.duty };
    let all = choices(cx.site, &post)?;
    if all.is_empty() {
        return Err(Refusal::new(crate::ops::staff::NOBODY).into());
    }
    let items = all.iter().map(|choice| item(cx, choice)).collect();
    let duty = staffing::duty(cx.locale, op.duty);
    let title = cx.locale.say("staffing.ask_who", &[("place", place), ("duty", &duty)]);
    let then = move |cx: &mut Cx<'_>, at: usize| {
        let Some(choice) = all.into_iter().nth(at) else { return Ok(Flow::Close) };
        let op = Assign { staff: choice.staff, ..op };
        match choice.why_not {
            Some(why) if choice.waivable => Ok(Flow::Open(reason(cx, &why, op))),
            _ => done(cx, &op),
        }
    };
    Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
}

fn item(cx: &Cx<'_>, choice: &Choice) -> String {
    let state = match &choice.why_not {
        None => cx.locale.say("staffing.free", &[("count", &choice.load.to_string())]),
        Some(why) => {
            let key = if choice.waivable { "staffing.waivable" } else { "staffing.blocked" };
            cx.locale.say(key, &[("why", &staffing::refusal(cx.locale, why))])
        }
    };
    format!("{} {state}  {}", pad_right(&choice.name, NAME), choice.unit)
}

fn reason(cx: &Cx<'_>, why: &Refusal, op: Assign) -> Box<dyn crate::tui::pane::Layer> {
    let (title, body) = (cx.locale.word("staffing.ask_reason").to_owned(), staffing::refusal(cx.locale, why));
    let then = move |cx: &mut Cx<'_>, reason: String| done(cx, &Assign { reason: Some(reason), ..op });
    Reason::ask(title, body, Box::new(then))
}

fn done(cx: &mut Cx<'_>, op: &Assign) -> Result<Flow> {
    let done = cx.perform(op)?;
    let number = op.room.map(|id| crate::ops::seating::rooms(cx.site).map(|all| all.into_iter().find(|r| r.id == id)));
    let number = number.transpose()?.flatten().map(|r| r.number);
    let code = crate::ops::batch::sessions(cx.site)?.into_iter().find(|s| s.id == op.session).map(|s| s.code);
    let (place, duty) = (staffing::room(cx.locale, number), staffing::duty(cx.locale, op.duty));
    let (code, no) = (code.unwrap_or_default(), done.op.map_or(0, |n| n.0).to_string());
    let args = [("name", done.out.name.as_str()), ("session", &code), ("place", &place), ("duty", &duty), ("op", &no)];
    cx.say(Tone::Good, "staffing.assigned", &args);
    Ok(Flow::Close)
}

/// A duty of the whole venue, of the chosen line or the first one.
pub fn other_duty(page: &mut Staff, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(session) = page.session().map(|s| s.id) else { return Ok(Flow::Stay) };
    let venue = match page.line() {
        Some(line) => line.venue,
        None => crate::ops::staff::first_venue(cx.site)?,
    };
    let duties: Vec<Duty> = Duty::of_the_day().filter(|d| !d.is_in_room()).collect();
    let items = duties.iter().map(|d| staffing::duty(cx.locale, *d)).collect();
    let then = move |cx: &mut Cx<'_>, at: usize| {
        let Some(duty) = duties.get(at).copied() else { return Ok(Flow::Close) };
        let place = staffing::room(cx.locale, None);
        ask(cx, &place, Assign { staff: StaffId(0), session, venue, room: None, duty, leads: false, reason: None })
    };
    Ok(Flow::Open(Picker::ask(cx.locale.word("staffing.ask_duty").to_owned(), items, 0, Box::new(then))))
}

/// Runs for the only one, or asks which.
fn with_one(
    page: &Staff,
    cx: &mut Cx<'_>,
    run: impl FnOnce(&mut Cx<'_>, StaffId) -> Result<Flow> + 'static,
) -> Result<Flow> {
    let all = workers(page);
    match all.as_slice() {
        [] => Err(Refusal::new(NOBODY_HERE).into()),
        [(only, _)] => run(cx, *only),
        _ => {
            let (ids, items): (Vec<_>, Vec<_>) = all.into_iter().unzip();
            let then = move |cx: &mut Cx<'_>, at: usize| match ids.get(at) {
                Some(id) => run(cx, *id),
                None => Ok(Flow::Close),
            };
            let title = cx.locale.word("staffing.ask_worker").to_owned();
            Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
        }
    }
}

fn session(page: &Staff) -> (SessionId, String) {
    page.session().map_or((SessionId(0), String::new()), |s| (s.id, s.code.clone()))
}

pub fn unassign(page: &mut Staff, cx: &mut Cx<'_>) -> Result<Flow> {
    let (session, code) = session(page);
    with_one(page, cx, move |cx, staff| {
        let done = cx.perform(&Unassign { staff, session })?;
        let (duty, op) = (staffing::duty(cx.locale, done.out.duty), done.op.map_or(0, |n| n.0).to_string());
        let args = [("name", done.out.name.as_str()), ("duty", &duty), ("session", &code), ("op", &op)];
        cx.say(Tone::Good, "staffing.unassigned", &args);
        Ok(Flow::Stay)
    })
}

pub fn sign_in(page: &mut Staff, cx: &mut Cx<'_>) -> Result<Flow> {
    let (session, _) = session(page);
    with_one(page, cx, move |cx, staff| {
        let done = cx.perform(&SignIn { staff, session })?;
        let (at, op) = (done.out.at.clock(), done.op.map_or(0, |n| n.0).to_string());
        cx.say(Tone::Good, "staffing.came", &[("name", &done.out.name), ("at", &at), ("op", &op)]);
        Ok(Flow::Stay)
    })
}

pub fn rate(page: &mut Staff, cx: &mut Cx<'_>) -> Result<Flow> {
    let ((session, _), names) = (session(page), workers(page));
    with_one(page, cx, move |cx, staff| {
        let items = (1..=4).rev().map(|n| cx.locale.word(&format!("rating.{n}")).to_owned()).collect();
        let name = names.into_iter().find(|(id, _)| *id == staff).map(|(_, name)| name).unwrap_or_default();
        let title = cx.locale.say("staffing.ask_rating", &[("name", &name)]);
        let then = move |cx: &mut Cx<'_>, at: usize| {
            let rating = 4 - i64::try_from(at).unwrap_or(0);
            let done = cx.perform(&Rate { staff, session, rating })?;
            let op = done.op.map_or(0, |n| n.0).to_string();
            let word = cx.locale.word(&format!("rating.{rating}")).to_owned();
            cx.say(Tone::Good, "staffing.rated", &[("name", &done.out), ("rating", &word), ("op", &op)]);
            Ok(Flow::Close)
        };
        Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
    })
}

/// Seed first, then the proposal on a page of its own.
pub fn propose(page: &mut Staff, cx: &mut Cx<'_>) -> Result<Flow> {
    let (session, _) = session(page);
    let page = ProposalPage::open(cx, (1, session))?;
    Ok(Flow::Open(Box::new(Mounted(page))))
}

pub fn why(page: &mut Staff, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(line) = page.line() else { return Ok(Flow::Stay) };
    let (place, duty) = (staffing::room(cx.locale, line.room_number), staffing::duty(cx.locale, line.duty));
    let title = cx.locale.say("staffing.why_title", &[("place", &place), ("duty", &duty)]);
    Ok(Flow::Open(Report::show(title, details(cx, line))))
}

fn details(cx: &Cx<'_>, line: &Line) -> Vec<String> {
    let numbers = [line.candidates, line.need, line.have()].map(|n| n.to_string());
    let [candidates, need, have] = &numbers;
    let needed = [("candidates", candidates.as_str()), ("need", need), ("have", have)];
    let mut all = vec![cx.locale.say("staffing.why_needed", &needed)];
    if !line.people.is_empty() {
        all.push(cx.locale.say("staffing.why_people", &[("people", &staffing::names(cx.locale, line))]));
    }
    all.push(String::new());
    all.extend(line.wanting.iter().map(|s| format!("! {}", staffing::wanting(cx.locale, s))));
    for worker in &line.people {
        all.extend(worker.against.iter().map(|o| format!("! {}", staffing::refusal(cx.locale, &o.refusal))));
        if let Some(reason) = &worker.set_aside {
            all.push(cx.locale.say("staffing.why_set_aside", &[("name", &worker.name), ("reason", reason)]));
        }
    }
    if !line.is_troubled() {
        all.push(cx.locale.word("staffing.why_well").to_owned());
    }
    all
}
