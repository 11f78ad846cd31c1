//! What the computed conditions say of applications that are to be decided on.
use super::Whom;
use super::case::{Ground, select};
use crate::model::ApplicationId;
use crate::ops::Result;
use crate::ops::eligibility::{Judging, Standing};
use crate::policy::reviews::Eligibility;
use crate::store::views::earned::{self, Earned};
use crate::store::{ApplicationRow, EvidenceRow};
use std::collections::HashMap;

/// Nothing is said of an application that is not in the map.
pub(super) type Found = HashMap<ApplicationId, Eligibility>;

/// Whoever decides on one application has it before them, and is always told what the conditions say.
///
/// Of many at once only those with recorded evidence are judged. A sheet gives claims and no papers: on claims alone
/// nearly everybody is undecided, and some are wrongly short of years, so that a site which examines the papers outside
/// the program could pass nobody in bulk. Evidence on record means that this application is examined here, and then it
/// is left out of a bulk pass until it is met or somebody accepts the doubt with a reason.
pub(super) fn of(ground: &Ground<'_>, whom: &Whom, rows: &[ApplicationRow]) -> Result<Found> {
    let one = match whom {
        Whom::These(ids) => ids.first().copied().filter(|_| ids.len() == 1),
        Whom::Waiting => None,
    };
    let mut recorded: HashMap<ApplicationId, Vec<EvidenceRow>> = HashMap::new();
    for row in select::<EvidenceRow>(ground.db, one, ground.batch, "ORDER BY id")? {
        recorded.entry(row.application).or_default().push(row);
    }
    if one.is_none() && recorded.is_empty() {
        return Ok(Found::new());
    }
    let all = match one {
        Some(id) => earned::of(ground.db, id)?,
        None => earned::in_batch(ground.db, ground.batch)?,
    };
    let mut own: HashMap<ApplicationId, Vec<Earned>> = HashMap::new();
    for certificate in all {
        own.entry(certificate.application).or_default().push(certificate);
    }
    let judging = Judging::of(ground.assets, ground.policy, ground.codes, ground.today)?;
    let mut found = Found::new();
    for row in rows.iter().filter(|row| one.is_some() || recorded.contains_key(&row.id)) {
        let pieces = recorded.get(&row.id).map_or(&[][..], |v| v);
        let standing = judging.standing(row, pieces, own.get(&row.id).map_or(&[][..], |v| v))?;
        found.insert(row.id, said(standing));
    }
    Ok(found)
}

fn said(standing: Standing) -> Eligibility {
    match standing {
        Standing::Met => Eligibility::Met,
        Standing::NotMet => Eligibility::NotMet,
        Standing::Undecidable => Eligibility::Undecided,
    }
}
