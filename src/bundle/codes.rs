//! National code lists as typed look-ups. The texts come from `data/codes`; this module opens no file.
use super::level_signs::LevelSigns;
use crate::model::{Code, Day, Level, Refusal, fold};
use std::collections::HashMap;

/// How names begin of units that belong to the whole of an autonomous region.
pub const WHOLE_REGION: &str = "自治区";

pub const MISSING: Code = Code("codes.missing");
pub const MALFORMED: Code = Code("codes.malformed");

/// The catalogue of a policy that names none: the occupations the program knows.
pub const CATALOGUE: &str = "occupations";

/// One occupation of the catalogue and the levels it is assessed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occupation {
    pub name: String,
    pub code: String,
    levels: u8,
}

impl Occupation {
    pub fn has(&self, level: Level) -> bool {
        self.levels & (1 << level.digit()) != 0
    }

    /// Lowest level first (5), as the catalogue lists them.
    pub fn levels(&self) -> impl Iterator<Item = Level> + '_ {
        Level::ALL.into_iter().filter(|level| self.has(*level))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    pub code: String,
    pub name: String,
    /// Code of the region above; empty for provinces.
    pub parent: String,
}

/// Days that differ from the plain week: `off` on a weekday, `work` on a weekend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayRule {
    pub from: Day,
    pub to: Day,
    pub works: Works,
    pub certainty: Certainty,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Works {
    Off,
    Work,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    Published,
    /// Expected; to be checked against the notice of the year.
    Provisional,
}

/// A list of accepted words: the official form, its code if it has one, other spellings.
#[derive(Debug, Clone, Default)]
pub struct Words {
    rows: Vec<(String, String)>,
    by_form: HashMap<String, usize>,
}

impl Words {
    /// The official form of a word; `None` when it is not in the list.
    pub fn official(&self, text: &str) -> Option<&str> {
        self.row(text).map(|(name, _)| name.as_str())
    }

    /// The national code of a word, where it has one.
    pub fn code(&self, text: &str) -> Option<&str> {
        self.row(text).map(|(_, code)| code.as_str()).filter(|code| !code.is_empty())
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|(name, _)| name.as_str())
    }

    fn row(&self, text: &str) -> Option<&(String, String)> {
        self.rows.get(*self.by_form.get(text)?)
    }

    fn add(&mut self, name: &str, code: &str, others: impl Iterator<Item = String>) -> Option<()> {
        let at = self.rows.len();
        self.rows.push((name.to_owned(), code.to_owned()));
        let fresh = self.by_form.insert(name.to_owned(), at).is_none_or(|before| before == at);
        others.filter(|o| !o.is_empty()).for_each(|other| {
            self.by_form.entry(other).or_insert(at);
        });
        fresh.then_some(())
    }
}

#[derive(Debug, Clone, Default)]
pub struct Codes {
    occupations: Vec<Occupation>,
    occupation_by: HashMap<String, usize>,
    regions: Vec<Region>,
    region_by: HashMap<String, usize>,
    pub ethnic_groups: Words,
    pub education: Words,
    /// Their code is the category of applicants they belong to, where they belong to one.
    pub sources: Words,
    pub days: Vec<DayRule>,
    licensed: Vec<(String, String)>,
    pub level_signs: LevelSigns,
}

impl Codes {
    /// Reads all lists. `text` gives the content of a file by its name, such as `occupations.csv`.
    pub fn load(text: &dyn Fn(&str) -> Option<String>) -> Result<Codes, Refusal> {
        Codes::with(CATALOGUE, text)
    }

