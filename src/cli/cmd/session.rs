//! `kaowu session`: the sessions of the batch, and what the clock says of their doors.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::checkin::{self, Door, Phase};
use crate::ops::{Result, batch};
use serde_json::json;

/// Sessions (场次)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Times, doors and how many came
    List,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::List => list(context),
    }
}

fn list(context: &Context) -> Result<Exit> {
    let site = context.look()?;
    let (mut values, mut rows) = (Vec::new(), Vec::new());
    for session in batch::sessions(&site)? {
        let door = Door::at(&site, &session)?;
        let phase = door.phase(site.now());
        let totals = checkin::progress(&site, session.id, None, 0)?.totals;
        values.push(json!({
            "code": session.code, "subject": session.subject, "starts": session.starts_at, "ends": session.ends_at,
            "opens": door.opens, "late_limit": door.limit, "door": phase_code(phase),
            "seated": totals.seated, "here": totals.here, "absent": totals.absent,
        }));
        let locale = &context.out.locale;
        rows.push(vec![
            session.code.clone(),
            locale.word(&session.subject.key()).to_owned(),
            session.starts_at.minute(),
            session.ends_at.map(|t| t.clock()).unwrap_or_default(),
            crate::text::door::phase(locale, &door, phase),
            totals.seated.to_string(),
            totals.here.to_string(),
            totals.absent.to_string(),
        ]);
    }
    let columns = [
        Col::Left("column.session"),
        Col::Left("column.subject"),
        Col::Left("column.starts"),
        Col::Left("column.ends"),
        Col::Left("column.door"),
        Col::Right("column.seated"),
        Col::Right("column.here"),
        Col::Right("column.absent"),
    ];
    context.out.table(&values, &columns, &rows);
    Ok(Exit::Done)
}

fn phase_code(phase: Phase) -> &'static str {
    match phase {
        Phase::Before { .. } => "before",
        Phase::Open { .. } => "open",
        Phase::Late { .. } => "late",
        Phase::Closed => "closed",
        Phase::Over => "over",
    }
}
