//! All branches side by side, and the one to stand on.
use super::finding::{Finding, Short, Standing};
use super::judge::{Facts, Judge};
use super::rules::{Branch, Condition};
use super::work::Work;
use super::{certificate, papers};
use crate::model::{Level, Route};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BranchResult<'j> {
    pub id: &'j str,
    #[serde(skip)]
    pub branch: &'j Branch,
    pub standing: Standing,
    /// What everybody must meet comes first, then the branch's own.
    pub conditions: Vec<(&'j Condition, Finding)>,
    /// A certificate is asked for below the lowest level of the occupation: only one of a related occupation can be meant.
    pub begins_above: Option<Level>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assessment<'j> {
    pub standing: Standing,
    /// Why no branch can help at all.
    pub refused: Option<Short>,
    pub branches: Vec<BranchResult<'j>>,
    /// The first branch that is met, else the one that comes nearest.
    pub chosen: Option<usize>,
}

impl Judge {
    pub fn assess<'j>(&'j self, facts: &Facts<'_>) -> Assessment<'j> {
        let work = Work::of(facts);
        let general: Vec<_> = self.general.iter().map(|c| (c, self.find(facts, &work, c))).collect();
        let open = self.branches.iter().filter(|(_, branch)| branch.opens(facts.route, facts.level));
        let branches: Vec<BranchResult<'j>> = open
            .map(|(id, branch)| {
                let own = branch.all.iter().map(|c| (c, self.find(facts, &work, c)));
                let conditions: Vec<_> = general.iter().cloned().chain(own).collect();
                let standing = conditions.iter().map(|(_, f)| f.standing).min().unwrap_or(Standing::Met);
                BranchResult { id, branch, standing, conditions, begins_above: begins_above(facts, branch) }
            })
            .collect();
        let refused = papers::level(facts).or_else(|| papers::route(facts, self.route(facts.route)));
        let refused = refused.or(branches.is_empty().then_some(Short::NoBranch));
        let chosen = choose(&branches);
        let best = chosen.and_then(|at| branches.get(at)).map_or(Standing::NotMet, |b| b.standing);
        let standing = if refused.is_some() { Standing::NotMet } else { best };
        Assessment { standing, refused, branches, chosen }
    }

    fn find(&self, facts: &Facts<'_>, work: &Work, condition: &Condition) -> Finding {
        let by_route = |route: Route, look: &dyn Fn(&crate::policy::routes::RouteRule) -> Finding| {
            self.route(route).map_or_else(|| Finding::short(Short::Route), look)
        };
        match condition {
            Condition::Age(years) => papers::age(facts, *years),
            Condition::Intends => Finding::met(Vec::new()),
            Condition::Works => work.at_work(),
            Condition::Years(years) => certificate::years(facts, work, &self.routes, *years),
            Condition::WorkYears(years) => work.all_years(*years),
            Condition::Certificate(need) => certificate::certificate(facts, work, &self.routes, need),
            Condition::Title(need) => papers::title(facts, work, need),
            Condition::Education(need) => papers::education(facts, need),
            Condition::Student(classes) => papers::student(facts, classes),
            Condition::Apprenticeship => papers::apprenticeship(facts),
            Condition::Engaged(need) => papers::engaged(facts, need),
            Condition::Appraisals(years) => papers::appraisals(facts, *years),
            Condition::Placement(years) => papers::placement(facts, *years),
            Condition::OldCertificate => by_route(Route::Transfer, &|rule| papers::old_certificate(facts, rule)),
            Condition::RecognisedTitle => by_route(Route::Recognition, &|rule| papers::recognised_title(facts, rule)),
            Condition::Treatment(line) => by_route(Route::Veteran, &|rule| papers::treatment(facts, rule, *line)),
        }
    }

    /// Years in the occupation, for showing beside the claimed number.
    pub fn years(&self, facts: &Facts<'_>) -> Finding {
        certificate::years(facts, &Work::of(facts), &self.routes, u8::MAX)
    }
}

fn begins_above(facts: &Facts<'_>, branch: &Branch) -> Option<Level> {
    let lowest = facts.levels.iter().max().copied()?;
    let below = |c: &Condition| matches!(c, Condition::Certificate(need) if need.level > lowest);
    branch.all.iter().any(below).then_some(lowest)
}

/// Met comes first, and of those met the ones that leave nothing to a person's judgement; then those that are open;
/// then the one with the fewest conditions lacking, and the fewest days.
fn choose(branches: &[BranchResult<'_>]) -> Option<usize> {
    let rank = |b: &BranchResult<'_>| {
        let lacking = b.conditions.iter().filter(|(_, f)| f.standing != Standing::Met);
        let days: i64 = lacking.clone().map(|(_, f)| f.short.map_or(0, Short::days)).fold(0, i64::saturating_add);
        let unsure = b.standing == Standing::Met && b.branch.judgement.is_some();
        (std::cmp::Reverse(b.standing), unsure, lacking.count(), days)
    };
    (0..branches.len()).min_by_key(|at| branches.get(*at).map(rank))
}
