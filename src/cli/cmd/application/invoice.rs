//! `kaowu application invoice`.
use crate::cli::{Context, Exit};
use crate::ops::applications::named;
use crate::ops::payments::Invoice;
use crate::ops::{InvoiceKind, Result};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number of the application, or ticket number
    #[arg(value_name = "ID|TICKET")]
    who: String,
    /// To whom: unit or person
    #[arg(long, value_parser = ["unit", "person"])]
    kind: String,
    /// Name on the invoice (抬头); a person's own name where it is left out
    #[arg(long, default_value = "")]
    title: String,
    /// Tax number of a unit (税号)
    #[arg(long)]
    tax_no: Option<String>,
    /// Where it is sent
    #[arg(long)]
    email: String,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    let mut site = context.site()?;
    let row = named(&site, &args.who)?;
    let kind = if args.kind == "unit" { InvoiceKind::Unit } else { InvoiceKind::Person };
    let invoice = Invoice { application: row.id, kind, title: args.title, tax_no: args.tax_no, email: args.email };
    let done = site.perform(&invoice)?;
    let (given, op) = (done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        let warning = given.warning.map(|w| w.0);
        context.out.json(&json!({ "invoice": given.invoice, "warning": warning, "operation": op }));
    }
    let args = [("name", row.name.as_str()), ("title", given.invoice.title.as_str()), ("op", &op.to_string())];
    context.out.say("payment.invoice_given", &args);
    if given.warning.is_some() {
        context.out.say("refusal.invoice.tax_no_old", &[]);
    }
    Ok(Exit::Done)
}
