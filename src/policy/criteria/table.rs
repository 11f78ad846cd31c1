//! Sheets of single occupations as data: read, checked, each fault with its line and field.
use super::{Criterion, Mandatory, Plan};
use crate::model::{Level, Points};
use crate::policy::PolicyFault;
use crate::policy::eligibility::Words;
use crate::policy::fault::{EMPTY, NOT_FULL, OTHER_CODE, OTHER_FORMAT, OUT_OF_RANGE, PLAIN_CODE, Problem, TWICE};
use crate::policy::file::typed;
use crate::policy::marking::FULL_MARK;
use crate::policy::source::{self, Lookup, Path};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The only version of these files that this program reads.
const FORMAT: u32 = 1;
/// Nothing that a failed item leaves is a pass.
const NO_PASS: Points = Points::whole(60);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub format: u32,
    /// Name of the file without `.toml`.
    pub code: String,
    /// Where the criteria are written down, as people cite it.
    pub basis: String,
    pub title: Words,
    /// Codes of the catalogue.
    pub occupations: Vec<String>,
    pub sheets: Vec<LevelSheet>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelSheet {
    /// Empty: every level.
    #[serde(default)]
    pub levels: Vec<Level>,
    pub items: Vec<Criterion>,
    #[serde(default)]
    pub mandatory: Vec<Mandatory>,
}

impl Table {
    /// The sheet of an occupation and level; `None`: this table has none.
    pub fn plan(&self, occupation: &str, level: Level) -> Option<Plan> {
        let of = |sheet: &&LevelSheet| sheet.levels.is_empty() || sheet.levels.contains(&level);
        let sheet = self.sheets.iter().find(of).filter(|_| self.occupations.iter().any(|own| own == occupation))?;
        Some(Plan { items: sheet.items.clone(), mandatory: sheet.mandatory.clone() })
    }
}

/// Reads the table `code`; `lookup` gives the text of a table by its name.
pub fn load(code: &str, lookup: Lookup<'_>) -> Result<Table, Vec<PolicyFault>> {
    let source = source::resolve(code, lookup)?;
    let inside = source.table.get("code").and_then(toml::Value::as_str).filter(|inside| *inside != code);
    let named = inside.map(|inside| {
        let problem = Problem::new(OTHER_CODE).with("inside", inside).with("file", code);
        source.fault(&Path::default().key("code"), problem)
    });
    match (typed(source, &faults), named) {
        (Ok((table, _)), None) => Ok(table),
        (Ok(_), Some(fault)) => Err(vec![fault]),
        (Err(faults), named) => Err(faults.into_iter().chain(named).collect()),
    }
}

/// Every fault that can be found in the table `code`.
pub fn check(code: &str, lookup: Lookup<'_>) -> Vec<PolicyFault> {
    load(code, lookup).err().unwrap_or_default()
}

type Found = Vec<(Path, Problem)>;

fn faults(table: &Table) -> Found {
    let at = |name: &str| Path::default().key(name);
    let mut found = Found::new();
    if table.format != FORMAT {
        let problem = Problem::new(OTHER_FORMAT).with("found", i64::from(table.format));
        found.push((at("format"), problem.with("known", i64::from(FORMAT))));
    }
    for (name, missing) in [("occupations", table.occupations.is_empty()), ("sheets", table.sheets.is_empty())] {
        if missing {
            found.push((at(name), Problem::new(EMPTY)));
        }
    }
    let mut levels = BTreeSet::new();
    for (index, sheet) in table.sheets.iter().enumerate() {
        let at = at("sheets").index(index);
        let all: &[Level] = if sheet.levels.is_empty() { &Level::ALL } else { &sheet.levels };
        if let Some(level) = all.iter().find(|level| !levels.insert(**level)) {
            found.push((at.key("levels"), Problem::new(TWICE).word("value", level.key())));
        }
        if sheet.items.is_empty() {
            found.push((at.key("items"), Problem::new(EMPTY)));
        }
        found.extend(item_faults(&sheet.items, &at.key("items")));
        found.extend(mandatory_faults(&sheet.mandatory, &at.key("mandatory")));
    }
    found
}

/// Criteria have plain codes, each once, and come to a full mark; no criteria are no fault.
pub fn item_faults(items: &[Criterion], at: &Path) -> Found {
    let mut found = names(items.iter().map(|item| (item.code.as_str(), item.name.as_str())), at);
    for (index, item) in items.iter().enumerate() {
        if item.max <= Points::ZERO || item.max > FULL_MARK {
            let problem = Problem::new(OUT_OF_RANGE).with("lowest", 1i64).with("highest", FULL_MARK.to_string());
            found.push((at.index(index).key("max"), problem));
        }
    }
    let sum = items.iter().fold(0i32, |sum, item| sum.saturating_add(item.max.hundredths()));
    if !items.is_empty() && sum != FULL_MARK.hundredths() {
        let problem = Problem::new(NOT_FULL).with("found", Points::new(sum).to_string());
        found.push((at.clone(), problem.with("wanted", FULL_MARK.to_string())));
    }
    found
}

