//! `kaowu application`: lists, cards, fees, withdrawal.
mod public;
mod review;
mod stamp;

use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::identity;
use crate::ops::Result;
use crate::ops::applications::{Card, Line, RecordFee, Shown, Withdraw, card, found_count, lines, named};
use serde_json::{Value, json};

/// Applications (申报)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// By the pinyin of the names; ID numbers masked
    List {
        /// Only those found by a name, pinyin, the end of an ID number, a ticket or a seat; at most 50
        #[arg(long, value_name = "TEXT")]
        filter: Option<String>,
    },
    /// Every field of one
    Show {
        /// Number of the application, or ticket number
        #[arg(value_name = "ID|TICKET")]
        who: String,
    },
    /// Record that the fee came in, for these or for everybody who has not paid
    Pay {
        /// Numbers of applications, or ticket numbers
        #[arg(required_unless_present = "all", conflicts_with = "all", value_name = "ID|TICKET")]
        who: Vec<String>,
        /// Everybody who has not paid
        #[arg(long)]
        all: bool,
    },
    /// An applicant steps back; wants --reason. Nothing is deleted
    Withdraw {
        /// Number of the application, or ticket number
        #[arg(value_name = "ID|TICKET")]
        who: String,
    },
    /// Decide one step of the review: pass, return, reject
    Review(review::Args),
    /// Everybody who was sent back or rejected, with the reason for the unit
    Returned,
    /// The way of one application: stamps, reviews, original, objections
    Way {
        /// Number of the application, or ticket number
        #[arg(value_name = "ID|TICKET")]
        who: String,
    },
    /// Record an opinion, its signatures and stamp
    Stamp(stamp::Args),
    /// Take a stamp off that was recorded by mistake; wants --reason
    Unstamp {
        /// employer, department, county, prefecture, region, issuer or experts
        node: String,
        /// Number of the application, or ticket number
        #[arg(value_name = "ID|TICKET")]
        who: String,
    },
    /// The signed original of the form is in the office
    Original {
        /// Numbers of applications, or ticket numbers
        #[arg(required = true, value_name = "ID|TICKET")]
        who: Vec<String>,
    },
    /// Publish the list of applicants before the exam
    Publish(public::Publish),
    /// Record an objection against somebody on the published list
    Object(public::Against),
    /// Every objection to the published list
    Objections,
    /// Answer an objection; wants --reason, which says what was found
    Answer(public::Answer),
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::List { filter } => {
            let found = lines(&context.look()?, filter.as_deref())?;
            list(context, &found);
            if filter.is_some() {
                context.out.say("applications.found", &[("count", &found_count(&found))]);
            }
            Ok(Exit::Done)
        }
        What::Show { who } => show(context, &who),
        What::Pay { who, .. } => pay(context, &who),
        What::Withdraw { who } => withdraw(context, &who),
        What::Review(args) => review::run(context, args),
        What::Returned => review::returned(context),
        What::Way { who } => review::way(context, &who),
        What::Stamp(args) => stamp::run(context, args),
        What::Unstamp { node, who } => stamp::unstamp(context, &node, &who),
        What::Original { who } => review::original(context, &who),
        What::Publish(args) => public::publish(context, args),
        What::Object(args) => public::object(context, args),
        What::Objections => public::list(context),
        What::Answer(args) => public::answer(context, &args),
    }
}

/// The table that `application list` and `ticket find` share.
pub fn list(context: &Context, lines: &[Line]) {
    let out = &context.out;
    let row = |l: &Line| {
        vec![
            l.id.to_string(),
            l.name.clone(),
            l.occupation_name.clone(),
            out.locale.word(&l.level.key()).to_owned(),
            l.employer.clone().unwrap_or_default(),
            identity::mask(&l.id_number),
            out.locale.word(l.standing().key()).to_owned(),
            l.ticket.clone().unwrap_or_default(),
        ]
    };
    let rows: Vec<_> = lines.iter().map(row).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Right("column.id"), Col::Left("column.person"), Col::Left("column.occupation"), Col::Left("column.level"),
        Col::Left("column.employer"), Col::Left("column.id_number"), Col::Left("column.paid"), Col::Left("column.ticket"),
    ];
    out.table(&lines, &columns, &rows);
}

fn show(context: &mut Context, who: &str) -> Result<Exit> {
    let site = context.look()?;
    let card = card(&site, named(&site, who)?)?;
    let rows: Vec<_> = card
        .fields
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Shown::Text(text) => text.clone(),
                Shown::Word(key) => context.out.locale.word(key).to_owned(),
            };
            vec![context.out.locale.word(&format!("field.{name}")).to_owned(), value]
        })
        .collect();
    context.out.table(&as_json(&card), &[Col::Left("column.field"), Col::Left("column.value")], &rows);
    Ok(Exit::Done)
}

/// The whole row under its stable names, with the ID number masked and the ticket.
fn as_json(card: &Card) -> Value {
    let mut value = json!(card.row);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("id_number".to_owned(), json!(identity::mask(&card.row.id_number)));
        fields.insert("ticket".to_owned(), json!(card.ticket));
    }
    value
}

/// Nobody named means everybody.
fn pay(context: &mut Context, who: &[String]) -> Result<Exit> {
    let mut site = context.site()?;
    let fee = if who.is_empty() {
        RecordFee::All
    } else {
        let ids = who.iter().map(|text| named(&site, text).map(|row| row.id));
        RecordFee::These(ids.collect::<Result<_>>()?)
    };
    let done = site.perform(&fee)?;
    let (count, op) = (done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        context.out.json(&json!({ "paid": count, "operation": op }));
    }
    context.out.say("applications.paid", &[("count", &count.to_string()), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

fn withdraw(context: &mut Context, who: &str) -> Result<Exit> {
    let mut site = context.site()?;
    let application = named(&site, who)?.id;
    let done = site.perform(&Withdraw { application, reason: context.reason() })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "application": application, "state": "withdrawn", "operation": op }));
    }
    context.out.say("applications.withdrawn", &[("name", &done.out), ("op", &op.to_string())]);
    Ok(Exit::Done)
}
