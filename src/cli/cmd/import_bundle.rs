//! `kaowu import` of a bundle: into an empty home, or held against the batch that is here.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::config::Home;
use crate::model::OpNo;
use crate::ops::exchange::site::{self, Account, Claim, Folder, ImportBundle};
use crate::ops::exchange::{Report, RowFault};
use crate::ops::{Actor, Error, Face, Result, Site};
use crate::text::{fault_words, merging};
use serde::Serialize;
use std::path::Path;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    Trial,
    Earnest,
}

/// The answer as scripts read it.
#[derive(Serialize)]
struct Answer<'a> {
    layout: &'static str,
    site: &'a str,
    batch: &'a str,
    dry_run: bool,
    changed: u64,
    refused: u64,
    stored: bool,
    #[serde(flatten)]
    account: &'a Account,
    operation: Option<OpNo>,
}

pub fn run(context: &mut Context, (path, groups): (&Path, Option<&str>), run: Run) -> Result<Exit> {
    let folder = super::site::bundle(context, path, groups)?;
    let home = context.home()?;
    if home.database().exists() {
        let site = context.look()?;
        if site.row().is_ok() {
            let account = site::compare(&site, &folder)?;
            answer(context, &folder, (&account, None), run);
            return Ok(if account.conflicts.is_empty() { Exit::Done } else { Exit::Refused });
        }
    }
    match fresh(context, &home, &folder, run) {
        Ok((account, op)) => {
            answer(context, &folder, (&account, op), run);
            Ok(Exit::Done)
        }
        Err(Error::Rejected(report)) => {
            rejected(context, &folder, &report);
            Ok(Exit::Rejected)
        }
        Err(other) => Err(other),
    }
}

#[derive(Serialize)]
struct Rejected<'a> {
    site: &'a str,
    batch: &'a str,
    stored: bool,
    #[serde(flatten)]
    report: &'a Report,
}

/// Lists what is wrong with which cell of which file.
fn rejected(context: &Context, folder: &Folder, report: &Report) {
    let out = &context.out;
    let row = |f: &RowFault| {
        let words = fault_words(&out.locale, f);
        vec![f.file.clone(), f.line.to_string(), f.column.clone(), f.value.clone(), f.code.0.to_owned(), words]
    };
    let rows: Vec<_> = report.faults.iter().map(row).collect();
    let (site, batch) = (folder.manifest.site.code.as_str(), folder.manifest.batch.code.as_str());
    #[rustfmt::skip]
    let columns = [
        Col::Left("column.file"), Col::Right("column.line"), Col::Left("column.column"),
        Col::Left("column.value"), Col::Left("column.fault"), Col::Left("column.message"),
    ];
    let json = Rejected { site, batch, stored: false, report };
    out.table(&json, &columns, &rows);
    let count = report.faults.len() as u64 + report.faults_left_out;
    out.say("cli.bundle.rejected", &[("count", &count.to_string())]);
}

/// Makes the database for it; a bundle that is refused leaves none behind.
fn fresh(context: &Context, home: &Home, folder: &Folder, run: Run) -> Result<(Account, Option<OpNo>)> {
    let os_user = context.environment.os_user.clone();
    let import = |site: &mut Site| {
        site.set_face(Face::Cli, &context.environment.station);
        let name = os_user.clone().unwrap_or_else(|| "import".to_owned());
        site.set_actor(Actor { id: None, name, roles: Vec::new() });
        let claim = os_user.clone().map(|os_user| Claim { operator: context.options.operator.clone(), os_user });
        let done = site.perform_bulk(&ImportBundle { folder, claim })?;
        Ok((done.out, done.op))
    };
    if run == Run::Trial {
        let (account, _) = import(&mut Site::in_memory(context.assets.clone(), context.clock())?)?;
        return Ok((account, None));
    }
    home.create().map_err(Error::file(home.folder()))?;
    let ours = !home.database().exists();
    let mut site = context.create(home)?;
    let done = import(&mut site);
    drop(site);
    if ours && done.is_err() {
        for ending in ["", "-wal", "-shm"] {
            // Only what was made a moment ago; the fault that is told is the import's.
            let _ = std::fs::remove_file(home.folder().join(format!("site.db{ending}")));
        }
    }
    done
}

fn answer(context: &Context, folder: &Folder, (account, operation): (&Account, Option<OpNo>), run: Run) {
    let out = &context.out;
    let (site, batch) = (folder.manifest.site.code.as_str(), folder.manifest.batch.code.as_str());
    let refused = account.read - account.added - account.unchanged;
    let json = Answer {
        layout: "bundle",
        site,
        batch,
        dry_run: run == Run::Trial,
        changed: 0,
        refused,
        stored: operation.is_some(),
        account,
        operation,
    };
    let conflicts: Vec<_> = account.conflicts.iter().map(|c| merging::conflict(&out.locale, c)).collect();
    if out.is_json() || !conflicts.is_empty() {
        let keys = ["column.table", "column.key", "column.field", "column.ours", "column.there"];
        out.table(&json, &keys.map(Col::Left), &conflicts);
    }
    let number = |n: u64| n.to_string();
    let (read, added, unchanged) = (number(account.read), number(account.added), number(account.unchanged));
    let args = [("site", site), ("batch", batch), ("read", &read), ("added", &added), ("unchanged", &unchanged)];
    out.say("cli.bundle.account", &args);
    let count = account.conflicts.len() as u64 + account.conflicts_left_out;
    let key = match (run, operation) {
        _ if count > 0 => "cli.bundle.conflicts",
        (Run::Trial, _) => "cli.import.dry_run",
        (Run::Earnest, None) => "cli.import.nothing_new",
        (Run::Earnest, Some(_)) => "cli.bundle.stored",
    };
    let op = operation.map_or_else(String::new, |n| n.to_string());
    out.say(key, &[("op", &op), ("count", &number(count))]);
    if operation.is_some() {
        match &account.operator {
            Some(name) => out.say("cli.bundle.claimed", &[("operator", name)]),
            None => out.say("cli.bundle.unclaimed", &[]),
        }
    }
}
