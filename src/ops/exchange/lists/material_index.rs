//! The index of materials of everybody on the rosters that were not dropped (S1-44).
use super::{Head, List, Manner, Numbers, Sink};
use crate::ops::rosters::{materials, people, rosters};
use crate::ops::{Result, RosterState, Site};

pub const LIST: List = List { what: "material-index", numbers: Numbers::Masked, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "column.roster_kind",
        "column.roster_unit",
        "heading.name",
        "heading.id_number",
        "heading.occupation",
        "heading.level",
        "column.material_name",
        "column.material_copies",
        "column.material_file",
    ];
    Ok(keys.map(Head::word).into())
}

/// A line for each material that is there.
fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let units = crate::ops::rosters::unit_names(site)?;
    for roster in rosters(site)?.into_iter().rev().filter(|r| r.row.state != RosterState::Dropped) {
        let kind = manner.word(&format!("roster_kind.{}", roster.row.kind.code()));
        let unit = units.iter().find(|(code, _)| Some(code) == roster.row.unit.as_ref());
        let unit = unit.map(|(_, name)| name.clone()).unwrap_or_default();
        for (a, _) in people(site, roster.row.id)? {
            let id = manner.identity.show(&a.id_number);
            for one in materials(site, a.id)?.into_iter().filter(|one| one.there) {
                let (name, copies) = (manner.word(&format!("material.{}", one.code)), one.copies.to_string());
                let mut cells = vec![kind.as_str(), &unit, &a.name, &id, &a.occupation_name, a.level.official()];
                let file = manner.identity.within(one.file.as_deref().unwrap_or_default(), &a.id_number);
                cells.extend([name.as_str(), &copies, &file]);
                sink(&cells)?;
            }
        }
    }
    Ok(())
}
