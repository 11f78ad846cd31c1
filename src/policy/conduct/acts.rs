//! A table of acts: read, checked, each fault with its line and field.
use super::outcome::Outcome;
use super::{NEEDS_WARNING, UNKNOWN_ACT};
use crate::model::{Points, Refusal};
use crate::policy::eligibility::Words;
use crate::policy::fault::{EMPTY, MISSING_FIELD, OTHER_CODE, OTHER_FORMAT, OUT_OF_RANGE, Problem, TWICE};
use crate::policy::file::typed;
use crate::policy::source::{self, Lookup, Path};
use crate::policy::{PolicyFault, point_value, sanctions};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The only version of these files that this program reads.
const FORMAT: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acts {
    pub format: u32,
    /// Name of the file without `.toml`.
    pub code: String,
    /// Where the acts are written down, as people cite it.
    pub basis: String,
    pub title: Words,
    /// What the outcome `minus` takes off.
    #[serde(default)]
    pub minus: Option<Minus>,
    pub acts: Vec<Act>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minus {
    /// Off a written part.
    #[serde(deserialize_with = "point_value::read")]
    pub points: Points,
    /// Percent of the points given, off a hands-on part.
    pub percent: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    pub code: String,
    /// Class or article.
    pub class: String,
    pub words: Words,
    /// Counts only once somebody was warned and went on.
    #[serde(default)]
    pub warn_first: bool,
    pub outcome: Outcome,
    /// The same act of the same person in the same session for the second time.
    #[serde(default)]
    pub again: Option<Outcome>,
    /// What a bar that follows is filed under.
    #[serde(default = "misconduct")]
    pub kind: sanctions::Act,
}

fn misconduct() -> sanctions::Act {
    sanctions::Act::Misconduct
}

impl Acts {
    pub fn act(&self, code: &str) -> Result<&Act, Refusal> {
        let unknown = || Refusal::new(UNKNOWN_ACT).with("act", code).with("table", self.code.as_str());
        self.acts.iter().find(|act| act.code == code).ok_or_else(unknown)
    }

    /// What this table knows as outcomes, the mildest first. A warning can always be left at.
    pub fn outcomes(&self) -> Vec<Outcome> {
        let named = self.acts.iter().flat_map(|act| [Some(act.outcome), act.again]).flatten();
        named.chain([Outcome::Warning]).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

impl Act {
    /// Whether it can be reported as it happened.
    pub fn reportable(&self, warned: bool) -> Result<(), Refusal> {
        if self.warn_first && !warned {
            return Err(Refusal::new(NEEDS_WARNING).with("act", self.code.as_str()));
        }
        Ok(())
    }
}

/// Reads the table `code`; `lookup` gives the text of a table by its name.
pub fn load(code: &str, lookup: Lookup<'_>) -> Result<Acts, Vec<PolicyFault>> {
    let source = source::resolve(code, lookup)?;
    let inside = source.table.get("code").and_then(toml::Value::as_str).filter(|inside| *inside != code);
    let named = inside.map(|inside| {
        let problem = Problem::new(OTHER_CODE).with("inside", inside).with("file", code);
        source.fault(&Path::default().key("code"), problem)
    });
    match (typed(source, &faults), named) {
        (Ok((acts, _)), None) => Ok(acts),
        (Ok(_), Some(fault)) => Err(vec![fault]),
        (Err(faults), named) => Err(faults.into_iter().chain(named).collect()),
    }
}

/// Every fault that can be found in the table `code`.
pub fn check(code: &str, lookup: Lookup<'_>) -> Vec<PolicyFault> {
    load(code, lookup).err().unwrap_or_default()
}

fn faults(table: &Acts) -> Vec<(Path, Problem)> {
    let at = |name: &str| Path::default().key(name);
    let mut found = Vec::new();
    if table.format != FORMAT {
        let problem = Problem::new(OTHER_FORMAT).with("found", i64::from(table.format));
        found.push((at("format"), problem.with("known", i64::from(FORMAT))));
    }
    if table.acts.is_empty() {
        found.push((at("acts"), Problem::new(EMPTY)));
    }
    if table.minus.is_some_and(|m| !(1..=100).contains(&m.percent) || m.points <= Points::ZERO) {
        found.push((at("minus"), Problem::new(OUT_OF_RANGE).with("lowest", 1i64).with("highest", 100i64)));
    }
    let mut seen = BTreeSet::new();
    for (index, act) in table.acts.iter().enumerate() {
        let at = at("acts").index(index);
        if act.code.trim().is_empty() {
            found.push((at.key("code"), Problem::new(EMPTY)));
        }
        if !seen.insert(act.code.as_str()) {
            found.push((at.key("code"), Problem::new(TWICE).with("value", act.code.as_str())));
        }
        for (name, text) in [("zh-CN", &act.words.zh), ("en", &act.words.en)] {
            if text.trim().is_empty() {
                found.push((at.key("words").key(name), Problem::new(EMPTY)));
            }
        }
        let minus = [Some(act.outcome), act.again].contains(&Some(Outcome::Minus));
        if minus && table.minus.is_none() {
            found.push((Path::default().key("minus"), Problem::new(MISSING_FIELD).with("name", "minus")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: [(&str, &str); 3] = [
        ("assessment", include_str!("../../../data/acts/assessment.toml")),
        ("professional", include_str!("../../../data/acts/professional.toml")),
        ("appraisal", include_str!("../../../data/acts/appraisal.toml")),
    ];

    fn shipped(code: &str) -> Acts {
        load(code, &|name| SHIPPED.iter().find(|(n, _)| *n == name).map(|(_, t)| (*t).to_owned())).unwrap()
    }

    #[test]
    fn every_class_of_the_three_tables_leads_where_its_rules_say() {
        let of = |table: &str, class: &str| -> Vec<Outcome> {
            shipped(table).acts.iter().filter(|a| a.class == class).map(|a| a.outcome).collect()
        };
        assert_eq!(of("assessment", "A1"), [Outcome::SubjectVoid; 4]);
        assert_eq!(of("assessment", "A2"), [Outcome::SubjectVoid; 7]);
        assert_eq!(of("assessment", "A3"), [Outcome::AllVoidYear; 5]);
        assert_eq!(of("professional", "6"), [Outcome::SubjectVoid; 10]);
        assert_eq!(of("professional", "7"), [Outcome::AllVoidFive; 6]);
        assert_eq!(of("professional", "8"), [Outcome::AllVoidForGood; 3]);
        assert_eq!(of("appraisal", "6"), [Outcome::Zero; 9]);
        let after_the_end = shipped("appraisal").act("C7-1").unwrap().clone();
        assert_eq!((after_the_end.outcome, after_the_end.again), (Outcome::Minus, Some(Outcome::Zero)));
    }

    #[test]
    fn an_act_that_wants_a_warning_is_not_reported_without() {
        let table = shipped("assessment");
        let act = table.act("A1-1").unwrap();
        assert!(act.reportable(false).unwrap_err().is(NEEDS_WARNING));
        assert_eq!(act.reportable(true), Ok(()));
        assert_eq!(table.act("A2-1").unwrap().reportable(false), Ok(()));
        assert!(table.act("C7-1").unwrap_err().is(UNKNOWN_ACT));
    }

    #[test]
    fn a_table_knows_its_outcomes_from_mild_to_hard() {
        use Outcome::{AllVoid, AllVoidYear, Minus, SubjectVoid, Warning, Zero};
        assert_eq!(shipped("assessment").outcomes(), [Warning, SubjectVoid, AllVoidYear]);
        assert_eq!(shipped("appraisal").outcomes(), [Warning, Minus, Zero, AllVoid]);
    }

    #[test]
    fn faults_of_a_table_are_told_by_field() {
        let text = "format = 2\ncode = \"own\"\nbasis = \"x\"\ntitle = { \"zh-CN\" = \"甲\", en = \"a\" }\n\
            [[acts]]\ncode = \"1\"\nclass = \"1\"\nwords = { \"zh-CN\" = \"甲\", en = \"\" }\noutcome = \"minus\"\n\
            [[acts]]\ncode = \"1\"\nclass = \"1\"\nwords = { \"zh-CN\" = \"甲\", en = \"a\" }\noutcome = \"zero\"\n";
        let found = check("own", &|_| Some(text.to_owned()));
        let told: Vec<_> = found.iter().map(|f| (f.field.as_str(), f.problem.code)).collect();
        let wanted = [
            ("format", "other_format"),
            ("acts[0].words.en", "empty"),
            ("minus", "missing_field"),
            ("acts[1].code", "twice"),
        ];
        assert_eq!(told, wanted);
        let other = text.replace("format = 2", "format = 1").replace("\"own\"", "\"theirs\"");
        assert!(check("own", &|_| Some(other.clone())).iter().any(|f| f.problem.code == "other_code"));
        assert_eq!(check("gone", &|_| None)[0].problem.code, "not_found");
    }
}
