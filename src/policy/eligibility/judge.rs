//! What is known of an applicant, and a rule set made ready to judge many of them.
use super::rules::{Branch, Condition, RuleSet};
use crate::model::{Day, Evidence, Level, Relation, Route};
use crate::policy::routes::RouteRule;

/// How the occupation's standard words its conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wording {
    /// 本职业
    Same,
    /// 本职业或相关职业
    Related,
}

#[derive(Debug, Clone, Copy)]
pub struct Facts<'f> {
    pub birth: Option<Day>,
    pub level: Level,
    pub route: Route,
    pub evidence: &'f [Evidence],
    /// The day for which everything is judged; it counts whole.
    pub reference: Day,
    /// Levels at which the occupation is assessed; empty where nobody knows.
    pub levels: &'f [Level],
    pub wording: Wording,
    /// The applicant says that there is no certificate.
    pub no_certificate: bool,
}

impl Facts<'_> {
    /// Whether something in a so related occupation counts; `None` while nobody has judged it.
    pub(super) fn counts(&self, relation: Option<Relation>) -> Option<bool> {
        relation.map(|relation| match relation {
            Relation::Same => true,
            Relation::Related => self.wording == Wording::Related,
            Relation::Other => false,
        })
    }
}

/// A rule set together with the routes of a notice.
#[derive(Debug, Clone)]
pub struct Judge {
    pub(super) general: Vec<Condition>,
    pub(super) branches: Vec<(String, Branch)>,
    pub(super) routes: Vec<RouteRule>,
    same_only: Vec<String>,
}

impl Judge {
    pub fn new(rules: &RuleSet, routes: &[RouteRule]) -> Judge {
        let mut branches = Vec::new();
        for (id, branch) in rules.branches.iter().filter(|(_, branch)| !branch.off) {
            if branch.all.contains(&Condition::Treatment(0)) {
                branches.extend(by_line(id, branch, routes));
            } else {
                branches.push((id.clone(), branch.clone()));
            }
        }
        let (general, same_only) = (rules.general.clone(), rules.same_only.clone());
        Judge { general, branches, routes: routes.to_vec(), same_only }
    }

    pub fn wording(&self, occupation: &str) -> Wording {
        if self.same_only.iter().any(|o| o == occupation) { Wording::Same } else { Wording::Related }
    }

    pub fn route(&self, route: Route) -> Option<&RouteRule> {
        self.routes.iter().find(|r| r.kind == route)
    }
}

/// A branch for each line of pay in the notice's rule for veterans.
fn by_line(id: &str, branch: &Branch, routes: &[RouteRule]) -> Vec<(String, Branch)> {
    let lines = routes.iter().find(|r| r.kind == Route::Veteran).map_or(0, |r| r.treatments.len());
    let numbered = |line: u8| {
        let line_of = |condition: &Condition| match condition {
            Condition::Treatment(0) => Condition::Treatment(line),
            other => other.clone(),
        };
        (format!("{id}-{line}"), Branch { all: branch.all.iter().map(line_of).collect(), ..branch.clone() })
    };
    (1..=u8::try_from(lines).unwrap_or(u8::MAX)).map(numbered).collect()
}
