//! The way of certificates: made, told of, collected or posted, taken back, made again, corrected.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{CertificateId, Day, DeliveryWay, NoticeWay, Stage};
use crate::ops::certificates::{Correct, Corrected, Reissue, by_number};
use crate::ops::register::{self, Collect, Filter, Issue, Made, Notify, Post, Step, TakeBack};
use crate::ops::{Done, Result, Site};
use crate::text::register as words;
use clap::builder::PossibleValuesParser;
use serde_json::json;

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> PossibleValuesParser {
    PossibleValuesParser::new(all.iter().map(|one| code(*one)))
}

/// Whose certificates: numbers, the people of a unit, or all that can take the step
#[derive(Debug, clap::Args)]
pub struct Whose {
    /// Whole certificate numbers
    numbers: Vec<String>,
    /// Everybody of this unit whose certificate can take the step
    #[arg(long, value_name = "UNIT", conflicts_with = "numbers")]
    of_unit: Option<String>,
    /// Everybody whose certificate can take the step
    #[arg(long, conflicts_with_all = ["numbers", "of_unit"])]
    everybody: bool,
}

impl Whose {
    fn ids(&self, site: &Site, step: Step) -> Result<Vec<CertificateId>> {
        match &self.of_unit {
            Some(unit) => register::ready_for(site, step, &register::by_unit(site, unit)?),
            None if self.everybody => register::ready_for(site, step, &Filter::default()),
            None => self.numbers.iter().map(|n| Ok(by_number(site, n)?.id)).collect(),
        }
    }
}

#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// Certificates are made: printed on blank forms of the stock, or come in finished
    Issue {
        #[command(flatten)]
        whose: Whose,
        /// They come from elsewhere as they are
        #[arg(long)]
        elsewhere: bool,
        /// Serial of the first blank form; the others follow in the order of the numbers
        #[arg(long, value_name = "SERIAL")]
        blank: Option<String>,
        /// Day; default: today
        #[arg(long, value_name = "DAY")]
        on: Option<Day>,
    },
    /// A unit or a person was told that certificates can be collected (通知领取)
    Notify {
        #[command(flatten)]
        whose: Whose,
        /// How
        #[arg(long, default_value = "phone", value_parser = codes(NoticeWay::ALL, NoticeWay::code))]
        way: String,
        /// Who was told; default: each holder
        #[arg(long, value_name = "NAME")]
        told: Option<String>,
        /// Number or address that was used
        #[arg(long)]
        contact: Option<String>,
        /// Day; default: today
        #[arg(long, value_name = "DAY")]
        on: Option<Day>,
    },
    /// Certificates were collected against a signature (领取)
    Collect(CollectArgs),
    /// A certificate goes out by post
    Post {
        /// The whole certificate number
        number: String,
        /// Number of the letter
        #[arg(long)]
        tracking: String,
        /// To whom; default: the holder
        #[arg(long, value_name = "NAME")]
        to: Option<String>,
        /// Default: as the application has it
        #[arg(long)]
        address: Option<String>,
        /// Number to be reached at
        #[arg(long)]
        phone: Option<String>,
        /// Day; default: today
        #[arg(long, value_name = "DAY")]
        on: Option<Day>,
    },
    /// A certificate came back, or was written down as handed over by mistake; with --reason
    TakeBack {
        /// The whole certificate number
        number: String,
        /// Day; default: today
        #[arg(long, value_name = "DAY")]
        on: Option<Day>,
    },
    /// A lost or damaged certificate is made again (补发), with --reason
    Reissue {
        /// The whole certificate number
        number: String,
        /// It comes from elsewhere as it is
        #[arg(long)]
        elsewhere: bool,
        /// Serial of the blank form
        #[arg(long, value_name = "SERIAL")]
        blank: Option<String>,
        /// Day; default: today
        #[arg(long, value_name = "DAY")]
        on: Option<Day>,
    },
    /// The old certificate is void, its holder gets a new number (更正), with --reason
    Correct {
        /// The whole certificate number
        number: String,
        /// Date of issue; default: today
        #[arg(long)]
        date: Option<Day>,
    },
    /// Every certificate with how far it has come
    Deliveries {
        /// Only those at this stage
        #[arg(long, value_parser = codes(Stage::ALL, Stage::code))]
        stage: Option<String>,
        /// Only those of this unit
        #[arg(long, value_name = "UNIT")]
        of_unit: Option<String>,
    },
    /// Everything that happened to a certificate
    Story {
        /// The whole certificate number
        number: String,
    },
}

