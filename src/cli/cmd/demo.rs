//! `kaowu demo`: a made-up site, to look around in. Never touches the real home.
use crate::cli::{Context, Exit};
use crate::config::Home;
use crate::model::Stamp;
use crate::ops::demo::{Built, PIN, Plan, Stage, build};
use crate::ops::{Error, Face, Result};
use clap::builder::PossibleValuesParser;
use serde::Serialize;

/// A made-up site to look around in (演示); goes away afterwards, unless a folder is named
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many people
    #[arg(long, default_value_t = 360, value_name = "N")]
    candidates: usize,
    /// The same seed makes the same site
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Code of the policy, as in kaowu policy list
    #[arg(long, default_value = "nmg-2023")]
    policy: String,
    /// How far the batch has come; published: results are shown to the public; certified: they are final and certificates numbered
    #[arg(long, default_value = "exam", value_parser = PossibleValuesParser::new(Stage::ALL.map(Stage::code)))]
    at: String,
    /// Make the site, say where it is, and end; it stays
    #[arg(long)]
    no_tui: bool,
}

/// The answer as scripts read it.
#[derive(Serialize)]
struct Answer<'a> {
    home: String,
    stage: &'a str,
    policy: &'a str,
    seed: u64,
    clock: Stamp,
    #[serde(flatten)]
    built: &'a Built,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    let plan = Plan {
        candidates: args.candidates,
        seed: args.seed,
        policy: args.policy,
        stage: Stage::parse(&args.at).unwrap_or(Stage::Exam),
        os_user: context.environment.os_user.clone(),
    };
    // KAOWU_HOME may be the real one: only --home counts here.
    if let Some(folder) = context.options.home.clone() {
        return go(context, &plan, &Home::at(folder), args.no_tui);
    }
    let mut folder = tempfile::Builder::new().prefix("kaowu-demo-").tempdir().map_err(Error::file("tmp"))?;
    folder.disable_cleanup(args.no_tui);
    go(context, &plan, &Home::at(folder.path().to_owned()), args.no_tui)
}

fn go(context: &Context, plan: &Plan, home: &Home, no_tui: bool) -> Result<Exit> {
    let (mut site, built) = build(plan, home)?;
    let folder = home.folder().display().to_string();
    let (people, clock) = (built.candidates.to_string(), site.now());
    context.out.say("demo.made", &[("home", &folder), ("people", &people), ("clock", &clock.to_string())]);
    if plan.stage >= Stage::Review {
        context.out.say("demo.pins", &[("pin", PIN)]);
    }
    if no_tui {
        if context.out.is_json() {
            let (stage, policy) = (plan.stage.code(), plan.policy.as_str());
            let home = folder.clone();
            context.out.json(&Answer { home, stage, policy, seed: plan.seed, clock, built: &built });
        }
        return Ok(Exit::Done);
    }
    site.set_face(Face::Tui, &context.environment.station);
    let notice = context.out.locale.word("status.demo").to_owned();
    super::screen::show(context, site, pane(plan.stage), Some(notice), None)
}

/// Where there is most to see.
fn pane(stage: Stage) -> &'static str {
    match stage {
        Stage::Intake => "applications",
        Stage::Arranged => "seating",
        Stage::Exam => "checkin",
        Stage::Marking => "entry",
        Stage::Review => "panel",
        Stage::Published => "results",
        Stage::Certified => "certificates",
    }
}
