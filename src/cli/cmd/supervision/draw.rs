//! Drawing, and drawing again.
use super::DrawArgs;
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::DrawId;
use crate::ops::supervision::{Draw, Exclusion, Whole, lots, redraw, whole};
use crate::ops::{DrawKind, Result};
use serde_json::json;
use std::path::Path;

pub fn draw(context: &mut Context, args: DrawArgs) -> Result<Exit> {
    let mut site = context.site()?;
    let (kind, list) = match DrawKind::parse(&args.objects).filter(|k| *k != DrawKind::List) {
        Some(kind) => (kind, Vec::new()),
        None => (DrawKind::List, lots(Path::new(&args.objects))?),
    };
    let supervisors = args.supervisors.as_deref().map(lots).transpose()?.unwrap_or_default();
    let exclude = args.exclude.iter().map(|text| {
        let (name, reason) = text.split_once(['=', '＝']).unwrap_or((text, ""));
        Exclusion { name: name.to_owned(), reason: reason.to_owned() }
    });
    let day = site.now().day().to_string();
    let title = args.title.unwrap_or_else(|| context.out.locale.say("supervision.default_title", &[("day", &day)]));
    let op = Draw {
        title,
        kind,
        area: args.area,
        seed: args.seed,
        objects: args.count,
        per_object: args.per_object,
        witness: args.witness,
        exclude: exclude.collect(),
        list,
        supervisors,
    };
    let done = site.perform(&op)?;
    let whole = whole(&site, done.out.draw)?;
    show(context, &whole);
    let (op, number) = (done.op.map_or(0, |n| n.0).to_string(), done.out.draw.to_string());
    let count = done.out.objects.to_string();
    context.out.say("supervision.drawn", &[("draw", &number), ("count", &count), ("op", &op)]);
    Ok(Exit::Done)
}

fn show(context: &Context, whole: &Whole) {
    let rows: Vec<_> = whole
        .drawn
        .iter()
        .map(|d| {
            let region = d.region.clone().unwrap_or_default();
            vec![d.object.clone(), d.unit.clone(), region, d.supervisors.join(" ")]
        })
        .collect();
    let columns = [
        Col::Left("column.drawn_object"),
        Col::Left("column.drawn_unit"),
        Col::Left("column.area"),
        Col::Left("column.supervisors"),
    ];
    context.out.table(whole, &columns, &rows);
}

pub fn again(context: &Context, number: i64) -> Result<Exit> {
    let site = context.look()?;
    let redrawn = redraw(&site, DrawId(number))?;
    let rows: Vec<_> = redrawn
        .differing
        .iter()
        .map(|d| {
            let pool = context.out.locale.word(&format!("draw_pool.{}", d.pool.code())).to_owned();
            let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
            vec![pool, d.position.to_string(), d.name.clone(), or_none(&d.stored), or_none(&d.again)]
        })
        .collect();
    let columns = [
        Col::Left("column.pool"),
        Col::Right("column.place_in_pool"),
        Col::Left("column.name"),
        Col::Left("column.stored"),
        Col::Left("column.drawn_again"),
    ];
    if context.out.is_json() {
        context.out.json(&json!(redrawn));
    } else if !redrawn.equal {
        context.out.table(&redrawn, &columns, &rows);
    }
    let number = number.to_string();
    if redrawn.equal {
        context.out.say("supervision.equal", &[("draw", &number)]);
        return Ok(Exit::Done);
    }
    let count = redrawn.differing.len().to_string();
    context.out.say("supervision.differs", &[("draw", &number), ("count", &count)]);
    Ok(Exit::Refused)
}
