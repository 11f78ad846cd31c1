//! Who works where, for upload to a platform and for offices (S1-33).
use super::{Head, List, Manner, Numbers, Sink};
use crate::ops::staff::{Particulars, board, people};
use crate::ops::{Result, Site};
use std::collections::BTreeMap;

pub const LIST: List = List { what: "staff", numbers: Numbers::Masked, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "heading.session",
        "heading.staff_starts",
        "heading.staff_venue",
        "heading.room",
        "heading.staff_duty",
        "heading.staff_leads",
        "heading.name",
        "heading.staff_unit",
        "heading.staff_phone",
        "heading.id_number",
        "heading.staff_grade",
        "heading.staff_card",
        "heading.staff_until",
        "heading.staff_came",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let known: BTreeMap<_, Particulars> = people(site)?.into_iter().map(|p| (p.id, p.is)).collect();
    let mut lines = board(site, None)?;
    lines.sort_by_key(|l| (l.starts, l.session, l.venue_code, l.room_number, l.duty));
    for line in &lines {
        let (starts, room) = (line.starts.minute(), line.room_number.map(|n| n.to_string()).unwrap_or_default());
        let duty = manner.word(&format!("duty.{}", line.duty.code()));
        for worker in &line.people {
            let Some(is) = known.get(&worker.staff) else { continue };
            let leads = if worker.leads { manner.word("answer.yes") } else { String::new() };
            let number = is.id_number.as_deref().map(|n| manner.identity.show(n).into_owned()).unwrap_or_default();
            let grade = manner.word(&format!("assessor_grade.{}", is.grade.code()));
            let until = is.card_until.map(|d| d.to_string()).unwrap_or_default();
            let came = worker.came_at.map(|t| t.minute()).unwrap_or_default();
            let (phone, card) = (is.phone.as_deref().unwrap_or_default(), is.card_no.as_deref().unwrap_or_default());
            let mut cells = vec![line.code.as_str(), &starts, &line.venue_name, &room, &duty, &leads, &worker.name];
            cells.extend([worker.unit.as_str(), phone, &number, &grade, card, &until, &came]);
            sink(&cells)?;
        }
    }
    Ok(())
}
