//! The directory and the summary table as files.
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::enterprise::{Footer, Grid, Of, directory as listed, summary as summed, write};
use serde_json::json;
use std::path::Path;

pub fn directory(context: &Context, round: Option<i64>, out: &Path) -> Result<Exit> {
    let grid = listed(&context.look()?, Of { round, unit: None })?;
    done(context, &grid, out)
}

pub fn summary(context: &Context, round: Option<i64>, footer: [String; 3], out: &Path) -> Result<Exit> {
    let [unit, contact, phone] = footer;
    let grid =
        summed(&context.look()?, Of { round, unit: Some(&unit) }, &Footer { unit: unit.clone(), contact, phone })?;
    done(context, &grid, out)
}

fn done(context: &Context, grid: &Grid, out: &Path) -> Result<Exit> {
    write(grid, out)?;
    let (file, rows) = (out.display().to_string(), grid.rows.len());
    if context.out.is_json() {
        context.out.json(&json!({ "file": file, "rows": rows }));
    }
    context.out.say("enterprise.written", &[("file", &file), ("rows", &rows.to_string())]);
    Ok(Exit::Done)
}
