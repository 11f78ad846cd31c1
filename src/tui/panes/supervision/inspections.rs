//! Inspections: a record step by step, what was put right.
use super::Supervision;
use crate::model::{Code, Day, DrawId, Refusal, fold};
use crate::ops::supervision::{METHODS, Mend, Report as Record, whole};
use crate::ops::{InspectionMode, InspectionResult, Result};
use crate::text::supervision::methods;
use crate::text::width::pad_right;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::Flow;

pub const BAD_DAY: Code = Code("supervision.bad_day");

fn word(cx: &Cx<'_>, key: &str) -> String {
    cx.locale.word(key).to_owned()
}

/// What can be inspected: what was drawn, and sessions without a record.
struct Object {
    draw: Option<DrawId>,
    session: Option<String>,
    name: String,
    supervisors: Vec<String>,
}

pub fn new(page: &mut Supervision, cx: &mut Cx<'_>) -> Result<Flow> {
    let mut objects = Vec::new();
    for draw in &page.draws {
        let drawn = whole(cx.site, draw.id)?.drawn;
        let codes = page.uncovered.iter().map(|u| u.session.clone()).collect::<Vec<_>>();
        objects.extend(drawn.into_iter().map(|d| Object {
            draw: Some(draw.id),
            session: codes.iter().find(|code| **code == d.object).cloned(),
            name: d.object,
            supervisors: d.supervisors,
        }));
    }
    objects.extend(page.uncovered.iter().map(|u| Object {
        draw: None,
        session: Some(u.session.clone()),
        name: u.session.clone(),
        supervisors: Vec::new(),
    }));
    let line = |o: &Object| match o.draw {
        Some(draw) => {
            let args = [("draw", draw.to_string()), ("object", o.name.clone()), ("who", o.supervisors.join(" "))];
            let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
            cx.locale.say("supervision.of_draw", &args)
        }
        None => cx.locale.say("supervision.of_session", &[("session", &o.name)]),
    };
    let mut items: Vec<_> = objects.iter().map(line).collect();
    items.push(word(cx, "supervision.other_object"));
    let then = move |cx: &mut Cx<'_>, place: usize| {
        if place < objects.len() {
            return Ok(who(cx, objects.swap_remove(place)));
        }
        let then = |cx: &mut Cx<'_>, name: String| {
            Ok(who(cx, Object { draw: None, session: None, name, supervisors: Vec::new() }))
        };
        let body = word(cx, "supervision.object_body");
        Ok(Flow::Open(Reason::edit(word(cx, "supervision.report_title"), body, "", Box::new(then))))
    };
    Ok(Flow::Open(Picker::ask(word(cx, "supervision.object_title"), items, 0, Box::new(then))))
}

fn who(cx: &Cx<'_>, object: Object) -> Flow {
    let drawn = object.supervisors.join("、");
    let then = move |cx: &mut Cx<'_>, names: String| {
        let supervisors = names.split(['、', ',', '，', ' ']).map(str::to_owned).collect();
        let record = Record {
            draw: object.draw,
            session: object.session,
            object: object.name,
            supervisors,
            mode: InspectionMode::OnSite,
            on: None,
            methods: Vec::new(),
            findings: String::new(),
            result: InspectionResult::Sound,
            mend_by: None,
        };
        Ok(how(cx, record))
    };
    let body = word(cx, "supervision.who_body");
    Flow::Open(Reason::edit(word(cx, "supervision.report_title"), body, &drawn, Box::new(then)))
}

