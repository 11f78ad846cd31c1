//! Draws, inspections and complaints in words.
use super::Locale;
use crate::ops::complaints::Line;
use crate::ops::{DrawRow, InspectionRow};

/// Kind, number, day, what, how it came out, when it was made public.
pub fn draw_cells(locale: &Locale, draw: &DrawRow) -> [String; 6] {
    let (objects, each) = (draw.objects.to_string(), draw.per_object.to_string());
    [
        locale.word(&format!("draw_kind.{}", draw.kind.code())).to_owned(),
        draw.id.to_string(),
        draw.at.day().to_string(),
        draw.title.clone(),
        locale.say("supervision.lots", &[("objects", &objects), ("each", &each)]),
        draw.published_on.map(|d| d.to_string()).unwrap_or_default(),
    ]
}

pub fn inspection_cells(locale: &Locale, one: &InspectionRow) -> [String; 6] {
    let result = locale.word(&format!("inspection_result.{}", one.result.code())).to_owned();
    let mend = match (one.mend_by, one.mended_on) {
        (_, Some(day)) => locale.say("supervision.mended_on", &[("day", &day.to_string())]),
        (Some(day), None) => locale.say("supervision.mend_by", &[("day", &day.to_string())]),
        (None, None) => String::new(),
    };
    [
        locale.word(&format!("inspection_mode.{}", one.mode.code())).to_owned(),
        one.id.to_string(),
        one.inspected_on.to_string(),
        one.object.clone(),
        format!("{result} {mend}").trim_end().to_owned(),
        one.published_on.map(|d| d.to_string()).unwrap_or_default(),
    ]
}

/// Number, day, state, countdown, who handles it, what about.
pub fn complaint_cells(locale: &Locale, line: &Line) -> [String; 6] {
    let c = &line.complaint;
    let say = |key: &str, days: i64| locale.say(key, &[("days", &days.to_string())]);
    let countdown = match line.working_days_left {
        Some(days) if line.late => say("milestones.late_by", -days),
        Some(0) => locale.word("milestones.last_day").to_owned(),
        Some(days) => say("milestones.left", days),
        None if line.late => locale.word("complaint.was_late").to_owned(),
        None => String::new(),
    };
    [
        c.id.to_string(),
        c.received_on.to_string(),
        locale.word(&format!("complaint_state.{}", c.state.code())).to_owned(),
        countdown,
        c.handler.clone().unwrap_or_default(),
        c.matter.clone(),
    ]
}

/// Methods of an inspection, named.
pub fn methods(locale: &Locale, codes: &str) -> String {
    let words: Vec<_> = codes
        .split(',')
        .filter(|c| !c.is_empty())
        .map(|c| locale.word(&format!("inspection_method.{c}")).to_owned())
        .collect();
    words.join(locale.word("supervision.comma"))
}
