//! The certified-on-duty rate with its target, gap and forecast, by person and by department (S4-04, S4-10, S4-29, S4-32).
use crate::bundle::codes::Codes;
use crate::model::{BatchId, Day, DocumentKind, Level};
use crate::ops::results::{Outcome, of_one};
use crate::ops::{Result, Site};
use crate::policy::Policy;
use crate::policy::duty::{Figures, Holding, Outlook, ranked};
use crate::policy::targets::TargetKind;
use crate::store::DutyPersonRow;
use crate::store::rows::{self, Connection};
use crate::store::views::duty as view;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// The certificate that somebody is counted for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Certificate {
    pub occupation: String,
    pub level: Level,
    pub number: Option<String>,
    pub issued_on: Option<Day>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonLine {
    #[serde(skip)]
    pub id: i64,
    pub name: String,
    pub document: DocumentKind,
    /// In full; mask it before it is shown.
    #[serde(skip)]
    pub id_number: String,
    pub department: String,
    pub post: Option<String>,
    pub since: Day,
    pub until: Option<Day>,
    /// Whether they are counted on that day.
    pub on_duty: bool,
    pub holding: Holding,
    pub certificate: Option<Certificate>,
    /// A certificate from elsewhere that does not count: it is of another occupation.
    pub other_occupation: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Department {
    /// By rate, the best first; equal rates share a place.
    pub place: usize,
    pub department: String,
    #[serde(flatten)]
    pub figures: Figures,
    /// In hundredths of a percent.
    pub rate: Option<u64>,
    /// `None` where the notice has no target.
    pub gap: Option<u64>,
    pub outlook: Option<Outlook>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Board {
    pub on: Day,
    #[serde(flatten)]
    pub figures: Figures,
    /// In hundredths of a percent, cut off.
    pub rate: Option<u64>,
    pub target: Option<u8>,
    /// Last day for the target.
    pub by: Option<Day>,
    pub days_left: Option<i64>,
    pub gap: Option<u64>,
    pub outlook: Option<Outlook>,
    /// Who must apply beside all who sit the exam now.
    pub to_find: Option<u64>,
    /// If those who passed get their certificates, and if all who still sit the exam pass: hundredths of a percent.
    pub soon: Option<u64>,
    pub at_most: Option<u64>,
    /// People who applied and are not on duty.
    pub strangers: i64,
    pub departments: Vec<Department>,
    #[serde(skip)]
    pub people: Vec<PersonLine>,
}

/// As of the end of `on`: who was on duty and which certificates were issued by then. Who passed and who still sits the exam
/// is always as it is now. A certificate counts while it is valid.
pub fn board(site: &Site, on: Option<Day>) -> Result<Board> {
    let on = on.unwrap_or_else(|| site.now().day());
    let (policy, codes) = (site.policy()?, site.codes()?);
    read(&Source { db: site.store().db(), batch: site.batch()?.id, policy: &policy, codes: &codes }, on)
}

/// Everybody on duty who holds a certificate, for posts, promotion and pay (S4-11); by department and level.
pub fn holders(site: &Site) -> Result<Vec<PersonLine>> {
    let mut people = board(site, None)?.people;
    people.retain(|p| p.on_duty && p.holding.holds());
    people.sort_by(|a, b| {
        let key = |p: &PersonLine| (p.department.clone(), p.certificate.as_ref().map(|c| c.level), p.name.clone());
        key(a).cmp(&key(b))
    });
    Ok(people)
}

/// What a board is read from: the transaction's own view inside an operation.
pub(super) struct Source<'a> {
    pub db: &'a Connection,
    pub batch: BatchId,
    pub policy: &'a Policy,
    pub codes: &'a Codes,
}

pub(super) fn read(source: &Source<'_>, on: Day) -> Result<Board> {
    let people = people(source, on)?;
    let mut by: BTreeMap<&str, Vec<Holding>> = BTreeMap::new();
    for person in people.iter().filter(|p| p.on_duty) {
        by.entry(&person.department).or_default().push(person.holding);
    }
    let target = source.policy.targets.iter().find(|t| t.kind == TargetKind::CertifiedOnDuty);
    let (percent, until) = (target.and_then(|t| t.percent), target.and_then(|t| t.by).map(|by| by.day));
    let all: Vec<_> = by.into_iter().map(|(name, all)| (name.to_owned(), Figures::of(all))).collect();
    let figures = all.iter().fold(Figures::default(), |sum, (_, one)| sum.and(*one));
    let department = |(place, department, figures): (usize, String, Figures)| Department {
        place,
        department,
        rate: figures.rate(),
        gap: percent.map(|p| figures.gap(p)),
        outlook: percent.map(|p| figures.outlook(p)),
        figures,
    };
    Ok(Board {
        on,
        rate: figures.rate(),
        target: percent,
        by: until,
        days_left: until.map(|until| (until - on).num_days()),
        gap: percent.map(|p| figures.gap(p)),
        outlook: percent.map(|p| figures.outlook(p)),
        to_find: percent.map(|p| figures.to_find(p)),
        soon: figures.share(figures.soon()),
        at_most: figures.share(figures.at_most()),
        strangers: view::strangers(source.db, source.batch)?,
        departments: ranked(all).into_iter().map(department).collect(),
        people,
        figures,
    })
}

fn people(source: &Source<'_>, on: Day) -> Result<Vec<PersonLine>> {
    let Source { db, batch, policy, codes } = *source;
    let mut earned: HashMap<i64, Certificate> = HashMap::new();
    for c in view::certificates(db, batch)? {
        // Of another batch only where it is an occupation of this notice.
        let fits = c.batch == batch || codes.occupation(&c.occupation_name).is_some_and(|o| o.code == c.occupation);
        if fits && c.issued_on <= on {
            let (occupation, level) = (c.occupation_name, c.level);
            let new = Certificate { occupation, level, number: Some(c.number), issued_on: Some(c.issued_on) };
            // Level 1 is the highest.
            let better = earned.get(&c.person).is_none_or(|there| new.level < there.level);
            if better {
                earned.insert(c.person, new);
            }
        }
    }
    let mut way: HashMap<i64, Holding> = HashMap::new();
    for (person, application) in view::applied(db, batch)? {
        let holding = match of_one(db, policy, batch, application)? {
            Some(Outcome::Passed) => Holding::Passed,
            Some(Outcome::Incomplete { .. }) => Holding::Sitting,
            Some(Outcome::Failed { .. }) => Holding::Failed,
            None => Holding::None,
        };
        let best = way.get(&person).map_or(holding, |there| holding.min(*there));
        way.insert(person, best);
    }
    let tail = "WHERE batch = ?1 ORDER BY department, name, id";
    let all = rows::select::<DutyPersonRow>(db, tail, [batch])?;
    Ok(all.into_iter().map(|row| line(row, (&mut earned, &way), codes, on)).collect())
}

type Known<'a> = (&'a mut HashMap<i64, Certificate>, &'a HashMap<i64, Holding>);

fn line(row: DutyPersonRow, (earned, way): Known<'_>, codes: &Codes, on: Day) -> PersonLine {
    let elsewhere = row.held_occupation.as_ref().zip(row.held_level).map(|(occupation, level)| Certificate {
        occupation: occupation.clone(),
        level,
        number: row.held_no.clone(),
        issued_on: row.held_on,
    });
    let in_time = |c: &Certificate| c.issued_on.is_none_or(|day| day <= on);
    let fits = |c: &Certificate| codes.occupation(&c.occupation).is_some();
    let other_occupation = elsewhere.as_ref().filter(|c| !fits(c)).map(|c| c.occupation.clone());
    let elsewhere = elsewhere.filter(|c| fits(c) && in_time(c));
    let (holding, certificate) = match (earned.remove(&row.id), elsewhere) {
        (Some(here), _) => (Holding::Here, Some(here)),
        (None, Some(there)) => (Holding::Elsewhere, Some(there)),
        (None, None) => (way.get(&row.id).copied().unwrap_or(Holding::None), None),
    };
    PersonLine {
        id: row.id,
        on_duty: row.since <= on && row.until.is_none_or(|until| until >= on),
        name: row.name,
        document: row.document,
        id_number: row.id_number,
        department: row.department,
        post: row.post,
        since: row.since,
        until: row.until,
        holding,
        certificate,
        other_occupation,
    }
}
