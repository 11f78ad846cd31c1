//! What this program and this site are.
use crate::config::Assets;
use crate::ops::{Result, Site};
use crate::store::{health, journal, migrate};
use serde::Serialize;
use std::path::PathBuf;

/// What the program brings, with the user's own files.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct About {
    pub version: &'static str,
    pub sqlite: String,
    /// Newest schema that this program knows.
    pub schema: i64,
    pub layouts: Vec<String>,
    pub sheets: Vec<String>,
    pub policies: Vec<String>,
    pub themes: Vec<String>,
}

pub fn about(assets: &Assets) -> About {
    About {
        version: env!("CARGO_PKG_VERSION"),
        sqlite: crate::store::sqlite_version().to_owned(),
        schema: migrate::latest(),
        layouts: assets.names("layouts", ".toml"),
        sheets: assets.names("sheets", ".toml"),
        policies: assets.names("policies", ".toml"),
        themes: assets.names("themes", ".toml"),
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AboutSite {
    pub code: String,
    pub name: String,
    pub organisation: Option<String>,
    pub database: Option<PathBuf>,
    pub schema: i64,
    pub operations: i64,
    pub head: String,
}

pub fn about_site(site: &Site) -> Result<AboutSite> {
    let row = site.row()?;
    let (operations, head) = journal::head(site.store().db())?;
    Ok(AboutSite {
        code: row.code,
        name: row.name,
        organisation: row.organisation,
        database: site.file().map(Into::into),
        schema: health::settings(site.store().db())?.schema,
        operations,
        head,
    })
}
