//! `kaowu together`: what waits for another person's PIN, and giving it.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, Refusal};
use crate::ops::Result;
use crate::ops::together::{self, Waiting};
use crate::text::told;

/// Who gives leave shows that it is them.
pub const GIVE_PIN: Code = Code("together.give_pin");

/// What nobody does alone (双人操作): another person gives leave within ten minutes, with a PIN
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// What waits for another person
    List,
    /// Give leave, signed on as another person: --as NAME --pin-file FILE; whoever asked then does it again
    Give {
        /// Number in the list
        number: i64,
    },
}

pub fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    match args.what {
        What::List => list(context)?,
        What::Give { number } => {
            let site = context.site()?;
            let name = site.actor().name.clone();
            let pin = context.pin()?.ok_or_else(|| Refusal::new(GIVE_PIN).with("name", name.as_str()))?;
            let agreed = together::waiting(&site)?.into_iter().find(|one| one.number == number);
            let kind = together::give(&site, number, (&name, &pin))?;
            let kind = context.out.locale.word(&format!("kind.{kind}")).to_owned();
            let mark = agreed.as_ref().map(|one| one.mark.clone()).unwrap_or_default();
            let args = [("number", number.to_string()), ("kind", kind), ("mark", mark)];
            let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
            context.out.say("cli.together.given", &args);
            if let Some(agreed) = agreed {
                said(context, &agreed);
            }
        }
    }
    Ok(Exit::Done)
}

/// What was agreed to, line by line.
fn said(context: &Context, agreed: &Waiting) {
    if context.out.is_json() {
        return context.out.json(agreed);
    }
    told(&context.out.locale, agreed).iter().for_each(|line| context.out.line(line));
}

fn list(context: &Context) -> Result<()> {
    let waiting = together::waiting(&context.site()?)?;
    let locale = &context.out.locale;
    let row = |w: &Waiting| {
        vec![
            w.number.to_string(),
            locale.word(&w.word()).to_owned(),
            w.asked_by.clone(),
            w.until.clock(),
            w.mark.clone(),
            told(locale, w).join("; "),
        ]
    };
    let rows: Vec<_> = waiting.iter().map(row).collect();
    let columns = [
        Col::Right("column.request"),
        Col::Left("column.what"),
        Col::Left("column.asked_by"),
        Col::Left("column.lapses"),
        Col::Left("column.check"),
        Col::Left("column.about"),
    ];
    context.out.table(&waiting, &columns, &rows);
    Ok(())
}