    /// The same with the occupations of another catalogue, a file of the same form.
    pub fn with(catalogue: &str, text: &dyn Fn(&str) -> Option<String>) -> Result<Codes, Refusal> {
        let mut codes = Codes::default();
        rows(text, &format!("{catalogue}.csv"), 4, |cells| codes.add_occupation(cells))?;
        rows(text, "regions.csv", 3, |cells| codes.add_region(cells))?;
        rows(text, "ethnic-groups.csv", 2, |cells| {
            let [code, name] = cells else { return None };
            let short = name.strip_suffix('族').unwrap_or_default().to_owned();
            codes.ethnic_groups.add(name, code, [short, (*code).to_owned()].into_iter())
        })?;
        rows(text, "education.csv", 3, |cells| {
            let [name, code, others] = cells else { return None };
            codes.education.add(name, code, others.split('|').map(str::to_owned))
        })?;
        rows(text, "sources.csv", 3, |cells| {
            let [name, others, category] = cells else { return None };
            codes.sources.add(name, category, others.split('|').map(str::to_owned))
        })?;
        rows(text, "licensed-occupations.csv", 3, |cells| {
            let [name, code, _] = cells else { return None };
            codes.licensed.push(((*name).to_owned(), (*code).to_owned()));
            (!name.is_empty() && (code.is_empty() || is_occupation_code(code))).then_some(())
        })?;
        rows(text, "certificate-levels.csv", 5, |cells| codes.level_signs.add(cells))?;
        rows(text, "workdays.csv", 4, |cells| {
            codes.days.push(day_rule(cells)?);
            Some(())
        })?;
        Ok(codes)
    }

    pub fn occupations(&self) -> &[Occupation] {
        &self.occupations
    }

    /// By name or code.
    pub fn occupation(&self, name_or_code: &str) -> Option<&Occupation> {
        self.occupations.get(*self.occupation_by.get(name_or_code)?)
    }

    /// Whether an occupation may be held only with a licence (准入类), by its code or its name: the national list, for
    /// filings, which no policy governs. What a notice itself refuses stands in its `occupations.excluded`.
    pub fn is_licensed(&self, code: &str, name: &str) -> bool {
        self.licensed.iter().any(|(named, coded)| named == name || (!coded.is_empty() && coded == code))
    }

    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// By six-digit code, or by name where the name is that of one region only.
    pub fn region(&self, name_or_code: &str) -> Option<&Region> {
        self.regions.get(*self.region_by.get(name_or_code)?)
    }

    /// The smallest region that an address names, short forms of provinces included.
    pub fn region_of(&self, address: &str) -> Option<&Region> {
        if let Some(region) = self.region(address) {
            return Some(region);
        }
        let two = address.char_indices().nth(2).map_or(address.len(), |(at, _)| at);
        let short = address.get(..two).unwrap_or_default();
        let province = self.regions.iter().find(|r| r.parent.is_empty() && r.name.starts_with(short));
        let within = province.and_then(|p| p.code.get(..2)).unwrap_or_default();
        let named = self.regions.iter().filter(|r| r.code.starts_with(within) && address.contains(&r.name));
        named.max_by_key(|r| r.code.trim_end_matches("00").len()).or(province)
    }

    /// Whether an address begins with a region of the list, short forms such as `内蒙古` included.
    pub fn begins_with_region(&self, address: &str) -> bool {
        self.region(address).is_some()
            || self.regions.iter().any(|region| {
                let two = region.name.char_indices().nth(2).map_or(region.name.len(), |(at, _)| at);
                let short = region.name.get(..two).unwrap_or_default();
                address.starts_with(&region.name) || (region.parent.is_empty() && address.starts_with(short))
            })
    }

    fn add_occupation(&mut self, cells: &[&str]) -> Option<()> {
        let [_, name, code, levels] = cells else { return None };
        let mut set = 0u8;
        for digit in levels.chars() {
            let level = Level::try_from(u8::try_from(digit.to_digit(10)?).ok()?).ok()?;
            set |= 1 << level.digit();
        }
        if set == 0 || !is_occupation_code(code) {
            return None;
        }
        let at = self.occupations.len();
        self.occupations.push(Occupation { name: (*name).to_owned(), code: (*code).to_owned(), levels: set });
        let fresh = |by: &mut HashMap<String, usize>, key: &str| by.insert(key.to_owned(), at).is_none();
        (fresh(&mut self.occupation_by, name) && fresh(&mut self.occupation_by, code)).then_some(())
    }

    fn add_region(&mut self, cells: &[&str]) -> Option<()> {
        let [code, name, parent] = cells else { return None };
        if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let at = self.regions.len();
        let owned = |s: &&str| (*s).to_owned();
        self.regions.push(Region { code: owned(code), name: owned(name), parent: owned(parent) });
        self.region_by.entry(owned(name)).or_insert(at);
        self.region_by.insert(owned(code), at).is_none().then_some(())
    }
}

