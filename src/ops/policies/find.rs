//! Where a policy comes from: adopted by the site, the site's data folder, or the program itself, in that order.
use crate::config::Assets;
use crate::ops::{Error, PolicyFault, Result, Site};
use crate::policy::file::{Names, check_with, load_with};
use crate::policy::{Adopted, file};
use crate::store::{AdoptionRow, PolicyRow, rows};
use serde::Serialize;
use std::path::Path;

/// What other policies start from; no batch is opened under it.
const BASE: &str = "base";

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Available {
    pub code: String,
    /// Empty while it has faults.
    pub title: String,
    pub date: String,
    pub origin: Origin,
    /// 0 when a batch can be opened under it.
    pub faults: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    BuiltIn,
    Folder,
    Adopted,
}

impl Origin {
    pub fn key(self) -> &'static str {
        match self {
            Origin::BuiltIn => "policy_origin.built_in",
            Origin::Folder => "policy_origin.folder",
            Origin::Adopted => "policy_origin.adopted",
        }
    }
}

/// A policy by its code. Without a site only files are looked at.
pub fn find(site: Option<&Site>, assets: &Assets, code: &str) -> Result<Adopted> {
    if let Some(adopted) = site.map(|site| adopted(site, code)).transpose()?.flatten() {
        return Ok(adopted);
    }
    with_names(assets, |names| load_with(code, &|name| text(assets, name), names)).map_err(|f| Error::Policy(vec![f]))
}

/// Every policy but the one that others only start from, by code.
pub fn available(site: Option<&Site>, assets: &Assets) -> Result<Vec<Available>> {
    let mut codes: Vec<String> = assets.names("policies", ".toml").into_iter().filter(|c| c != BASE).collect();
    if let Some(site) = site {
        let adopted = rows::select::<AdoptionRow>(site.store().db(), "ORDER BY id", [])?;
        codes.extend(adopted.into_iter().map(|a| a.code));
    }
    codes.sort();
    codes.dedup();
    codes.into_iter().map(|code| one(site, assets, code)).collect()
}

fn one(site: Option<&Site>, assets: &Assets, code: String) -> Result<Available> {
    let own = site.map(|site| adopted(site, &code)).transpose()?.flatten();
    let in_folder = assets.user_text(&format!("policies/{code}.toml")).is_some();
    let origin = match (&own, in_folder) {
        (Some(_), _) => Origin::Adopted,
        (None, true) => Origin::Folder,
        (None, false) => Origin::BuiltIn,
    };
    let lookup = |name: &str| text(assets, name);
    let read = match own {
        Some(adopted) => Ok(adopted),
        None => with_names(assets, |names| load_with(&code, &lookup, names)),
    };
    Ok(match read {
        Ok(adopted) => {
            let notice = adopted.policy.notice;
            let date = notice.date.map(|d| d.to_string()).unwrap_or_default();
            Available { code, title: notice.title, date, origin, faults: 0 }
        }
        Err(_) => {
            let faults = with_names(assets, |names| check_with(&code, &lookup, names)).len();
            Available { code, title: String::new(), date: String::new(), origin, faults }
        }
    })
}

/// The newest text that the site adopted under this code.
fn adopted(site: &Site, code: &str) -> Result<Option<Adopted>> {
    let db = site.store().db();
    let Some(newest) = rows::first::<AdoptionRow>(db, "WHERE code = ?1 ORDER BY id DESC", [code])? else {
        return Ok(None);
    };
    let row = rows::first::<PolicyRow>(db, "WHERE digest = ?1", [&newest.digest])?;
    row.map(|row| file::from_text(&row.text).map_err(|f| Error::Policy(vec![f]))).transpose()
}

/// A file anywhere: it may inherit from files beside it and from those the site knows.
pub fn read_file(assets: &Assets, path: &Path) -> Result<Adopted> {
    beside(assets, path, |code, lookup, names| load_with(code, lookup, names))?.map_err(|f| Error::Policy(vec![f]))
}

/// The code and every fault of a file anywhere.
pub fn check_file(assets: &Assets, path: &Path) -> Result<(String, Vec<PolicyFault>)> {
    beside(assets, path, |code, lookup, names| (code.to_owned(), check_with(code, lookup, names)))
}

type Read<'r, T> = &'r dyn Fn(&str, &dyn Fn(&str) -> Option<String>, &Names<'_>) -> T;

fn beside<T>(
    assets: &Assets,
    path: &Path,
    read: impl Fn(&str, &dyn Fn(&str) -> Option<String>, &Names<'_>) -> T,
) -> Result<T> {
    let bytes = std::fs::read(path).map_err(Error::file(path))?;
    // A byte that is not UTF-8 becomes a mark that the reader refuses with its line, unless it stands in a comment.
    let own = String::from_utf8_lossy(&bytes).trim_start_matches('\u{FEFF}').to_owned();
    let code = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let neighbour = |name: &str| {
        let plain = !name.is_empty() && !name.contains(['/', '\\', '\0']) && name != "..";
        let file = path.parent()?.join(format!("{name}.toml"));
        plain.then(|| std::fs::read_to_string(file).ok()).flatten()
    };
    let lookup = |wanted: &str| match wanted == code {
        true => Some(own.clone()),
        false => neighbour(wanted).or_else(|| text(assets, wanted)),
    };
    let read: Read<'_, T> = &read;
    Ok(with_names(assets, |names| read(&code, &lookup, names)))
}

fn text(assets: &Assets, code: &str) -> Option<String> {
    assets.read(&format!("policies/{code}.toml"))
}

/// Names of other data files that a policy may use.
fn with_names<T>(assets: &Assets, read: impl FnOnce(&Names<'_>) -> T) -> T {
    let (catalogues, rules) = (assets.names("codes", ".csv"), assets.names("rules", ".toml"));
    let acts = assets.names("acts", ".toml");
    read(&Names {
        catalogue: &|name| catalogues.iter().any(|c| c == name),
        // Without any rule file the conditions are nobody's to check.
        rules: &|name| rules.is_empty() || rules.iter().any(|r| r == name),
        acts: &|name| acts.iter().any(|a| a == name),
    })
}