fn mandatory_faults(mandatory: &[Mandatory], at: &Path) -> Found {
    let mut found = names(mandatory.iter().map(|item| (item.code.as_str(), item.name.as_str())), at);
    for (index, item) in mandatory.iter().enumerate() {
        if item.most < Points::ZERO || item.most >= NO_PASS {
            let highest = Points::new(NO_PASS.hundredths() - 1).to_string();
            let problem = Problem::new(OUT_OF_RANGE).with("lowest", 0i64).with("highest", highest);
            found.push((at.index(index).key("most"), problem));
        }
    }
    found
}

/// What stands in commands and in stored lists, so that neither a comma nor `=` may be in it.
fn names<'a>(all: impl Iterator<Item = (&'a str, &'a str)>, at: &Path) -> Found {
    let (mut found, mut seen) = (Found::new(), BTreeSet::new());
    for (index, (code, name)) in all.enumerate() {
        let at = at.index(index);
        let plain = !code.is_empty() && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        if !plain {
            found.push((at.key("code"), Problem::new(PLAIN_CODE).with("found", code)));
        } else if !seen.insert(code) {
            found.push((at.key("code"), Problem::new(TWICE).with("value", code)));
        }
        if name.trim().is_empty() {
            found.push((at.key("name"), Problem::new(EMPTY)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: [(&str, &str); 3] = [
        ("electrician", include_str!("../../../data/criteria/electrician.toml")),
        ("elderly-care", include_str!("../../../data/criteria/elderly-care.toml")),
        ("car-repair", include_str!("../../../data/criteria/car-repair.toml")),
    ];

    fn shipped(code: &str) -> Table {
        load(code, &|name| SHIPPED.iter().find(|(n, _)| *n == name).map(|(_, t)| (*t).to_owned())).unwrap()
    }

    #[test]
    fn every_level_of_the_shipped_tables_has_a_sheet_of_a_hundred() {
        for (code, _) in SHIPPED {
            let table = shipped(code);
            for level in Level::ALL {
                let plan = table.plan(&table.occupations[0], level).unwrap();
                let full: Vec<_> = plan.items.iter().map(|i| (i.code.clone(), i.max)).collect();
                assert_eq!(plan.points(&full, &[]), Ok(FULL_MARK), "{code} {level:?}");
                for must in &plan.mandatory {
                    assert_eq!(
                        plan.points(&full, std::slice::from_ref(&must.code)),
                        Ok(must.most),
                        "{code} {}",
                        must.code
                    );
                }
            }
            assert_eq!(table.plan("4-99-99-99", Level::Five), None);
        }
    }

    #[test]
    fn levels_have_their_own_sheets() {
        let table = shipped("electrician");
        let first = |level| table.plan("6-31-01-03", level).unwrap().items[0].code.clone();
        assert_eq!((first(Level::Three), first(Level::Two)), ("prepare".to_owned(), "design".to_owned()));
    }

    #[test]
    fn faults_of_a_table_are_told_by_field() {
        let text = "format = 1\ncode = \"own\"\nbasis = \"x\"\ntitle = { \"zh-CN\" = \"甲\", en = \"a\" }\noccupations = []\n\
            [[sheets]]\nlevels = [5]\nitems = [ { code = \"a\", name = \"甲\", max = 60 }, { code = \"a\", name = \"\", max = 30 } ]\n\
            mandatory = [ { code = \"s,1\", name = \"乙\", most = 60 } ]\n\
            [[sheets]]\nitems = []\n";
        let found = check("own", &|_| Some(text.to_owned()));
        let told: Vec<_> = found.iter().map(|f| (f.field.as_str(), f.problem.code)).collect();
        let wanted = [
            ("occupations", "empty"),
            ("sheets[0].items[1].code", "twice"),
            ("sheets[0].items[1].name", "empty"),
            ("sheets[0].items", "not_full"),
            ("sheets[0].mandatory[0].code", "plain_code"),
            ("sheets[0].mandatory[0].most", "out_of_range"),
            ("sheets[1].levels", "twice"),
            ("sheets[1].items", "empty"),
        ];
        assert_eq!(told, wanted);
        assert_eq!(check("gone", &|_| None)[0].problem.code, "not_found");
    }
}
