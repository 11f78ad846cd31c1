//! `kaowu info`: what this program and this site are.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::upkeep::{about, about_site};
use crate::ops::{Error, Result, StoreFault};
use crate::text::Lang;
use serde_json::json;

/// Versions, folders and data files (程序与考点信息)
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(context: &mut Context, _args: Args) -> Result<Exit> {
    let home = context.home()?;
    let about = about(&context.assets);
    // Before init there is no site to tell of.
    let site = match context.look() {
        Ok(site) => Some(about_site(&site)?),
        Err(Error::Store(StoreFault::Missing(_))) => None,
        Err(other) => return Err(other),
    };
    let languages: Vec<_> = Lang::ALL.iter().map(|l| l.code()).collect();
    let value = json!({ "program": about, "home": home.folder(), "languages": languages, "site": site });
    let mut rows = vec![
        ("version", about.version.to_owned()),
        ("sqlite", about.sqlite),
        ("schema", about.schema.to_string()),
        ("home", home.folder().display().to_string()),
        ("database", home.database().display().to_string()),
        ("layouts", about.layouts.join(" ")),
        ("sheets", about.sheets.join(" ")),
        ("policies", about.policies.join(" ")),
        ("themes", about.themes.join(" ")),
        ("languages", languages.join(" ")),
    ];
    if let Some(site) = site {
        rows.push(("site", format!("{} {}", site.code, site.name)));
        rows.push(("organisation", site.organisation.unwrap_or_default()));
        rows.push(("operations", site.operations.to_string()));
        rows.push(("head", site.head));
    }
    let word = |code: &str| context.out.locale.word(&format!("info.{code}")).to_owned();
    let rows: Vec<_> = rows.into_iter().map(|(code, value)| vec![word(code), value]).collect();
    context.out.table(&value, &[Col::Left("column.what"), Col::Left("column.value")], &rows);
    Ok(Exit::Done)
}
