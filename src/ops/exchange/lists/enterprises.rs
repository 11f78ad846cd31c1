//! The directory of enterprises with its rounds and what came late (S3-15, S3-28, S3-29).
use super::{Head, List, Manner, Numbers, Sink};
use crate::ops::reports::{Medium, enterprises};
use crate::ops::{Result, Site};

pub const LIST: List = List { what: "enterprises", numbers: Numbers::None, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "column.directory_round",
        "column.enterprise",
        "column.credit_code",
        "column.drawn_unit",
        "column.state",
        "heading.occupation",
        "column.enterprise_from",
        "column.valid_to",
        "column.enterprise_late",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for e in enterprises(site)?.entries {
        let (round, unit) = (e.round.to_string(), e.unit.as_deref().unwrap_or_default());
        let state = manner.word(&format!("filing_state.{}", e.state.code()));
        let scope = e.scope.iter().map(|(name, low, high)| format!("{name} {}–{}", low.digit(), high.digit()));
        let scope = scope.collect::<Vec<_>>().join("、");
        let [from, to] = [e.from, e.to].map(|d| d.map(|d| d.to_string()).unwrap_or_default());
        let late = e.late.iter().map(|medium| match medium {
            Medium::Paper => manner.word("reports.late_paper"),
            Medium::Electronic => manner.word("reports.late_electronic"),
        });
        let late = late.collect::<Vec<_>>().join(" ");
        sink(&[&round, &e.name, &e.credit_code, unit, &state, &scope, &from, &to, &late])?;
    }
    Ok(())
}
