//! `kaowu application check`: every branch of the conditions, the one to stand on, and what is missing.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::applications::named;
use crate::ops::eligibility::{Explanation, Summary, check_all, explain};
use crate::text::eligibility as say;
use serde_json::json;

/// These in full; nobody named means everybody, counted.
pub fn run(context: &mut Context, who: &[String]) -> Result<Exit> {
    let site = context.look()?;
    if who.is_empty() {
        summary(context, &check_all(&site)?);
        return Ok(Exit::Done);
    }
    let found: Vec<Explanation> =
        who.iter().map(|text| explain(&site, named(&site, text)?.id)).collect::<Result<_>>()?;
    if context.out.is_json() {
        context.out.json(&found.iter().map(|e| as_json(context, e)).collect::<Vec<_>>());
        return Ok(Exit::Done);
    }
    found.iter().for_each(|e| print(context, e));
    Ok(Exit::Done)
}

/// The whole explanation with its words beside it.
fn as_json(context: &Context, e: &Explanation) -> serde_json::Value {
    let mut value = json!(e);
    if let Some(fields) = value.as_object_mut() {
        let locale = &context.out.locale;
        fields.insert("answer".to_owned(), json!(say::answer(locale, e)));
        fields.insert("branch".to_owned(), json!(e.chosen.and_then(|at| e.branches.get(at)).map(|b| &b.id)));
    }
    value
}

fn print(context: &Context, e: &Explanation) {
    let (out, locale) = (&context.out, &context.out.locale);
    let mark = say::mark(e.standing, context.options.ascii);
    out.line(&format!("{}  {}  {mark} {}", e.application, e.name, say::answer(locale, e)));
    out.line(&say::basis(locale, e));
    let mut rows = Vec::new();
    for branch in &e.branches {
        let mark = say::mark(branch.standing, context.options.ascii).to_owned();
        rows.push(vec![
            mark,
            branch.id.clone(),
            branch.clause.clone(),
            say::words(locale, &branch.words).to_owned(),
            say::gist(locale, branch, &e.evidence),
        ]);
        for c in branch.conditions.iter().filter(|_| branch.conditions.len() > 1) {
            let mark = format!("  {}", say::mark(c.finding.standing, context.options.ascii));
            let found = say::finding(locale, &c.finding, &e.evidence);
            rows.push(vec![mark, String::new(), String::new(), say::condition(locale, &c.condition), found]);
        }
    }
    let columns = [
        Col::Left("column.eligible"),
        Col::Left("column.branch"),
        Col::Left("column.clause"),
        Col::Left("column.conditions"),
        Col::Left("column.lacks"),
    ];
    out.table(&rows, &columns, &rows);
    e.evidence.iter().for_each(|p| out.line(&format!("  {}", say::piece(locale, p))));
}

fn summary(context: &Context, summary: &Summary) {
    let (out, locale) = (&context.out, &context.out.locale);
    let row = |l: &crate::ops::eligibility::SummaryLine| {
        let verdict = if l.judgement { "eligibility.met_judgement".to_owned() } else { l.standing.key() };
        vec![
            l.application.to_string(),
            l.name.clone(),
            l.occupation_name.clone(),
            locale.word(&l.level.key()).to_owned(),
            locale.word(&l.route.key()).to_owned(),
            locale.word(&verdict).to_owned(),
            l.branch.clone().unwrap_or_default(),
            l.claimed_years.map(|n| n.to_string()).unwrap_or_default(),
            l.counted_years.to_string(),
        ]
    };
    let rows: Vec<_> = summary.lines.iter().map(row).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Right("column.id"), Col::Left("column.person"), Col::Left("column.occupation"), Col::Left("column.level"),
        Col::Left("column.route"), Col::Left("column.eligible"), Col::Left("column.branch"),
        Col::Right("column.claimed_years"), Col::Right("column.counted_years"),
    ];
    out.table(summary, &columns, &rows);
    if summary.lines.is_empty() {
        out.say("eligibility.nothing", &[]);
        return;
    }
    let count = |n: usize| n.to_string();
    let (met, judgement) = (count(summary.met), count(summary.judgement));
    let (not_met, undecidable) = (count(summary.not_met), count(summary.undecidable));
    let day = summary.reference.to_string();
    let args = [
        ("day", day.as_str()),
        ("met", &met),
        ("judgement", &judgement),
        ("not_met", &not_met),
        ("undecidable", &undecidable),
    ];
    out.say("eligibility.summary", &args);
}
