//! The plan of the exam in figures: by unit, occupation and level (S2-20).
use crate::ops::{Result, Site};
use crate::store::views::duty::{Planned, plan as view};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    pub units: usize,
    pub occupations: usize,
    pub applied: i64,
    pub approved: i64,
    pub listed: i64,
    pub unopposed: i64,
    pub seated: i64,
    pub lines: Vec<Planned>,
}

/// Of everybody who is still in the batch.
pub fn plan(site: &Site) -> Result<Plan> {
    let lines = view(site.store().db(), site.batch()?.id)?;
    let distinct = |of: fn(&Planned) -> &str| {
        let mut all: Vec<_> = lines.iter().map(of).collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    };
    let sum = |of: fn(&Planned) -> i64| lines.iter().map(of).sum();
    Ok(Plan {
        units: distinct(|l| l.unit.as_deref().unwrap_or_default()),
        occupations: distinct(|l| &l.occupation),
        applied: sum(|l| l.applied),
        approved: sum(|l| l.approved),
        listed: sum(|l| l.listed),
        unopposed: sum(|l| l.unopposed),
        seated: sum(|l| l.seated),
        lines,
    })
}
