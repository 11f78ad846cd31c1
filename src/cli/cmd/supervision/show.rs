//! What there is, and what is public.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::supervision::{self, area, draws, inspections, uncovered};
use crate::text::supervision::{draw_cells, inspection_cells};
use serde_json::json;

pub fn list(context: &Context, asked: Option<&str>) -> Result<Exit> {
    let site = context.look()?;
    let area = area(&site, asked)?;
    let (draws, inspections) = (draws(&site, area.as_deref())?, inspections(&site, area.as_deref())?);
    let uncovered = uncovered(&site)?;
    if context.out.is_json() {
        let all = json!({ "area": area, "draws": draws, "inspections": inspections, "uncovered": uncovered });
        context.out.json(&all);
        return Ok(Exit::Done);
    }
    let locale = &context.out.locale;
    let mut rows: Vec<_> = draws.iter().map(|d| draw_cells(locale, d).to_vec()).collect();
    rows.extend(inspections.iter().map(|i| inspection_cells(locale, i).to_vec()));
    let columns = [
        Col::Left("column.supervision_kind"),
        Col::Right("column.case_number"),
        Col::Left("column.day"),
        Col::Left("column.drawn_object"),
        Col::Left("column.inspection_result"),
        Col::Left("column.published"),
    ];
    context.out.table(&draws, &columns, &rows);
    for one in &uncovered {
        let key = if one.begun { "supervision.uncovered_over" } else { "supervision.uncovered" };
        context.out.say(key, &[("session", &one.session), ("day", &one.day.to_string())]);
    }
    Ok(Exit::Done)
}

pub fn publication(context: &Context) -> Result<Exit> {
    let list = supervision::publication(&context.look()?)?;
    let rows: Vec<_> = list
        .iter()
        .map(|p| {
            let word = |key: &String| context.out.locale.word(key).to_owned();
            let result = p.result.as_ref().map(word).unwrap_or_else(|| p.objects.join(" "));
            let day = |day: Option<crate::model::Day>| day.map(|d| d.to_string()).unwrap_or_default();
            vec![day(Some(p.day)), p.what.clone(), result, day(p.published_on), p.place.clone().unwrap_or_default()]
        })
        .collect();
    let columns = [
        Col::Left("column.day"),
        Col::Left("column.drawn_object"),
        Col::Left("column.inspection_result"),
        Col::Left("column.published"),
        Col::Left("column.place"),
    ];
    context.out.table(&list, &columns, &rows);
    Ok(Exit::Done)
}
