//! Sheets of those who judge: one for each member and candidate, of review panels and of assessors at stations.
//!
//! Blank until the panel is sealed: what one member found is nobody else's affair before that.
use super::person::{day, names};
use super::{Asked, Filled, Ids, NO_PANEL, Notice};
use crate::model::{PanelId, Refusal, SessionId, Subject};
use crate::ops::panel::{Seats, plan};
use crate::ops::{
    ApplicationRow, PanelMemberRow, PanelRow, PanelSheetRow, PanelSignatureRow, PanelState, PlacementRow, Result,
    RoomRow, SessionRow, unit,
};
use crate::policy::criteria::{read, read_fails};
use crate::policy::materials::wanted;
use crate::policy::stations::turn;
use crate::store::rows;
use crate::store::views::panels;
use serde::Serialize;

#[derive(Serialize)]
struct Sheets<'a> {
    notice: Notice<'a>,
    pages: Vec<Page>,
}

#[derive(Serialize)]
struct Page {
    panel: String,
    unit: String,
    member: Member,
    name: String,
    ticket: Option<String>,
    employer: Option<String>,
    occupation: String,
    level: &'static str,
    topics: Vec<Topics>,
    place: Option<Place>,
    items: Vec<Item>,
    mandatory: Vec<Mandatory>,
    /// Nothing on a blank sheet.
    total: Option<String>,
    remark: Option<String>,
    /// When the member put their name to it in the program.
    signed: Option<String>,
}

#[derive(Serialize)]
struct Member {
    name: String,
    unit: String,
    leads: bool,
}

/// What a reviewer looks for in one of the materials.
#[derive(Serialize)]
struct Topics {
    /// Its code.
    material: String,
    topics: Vec<String>,
}

#[derive(Serialize)]
struct Place {
    session: Option<String>,
    day: Option<String>,
    room: Option<i64>,
    station: Option<u16>,
    round: Option<u16>,
}

#[derive(Serialize)]
struct Item {
    name: String,
    most: String,
    points: Option<String>,
}

/// 一票否决
#[derive(Serialize)]
struct Mandatory {
    name: String,
    most: String,
    failed: bool,
}

pub fn reviews(asked: &Asked<'_>) -> Result<Filled> {
    sheets(asked, Subject::Review)
}

pub fn stations(asked: &Asked<'_>) -> Result<Filled> {
    sheets(asked, Subject::Practical)
}

/// The panels of a part that are the operator's business: the one asked for, or those of the session and room asked for.
pub fn panels_of(asked: &Asked<'_>, subject: Option<Subject>) -> Result<Vec<PanelRow>> {
    let db = asked.site.store().db();
    let mut all = match &asked.panel {
        Some(panel) => vec![panel.clone()],
        None => rows::select::<PanelRow>(db, "WHERE batch = ?1 ORDER BY subject, id", [asked.site.batch()?.id])?,
    };
    let own = unit::own(asked.site)?;
    all.retain(|p| {
        unit::sees(own.as_ref(), p.unit.as_ref())
            && subject.is_none_or(|s| s == p.subject)
            && asked.session.as_ref().is_none_or(|s| p.session == Some(s.id))
            && asked.room.as_ref().is_none_or(|r| p.room == Some(r.id))
    });
    if all.is_empty() { Err(Refusal::new(NO_PANEL).into()) } else { Ok(all) }
}

/// The unit that owns a panel, by name.
pub fn owner(asked: &Asked<'_>, panel: &PanelRow) -> Result<String> {
    let listed = asked.policy.units.list.iter().find(|unit| Some(&unit.code) == panel.unit.as_ref());
    match (listed, &panel.unit) {
        (Some(unit), _) => Ok(unit.name.clone()),
        (None, Some(code)) => Ok(code.clone()),
        (None, None) => Ok(asked.site.row()?.name),
    }
}

fn sheets(asked: &Asked<'_>, subject: Subject) -> Result<Filled> {
    let mut pages = Vec::new();
    for panel in panels_of(asked, Some(subject))? {
        of_panel(asked, &panel, &mut pages)?;
    }
    if pages.is_empty() {
        return Err(Refusal::new(NO_PANEL).into());
    }
    let people = pages.len();
    Filled::of(&Sheets { notice: Notice::of(asked.policy), pages }, people, Ids::Masked)
}

fn of_panel(asked: &Asked<'_>, panel: &PanelRow, pages: &mut Vec<Page>) -> Result<()> {
    let db = asked.site.store().db();
    let (seats, unit) = (Seats::load(db, panel.id)?, owner(asked, panel)?);
    let judged = Judged::of(asked, panel)?;
    for candidate in panels::candidates(db, panel.id)? {
        let wanted = asked.who.is_empty() || asked.who.contains(&candidate.application);
        if !wanted || !candidate.state.is_live() || candidate.void {
            continue;
        }
        let row = crate::ops::applications::by_id(asked.site, candidate.application)?;
        for member in seats.of(candidate.application) {
            pages.push(page(asked, (panel, &unit), (&row, &candidate.ticket), (member, &judged))?);
        }
    }
    Ok(())
}

