//! `kaowu seat check`.
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::seating::check;
use crate::text::seat_check::{lines, summary};

pub fn run(context: &mut Context) -> Result<Exit> {
    let report = check(&context.look()?)?;
    let out = &context.out;
    if out.is_json() {
        out.json(&report);
    } else {
        lines(&out.locale, &report).iter().for_each(|line| out.line(line));
    }
    out.note(&summary(&out.locale, &report));
    Ok(if report.is_clean() { Exit::Done } else { Exit::Refused })
}
