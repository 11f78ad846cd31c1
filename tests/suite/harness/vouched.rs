//! Bundles that a person has vouched for: their fingerprint is typed, as somebody would read it out.
use kaowu::config::Home;
use kaowu::ops::exchange::site::{self, Folder};
use kaowu::ops::{Result, site_key};
use std::path::Path;

/// Opens a bundle whose fingerprint was compared.
pub fn vouched(path: &Path) -> Result<Folder> {
    let mut folder = site::open(path)?;
    let fingerprint = folder.origin.fingerprint();
    folder.vouch(&fingerprint)?;
    Ok(folder)
}

/// What somebody would type for `import` and `merge` of a bundle at this path, with the keys of this home.
pub fn groups(path: &Path, home: &Path) -> Option<String> {
    let path = Folder::at(path)?;
    let keys = site_key::loaded(&Home::at(home.to_owned())).ok()?;
    let folder = match keys {
        Some(keys) => site::open_ours(&path, &keys.open),
        None => site::open(&path),
    };
    Some(folder.ok()?.origin.fingerprint())
}
