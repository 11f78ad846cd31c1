//! Draws: a new one, its result, and drawing again.
use super::Supervision;
use crate::model::{Code, Refusal, fold};
use crate::ops::supervision::{Draw, Lot, lots, redraw, whole};
use crate::ops::{DrawKind, Result};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::Flow;
use std::path::Path;

pub const BAD_NUMBER: Code = Code("supervision.bad_number");

fn word(cx: &Cx<'_>, key: &str) -> String {
    cx.locale.word(key).to_owned()
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, Refusal> {
    fold::number_like(text).parse().map_err(|_| Refusal::new(BAD_NUMBER).with("value", text))
}

/// From what; a list asks for its file first.
pub fn new(cx: &mut Cx<'_>) -> Flow {
    let items = DrawKind::ALL.iter().map(|k| word(cx, &format!("draw_kind.{}", k.code()))).collect();
    let then = |cx: &mut Cx<'_>, place: usize| match DrawKind::ALL.get(place).copied() {
        Some(DrawKind::List) => {
            let then = |cx: &mut Cx<'_>, path: String| {
                let list = lots(Path::new(path.trim()))?;
                Ok(count(cx, DrawKind::List, list))
            };
            let body = word(cx, "supervision.file_body");
            Ok(Flow::Open(Reason::edit(word(cx, "supervision.draw_title"), body, "", Box::new(then))))
        }
        Some(kind) => Ok(count(cx, kind, Vec::new())),
        None => Ok(Flow::Close),
    };
    Flow::Open(Picker::ask(word(cx, "supervision.kind_title"), items, 0, Box::new(then)))
}

fn count(cx: &Cx<'_>, kind: DrawKind, list: Vec<Lot>) -> Flow {
    let then = move |cx: &mut Cx<'_>, text: String| {
        let objects = number(&text)?;
        let seed = cx.site.now().0.to_string();
        let then = move |cx: &mut Cx<'_>, text: String| {
            let seed = number(&text)?;
            let body = word(cx, "supervision.witness_body");
            let then = move |cx: &mut Cx<'_>, witness: String| {
                let day = cx.site.now().day().to_string();
                let title = cx.locale.say("supervision.default_title", &[("day", &day)]);
                let (area, per_object, exclude, supervisors) = (None, None, Vec::new(), Vec::new());
                perform(cx, &Draw { title, kind, area, seed, objects, per_object, witness, exclude, list, supervisors })
            };
            Ok(Flow::Open(Reason::ask(word(cx, "supervision.draw_title"), body, Box::new(then))))
        };
        let body = word(cx, "supervision.seed_body");
        Ok(Flow::Open(Reason::edit(word(cx, "supervision.draw_title"), body, &seed, Box::new(then))))
    };
    let body = word(cx, "supervision.count_body");
    Flow::Open(Reason::edit(word(cx, "supervision.draw_title"), body, "1", Box::new(then)))
}

fn perform(cx: &mut Cx<'_>, op: &Draw) -> Result<Flow> {
    let done = cx.perform(op)?;
    let (draw, count) = (done.out.draw.to_string(), done.out.objects.to_string());
    let op = done.op.map_or(0, |n| n.0).to_string();
    cx.say(Tone::Good, "supervision.drawn", &[("draw", &draw), ("count", &count), ("op", &op)]);
    Ok(Flow::Close)
}

/// What came out, and both pools with who was left out and why.
pub fn show(page: &mut Supervision, cx: &mut Cx<'_>) -> Result<Flow> {
    let whole = whole(cx.site, page.drawing()?.id)?;
    let d = &whole.draw;
    let args = [("seed", d.seed.to_string()), ("witness", d.witness.clone()), ("at", d.at.minute())];
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut lines = vec![cx.locale.say("supervision.drawn_how", &args), String::new()];
    lines.extend(whole.drawn.iter().map(|one| format!("{}  {}", one.object, one.supervisors.join(" "))));
    lines.push(String::new());
    lines.push(word(cx, "supervision.pools"));
    lines.extend(whole.entries.iter().map(|e| {
        let pool = word(cx, &format!("draw_pool.{}", e.pool.code()));
        let out = e.excluded.as_ref().map(|why| cx.locale.say("supervision.left_out", &[("why", why)]));
        format!("  {pool} {}  {}  {}  {}", e.position, e.name, e.unit, out.unwrap_or_default())
    }));
    Ok(Flow::Open(Report::show(d.title.clone(), lines)))
}

pub fn again(page: &mut Supervision, cx: &mut Cx<'_>) -> Result<Flow> {
    let redrawn = redraw(cx.site, page.drawing()?.id)?;
    let number = redrawn.draw.to_string();
    if redrawn.equal {
        cx.say(Tone::Good, "supervision.equal", &[("draw", &number)]);
        return Ok(Flow::Stay);
    }
    let count = redrawn.differing.len().to_string();
    cx.say(Tone::Warn, "supervision.differs", &[("draw", &number), ("count", &count)]);
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let line = |d: &crate::ops::supervision::Differing| {
        let pool = word(cx, &format!("draw_pool.{}", d.pool.code()));
        format!("{pool} {}  {}  {} / {}", d.position, d.name, or_none(&d.stored), or_none(&d.again))
    };
    let lines = redrawn.differing.iter().map(line).collect();
    Ok(Flow::Open(Report::show(word(cx, "supervision.differs_title"), lines)))
}
