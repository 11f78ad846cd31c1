//! Settled marks, one row each: by part, occupation, level and ticket.
use super::results::mark;
use super::{Head, List, Manner, Numbers, Sink};
use crate::model::Subject;
use crate::ops::results::{self, Filter, Standing};
use crate::ops::{Result, Site};

pub const LIST: List = List { what: "scores", numbers: Numbers::Masked, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "heading.part",
        "heading.ticket",
        "heading.name",
        "heading.id_number",
        "heading.occupation",
        "heading.level",
        "heading.mark",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let people = results::outcomes(site, &Filter::default())?;
    for part in Subject::ALL {
        let word = manner.word(&part.key());
        for row in &people {
            let standing = row.of(part);
            if matches!(standing, Standing::Missing | Standing::Sealed | Standing::NotRequired) {
                continue;
            }
            let (number, mark) = (manner.identity.show(&row.id_number), mark(standing, manner));
            let ticket = row.ticket.as_deref().unwrap_or_default();
            sink(&[&word, ticket, &row.name, &number, &row.occupation_name, row.level.official(), &mark])?;
        }
    }
    Ok(())
}
