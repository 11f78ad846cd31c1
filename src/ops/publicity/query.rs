//! `publicity.query`: what the counter tells somebody who names themself and shows their document. Written down, found or
//! not; a wrong name and an unknown number get the same answer.
use super::public::of_person;
use super::standing;
use crate::model::identity::mask;
use crate::model::{Day, Level, Role, fold};
use crate::ops::{Journal, Operation, Result, Undo, Work, calendar};
use crate::store::PublicationState;
use serde::{Serialize, Serializer};

#[derive(Debug, Clone, Serialize)]
pub struct Query {
    #[serde(serialize_with = "first_character")]
    pub name: String,
    /// Whole; only its ends are written down.
    #[serde(serialize_with = "masked")]
    pub id_number: String,
}

fn masked<S: Serializer>(number: &str, s: S) -> std::result::Result<S::Ok, S::Error> {
    s.serialize_str(&mask(number))
}

fn first_character<S: Serializer>(name: &str, s: S) -> std::result::Result<S::Ok, S::Error> {
    let first: String = name.trim().chars().take(1).collect();
    s.serialize_str(&format!("{first}*"))
}

/// What somebody is told about themself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    pub name: String,
    /// Number of the release.
    pub release: i64,
    pub published_on: Option<Day>,
    /// Last day of publicity.
    pub until: Option<Day>,
    pub is_final: bool,
    /// Last day to ask for a re-check; `None`: the notice offers none.
    pub recheck_by: Option<Day>,
    pub results: Vec<Told>,
}

/// One application of theirs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    pub ticket: Option<String>,
    pub occupation_name: String,
    pub level: Level,
    pub theory: String,
    pub practical: String,
    pub review: String,
    pub outcome: String,
}

impl Operation for Query {
    const KIND: &'static str = "publicity.query";
    const ROLES: &'static [Role] = Role::WORKING;
    const JOURNAL: Journal = Journal::Always;
    const UNDO: Undo = Undo::Never;
    /// `None`: nothing is told, for whatever reason.
    type Out = Option<Answer>;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Option<Answer>> {
        let batch = work.batch()?.id;
        let Some(release) = standing(work.tx.db(), batch)? else { return Ok(None) };
        let name = fold::text(&self.name).trim().to_owned();
        let number = fold::number_like(&self.id_number).to_uppercase();
        let mut rows = of_person(work.tx.db(), release.id, &number)?;
        rows.retain(|row| fold::text(&row.name).trim() == name);
        let Some(first) = rows.first() else { return Ok(None) };
        let begun = release.published_on.or(release.finalised_at.map(|at| at.day()));
        let rule = work.policy()?.publicity.recheck.as_ref();
        let calendar = calendar::of(work.codes);
        let recheck_by = rule.zip(begun).and_then(|(rule, begun)| rule.ask_by(begun, &calendar));
        Ok(Some(Answer {
            name: first.name.clone(),
            release: release.number,
            published_on: release.published_on,
            until: release.until_day,
            is_final: release.state == PublicationState::Final,
            recheck_by,
            results: rows
                .into_iter()
                .map(|r| Told {
                    ticket: r.ticket,
                    occupation_name: r.occupation_name,
                    level: r.level,
                    theory: r.theory,
                    practical: r.practical,
                    review: r.review,
                    outcome: r.outcome,
                })
                .collect(),
        }))
    }
}
