//! People on duty with their certificates (S4-04, S4-10), those who hold one (S4-11), departments by rate (S4-29, S4-32),
//! and how far each was on the days that were kept (S4-31).
use super::{Head, List, Manner, Numbers, Sink};
use crate::ops::reports::{PersonLine, board, holders as held, percent, snapshots as kept};
use crate::ops::{Result, Site};

pub const PEOPLE: List = List { what: "duty", numbers: Numbers::Masked, headings: people_headings, rows: people };
pub const HOLDERS: List =
    List { what: "duty-holders", numbers: Numbers::Masked, headings: holder_headings, rows: holders };
pub const DEPARTMENTS: List =
    List { what: "duty-rate", numbers: Numbers::None, headings: department_headings, rows: departments };
pub const SNAPSHOTS: List =
    List { what: "duty-snapshots", numbers: Numbers::None, headings: snapshot_headings, rows: snapshots };

fn people_headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "column.duty_department",
        "heading.name",
        "heading.id_number",
        "column.duty_post",
        "column.duty_since",
        "column.duty_until",
        "column.duty_holding",
        "heading.occupation",
        "heading.level",
        "heading.certificate_no",
        "heading.issued_on",
    ];
    Ok(keys.map(Head::word).into())
}

/// Occupation, level, number and day of the certificate that counts.
fn certificate(p: &PersonLine) -> [String; 4] {
    let Some(c) = &p.certificate else { return Default::default() };
    let issued_on = c.issued_on.map(|d| d.to_string()).unwrap_or_default();
    [c.occupation.clone(), c.level.official().to_owned(), c.number.clone().unwrap_or_default(), issued_on]
}

fn people(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for p in board(site, None)?.people {
        let state = if p.on_duty { p.holding.code() } else { "left" };
        let (holding, id_number) = (manner.word(&format!("duty_holding.{state}")), manner.identity.show(&p.id_number));
        let (since, until) = (p.since.to_string(), p.until.map(|d| d.to_string()).unwrap_or_default());
        let [occupation, level, number, issued_on] = &certificate(&p);
        let post = p.post.as_deref().unwrap_or_default();
        let mut cells = vec![p.department.as_str(), &p.name, &id_number, post, &since, &until, &holding];
        cells.extend([occupation.as_str(), level, number, issued_on]);
        sink(&cells)?;
    }
    Ok(())
}

fn holder_headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "column.duty_department",
        "heading.name",
        "heading.id_number",
        "column.duty_post",
        "heading.occupation",
        "heading.level",
        "heading.certificate_no",
        "heading.issued_on",
        "column.query_url",
    ];
    Ok(keys.map(Head::word).into())
}

fn holders(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let policy = site.policy()?;
    let url = policy.certificate.query_url.as_deref().unwrap_or_default();
    for p in held(site)? {
        let id_number = manner.identity.show(&p.id_number);
        let [occupation, level, number, issued_on] = &certificate(&p);
        let post = p.post.as_deref().unwrap_or_default();
        let mut cells = vec![p.department.as_str(), &p.name, &id_number, post];
        cells.extend([occupation.as_str(), level, number, issued_on, url]);
        sink(&cells)?;
    }
    Ok(())
}

fn department_headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "column.duty_place",
        "column.duty_department",
        "column.duty_on_duty",
        "column.duty_holders",
        "column.duty_rate",
        "column.duty_gap",
        "column.duty_passed",
        "column.duty_sitting",
        "column.duty_outlook",
    ];
    Ok(keys.map(Head::word).into())
}

fn departments(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for d in board(site, None)?.departments {
        let place = d.place.to_string();
        let [on_duty, holders] = [d.figures.on_duty, d.figures.holders].map(|n| n.to_string());
        let [passed, sitting] = [d.figures.passed, d.figures.sitting].map(|n| n.to_string());
        let (rate, gap) = (percent(d.rate), d.gap.map(|gap| gap.to_string()).unwrap_or_default());
        let outlook = d.outlook.map(|o| manner.word(&format!("duty_outlook.{}", o.code()))).unwrap_or_default();
        sink(&[&place, &d.department, &on_duty, &holders, &rate, &gap, &passed, &sitting, &outlook])?;
    }
    Ok(())
}

fn snapshot_headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "column.day",
        "column.duty_department",
        "column.duty_on_duty",
        "column.duty_holders",
        "column.duty_change",
        "column.duty_rate",
        "column.duty_passed",
        "column.duty_sitting",
    ];
    Ok(keys.map(Head::word).into())
}

fn snapshots(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for s in kept(site)? {
        let (on, change) = (s.on.to_string(), s.since_last.map(|n| n.to_string()).unwrap_or_default());
        let department = s.department.unwrap_or_else(|| manner.word("reports.all"));
        let [on_duty, holders] = [s.figures.on_duty, s.figures.holders].map(|n| n.to_string());
        let [passed, sitting] = [s.figures.passed, s.figures.sitting].map(|n| n.to_string());
        sink(&[&on, &department, &on_duty, &holders, &change, &percent(s.rate), &passed, &sitting])?;
    }
    Ok(())
}
