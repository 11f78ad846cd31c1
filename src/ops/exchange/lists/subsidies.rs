//! Who may claim the subsidy, how much and until when, and what stands against the others (S4-12).
use super::{Head, List, Manner, Numbers, Sink};
use crate::model::fen::yuan;
use crate::ops::reports::subsidies;
use crate::ops::{Result, Site};

pub const LIST: List = List { what: "subsidies", numbers: Numbers::Masked, headings, rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "heading.name",
        "heading.id_number",
        "heading.employer",
        "heading.occupation",
        "heading.level",
        "heading.certificate_no",
        "heading.issued_on",
        "column.subsidy_months",
        "column.amount",
        "column.subsidy_until",
        "column.subsidy_state",
        "column.date",
        "heading.reason",
    ];
    Ok(keys.map(Head::word).into())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for l in subsidies(site)?.lines {
        let (id_number, employer) = (manner.identity.show(&l.id_number), l.employer.as_deref().unwrap_or_default());
        let (issued_on, until) = (l.issued_on.to_string(), l.last_day.to_string());
        let months = l.insured_months.map(|n| n.to_string()).unwrap_or_default();
        let amount = l.amount.map(yuan).unwrap_or_default();
        let state = manner.word(&format!("subsidy_state.{}", l.state.code()));
        let claimed_on = l.claimed_on.map(|d| d.to_string()).unwrap_or_default();
        let code = |r: &crate::model::Refusal| r.code.0.rsplit('.').next().unwrap_or_default();
        let against = l.against.iter().map(|r| manner.word(&format!("subsidy_against.{}", code(r))));
        let against = against.collect::<Vec<_>>().join("；");
        let mut cells = vec![l.name.as_str(), &id_number, employer, &l.occupation, l.level.official(), &l.certificate];
        cells.extend([issued_on.as_str(), &months, &amount, &until, &state, &claimed_on, &against]);
        sink(&cells)?;
    }
    Ok(())
}
