//! `kaowu session`: the sessions of the batch, what the clock says of their doors, and those that the site sets itself.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{SessionMode, Subject};
use crate::ops::checkin::{self, Door, Phase};
use crate::ops::sessions::{Add, Change, Close, End, Remove, Reopen, read_levels, read_time};
use crate::ops::{Result, SessionRow, batch};
use crate::text::Locale;
use clap::ValueEnum;
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
    /// One more session, where the notice leaves the timetable open
    Add(AddArgs),
    /// Other times, while nobody is seated
    Change(ChangeArgs),
    /// The end of a session (收场): from then on its attendance stays as it is
    Close {
        /// Code of the session, such as theory-1
        code: String,
    },
    /// Opens a closed session again; two people do that (--reason)
    Reopen {
        /// Code of the session
        code: String,
    },
    /// Takes a session out again, while nobody is seated
    Remove {
        /// Code of the session, such as practical-2
        code: String,
    },
}

#[derive(Debug, clap::Args)]
struct AddArgs {
    /// Unique in the batch, such as practical-2
    code: String,
    /// Which part of the exam is sat
    #[arg(long)]
    subject: Part,
    /// Beginning, such as "2026-05-10 09:00"
    #[arg(long)]
    start: String,
    /// End, written the same way; default: the end is open
    #[arg(long)]
    end: Option<String>,
    /// How the practical part of its people is held; default: all
    #[arg(long)]
    mode: Option<Mode>,
    /// Levels that sit it, such as 5,4; default: all
    #[arg(long, default_value = "")]
    levels: String,
}

#[derive(Debug, clap::Args)]
struct ChangeArgs {
    /// Code of the session
    code: String,
    /// New beginning, such as "2026-05-10 09:00"
    #[arg(long)]
    start: Option<String>,
    /// New end, written the same way
    #[arg(long)]
    end: Option<String>,
    /// Leaves the end open
    #[arg(long, conflicts_with = "end")]
    open_end: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Part {
    Theory,
    Practical,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Mode {
    Paper,
    #[value(name = "hands_on", alias = "hands-on")]
    HandsOn,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::List => list(context),
        What::Add(args) => add(context, &args),
        What::Change(args) => change(context, args),
        What::Close { code } => close(context, code),
        What::Reopen { code } => {
            let reopen = Reopen { session: code.clone(), reason: context.reason() };
            let done = context.site()?.perform(&reopen)?;
            answer(context, "sessions.reopened", (&code, None, done.op.map_or(0, |n| n.0)))
        }
        What::Remove { code } => {
            let done = context.site()?.perform(&Remove { session: code })?;
            answer(context, "sessions.removed", (&done.out, None, done.op.map_or(0, |n| n.0)))
        }
    }
}

fn close(context: &mut Context, code: String) -> Result<Exit> {
    let done = context.site()?.perform(&Close { session: code.clone() })?;
    let (row, op) = (done.out, done.op.map_or(0, |n| n.0).to_string());
    if context.out.is_json() {
        context.out.json(&json!({ "closing": row, "operation": done.op }));
    }
    let count = |name: &'static str, value: i64| (name, value.to_string());
    let args = [
        ("session", code),
        count("seated", row.seated),
        count("present", row.present),
        count("absent", row.absent),
        count("refused", row.refused),
        count("incidents", row.incidents),
        count("bags", row.bags),
        ("op", op),
    ];
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    context.out.say("sessions.closed_for_good", &args);
    Ok(Exit::Done)
}

fn add(context: &mut Context, args: &AddArgs) -> Result<Exit> {
    let subject = match args.subject {
        Part::Theory => Subject::Theory,
        Part::Practical => Subject::Practical,
    };
    let mode = args.mode.map(|mode| match mode {
        Mode::Paper => SessionMode::Paper,
        Mode::HandsOn => SessionMode::HandsOn,
    });
    let add = Add {
        code: args.code.clone(),
        subject,
        starts_at: read_time(&args.start)?,
        ends_at: args.end.as_deref().map(read_time).transpose()?,
        mode,
        levels: read_levels(&args.levels)?,
    };
    let done = context.site()?.perform(&add)?;
    answer(context, "sessions.added", (&done.out.code, done.out.also_sat_in.as_deref(), done.op.map_or(0, |n| n.0)))
}

fn change(context: &mut Context, args: ChangeArgs) -> Result<Exit> {
    let ends_at = match (&args.end, args.open_end) {
        (Some(end), _) => End::At(read_time(end)?),
        (None, true) => End::Open,
        (None, false) => End::AsItIs,
    };
    let starts_at = args.start.as_deref().map(read_time).transpose()?;
    let done = context.site()?.perform(&Change { session: args.code, starts_at, ends_at })?;
    answer(context, "sessions.changed", (&done.out, None, done.op.map_or(0, |n| n.0)))
}

fn answer(context: &Context, key: &str, (code, also, op): (&str, Option<&str>, i64)) -> Result<Exit> {
    if context.out.is_json() {
        context.out.json(&json!({ "session": code, "also_sat_in": also, "operation": op }));
    }
    context.out.say(key, &[("session", code), ("op", &op.to_string())]);
    if let Some(other) = also {
        context.out.say("sessions.also_sat_in", &[("session", code), ("other", other)]);
    }
    Ok(Exit::Done)
}

fn mode(locale: &Locale, session: &SessionRow) -> String {
    let mode = session.mode.map_or("session_mode.all", |mode| match mode {
        SessionMode::Paper => "session_mode.paper",
        SessionMode::HandsOn => "session_mode.hands_on",
    });
    locale.word(mode).to_owned()
}

fn levels(locale: &Locale, session: &SessionRow) -> String {
    session.levels.clone().unwrap_or_else(|| locale.word("session_mode.all").to_owned())
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
            "mode": session.mode, "levels": session.levels,
            "opens": door.opens, "late_limit": door.limit, "door": phase_code(phase),
            "seated": totals.seated, "here": totals.here, "absent": totals.absent,
        }));
        let locale = &context.out.locale;
        rows.push(vec![
            session.code.clone(),
            locale.word(&session.subject.key()).to_owned(),
            session.starts_at.minute(),
            session.ends_at.map(|t| t.clock()).unwrap_or_default(),
            mode(locale, &session),
            levels(locale, &session),
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
        Col::Left("column.mode"),
        Col::Left("column.levels"),
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
