//! Everybody with every part and the outcome, by occupation, level and ticket. 0, absent, void, not settled and not
//! required are five different words.
use super::{Head, List, Manner, Numbers, Sink};
use crate::model::Subject;
use crate::ops::results::{self, Filter, Standing};
use crate::ops::{Result, Site};

pub const LIST: List = List { what: "results", numbers: Numbers::Masked, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "heading.name",
        "heading.id_number",
        "heading.ticket",
        "heading.occupation",
        "heading.level",
        "heading.employer",
        "subject.theory",
        "subject.practical",
        "subject.review",
        "heading.outcome",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for row in results::outcomes(site, &Filter::default())? {
        let number = manner.identity.show(&row.id_number);
        let parts = Subject::ALL.map(|part| mark(row.of(part), manner));
        let outcome = manner.word(&row.outcome.key());
        let mut cells = vec![row.name.as_str(), &number, row.ticket.as_deref().unwrap_or_default()];
        cells.extend([row.occupation_name.as_str(), row.level.official(), row.employer.as_deref().unwrap_or_default()]);
        cells.extend(parts.iter().map(String::as_str));
        cells.push(&outcome);
        sink(&cells)?;
    }
    Ok(())
}

/// Points as they are, everything else as its word.
pub(super) fn mark(standing: Standing, manner: &Manner<'_>) -> String {
    match (standing, standing.key()) {
        (Standing::Points(points), _) => points.to_string(),
        (_, Some(key)) => manner.word(key),
        (_, None) => String::new(),
    }
}
