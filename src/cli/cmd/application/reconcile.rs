//! `kaowu application reconcile`: a platform's sheet of payments.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::OpNo;
use crate::ops::Result;
use crate::ops::payments::{Judged, Reconcile, Sheet, Verdict, judge, open_sheet};
use crate::text::{fault_words, payment};
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// CSV or XLSX; headings as in data/sheets/payment-platform.toml
    file: PathBuf,
    /// Say what would happen and store nothing
    #[arg(long)]
    dry_run: bool,
}

/// Rows that could not be stored leave status 3, as with an import.
pub fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let mut site = if args.dry_run { context.look()? } else { context.site()? };
    let sheet = open_sheet(&site, &args.file)?;
    let (rows, op) = if args.dry_run {
        (judge(&site, &sheet)?, None)
    } else {
        let done = site.perform_bulk(&Reconcile { sheet: &sheet })?;
        (done.out.rows, done.op)
    };
    answer(context, (&sheet, &rows), args, op);
    let fine = |row: &Judged| matches!(row.verdict, Verdict::Matched | Verdict::Known);
    Ok(if sheet.faults.is_empty() && rows.iter().all(fine) { Exit::Done } else { Exit::Rejected })
}

fn answer(context: &Context, (sheet, rows): (&Sheet, &[Judged]), args: &Args, op: Option<OpNo>) {
    let (out, locale) = (&context.out, &context.out.locale);
    let count = |verdict| rows.iter().filter(|r| r.verdict == verdict).count();
    let faults: Vec<_> = sheet
        .faults
        .iter()
        .map(|f| json!({ "line": f.line, "column": f.column, "value": f.value, "code": f.code.0, "message": fault_words(locale, f) }))
        .collect();
    let counts: serde_json::Map<_, _> =
        Verdict::ALL.into_iter().map(|v| (v.code().to_owned(), json!(count(v)))).collect();
    let value = json!({
        "dry_run": args.dry_run, "read": rows.len() + sheet.faults.len(), "passed_over": sheet.passed_over,
        "counts": counts, "rows": rows, "faults": faults, "operation": op,
    });
    // What is stored or was stored before needs nobody.
    let left = rows.iter().filter(|r| !matches!(r.verdict, Verdict::Matched | Verdict::Known));
    let mut table: Vec<_> = left.map(|row| payment::judged(locale, row)).collect();
    table.extend(sheet.faults.iter().map(|f| {
        vec![
            f.line.to_string(),
            locale.word("verdict.unreadable").to_owned(),
            String::new(),
            f.column.clone(),
            f.value.clone(),
            fault_words(locale, f),
        ]
    }));
    if out.is_json() || !table.is_empty() {
        #[rustfmt::skip]
        let columns = [
            Col::Right("column.line"), Col::Left("column.verdict"), Col::Left("column.person"), Col::Left("column.id_number"),
            Col::Right("column.amount"), Col::Left("column.message"),
        ];
        out.table(&value, &columns, &table);
    }
    out.note(&payment::counts(locale, sheet, rows));
    let key = match (args.dry_run, op) {
        (true, _) => "payment.reconcile_dry",
        (false, Some(_)) => "payment.reconciled",
        (false, None) => "payment.reconcile_nothing",
    };
    out.say(
        key,
        &[("count", &count(Verdict::Matched).to_string()), ("op", &op.map(|n| n.to_string()).unwrap_or_default())],
    );
}