#[derive(Debug, clap::Args)]
pub struct CollectArgs {
    #[command(flatten)]
    whose: Whose,
    /// By whom; default: the holder, or the unit with --of-unit
    #[arg(long, value_parser = codes(DeliveryWay::ALL, DeliveryWay::code))]
    way: Option<String>,
    /// Who signed; default: the holder
    #[arg(long, value_name = "NAME")]
    taker: Option<String>,
    /// Number of the document shown; of the holder's, the last six characters are enough
    #[arg(long, value_name = "NUMBER")]
    document: Option<String>,
    /// Name of the unit, where --of-unit does not name it
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// Letter of the unit or proxy (介绍信，委托书)
    #[arg(long)]
    authority: Option<String>,
    /// Number to be reached at
    #[arg(long)]
    phone: Option<String>,
    /// The sheet bears the taker's signature
    #[arg(long)]
    signed: bool,
    /// Day; default: today
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
    /// Remark for the register
    #[arg(long)]
    note: Option<String>,
}

pub fn run(context: &mut Context, what: What) -> Result<Exit> {
    match what {
        What::Issue { whose, elsewhere, blank, on } => issue(context, &whose, (elsewhere, blank, on))?,
        What::Notify { whose, way, told, contact, on } => {
            let mut site = context.site()?;
            let certificates = whose.ids(&site, Step::Notify)?;
            let way = NoticeWay::parse(&way).unwrap_or(NoticeWay::Phone);
            let done = site.perform(&Notify { certificates, way, told, contact, on })?;
            said(context, "register.notified", (&done.out.to_string(), done.op.map_or(0, |n| n.0)));
        }
        What::Collect(args) => collect(context, args)?,
        What::Post { number, tracking, to, address, phone, on } => {
            let mut site = context.site()?;
            let certificate = by_number(&site, &number)?.id;
            let done = site.perform(&Post { certificate, to, address, phone, tracking, on, note: None })?;
            said(context, "register.posted", (&done.out, done.op.map_or(0, |n| n.0)));
        }
        What::TakeBack { number, on } => {
            let mut site = context.site()?;
            let certificate = by_number(&site, &number)?.id;
            let done = site.perform(&TakeBack { certificate, reason: context.reason(), on })?;
            said(context, "register.taken_back", (&done.out, done.op.map_or(0, |n| n.0)));
        }
        What::Reissue { number, elsewhere, blank, on } => reissue(context, &number, (elsewhere, blank, on))?,
        What::Correct { number, date } => {
            let mut site = context.site()?;
            let (certificate, issued_on) = (by_number(&site, &number)?.id, date.unwrap_or_else(|| site.now().day()));
            let done = site.perform(&Correct { certificate, issued_on, reason: context.reason() })?;
            corrected(context, &done);
        }
        What::Deliveries { stage, of_unit } => deliveries(context, stage, of_unit)?,
        What::Story { number } => story(context, &number)?,
    }
    Ok(Exit::Done)
}

/// One answer of a step: what it came to, and the operation.
fn said(context: &Context, key: &str, (what, op): (&str, i64)) {
    if context.out.is_json() {
        context.out.json(&json!({ "done": what, "operation": op }));
    }
    context.out.say(key, &[("what", what), ("op", &op.to_string())]);
}

