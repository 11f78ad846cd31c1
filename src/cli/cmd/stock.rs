//! `kaowu stock`: blank forms in, used, spoilt, destroyed, counted.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Day, StockItem};
use crate::ops::certificates::by_number;
use crate::ops::stock::{self, Count, Destroy, Line, Receive, Recover, Reverse, Spoil, Use};
use crate::ops::{Done, Result, StockMovementRow};
use crate::text::register as words;
use clap::builder::PossibleValuesParser;
use serde_json::json;

/// The stock of blank forms (空白证书)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Args)]
struct Moved {
    /// How many
    quantity: i64,
    /// Blank certificates or covers
    #[arg(long, default_value = "certificate", value_parser = items())]
    item: String,
    /// Serials printed on the forms
    #[arg(long)]
    serials: Option<String>,
    /// Who answers for it; default: whoever is signed on
    #[arg(long, value_name = "NAME")]
    responsible: Option<String>,
    /// From whom or to whom, by which paper
    #[arg(long, value_name = "TEXT")]
    counterpart: Option<String>,
    /// Day; default: today
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
}

fn items() -> PossibleValuesParser {
    PossibleValuesParser::new(StockItem::ALL.iter().map(|i| i.code()))
}

fn item(text: &str) -> StockItem {
    StockItem::parse(text).unwrap_or(StockItem::Certificate)
}

impl Moved {
    fn line(self, context: &Context) -> Line {
        Line {
            item: item(&self.item),
            quantity: self.quantity,
            serials: self.serials,
            responsible: self.responsible,
            counterpart: self.counterpart,
            reason: context.options.reason.clone(),
            on: self.on,
        }
    }
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Blank forms came in
    Receive(Moved),
    /// Blank forms left otherwise than as a certificate of the register
    Use(Moved),
    /// Blank forms are spoilt and wait to be destroyed, with --reason
    Spoil {
        #[command(flatten)]
        moved: Moved,
        /// Number of the certificate that was misprinted; it is printed anew
        #[arg(long, value_name = "NUMBER")]
        certificate: Option<String>,
        /// Serial of the form that it is on now
        #[arg(long, value_name = "SERIAL")]
        blank: Option<String>,
    },
    /// A void certificate came back and waits to be destroyed
    Recover {
        /// The whole certificate number
        number: String,
    },
    /// Spoilt forms are destroyed, watched by a second person
    Destroy {
        #[command(flatten)]
        moved: Moved,
        /// Who watched (监销人)
        #[arg(long, value_name = "NAME")]
        witness: String,
    },
    /// Stocktaking by two people; what differs wants --reason
    Count {
        /// Usable forms counted
        usable: i64,
        /// Forms counted that wait to be destroyed
        #[arg(long, default_value_t = 0)]
        spoilt: i64,
        /// Which blank form
        #[arg(long, default_value = "certificate", value_parser = items())]
        item: String,
        /// Who counted; default: whoever is signed on
        #[arg(long, value_name = "NAME")]
        responsible: Option<String>,
        /// Who watched (监盘人)
        #[arg(long, value_name = "NAME")]
        witness: String,
    },
    /// Take a line back that was written by mistake, with --reason
    Reverse {
        /// Number of the line
        line: i64,
        /// Which blank form
        #[arg(long, default_value = "certificate", value_parser = items())]
        item: String,
    },
    /// Every line, and what there is now
    List,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    let reason = context.options.reason.clone();
    match args.what {
        What::Receive(moved) => {
            let line = moved.line(context);
            say(context, &context.site()?.perform(&Receive { line })?);
        }
        What::Use(moved) => {
            let line = moved.line(context);
            say(context, &context.site()?.perform(&Use { line })?);
        }
        What::Spoil { moved, certificate, blank } => {
            let (mut site, line) = (context.site()?, moved.line(context));
            let certificate = certificate.map(|n| by_number(&site, &n)).transpose()?.map(|c| c.id);
            say(context, &site.perform(&Spoil { line, certificate, blank })?);
        }
        What::Recover { number } => {
            let mut site = context.site()?;
            let certificate = by_number(&site, &number)?.id;
            say(context, &site.perform(&Recover { certificate, responsible: None, reason })?);
        }
        What::Destroy { moved, witness } => {
            let line = moved.line(context);
            say(context, &context.site()?.perform(&Destroy { line, witness })?);
        }
        What::Count { usable, spoilt, item: of, responsible, witness } => {
            let count = Count { item: item(&of), usable, spoilt, responsible, witness, reason, on: None };
            counted(context, &count)?;
        }
        What::Reverse { line: seq, item: of } => {
            let op = Reverse { item: item(&of), seq, reason: context.reason() };
            say(context, &context.site()?.perform(&op)?);
        }
        What::List => list(context)?,
    }
    Ok(Exit::Done)
}

fn say(context: &Context, done: &Done<StockMovementRow>) {
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "line": done.out, "operation": op }));
    }
    context.out.note(&words::moved(&context.out.locale, &done.out, op));
}

fn counted(context: &Context, count: &Count) -> Result<()> {
    let done = context.site()?.perform(count)?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "counted": done.out, "operation": op }));
    }
    let (usable, spoilt) = (words::signed(done.out.usable), words::signed(done.out.spoilt));
    context.out.say("stock.counted", &[("usable", &usable), ("spoilt", &spoilt), ("op", &op.to_string())]);
    Ok(())
}

fn list(context: &Context) -> Result<()> {
    let site = context.look()?;
    let (lines, balances) = (stock::ledger(&site)?, stock::balances(&site)?);
    let rows: Vec<_> = lines.iter().map(|l| words::stock_cells(&context.out.locale, l).to_vec()).collect();
    let columns = [
        Col::Right("column.case_number"),
        Col::Left("column.day"),
        Col::Left("column.stock_item"),
        Col::Left("column.stock_move"),
        Col::Right("column.stock_change"),
        Col::Right("column.stock_usable"),
        Col::Right("column.stock_spoilt"),
        Col::Left("column.stock_responsible"),
        Col::Left("column.stock_remark"),
    ];
    let each =
        balances.iter().map(|(item, now)| json!({ "item": item, "usable": now.usable, "to_destroy": now.spoilt }));
    let all = json!({ "balances": each.collect::<Vec<_>>(), "lines": lines });
    context.out.table(&all, &columns, &rows);
    for balance in &balances {
        context.out.note(&words::balance_line(&context.out.locale, balance));
    }
    Ok(())
}
