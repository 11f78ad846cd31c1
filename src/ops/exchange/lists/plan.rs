//! The plan of the exam in figures: by unit, occupation and level (S2-20).
use super::{Head, List, Manner, Numbers, Sink};
use crate::ops::reports::plan;
use crate::ops::{Result, Site};

pub const LIST: List = List { what: "exam-plan", numbers: Numbers::None, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "column.drawn_unit",
        "heading.occupation",
        "heading.occupation_code",
        "heading.level",
        "column.plan_applied",
        "column.plan_approved",
        "column.plan_listed",
        "column.plan_unopposed",
        "column.seated",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, _: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for p in plan(site)?.lines {
        let counts = [p.applied, p.approved, p.listed, p.unopposed, p.seated].map(|n| n.to_string());
        let [applied, approved, listed, unopposed, seated] = &counts;
        let unit = p.unit.as_deref().unwrap_or_default();
        let mut cells = vec![unit, &p.occupation_name, &p.occupation, p.level.official()];
        cells.extend([applied.as_str(), approved, listed, unopposed, seated]);
        sink(&cells)?;
    }
    Ok(())
}
