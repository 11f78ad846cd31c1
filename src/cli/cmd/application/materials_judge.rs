//! `kaowu application materials-judge`: a person accepts a file or sends it back.
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::applications::named;
use crate::ops::materials::{Judge, Verdict, checklist};
use crate::text::materials::material_words;
use serde_json::json;

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Decision {
    Accept,
    Refuse,
}

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number of the application, or ticket number
    #[arg(value_name = "ID|TICKET")]
    who: String,
    /// Number of the file, as the checklist shows it
    #[arg(value_name = "FILE")]
    material: i64,
    /// Whether it is taken
    decision: Decision,
    /// Characters counted by hand
    #[arg(long, value_name = "N")]
    characters: Option<u32>,
    /// A topic of the policy that the text treats; repeat it for each
    #[arg(long, value_name = "TOPIC", conflicts_with = "all_topics")]
    topic: Vec<String>,
    /// The text treats every topic of the policy
    #[arg(long)]
    all_topics: bool,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    let mut site = context.site()?;
    let application = named(&site, &args.who)?.id;
    let mut topics = args.topic;
    if args.all_topics {
        let items = checklist(&site, application)?.items;
        let item = items.into_iter().find(|item| item.pieces.iter().any(|piece| piece.row.id == args.material));
        topics = item.map(|item| item.material.topics).unwrap_or_default();
    }
    let (verdict, key) = match args.decision {
        Decision::Accept => (Verdict::Accept, "materials.accepted"),
        Decision::Refuse => (Verdict::Refuse, "materials.refused"),
    };
    let (material, characters, note) = (args.material, args.characters, context.reason());
    let done = site.perform(&Judge { application, material, verdict, characters, topics, note })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context
            .out
            .json(&json!({ "application": application, "material": done.out, "verdict": verdict, "operation": op }));
    }
    let material = material_words(&context.out.locale, &[done.out]);
    context.out.say(key, &[("material", &material), ("op", &op.to_string())]);
    Ok(Exit::Done)
}
