//! The published list of applicants: the columns of the notice, never a number of a document (S2-19).
use super::{Head, List, Manner, Numbers, Sink};
use crate::model::Level;
use crate::model::Refusal;
use crate::ops::reviews::{NOT_LISTED_HERE, listing};
use crate::ops::{ApplicationRow, Result, Site};

pub const LIST: List = List { what: "applicant-list", numbers: Numbers::None, headings, rows };

fn columns(site: &Site) -> Result<Vec<String>> {
    let policy = site.policy()?;
    Ok(policy.reviews.list.as_ref().ok_or_else(|| Refusal::new(NOT_LISTED_HERE))?.columns.clone())
}

fn headings(site: &Site) -> Result<Vec<Head>> {
    let heading = |column: &String| match column.as_str() {
        "name" => "heading.name",
        "employer" => "heading.employer",
        "occupation" => "heading.occupation",
        "years" => "heading.years",
        "held_level" => "heading.held_level",
        _ => "heading.applied_level",
    };
    Ok(columns(site)?.iter().map(|column| Head::word(heading(column))).collect())
}

fn rows(site: &Site, _: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let columns = columns(site)?;
    for row in listing(site)?.1 {
        let cells: Vec<String> = columns.iter().map(|column| cell(&row, column)).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        sink(&cells)?;
    }
    Ok(())
}

fn cell(row: &ApplicationRow, column: &str) -> String {
    let level = |l: Level| l.official().to_owned();
    match column {
        "name" => row.name.clone(),
        "employer" => row.employer.clone().unwrap_or_default(),
        "occupation" => row.direction.clone().unwrap_or_else(|| row.occupation_name.clone()),
        "years" => row.years.map(|n| n.to_string()).unwrap_or_default(),
        "held_level" => row.certificate_level.map(level).unwrap_or_default(),
        _ => level(row.level),
    }
}
