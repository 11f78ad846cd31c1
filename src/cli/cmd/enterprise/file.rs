//! Filings in, and what one looks like.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::enterprise::{File, Filed, Template, read_file};
use crate::ops::exchange::{Report, RowFault};
use crate::ops::{Error, Result};
use crate::text::{fault_words, filing};
use serde_json::json;
use std::path::Path;

pub fn file(context: &mut Context, path: &Path) -> Result<Exit> {
    let mut site = context.site()?;
    let form = match read_file(&site, path) {
        Ok((form, _)) => form,
        Err(Error::Rejected(report)) => return Ok(rejected(context, &report)),
        Err(other) => return Err(other),
    };
    let done = site.perform(&File { filing: form })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "filing": done.out, "operation": op }));
    }
    told(context, &done.out);
    context.out.say("enterprise.filed", &[("name", &done.out.name), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

pub fn check(context: &mut Context, path: &Path) -> Result<Exit> {
    let mut site = context.site()?;
    match read_file(&site, path) {
        Ok((form, _)) => {
            let done = site.preview(&File { filing: form })?;
            if context.out.is_json() {
                context.out.json(&json!({ "filing": done.out, "operation": null }));
            }
            told(context, &done.out);
            context.out.say("enterprise.checked", &[("name", &done.out.name)]);
            Ok(Exit::Done)
        }
        Err(Error::Rejected(report)) => Ok(rejected(context, &report)),
        Err(other) => Err(other),
    }
}

fn told(context: &Context, filed: &Filed) {
    for lack in &filed.missing {
        let part = filing::missing(&context.out.locale, lack);
        context.out.say("enterprise.lacks", &[("part", &part)]);
    }
}

fn rejected(context: &Context, report: &Report) -> Exit {
    let out = &context.out;
    let worded: Vec<_> = report.faults.iter().map(|f| (f, fault_words(&out.locale, f))).collect();
    let row = |(f, words): &(&RowFault, String)| {
        vec![f.file.clone(), f.line.to_string(), f.column.clone(), f.value.clone(), words.clone()]
    };
    let rows: Vec<_> = worded.iter().map(row).collect();
    let faults: Vec<_> = worded.iter().map(|(f, words)| json!({ "at": f, "message": words })).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Left("column.file"), Col::Right("column.line"), Col::Left("column.column"), Col::Left("column.value"),
        Col::Left("column.message"),
    ];
    out.table(&json!({ "faults": faults }), &columns, &rows);
    out.say("enterprise.rejected", &[("count", &report.faults.len().to_string())]);
    Exit::Rejected
}

pub fn template(context: &Context, folder: Option<&Path>) -> Result<Exit> {
    let Some(folder) = folder else {
        context.out.raw(Template::json().as_bytes());
        return Ok(Exit::Done);
    };
    std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
    for (name, bytes) in Template::tables().map_err(Error::file(folder))? {
        let path = folder.join(name);
        // Nothing that somebody filled in is written over.
        let mut file = std::fs::File::create_new(&path).map_err(Error::file(&path))?;
        std::io::Write::write_all(&mut file, &bytes).map_err(Error::file(&path))?;
    }
    context.out.say("enterprise.template", &[("folder", &folder.display().to_string())]);
    Ok(Exit::Done)
}