/// Methods by their numbers, then the findings.
fn how(cx: &Cx<'_>, record: Record) -> Flow {
    let numbered = METHODS.iter().enumerate().map(|(n, m)| format!("{}{}", n + 1, methods(cx.locale, m)));
    let list = numbered.collect::<Vec<_>>().join(" ");
    let body = cx.locale.say("supervision.methods_body", &[("list", &list)]);
    let then = move |cx: &mut Cx<'_>, text: String| {
        let digits = fold::number_like(&text).into_owned();
        let places = digits.chars().filter_map(|c| usize::try_from(c.to_digit(10)?.checked_sub(1)?).ok());
        let methods = places.filter_map(|at| METHODS.get(at)).map(|m| (*m).to_owned()).collect();
        let record = Record { methods, ..record };
        let then = move |cx: &mut Cx<'_>, findings: String| Ok(result(cx, Record { findings, ..record }));
        let body = word(cx, "supervision.findings_body");
        Ok(Flow::Open(Reason::ask(word(cx, "supervision.report_title"), body, Box::new(then))))
    };
    Flow::Open(Reason::edit(word(cx, "supervision.report_title"), body, "3", Box::new(then)))
}

fn result(cx: &Cx<'_>, record: Record) -> Flow {
    let items = InspectionResult::ALL.iter().map(|r| word(cx, &format!("inspection_result.{}", r.code()))).collect();
    let then = move |cx: &mut Cx<'_>, place: usize| {
        let result = InspectionResult::ALL.get(place).copied().unwrap_or(InspectionResult::Sound);
        let record = Record { result, ..record };
        if result == InspectionResult::Sound {
            return perform(cx, &record);
        }
        let then = move |cx: &mut Cx<'_>, text: String| {
            let mend_by = Some(text.trim()).filter(|t| !t.is_empty()).map(day).transpose()?;
            perform(cx, &Record { mend_by, ..record })
        };
        let body = word(cx, "supervision.mend_by_body");
        Ok(Flow::Open(Reason::ask_or_nothing(word(cx, "supervision.report_title"), body, Box::new(then))))
    };
    Flow::Open(Picker::ask(word(cx, "supervision.result_title"), items, 0, Box::new(then)))
}

fn day(text: &str) -> Result<Day, Refusal> {
    fold::number_like(text).parse().map_err(|_| Refusal::new(BAD_DAY).with("value", text))
}

fn perform(cx: &mut Cx<'_>, record: &Record) -> Result<Flow> {
    let done = cx.perform(record)?;
    let (number, op) = (done.out.0.to_string(), done.op.map_or(0, |n| n.0).to_string());
    cx.say(Tone::Good, "supervision.reported", &[("number", &number), ("object", &done.out.1), ("op", &op)]);
    Ok(Flow::Close)
}

pub fn mend(page: &mut Supervision, cx: &mut Cx<'_>) -> Result<Flow> {
    let inspection = page.inspection()?.id;
    let then = move |cx: &mut Cx<'_>, mended: String| {
        let done = cx.perform(&Mend { inspection, mended, on: None })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        cx.say(Tone::Good, "supervision.mended", &[("object", &done.out), ("op", &op)]);
        Ok(Flow::Close)
    };
    let body = word(cx, "supervision.mended_body");
    Ok(Flow::Open(Reason::ask(word(cx, "supervision.mend_title"), body, Box::new(then))))
}

/// Everything of a record.
pub fn show(page: &mut Supervision, cx: &mut Cx<'_>) -> Result<Flow> {
    let one = page.inspection()?;
    let line = |key: &str, value: String| format!("{}{value}", pad_right(cx.locale.word(key), 18));
    let day = |day: Option<Day>| day.map(|d| d.to_string()).unwrap_or_default();
    let lines = vec![
        line("column.day", one.inspected_on.to_string()),
        line("column.supervision_kind", word(cx, &format!("inspection_mode.{}", one.mode.code()))),
        line("column.supervisors", one.supervisors.replace('\n', " ")),
        line("column.methods", methods(cx.locale, &one.methods)),
        line("column.findings", one.findings.clone()),
        line("column.inspection_result", word(cx, &format!("inspection_result.{}", one.result.code()))),
        line("column.mend_by", day(one.mend_by)),
        line("column.mended", format!("{} {}", day(one.mended_on), one.mended.clone().unwrap_or_default())),
        line("column.published", format!("{} {}", day(one.published_on), one.place.clone().unwrap_or_default())),
    ];
    Ok(Flow::Open(Report::show(one.object.clone(), lines)))
}
