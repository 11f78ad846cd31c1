//! Rule files: read, merged along `inherits`, checked, each fault with its line and field.
use super::rules::{Branch, Condition, FORMAT, RuleSet};
use crate::model::{Level, Route};
use crate::policy::PolicyFault;
use crate::policy::fault::{EMPTY, MISPLACED, OTHER_CODE, OTHER_FORMAT, OUT_OF_RANGE, Problem};
use crate::policy::file::typed;
use crate::policy::source::{self, Lookup, Path};
use sha2::{Digest, Sha256};

/// A rule set that can be used, with the digest of its canonical text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub rules: RuleSet,
    pub digest: String,
}

/// Reads the rule set `code`; `lookup` gives the text of a rule file by its code.
pub fn load(code: &str, lookup: Lookup<'_>) -> Result<Checked, Vec<PolicyFault>> {
    let source = source::resolve(code, lookup)?;
    let inside = source.table.get("code").and_then(toml::Value::as_str).filter(|inside| *inside != code);
    let named = inside.map(|inside| {
        let problem = Problem::new(OTHER_CODE).with("inside", inside).with("file", code);
        source.fault(&field("code"), problem)
    });
    match (typed(source, &faults), named) {
        (Ok((rules, text)), None) => {
            let digest = Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
            Ok(Checked { rules, digest })
        }
        (Ok(_), Some(fault)) => Err(vec![fault]),
        (Err(faults), named) => Err(faults.into_iter().chain(named).collect()),
    }
}

/// Every fault that can be found in the rule set `code`.
pub fn check(code: &str, lookup: Lookup<'_>) -> Vec<PolicyFault> {
    load(code, lookup).err().unwrap_or_default()
}

fn field(name: &str) -> Path {
    Path::default().key(name)
}

fn faults(rules: &RuleSet) -> Vec<(Path, Problem)> {
    let mut found = Vec::new();
    if rules.format != FORMAT {
        let problem =
            Problem::new(OTHER_FORMAT).with("found", i64::from(rules.format)).with("known", i64::from(FORMAT));
        found.push((field("format"), problem));
    }
    if rules.branches.values().all(|branch| branch.off) {
        found.push((field("branches"), Problem::new(EMPTY)));
    }
    conditions(&rules.general, &field("general"), &mut found);
    for (id, branch) in &rules.branches {
        let at = field("branches").key(id);
        if branch.all.is_empty() {
            found.push((at.key("all"), Problem::new(EMPTY)));
        }
        for (name, text) in [("zh-CN", &branch.words.zh), ("en", &branch.words.en)] {
            if text.trim().is_empty() {
                found.push((at.key("words").key(name), Problem::new(EMPTY)));
            }
        }
        conditions(&branch.all, &at.key("all"), &mut found);
        routed(branch, &at.key("all"), &mut found);
    }
    found
}

/// Counts of years that nobody lives to reach are slips of the pen.
const MOST_YEARS: u8 = 60;

fn conditions(all: &[Condition], at: &Path, found: &mut Vec<(Path, Problem)>) {
    for (index, condition) in all.iter().enumerate() {
        let at = at.index(index);
        let (years, lowest) = match condition {
            Condition::Age(n) | Condition::Years(n) | Condition::WorkYears(n) | Condition::Appraisals(n) => (*n, 1),
            Condition::Placement(n) => (*n, 1),
            Condition::Engaged(need) => (need.years, 1),
            Condition::Certificate(need) => (need.years_after.max(need.held_years), 0),
            Condition::Title(need) => (need.years_after, 0),
            _ => (1, 1),
        };
        if !(lowest..=MOST_YEARS).contains(&years) {
            let range = Problem::new(OUT_OF_RANGE).with("lowest", i64::from(lowest));
            found.push((at.clone(), range.with("highest", i64::from(MOST_YEARS))));
        }
        let none = match condition {
            Condition::Education(need) => need.classes.is_empty(),
            Condition::Student(classes) => classes.is_empty(),
            _ => false,
        };
        if none {
            found.push((at, Problem::new(EMPTY)));
        }
    }
}

/// Conditions that read the notice's rule for a route belong to a branch for that route, and a branch never asks for a
/// certificate below which nothing is promoted.
fn routed(branch: &Branch, at: &Path, found: &mut Vec<(Path, Problem)>) {
    for (index, condition) in branch.all.iter().enumerate() {
        let route = match condition {
            Condition::OldCertificate => Route::Transfer,
            Condition::RecognisedTitle => Route::Recognition,
            Condition::Treatment(_) => Route::Veteran,
            _ => continue,
        };
        if branch.routes != [route] {
            found.push((at.index(index), Problem::new(MISPLACED).word("route", route.key())));
        }
    }
    let skips = |level: &Level| {
        let lowest = branch.all.iter().filter_map(|c| match c {
            Condition::Certificate(need) => Some(need.level),
            _ => None,
        });
        lowest.max().is_some_and(|held| held.digit() > level.digit() + 1)
    };
    if branch.levels.iter().any(skips) {
        found.push((at.clone(), Problem::new(crate::policy::fault::SKIPS_LEVEL)));
    }
}
