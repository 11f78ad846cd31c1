//! `kaowu seat`: arrange.
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::seating::Arrange;
use serde_json::json;

/// Rooms and seats (编排)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Seats everybody who has no seat yet and issues their tickets; the same seed gives the same seats
    Arrange {
        /// Default: from the clock, and told in the answer
        #[arg(long)]
        seed: Option<u64>,
    },
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Arrange { seed } => arrange(context, seed),
    }
}

fn arrange(context: &mut Context, seed: Option<u64>) -> Result<Exit> {
    let mut site = context.site()?;
    let seed = seed.unwrap_or_else(|| site.now().0.unsigned_abs());
    let done = site.perform_bulk(&Arrange { seed })?;
    let (out, op) = (done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        let answer = json!({
            "seed": out.seed, "people": out.people, "rooms": out.rooms, "unpaid": out.unpaid, "operation": op,
        });
        context.out.json(&answer);
    }
    let number = |n: usize| n.to_string();
    #[rustfmt::skip]
    let args = [
        ("people", number(out.people)), ("rooms", number(out.rooms)), ("seed", out.seed.to_string()),
        ("unpaid", number(out.unpaid)), ("op", op.to_string()),
    ];
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    context.out.say("seating.arranged", &args);
    if out.unpaid > 0 {
        context.out.say("seating.left_unpaid", &args);
    }
    Ok(Exit::Done)
}
