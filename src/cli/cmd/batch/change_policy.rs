//! `kaowu batch change-policy`: whom the change affects, before and after.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::batch::{ChangePolicy, PolicyChanged};
use crate::ops::{Result, policies};
use serde_json::json;
use std::path::PathBuf;

/// One of the two.
pub struct Wanted {
    pub policy: Option<String>,
    pub file: Option<PathBuf>,
}

/// Names listed for each kind; all of them with --json.
const NAMES: usize = 8;

pub fn run(context: &Context, wanted: Wanted, dry_run: bool) -> Result<Exit> {
    let mut site = context.site()?;
    let policy = match wanted.file {
        Some(file) => policies::read_file(&context.assets, &file)?,
        None => policies::find(Some(&site), &context.assets, wanted.policy.as_deref().unwrap_or_default())?,
    };
    let op = ChangePolicy::new(&site, policy, context.reason())?;
    let done = if dry_run { site.preview(&op)? } else { site.perform(&op)? };
    let changed = &done.out;
    let no = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "dry_run": dry_run, "operation": done.op, "changed": changed }));
    } else {
        table(context, changed);
    }
    let (affected, all) = (changed.affected.to_string(), changed.applications.to_string());
    let args = [("from", changed.from.as_str()), ("to", &changed.to), ("affected", &affected), ("all", &all)];
    if dry_run {
        context.out.say("cli.batch.would_change_policy", &args);
    } else {
        let op = no.to_string();
        context.out.say("cli.batch.changed_policy", &[args[0], args[1], args[2], args[3], ("op", &op)]);
    }
    Ok(Exit::Done)
}

fn table(context: &Context, changed: &PolicyChanged) {
    let locale = &context.out.locale;
    let sessions = changed.sessions.iter().map(|s| {
        let what = locale.word(s.what.key()).to_owned();
        vec![what, String::new(), format!("{} {}", s.session, s.starts_at.minute())]
    });
    let effects = changed.effects.iter().map(|effect| {
        let names: Vec<&str> = effect.people.iter().take(NAMES).map(|p| p.name.as_str()).collect();
        let more = effect.count.saturating_sub(names.len());
        let rest =
            if more > 0 { locale.say("policy_change.more", &[("count", &more.to_string())]) } else { String::new() };
        vec![locale.word(effect.kind.key()).to_owned(), effect.count.to_string(), format!("{}{rest}", names.join(" "))]
    });
    let rows: Vec<_> = sessions.chain(effects).collect();
    let columns = [Col::Left("column.effect"), Col::Right("column.count"), Col::Left("column.concerned")];
    context.out.table(changed, &columns, &rows);
}
