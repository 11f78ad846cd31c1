//! Filings for reading: the list, one as a whole.
use super::{in_force, latest};
use crate::model::filing::{Filing, FilingState};
use crate::model::{Day, identity};
use crate::ops::{Result, Site};
use crate::policy::enterprise::{Missing, missing};
use crate::store::rows::{self, Connection};
use crate::store::views::enterprise::{self as view, Line, Talent};
use crate::store::{
    EnterpriseCaseRow, EvaluationRow, FiledAttachmentRow, FiledConditionRow, FiledEquipmentRow, FiledOccupationRow,
    FiledStaffRow, FilingRow, OrganisationRow,
};
use serde::Serialize;

/// A filing with everything about it, for the screen and for prints.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Whole {
    pub filing: Filing,
    pub state: FilingState,
    pub paper_on: Option<Day>,
    pub electronic_on: Option<Day>,
    pub valid_from: Option<Day>,
    pub valid_to: Option<Day>,
    /// Of the last change in the directory.
    pub reason: Option<String>,
    pub missing: Vec<Missing>,
    pub evaluations: Vec<EvaluationRow>,
    pub cases: Vec<EnterpriseCaseRow>,
}

impl Whole {
    /// With identity numbers masked.
    pub fn masked(mut self) -> Whole {
        self.filing.staff.iter_mut().for_each(|s| s.id_number = identity::mask(&s.id_number));
        let people = self.filing.attachments.iter_mut().filter_map(|a| a.person.as_mut());
        people.for_each(|person| *person = identity::mask(person));
        self
    }
}

/// The newest filing of an organisation, by its credit code or name; `round` names another one.
pub fn whole(site: &Site, who: &str, round: Option<i64>) -> Result<Whole> {
    site.not_for_administrators()?;
    let db = site.store().db();
    let (organisation, filing) = match round {
        None => in_force(db, who)?,
        Some(round) => {
            let (organisation, newest) = latest(db, who)?;
            let find = "WHERE organisation = ?1 AND round = ?2";
            let found = rows::first::<FilingRow>(db, find, (organisation.id, round))?;
            (organisation, found.unwrap_or(newest))
        }
    };
    let form = form(db, &organisation, &filing)?;
    Ok(Whole {
        missing: missing(&form),
        filing: form,
        state: filing.state,
        paper_on: filing.paper_on,
        electronic_on: filing.electronic_on,
        valid_from: filing.valid_from,
        valid_to: filing.valid_to,
        reason: filing.reason,
        evaluations: rows::select::<EvaluationRow>(db, "WHERE filing = ?1 ORDER BY id", [filing.id])?,
        cases: rows::select::<EnterpriseCaseRow>(db, "WHERE organisation = ?1 ORDER BY number", [organisation.id])?,
    })
}

/// The form as it came in.
pub(super) fn form(db: &Connection, organisation: &OrganisationRow, filing: &FilingRow) -> Result<Filing> {
    let id = [filing.id];
    let occupations = rows::select::<FiledOccupationRow>(db, "WHERE filing = ?1 ORDER BY place", id)?;
    let equipment = rows::select::<FiledEquipmentRow>(db, "WHERE filing = ?1 ORDER BY place", id)?;
    let staff = rows::select::<FiledStaffRow>(db, "WHERE filing = ?1 ORDER BY place", id)?;
    let attachments = rows::select::<FiledAttachmentRow>(db, "WHERE filing = ?1 ORDER BY id", id)?;
    let conditions = rows::select::<FiledConditionRow>(db, "WHERE filing = ?1 ORDER BY number", id)?;
    Ok(Filing {
        organisation: filing.head(organisation),
        occupations: occupations.into_iter().map(FiledOccupationRow::value).collect(),
        equipment: equipment.into_iter().map(FiledEquipmentRow::value).collect(),
        staff: staff.into_iter().map(FiledStaffRow::value).collect(),
        attachments: attachments.into_iter().map(FiledAttachmentRow::value).collect(),
        conditions: conditions.into_iter().map(FiledConditionRow::value).collect(),
    })
}

/// Every filing, by round and name.
pub fn lines(site: &Site) -> Result<Vec<Line>> {
    site.not_for_administrators()?;
    Ok(view::lines(site.store().db())?)
}

/// Who enters the talent statistics, by employer, occupation and level of the batch at hand (S3-36).
pub fn talents(site: &Site) -> Result<Vec<Talent>> {
    site.not_for_administrators()?;
    Ok(view::talents(site.store().db(), site.batch()?.id, crate::ops::exchange::UPLOAD)?)
}