/// What was found, once the panel is sealed.
#[derive(Default)]
struct Judged {
    sheets: Vec<PanelSheetRow>,
    signatures: Vec<PanelSignatureRow>,
}

impl Judged {
    fn of(asked: &Asked<'_>, panel: &PanelRow) -> Result<Judged> {
        let db = asked.site.store().db();
        match panel.state {
            PanelState::Open => Ok(Judged::default()),
            PanelState::Sealed => {
                Ok(Judged { sheets: panels::sheets(db, panel.id)?, signatures: signatures(asked, panel.id)? })
            }
        }
    }
}

fn signatures(asked: &Asked<'_>, panel: PanelId) -> Result<Vec<PanelSignatureRow>> {
    let own = "WHERE member IN (SELECT id FROM panel_member WHERE panel = ?1)";
    Ok(rows::select::<PanelSignatureRow>(asked.site.store().db(), own, [panel])?)
}

fn page(
    asked: &Asked<'_>,
    (panel, unit): (&PanelRow, &str),
    (person, ticket): (&ApplicationRow, &Option<String>),
    (member, judged): (&PanelMemberRow, &Judged),
) -> Result<Page> {
    let plan = plan(asked.site, panel, person.id)?;
    let sheet = judged.sheets.iter().find(|s| s.member == member.id && s.application == person.id);
    let points = sheet.and_then(|s| read(s.items.as_deref()?)).unwrap_or_default();
    let fails = sheet.map(|s| read_fails(&s.fails)).unwrap_or_default();
    let of = |code: &str| points.iter().find(|(own, _)| own == code).map(|(_, points)| points.to_string());
    let signed = judged.signatures.iter().find(|s| s.member == member.id);
    let items = plan.items.iter();
    let mandatory = plan.mandatory.iter();
    Ok(Page {
        panel: panel.name.clone(),
        unit: unit.to_owned(),
        member: Member { name: member.name.clone(), unit: member.unit.clone(), leads: member.chair },
        name: person.name.clone(),
        ticket: ticket.clone(),
        employer: person.employer.clone(),
        occupation: person.occupation_name.clone(),
        level: names(person.level).0,
        topics: if panel.subject == Subject::Review { topics(asked, person) } else { Vec::new() },
        place: if panel.subject == Subject::Practical { Some(place(asked, panel, person)?) } else { None },
        items: items.map(|c| Item { name: c.name.clone(), most: c.max.to_string(), points: of(&c.code) }).collect(),
        mandatory: mandatory
            .map(|m| Mandatory { name: m.name.clone(), most: m.most.to_string(), failed: fails.contains(&m.code) })
            .collect(),
        total: sheet.map(|s| s.points.to_string()),
        remark: sheet.and_then(|s| s.remark.clone()),
        signed: signed.map(|s| s.at.minute()),
    })
}

fn topics(asked: &Asked<'_>, person: &ApplicationRow) -> Vec<Topics> {
    let all = wanted(&asked.policy.materials, Some((person.route, person.level)));
    let all = all.into_iter().filter(|m| !m.topics.is_empty());
    all.map(|m| Topics { material: m.code.clone(), topics: m.topics.clone() }).collect()
}

/// Where and in which round: of the group's session, or where the candidate's practical part is.
fn place(asked: &Asked<'_>, panel: &PanelRow, person: &ApplicationRow) -> Result<Place> {
    let db = asked.site.store().db();
    let seats = rows::select::<PlacementRow>(db, "WHERE application = ?1", [person.id])?;
    let mut found: Option<(SessionRow, PlacementRow)> = None;
    for seat in seats {
        let session = session(asked, seat.session)?;
        if let Some(session) = session.filter(|s| s.subject == Subject::Practical) {
            let is_panels = panel.session.is_none_or(|own| own == session.id);
            found = found.or_else(|| is_panels.then_some((session, seat)));
        }
    }
    let Some((session, seat)) = found else {
        return Ok(Place { session: None, day: None, room: None, station: None, round: None });
    };
    let room = rows::first::<RoomRow>(db, "WHERE id = ?1", [seat.room])?;
    let narrow = |n: i64| u16::try_from(n).unwrap_or(0);
    let turn = room.as_ref().and_then(|r| turn(narrow(seat.seat), narrow(r.rows.saturating_mul(r.columns))));
    Ok(Place {
        session: Some(session.code),
        day: Some(day(session.starts_at.day())),
        room: room.map(|r| r.number),
        station: turn.map(|t| t.station),
        round: turn.map(|t| t.round),
    })
}

fn session(asked: &Asked<'_>, id: SessionId) -> Result<Option<SessionRow>> {
    Ok(rows::first::<SessionRow>(asked.site.store().db(), "WHERE id = ?1", [id])?)
}