/// `4-12-01-01`
fn is_occupation_code(code: &str) -> bool {
    let parts: Vec<usize> = code.split('-').map(str::len).collect();
    parts == [1, 2, 2, 2] && code.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}

fn day_rule(cells: &[&str]) -> Option<DayRule> {
    let [from, to, works, certainty] = cells else { return None };
    let day = |text: &str| Day::parse_from_str(text, "%Y-%m-%d").ok();
    let works = match *works {
        "off" => Works::Off,
        "work" => Works::Work,
        _ => return None,
    };
    let certainty = match *certainty {
        "published" => Certainty::Published,
        "provisional" => Certainty::Provisional,
        _ => return None,
    };
    let rule = DayRule { from: day(from)?, to: day(to)?, works, certainty };
    (rule.from <= rule.to).then_some(rule)
}

/// Hands every row after the header to `take`, which answers `None` when a row makes no sense.
fn rows(
    text: &dyn Fn(&str) -> Option<String>,
    file: &str,
    width: usize,
    mut take: impl FnMut(&[&str]) -> Option<()>,
) -> Result<(), Refusal> {
    let Some(text) = text(file) else { return Err(Refusal::new(MISSING).with("file", file)) };
    for (at, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate().skip(1) {
        if line.trim().is_empty() {
            continue;
        }
        let cells: Vec<_> = line.split(',').map(fold::text).collect();
        let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
        let named = cells.iter().filter(|c| !c.is_empty()).count() > 0;
        if cells.len() != width || !named || take(&cells).is_none() {
            return Err(Refusal::new(MALFORMED).with("file", file).with("line", at + 1).with("value", line));
        }
    }
    Ok(())
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub fn embedded(name: &str) -> Option<String> {
        std::fs::read_to_string(format!("{}/data/codes/{name}", env!("CARGO_MANIFEST_DIR"))).ok()
    }

    #[test]
    fn the_lists_load_whole() {
        let codes = Codes::load(&embedded).unwrap();
        assert_eq!(codes.occupations().len(), 98);
        assert_eq!(codes.ethnic_groups.names().count(), 58);
        assert_eq!(codes.education.names().count(), 12);
        assert_eq!(codes.sources.names().count(), 23);
        assert!(codes.regions().iter().all(|r| r.parent.is_empty() || codes.region(&r.parent).is_some()));
        assert!(codes.days.iter().any(|d| d.works == Works::Work));
    }

    #[test]
    fn look_ups_take_names_and_codes() {
        let codes = Codes::load(&embedded).unwrap();
        let ranger = codes.occupation("护林员").unwrap();
        assert_eq!(codes.occupation("5-02-03-01"), Some(ranger));
        assert_eq!(ranger.levels().collect::<Vec<_>>(), [Level::Five, Level::Four, Level::Three]);
        assert!(!ranger.has(Level::One));
        assert_eq!(codes.ethnic_groups.official("蒙古"), Some("蒙古族"));
        assert_eq!(codes.ethnic_groups.code("维吾尔族"), Some("05"));
        assert_eq!(codes.education.official("大专"), Some("大学专科和专科学校"));
        assert_eq!(codes.region("乌审旗").unwrap().code, "150626");
        let of = |address| codes.region_of(address).map(|r| r.code.as_str());
        assert_eq!((of("内蒙古"), of("内蒙古鄂尔多斯市乌审旗嘎鲁图镇")), (Some("150000"), Some("150626")));
        assert_eq!((of("乌审旗政务服务中心"), of("河北省"), of("火星")), (Some("150626"), Some("130000"), None));
        assert!(codes.begins_with_region("内蒙古鄂尔多斯市") && codes.begins_with_region("乌审旗嘎鲁图镇"));
        assert!(!codes.begins_with_region("火星"));
    }

    #[test]
    fn a_bad_row_is_named_by_its_line() {
        let broken = |name: &str| match name {
            "occupations.csv" => Some("no,name,code,levels\n1,电工,6-31-01-03,54321\n2,宇航员,x,9\n".to_owned()),
            _ => embedded(name),
        };
        let refusal = Codes::load(&broken).unwrap_err();
        assert!(refusal.is(MALFORMED));
        assert_eq!(refusal.get("line"), Some(&crate::model::Datum::Int(3)));
        assert!(Codes::load(&|_| None).unwrap_err().is(MISSING));
    }
}
