//! The experts and the candidates of a batch as the rules want them.
use crate::model::{ApplicationId, BatchId, Code, Day, Duty, Refusal, StaffId, Subject, fold};
use crate::ops::{Actor, PanelMemberRow, Result, Site, Work, unit};
use crate::policy::Policy;
use crate::policy::experts::{self, Block, Card, Examinee, Expert, Rules, Who};
use crate::policy::staffing::Tie;
use crate::store::rows::{self, Connection};
use crate::store::views::panels::{self, Before, Reviewable};
use crate::store::{StaffRow, StaffTieRow};
use std::collections::{HashMap, HashSet};

pub const SEVERAL: Code = Code("expert.several");

/// Somebody who needs a review.
pub struct Person {
    pub row: Reviewable,
    pub is: Examinee,
}

/// One of the list of people, reviewer or not.
pub struct Listed {
    pub row: StaffRow,
    pub is: Expert,
}

impl Listed {
    fn is_of_pool(&self) -> bool {
        !self.row.retired && self.is.card.as_ref().is_some_and(|card| card.reviews)
    }
}

/// What forming and changing a panel stand on.
pub struct Ground<'a> {
    pub policy: &'a Policy,
    /// Unit that the operator acts for.
    pub unit: Option<String>,
    pub people: Vec<Person>,
    pub listed: Vec<Listed>,
    today: Day,
    ids: HashSet<String>,
}

