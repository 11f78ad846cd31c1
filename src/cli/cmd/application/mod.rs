//! `kaowu application`: forms, evidence, materials, reviews, money, lists, cards, withdrawal.
mod check;
mod close_payment;
mod evidence;
mod form;
mod invoice;
mod materials;
mod materials_judge;
mod materials_paper;
mod money;
mod pay;
mod public;
mod reconcile;
mod reveal;
mod review;
mod stamp;

use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{identity, phone};
use crate::ops::Result;
use crate::ops::applications::{Card, Line, Shown, Withdraw, card, found_count, lines, named};
use serde_json::{Value, json};

/// Applications (申报)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// File one application; outside the registration period it wants --reason
    Add(form::Add),
    /// Change items of an application that is not approved; wants --reason
    Amend(form::Change),
    /// Correct name or document of an application that is approved or has its ticket; wants --reason
    Correct(form::Mend),
    /// Submit an application again that was returned
    Resubmit {
        /// Number of the application, or ticket number
        #[arg(value_name = "ID|TICKET")]
        who: String,
    },
    /// By the pinyin of the names; ID numbers masked
    List {
        /// Only those found by a name, pinyin, the end of an ID number, a ticket or a seat; at most 50
        #[arg(long, value_name = "TEXT")]
        filter: Option<String>,
    },
    /// Every field of one; ID number and telephone masked
    Show {
        /// Number of the application, or ticket number
        #[arg(value_name = "ID|TICKET")]
        who: String,
    },
    /// The whole ID number and telephone of one (查看完整号码); the journal says who looked
    Reveal {
        /// Number of the application, or ticket number
        #[arg(value_name = "ID|TICKET")]
        who: String,
    },
    /// Whether the conditions are met: every branch, the clause to stand on, what is missing
    Check {
        /// Numbers of applications, or ticket numbers
        #[arg(required_unless_present = "all", conflicts_with = "all", value_name = "ID|TICKET")]
        who: Vec<String>,
        /// Everybody in the batch, one line each
        #[arg(long)]
        all: bool,
    },
    /// What stands behind an application: work, certificates, diplomas (佐证)
    #[command(subcommand)]
    Evidence(evidence::What),
    /// Check a folder or zip of materials (核对申报材料), or show the checklist; exit status 3 when something is to be mended
    Materials(materials::Args),
    /// Accept a file, or send it back; --reason is the note
    MaterialsJudge(materials_judge::Args),
    /// Record that something came in on paper
    MaterialsPaper(materials_paper::Args),
    /// Record that the fee came in, for these or for everybody who may pay and has not
    Pay(pay::Args),
    /// Fee, payments, invoice and sanctions of one
    Account(money::One),
    /// Give money back; wants --reason
    Refund(money::RefundArgs),
    /// Somebody need not pay; wants --reason
    Waive(money::WaiveArgs),
    /// The signed original of the form has come in (原件)
    Original(money::Many),
    /// Somebody who was excluded takes part again; wants --reason
    Readmit(money::One),
    /// A payment platform's sheet (CSV or XLSX) against what is recorded
    Reconcile(reconcile::Args),
    /// After the window: whoever has not paid leaves the batch
    ClosePayment(close_payment::Args),
    /// What an invoice is to say and where it goes (发票)
    Invoice(invoice::Args),
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
        What::Add(args) => form::add(context, &args),
        What::Amend(args) => form::amend(context, &args),
        What::Correct(args) => form::correct(context, &args),
        What::Resubmit { who } => form::resubmit(context, &who),
        What::List { filter } => {
            let found = lines(&context.look()?, filter.as_deref())?;
            list(context, &found);
            if filter.is_some() {
                context.out.say("applications.found", &[("count", &found_count(&found))]);
            }
            Ok(Exit::Done)
        }
        What::Show { who } => show(context, &who),
        What::Reveal { who } => reveal::run(context, &who),
        What::Check { who, .. } => check::run(context, &who),
        What::Evidence(what) => evidence::run(context, &what),
        What::Materials(args) => materials::run(context, &args),
        What::MaterialsJudge(args) => materials_judge::run(context, args),
        What::MaterialsPaper(args) => materials_paper::run(context, args),
        What::Pay(args) => pay::run(context, &args),
        What::Account(args) => money::account(context, &args),
        What::Refund(args) => money::refund(context, args),
        What::Waive(args) => money::waive(context, args),
        What::Original(args) => money::original(context, &args),
        What::Readmit(args) => money::readmit(context, &args),
        What::Reconcile(args) => reconcile::run(context, &args),
        What::ClosePayment(args) => close_payment::run(context, &args),
        What::Invoice(args) => invoice::run(context, args),
        What::Withdraw { who } => withdraw(context, &who),
        What::Review(args) => review::run(context, args),
        What::Returned => review::returned(context),
        What::Way { who } => review::way(context, &who),
        What::Stamp(args) => stamp::run(context, args),
        What::Unstamp { node, who } => stamp::unstamp(context, &node, &who),
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

/// The whole row under its stable names, with ID number and telephone masked and the ticket.
fn as_json(card: &Card) -> Value {
    let mut value = json!(card.row);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("id_number".to_owned(), json!(identity::mask(&card.row.id_number)));
        fields.insert("birth".to_owned(), json!(card.row.birth.map(|d| identity::mask_birth(&d.to_string()))));
        fields.insert("phone".to_owned(), json!(card.row.phone.as_deref().map(phone::mask)));
        fields.insert("ticket".to_owned(), json!(card.ticket));
    }
    value
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
