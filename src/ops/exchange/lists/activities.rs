//! The special ledger (专项工作台账): what was done and when (S4-27, S4-30 to S4-33).
use super::{Head, List, Manner, Numbers, Sink};
use crate::ops::reports::activities;
use crate::ops::{Result, Site};

pub const LIST: List = List { what: "special-ledger", numbers: Numbers::None, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "column.case_number",
        "column.day",
        "column.ledger_kind",
        "column.duty_department",
        "column.content",
        "column.people",
        "column.operator",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for a in activities(site)? {
        let (number, on) = (a.number.to_string(), a.on.to_string());
        let kind = manner.word(&format!("activity_kind.{}", a.kind.code()));
        let department = a.department.unwrap_or_else(|| manner.word("reports.all"));
        let people = a.people.map(|n| n.to_string()).unwrap_or_default();
        sink(&[&number, &on, &kind, &department, &a.what, &people, &a.by])?;
    }
    Ok(())
}
