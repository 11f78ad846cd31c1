//! Certificates on their way: the notice that they can be collected, the sheet that takers sign, the list of deliveries,
//! and the ledger of blank forms (S0-40, S1-39).
use super::person::day;
use super::{Asked, Filled, Ids, NOTHING, Notice};
use crate::model::{Refusal, Stage, identity};
use crate::ops::Result;
use crate::ops::register::{Filter, Line, list};
use crate::ops::stock::{Listed, balances, ledger};
use serde::Serialize;

#[derive(Serialize)]
struct Page<'a, T> {
    notice: Notice<'a>,
    site: String,
    made_on: String,
    groups: Vec<Group<T>>,
}

/// The people of one unit; without a name those who come for themselves.
#[derive(Serialize)]
struct Group<T> {
    unit: Option<String>,
    lines: Vec<T>,
}

#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    line: Line,
    /// Masked.
    id: String,
    document: &'static str,
    level_name: &'static str,
    again: bool,
    phone: Option<String>,
    address: Option<String>,
}

fn row(line: Line) -> Row {
    let handed = matches!(line.stage, Stage::Collected | Stage::Posted);
    Row {
        id: identity::mask(&line.id_number),
        document: line.document.official(),
        level_name: line.level.official(),
        again: line.copies > 1,
        phone: line.phone.clone().filter(|_| handed),
        address: line.address.clone().filter(|_| line.stage == Stage::Posted),
        line,
    }
}

fn filled<T: Serialize>(asked: &Asked<'_>, groups: Vec<Group<T>>) -> Result<Filled> {
    if groups.iter().all(|g| g.lines.is_empty()) {
        return Err(Refusal::new(NOTHING).into());
    }
    let people = groups.iter().map(|g| g.lines.len()).sum();
    let made_on = day(asked.site.now().day());
    let page = Page { notice: Notice::of(asked.policy), site: asked.site.row()?.name, made_on, groups };
    Filled::of(&page, people, Ids::Masked)
}

/// Certificates that can be collected, a page for each unit.
pub fn waiting(asked: &Asked<'_>) -> Result<Filled> {
    asked.people()?;
    let all = list(asked.site, &Filter::default())?;
    let mut groups: Vec<Group<Row>> = Vec::new();
    let here = |l: &Line| asked.who.is_empty() || asked.who.contains(&l.application);
    for line in all.into_iter().filter(|l| matches!(l.stage, Stage::Made | Stage::Notified) && here(l)) {
        let unit = line.employer.clone();
        match groups.iter_mut().find(|g| g.unit == unit) {
            Some(group) => group.lines.push(row(line)),
            None => groups.push(Group { unit, lines: vec![row(line)] }),
        }
    }
    groups.sort_by(|a, b| a.unit.cmp(&b.unit));
    filled(asked, groups)
}

/// Every certificate with how it came to its holder.
pub fn deliveries(asked: &Asked<'_>) -> Result<Filled> {
    let lines = list(asked.site, &Filter::default())?.into_iter().map(row).collect();
    filled(asked, vec![Group { unit: None, lines }])
}

#[derive(Serialize)]
struct Movement {
    #[serde(flatten)]
    listed: Listed,
    change: i64,
    remark: String,
}

/// The ledger of this site, a table for each item.
pub fn stock(asked: &Asked<'_>) -> Result<Filled> {
    let holder = asked.site.row()?.code;
    let all: Vec<_> = ledger(asked.site)?.into_iter().filter(|l| l.row.holder == holder).collect();
    let mut groups = Vec::new();
    for (item, _) in balances(asked.site)? {
        let lines = all.iter().filter(|l| l.row.item == item).cloned().map(movement).collect::<Vec<_>>();
        if !lines.is_empty() {
            groups.push(Group { unit: Some(item.code().to_owned()), lines });
        }
    }
    filled(asked, groups)
}

fn movement(listed: Listed) -> Movement {
    let l = &listed.row;
    let change = if l.usable == 0 { l.spoilt } else { l.usable };
    let remark = [&l.counterpart, &l.serials, &l.reason].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    Movement { change, remark, listed }
}
