//! `kaowu score progress`: by pile, by bag with its claims and cover, by typist.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::entry::{self, BagProgress, Claimed, Pace, TypistProgress};
use crate::text::Locale;

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum By {
    Pile,
    Bag,
    Typist,
}

pub fn run(context: &Context, by: By) -> Result<Exit> {
    match by {
        By::Pile => piles(context),
        By::Bag => bags(context),
        By::Typist => typists(context),
    }
}

fn piles(context: &Context) -> Result<Exit> {
    let piles = entry::piles(&context.look()?)?;
    let rows: Vec<_> = piles
        .iter()
        .map(|p| {
            let c = p.counts;
            let counts = [c.expected, c.first_in, c.second_in, c.settled, c.differing + c.returned];
            let mut row = vec![context.out.locale.word(&p.subject.key()).to_owned(), p.label()];
            row.extend(counts.map(|n| n.to_string()));
            row
        })
        .collect();
    #[rustfmt::skip]
    let columns = [
        Col::Left("column.subject"), Col::Right("column.room"), Col::Right("column.expected"),
        Col::Right("column.first_in"), Col::Right("column.second_in"), Col::Right("column.settled"),
        Col::Right("column.differing"),
    ];
    context.out.table(&piles, &columns, &rows);
    Ok(Exit::Done)
}

fn bags(context: &Context) -> Result<Exit> {
    let bags = entry::bag_progress(&context.look()?)?;
    let rows: Vec<_> = bags.iter().map(|bag| bag_row(&context.out.locale, bag)).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Left("column.session"), Col::Left("column.subject"), Col::Right("column.room"),
        Col::Right("column.expected"), Col::Right("column.first_in"), Col::Right("column.second_in"),
        Col::Right("column.settled"), Col::Right("column.differing"), Col::Left("column.control"),
        Col::Left("column.claims"),
    ];
    context.out.table(&bags, &columns, &rows);
    Ok(Exit::Done)
}

fn bag_row(locale: &Locale, bag: &BagProgress) -> Vec<String> {
    let (pile, c) = (&bag.pile, bag.pile.counts);
    let mut row = vec![pile.session_code.clone(), locale.word(&pile.subject.key()).to_owned(), pile.label()];
    let counts = [c.expected, c.first_in, c.second_in, c.settled, c.differing + c.returned];
    row.extend(counts.map(|n| n.to_string()));
    row.push(locale.word(bag.control.key()).to_owned());
    row.push(bag.claims.iter().map(|claim| claimed(locale, claim)).collect::<Vec<_>>().join("  "));
    row
}

fn claimed(locale: &Locale, claim: &Claimed) -> String {
    let key = if claim.left_behind { "cli.score.claim_left" } else { "cli.score.claim" };
    let (slot, idle) = (claim.slot.number().to_string(), claim.idle.to_string());
    let since = claim.since.clock();
    locale.say(key, &[("slot", &slot), ("name", &claim.operator), ("since", &since), ("idle", &idle)])
}

fn typists(context: &Context) -> Result<Exit> {
    let typists = entry::typist_progress(&context.look()?)?;
    let rows: Vec<_> = typists.iter().map(|typist| typist_row(&context.out.locale, typist)).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Left("column.typist"), Col::Right("column.typed"), Col::Right("column.from_sheets"),
        Col::Right("column.per_hour"), Col::Right("column.last_hour"), Col::Right("column.pairs"),
        Col::Right("column.slips"), Col::Right("column.share"), Col::Right("column.discarded"),
        Col::Left("column.signs"),
    ];
    context.out.table(&typists, &columns, &rows);
    Ok(Exit::Done)
}

fn typist_row(locale: &Locale, typist: &TypistProgress) -> Vec<String> {
    let (all, recent) = (typist.report.all, typist.report.recent);
    let rate = |pace: Pace| pace.per_hour.map_or_else(|| "-".to_owned(), |n| n.to_string());
    let share = all.against_permille.map_or_else(|| "-".to_owned(), |n| format!("{}.{}%", n / 10, n % 10));
    let signs: Vec<_> = typist.report.signs.iter().map(|sign| locale.word(sign.key()).to_owned()).collect();
    vec![
        typist.operator.clone(),
        all.entries.to_string(),
        typist.from_sheets.to_string(),
        rate(all),
        rate(recent),
        all.pairs.to_string(),
        all.against.to_string(),
        share,
        typist.discarded.to_string(),
        signs.join(" "),
    ]
}