pub fn corrected(context: &Context, done: &Done<Corrected>) {
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "old": done.out.old, "number": done.out.number, "operation": op }));
    }
    let args = [("old", done.out.old.as_str()), ("number", &done.out.number), ("op", &op.to_string())];
    context.out.say("certificates.corrected", &args);
}

/// `None`: as the policy has it.
fn made(elsewhere: bool) -> Option<Made> {
    elsewhere.then_some(Made::Elsewhere)
}

type HowMade = (bool, Option<String>, Option<Day>);

fn issue(context: &Context, whose: &Whose, (elsewhere, first_blank, on): HowMade) -> Result<()> {
    let mut site = context.site()?;
    let certificates = whose.ids(&site, Step::Make)?;
    let made_on = on.unwrap_or_else(|| site.now().day());
    let done = site.perform_bulk(&Issue { certificates, made: made(elsewhere), first_blank, made_on })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "copies": done.out.copies, "left": done.out.left, "operation": op }));
    }
    let (copies, op) = (done.out.copies.to_string(), op.to_string());
    match done.out.left {
        Some(left) => {
            context.out.say("register.issued", &[("copies", &copies), ("left", &left.to_string()), ("op", &op)]);
        }
        None => context.out.say("register.issued_elsewhere", &[("copies", &copies), ("op", &op)]),
    }
    Ok(())
}

fn collect(context: &Context, args: CollectArgs) -> Result<()> {
    let mut site = context.site()?;
    let certificates = args.whose.ids(&site, Step::Deliver)?;
    let unit = args.unit.or(args.whose.of_unit);
    let usual = if unit.is_some() { DeliveryWay::Unit } else { DeliveryWay::Own };
    let done = site.perform_bulk(&Collect {
        certificates,
        way: args.way.as_deref().and_then(DeliveryWay::parse).unwrap_or(usual),
        taker: args.taker,
        document: args.document,
        unit,
        authority: args.authority,
        phone: args.phone,
        signed: args.signed,
        on: args.on,
        note: args.note,
    })?;
    said(context, "register.collected", (&done.out.to_string(), done.op.map_or(0, |n| n.0)));
    Ok(())
}

fn reissue(context: &Context, number: &str, (elsewhere, blank, on): HowMade) -> Result<()> {
    let mut site = context.site()?;
    let (certificate, made_on) = (by_number(&site, number)?.id, on.unwrap_or_else(|| site.now().day()));
    let op = Reissue { certificate, made_on, made: made(elsewhere), blank, reason: context.reason() };
    let done = site.perform(&op)?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        let out = &done.out;
        context.out.json(&json!({ "number": out.number, "copy": out.copy, "old": out.old, "operation": op }));
    }
    let args = [("number", done.out.number.as_str()), ("copy", &done.out.copy.to_string()), ("op", &op.to_string())];
    context.out.say("certificates.reissued", &args);
    Ok(())
}

fn deliveries(context: &Context, stage: Option<String>, of_unit: Option<String>) -> Result<()> {
    let site = context.look()?;
    let filter = of_unit.map(|unit| register::by_unit(&site, &unit)).transpose()?.unwrap_or_default();
    let lines = register::list(&site, &Filter { stage: stage.as_deref().and_then(Stage::parse), ..filter })?;
    let rows: Vec<_> = lines.iter().map(|l| words::line_cells(&context.out.locale, l).to_vec()).collect();
    let columns = [
        Col::Left("column.number"),
        Col::Left("certificate_face.name"),
        Col::Left("certificate_face.level"),
        Col::Left("column.certificate_stage"),
        Col::Left("column.day"),
        Col::Left("column.taker"),
    ];
    context.out.table(&lines, &columns, &rows);
    Ok(())
}

fn story(context: &Context, number: &str) -> Result<()> {
    let site = context.look()?;
    let story = register::story(&site, by_number(&site, number)?.id)?;
    if context.out.is_json() {
        context.out.json(&story);
        return Ok(());
    }
    for line in words::story_lines(&context.out.locale, &story) {
        context.out.line(&line);
    }
    Ok(())
}
