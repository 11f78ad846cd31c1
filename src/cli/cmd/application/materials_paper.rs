//! `kaowu application materials-paper`: something came in on paper.
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::applications::named;
use crate::ops::materials::ReceivePaper;
use crate::text::materials::material_words;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number of the application, or ticket number
    #[arg(value_name = "ID|TICKET")]
    who: String,
    /// Code of the material, as --json shows it: form, pledge, identity …
    #[arg(value_name = "MATERIAL")]
    code: String,
    /// How many copies came
    #[arg(long, default_value_t = 1, value_name = "N")]
    copies: u8,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    let mut site = context.site()?;
    let application = named(&site, &args.who)?.id;
    let (code, copies, note) = (args.code, args.copies, context.reason());
    let done = site.perform(&ReceivePaper { application, code, copies, note })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context
            .out
            .json(&json!({ "application": application, "material": done.out, "copies": copies, "operation": op }));
    }
    let material = material_words(&context.out.locale, &[done.out]);
    context.out.say("materials.received", &[("material", &material), ("op", &op.to_string())]);
    Ok(Exit::Done)
}
