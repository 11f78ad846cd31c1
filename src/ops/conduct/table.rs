//! The table of acts that holds.
use crate::config::Assets;
use crate::model::IncidentId;
use crate::ops::{Error, PolicyFault, Result, Site};
use crate::policy::conduct::{self, Acts, Outcome};

/// A table by its name: the site's own file before ours.
pub(super) fn read(assets: &Assets, name: &str) -> Result<Acts> {
    conduct::load(name, &|code| assets.read(&format!("acts/{code}.toml"))).map_err(Error::Policy)
}

/// The table by this name, or the one that the policy of the batch at hand names.
pub fn acts(site: &Site, name: Option<&str>) -> Result<Acts> {
    match name {
        Some(name) => read(site.assets(), name),
        None => read(site.assets(), &site.policy()?.conduct.acts),
    }
}

/// Every table that there is.
pub fn names(site: &Site) -> Vec<String> {
    site.assets().names("acts", ".toml")
}

/// Every fault of a table with this text.
pub fn table_faults(assets: &Assets, code: &str, text: &str) -> Vec<PolicyFault> {
    let read = |wanted: &str| {
        let own = (wanted == code).then(|| text.to_owned());
        own.or_else(|| assets.read(&format!("acts/{wanted}.toml")))
    };
    conduct::check(code, &read)
}

/// What the table says of an incident, and every outcome that may be decided, from that one down to the mildest.
pub fn due(site: &Site, incident: IncidentId) -> Result<(Outcome, Vec<Outcome>)> {
    let (db, batch) = (site.store().db(), site.batch()?.id);
    let row = super::decide::incident(db, batch, incident)?;
    let table = read(site.assets(), &row.rules)?;
    let due = conduct::due(table.act(&row.act)?, super::decide::repeated(db, &row)?);
    let mut open: Vec<_> = table.outcomes().into_iter().filter(|o| *o <= due).collect();
    open.reverse();
    Ok((due, open))
}
