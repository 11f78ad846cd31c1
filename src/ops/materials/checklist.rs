//! What one application has to hand in, and how far it is.
use super::check::holder;
use super::finding::{Finding, masked, measures, person};
use super::read::facts_of;
use crate::model::{ApplicationId, Code};
use crate::ops::applications::by_id;
use crate::ops::{ApplicationRow, ApplicationState, MaterialRow, MaterialState, OperatorRow, Result, Site};
use crate::policy::Policy;
use crate::policy::materials::{ALL_FAULTS, Material, PHOTO, Photo, wanted};
use crate::store::rows;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Missing,
    /// Another of those that replace one another is there.
    NotNeeded,
    Faulty,
    Found,
    Refused,
    Accepted,
}

impl Standing {
    pub fn key(self) -> &'static str {
        match self {
            Standing::Missing => "material_standing.missing",
            Standing::NotNeeded => "material_standing.not_needed",
            Standing::Faulty => "material_standing.faulty",
            Standing::Found => "material_standing.found",
            Standing::Refused => "material_standing.refused",
            Standing::Accepted => "material_standing.accepted",
        }
    }

    /// Whether nothing is left to do for it.
    pub fn is_settled(self) -> bool {
        matches!(self, Standing::NotNeeded | Standing::Found | Standing::Accepted)
    }
}

/// A file or paper of an item, with what is wrong with it and who judged it.
#[derive(Debug, Clone, Serialize)]
pub struct Piece {
    #[serde(flatten)]
    pub row: MaterialRow,
    pub faults: Vec<Finding>,
    pub judge: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Item {
    pub material: Material,
    /// What the photo must be.
    pub photo: Option<Photo>,
    pub standing: Standing,
    pub pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Checklist {
    pub application: ApplicationId,
    pub name: String,
    /// Approved: nothing changes any more.
    pub frozen: bool,
    pub items: Vec<Item>,
}

impl Checklist {
    /// Codes of the materials of which one is enough, this item's among them.
    pub fn group(&self, item: &Item) -> Vec<String> {
        match &item.material.one_of {
            None => vec![item.material.code.clone()],
            Some(_) => {
                let alike = self.items.iter().filter(|other| other.material.one_of == item.material.one_of);
                alike.map(|other| other.material.code.clone()).collect()
            }
        }
    }
}

pub fn checklist(site: &Site, application: ApplicationId) -> Result<Checklist> {
    let application = by_id(site, application)?;
    let (policy, db) = (site.policy()?, site.store().db());
    let rows = rows::select::<MaterialRow>(db, "WHERE application = ?1 ORDER BY id", [application.id])?;
    let operators = rows::select::<OperatorRow>(db, "ORDER BY id", [])?;
    let names: BTreeMap<_, _> = operators.into_iter().map(|o| (o.id, o.name)).collect();
    let wanted = wanted(&policy.materials, Some((application.route, application.level)));
    let item = |material: &&Material| {
        let own = rows.iter().filter(|row| row.code == material.code);
        let pieces: Vec<Piece> = own
            .map(|row| Piece {
                faults: faults(&policy, material, &application, row),
                judge: row.judged_by.and_then(|id| names.get(&id).cloned()),
                // Screens and scripts see no whole number.
                row: MaterialRow { file: row.file.as_deref().map(masked), ..row.clone() },
            })
            .collect();
        let photo = (material.code == PHOTO).then(|| policy.photo.clone());
        Item { standing: standing(&pieces), material: (*material).clone(), photo, pieces }
    };
    let mut items: Vec<Item> = wanted.iter().map(item).collect();
    replaced(&mut items);
    let frozen = application.state == ApplicationState::Approved;
    Ok(Checklist { application: application.id, name: application.name, frozen, items })
}

/// What a person took is taken; a fault wants to be looked at before what is merely found.
fn standing(pieces: &[Piece]) -> Standing {
    let any = |state: MaterialState| pieces.iter().any(|piece| piece.row.state == state);
    if any(MaterialState::Accepted) {
        Standing::Accepted
    } else if any(MaterialState::Faulty) {
        Standing::Faulty
    } else if any(MaterialState::Found) {
        Standing::Found
    } else if any(MaterialState::Refused) {
        Standing::Refused
    } else {
        Standing::Missing
    }
}

/// Of materials that replace one another, those that nobody handed in are not needed once another is there.
fn replaced(items: &mut [Item]) {
    let there = |item: &Item| item.standing != Standing::Missing;
    let groups: Vec<String> =
        items.iter().filter(|item| there(item)).filter_map(|item| item.material.one_of.clone()).collect();
    for item in items.iter_mut().filter(|item| item.standing == Standing::Missing) {
        if item.material.one_of.as_ref().is_some_and(|group| groups.contains(group)) {
            item.standing = Standing::NotNeeded;
        }
    }
}

/// The stored faults with the figures of their words.
fn faults(policy: &Policy, material: &Material, application: &ApplicationRow, row: &MaterialRow) -> Vec<Finding> {
    let Some(file) = &row.file else { return Vec::new() };
    let holder = holder(application);
    let stored = row.fault.as_deref().unwrap_or_default().split(',');
    let codes = stored.filter_map(|code| ALL_FAULTS.iter().find(|known| known.0 == code).copied());
    let facts = facts_of(row);
    let told = |code: Code| {
        let finding = Finding::new(person(holder), code).of(vec![material.code.clone()]).file(file);
        finding.measured(measures(policy, material, holder, file, &facts))
    };
    codes.map(told).collect()
}