impl<'a> Ground<'a> {
    pub fn of_work(work: &'a Work<'_, '_>) -> Result<Ground<'a>> {
        let (policy, batch, today) = (work.policy()?, work.batch()?.id, work.now.day());
        Ground::load(work.tx.db(), policy, batch, (work.actor, today))
    }

    pub fn of_site(site: &Site, policy: &'a Policy) -> Result<Ground<'a>> {
        Ground::load(site.store().db(), policy, site.batch()?.id, (site.actor(), site.now().day()))
    }

    fn load(db: &Connection, policy: &'a Policy, batch: BatchId, (actor, today): (&Actor, Day)) -> Result<Ground<'a>> {
        let unit = unit::of_actor(db, policy, actor)?;
        let everybody = panels::applicants(db, batch)?;
        let ids = everybody.iter().map(|p| p.id_number.clone()).collect();
        let mut before: HashMap<ApplicationId, Vec<Before>> = HashMap::new();
        for one in panels::before(db, batch)? {
            before.entry(one.application).or_default().push(one);
        }
        let needs = |p: &Reviewable| policy.subjects.required(p.level).contains(Subject::Review);
        let mut people: Vec<Person> = Vec::new();
        for row in everybody.into_iter().filter(needs) {
            let is = examinee(&row, before.remove(&row.application).unwrap_or_default());
            people.push(Person { row, is });
        }
        Ok(Ground { policy, unit, people, listed: listed(db)?, today, ids })
    }

    pub fn rules(&self) -> Rules<'_> {
        let (panel, staffing) = (&self.policy.panel, &self.policy.staffing);
        Rules { panel, staffing, today: self.today, candidates: &self.ids }
    }

    /// The experts that a panel of this unit is drawn from: its own and the site's; of the site's panels everybody.
    pub fn pool(&self, unit: Option<&String>) -> Vec<&Listed> {
        let own = |l: &&Listed| l.is_of_pool() && (l.row.kept_by.is_none() || unit::sees(unit, l.row.kept_by.as_ref()));
        self.listed.iter().filter(own).collect()
    }

    pub fn person(&self, application: ApplicationId) -> Option<&Person> {
        self.people.iter().find(|p| p.row.application == application)
    }

    /// Somebody named by hand: of the list, when name and unit are theirs, or the name alone and nobody else has it.
    pub fn named(&self, name: &str, unit: &str) -> Result<Expert, Refusal> {
        let (name, unit) = (fold::name(name).into_owned(), fold::name(unit).into_owned());
        let same: Vec<_> =
            self.listed.iter().filter(|l| !l.row.retired && fold::name(&l.row.name) == name.as_str()).collect();
        let fits: Vec<_> =
            same.iter().filter(|l| unit.is_empty() || fold::name(&l.row.unit) == unit.as_str()).collect();
        match fits.as_slice() {
            [one] => Ok(one.is.clone()),
            [] => {
                let who = Who { staff: None, name, unit };
                Ok(Expert { who, id_number: None, card: None, ties: Vec::new(), busy: None })
            }
            _ => {
                let units: Vec<_> = fits.iter().map(|l| l.row.unit.as_str()).collect();
                Err(Refusal::new(SEVERAL).with("name", name).with("units", units.join(" ")))
            }
        }
    }

    pub fn staff(&self, id: StaffId) -> Option<&Listed> {
        self.listed.iter().find(|l| l.row.id == id)
    }

    /// A member as the rules look at them now: what the list of people has learned meanwhile counts.
    pub fn member(&self, row: &PanelMemberRow) -> Expert {
        let who = Who { staff: row.staff, name: row.name.clone(), unit: row.unit.clone() };
        match row.staff.and_then(|id| self.staff(id)) {
            Some(listed) => Expert { who, ..listed.is.clone() },
            None => Expert { who, id_number: None, card: None, ties: Vec::new(), busy: None },
        }
    }

    /// Refused when somebody may judge nobody of the batch.
    pub fn fit(&self, expert: &Expert) -> Result<(), Refusal> {
        first(experts::general(&self.rules(), expert))
    }

    /// Refused when an expert may not judge one of these.
    pub fn may_judge(&self, expert: &Expert, applications: &[ApplicationId]) -> Result<(), Refusal> {
        self.fit(expert)?;
        for person in applications.iter().filter_map(|id| self.person(*id)) {
            first(experts::all(&self.rules(), expert, &person.is))?;
        }
        Ok(())
    }
}

fn first(blocks: Vec<Block>) -> Result<(), Refusal> {
    blocks.into_iter().next().map_or(Ok(()), |block| Err(block.refusal))
}

fn examinee(row: &Reviewable, before: Vec<Before>) -> Examinee {
    let (mut declared, mut former) = (Vec::new(), Vec::new());
    for one in before {
        let who = Who { staff: one.staff, name: one.name, unit: one.unit };
        match one.declared {
            Some(kind) => declared.push((who, kind)),
            None => former.push(who),
        }
    }
    Examinee {
        name: row.name.clone(),
        id_number: row.id_number.clone(),
        employer: row.employer.clone(),
        occupation: row.occupation.clone(),
        level: row.level,
        declared,
        former,
    }
}

fn listed(db: &Connection) -> Result<Vec<Listed>> {
    let mut ties: HashMap<StaffId, Vec<Tie>> = HashMap::new();
    for tie in rows::select::<StaffTieRow>(db, "ORDER BY id", [])? {
        let StaffTieRow { staff, kind, id_number, name, .. } = tie;
        ties.entry(staff).or_default().push(Tie { kind, id_number, name });
    }
    let busy: HashMap<_, _> = panels::busy(db)?.into_iter().collect();
    let one = |row: StaffRow| {
        let card = Card {
            grade: row.grade,
            until: row.card_until,
            occupations: row.occupations.split(',').filter(|o| !o.is_empty()).map(str::to_owned).collect(),
            reviews: row.duties.split(',').any(|d| d == Duty::Reviewer.code()),
            retired: row.retired,
        };
        let is = Expert {
            who: Who { staff: Some(row.id), name: row.name.clone(), unit: row.unit.clone() },
            id_number: row.id_number.clone(),
            card: Some(card),
            ties: ties.remove(&row.id).unwrap_or_default(),
            busy: busy.get(&row.id).cloned(),
        };
        Listed { row, is }
    };
    Ok(rows::select::<StaffRow>(db, "ORDER BY id", [])?.into_iter().map(one).collect())
}
