//! The files of one policy, merged along `inherits`, with the place each value came from.
//!
//! Tables are merged by key; anything else, lists too, is replaced as a whole.
use super::fault::{HIDDEN, INHERITS_LOOP, NOT_FOUND, PolicyFault, Problem, SYNTAX, WRONG_TYPE};
use crate::model::clean;
use std::collections::BTreeMap;
use std::fmt;
use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Key(String),
    Index(usize),
}

/// Where a value stands inside a policy, such as `sessions[1].end`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(pub Vec<Step>);

impl Path {
    pub fn key(&self, key: &str) -> Path {
        self.and(Step::Key(key.to_owned()))
    }

    pub fn index(&self, index: usize) -> Path {
        self.and(Step::Index(index))
    }

    pub fn parent(&self) -> Option<Path> {
        let (_, rest) = self.0.split_last()?;
        Some(Path(rest.to_vec()))
    }

    fn and(&self, step: Step) -> Path {
        let mut steps = self.0.clone();
        steps.push(step);
        Path(steps)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().enumerate().try_for_each(|(at, step)| match step {
            Step::Key(key) if at == 0 => f.write_str(key),
            Step::Key(key) => write!(f, ".{key}"),
            Step::Index(index) => write!(f, "[{index}]"),
        })
    }
}

#[derive(Debug, Clone)]
struct Place {
    file: String,
    line: usize,
    column: usize,
}

#[derive(Debug, Default)]
pub struct Source {
    pub table: Table,
    places: BTreeMap<Path, Place>,
    file: String,
}

impl Source {
    /// A fault at the value, or at the nearest table above it when it is not written down.
    pub fn fault(&self, path: &Path, problem: Problem) -> PolicyFault {
        let mut at = Some(path.clone());
        let place = loop {
            match at {
                None => break None,
                Some(path) => match self.places.get(&path) {
                    Some(place) => break Some(place),
                    None => at = path.parent(),
                },
            }
        };
        let (file, line, column) = match place {
            Some(place) => (place.file.clone(), place.line, place.column),
            None => (self.file.clone(), 1, 1),
        };
        PolicyFault { file, line, column, field: path.to_string(), problem }
    }

    fn overlay(&mut self, upper: Source) {
        merge(&mut self.table, upper.table);
        self.places.extend(upper.places);
        self.file = upper.file;
    }
}

fn merge(base: &mut Table, upper: Table) {
    for (key, value) in upper {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => merge(below, above),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

/// Reads `code` and everything it inherits, the furthest ancestor first.
pub fn resolve(code: &str, lookup: Lookup<'_>) -> Result<Source, Vec<PolicyFault>> {
    let mut chain: Vec<Source> = Vec::new();
    let mut next = code.to_owned();
    loop {
        let heir = |problem: Problem| match chain.last() {
            Some(heir) => heir.fault(&Path::default().key("inherits"), problem),
            None => PolicyFault { file: code.to_owned(), line: 0, column: 0, field: String::new(), problem },
        };
        if chain.iter().any(|s| s.file == next) {
            return Err(vec![heir(Problem::new(INHERITS_LOOP).with("name", next.as_str()))]);
        }
        let Some(text) = lookup(&next) else {
            return Err(vec![heir(Problem::new(NOT_FOUND).with("name", next.as_str()))]);
        };
        let mut source = read(&next, &text)?;
        let inherits = source.table.remove("inherits");
        let parent = match inherits {
            None => None,
            Some(Value::String(name)) => Some(name),
            Some(_) => {
                let problem = Problem::new(WRONG_TYPE).word("expected", "policy_type.string");
                return Err(vec![source.fault(&Path::default().key("inherits"), problem)]);
            }
        };
        chain.push(source);
        match parent {
            Some(name) => next = name,
            None => break,
        }
    }
    let mut whole = Source::default();
    chain.into_iter().rev().for_each(|source| whole.overlay(source));
    Ok(whole)
}

/// A text without heritage, laid over today's `base`.
pub fn pinned(code: &str, text: &str, lookup: Lookup<'_>) -> Result<Source, Vec<PolicyFault>> {
    let upper = read(code, text)?;
    let Some(base) = lookup(BASE) else { return Ok(upper) };
    let mut whole = read(BASE, &base)?;
    whole.overlay(upper);
    Ok(whole)
}

/// What every notice starts from.
const BASE: &str = "base";

/// One file by itself.
pub fn read(file: &str, text: &str) -> Result<Source, Vec<PolicyFault>> {
    let (parsed, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors.iter().map(|e| syntax(file, text, e)).collect());
    }
    let table: Table = toml::from_str(text).map_err(|e| vec![syntax(file, text, &e)])?;
    let mut places = BTreeMap::new();
    for spot in spots(parsed.get_ref()) {
        let (line, column) = line_and_column(text, spot.key.start);
        places.insert(spot.path, Place { file: file.to_owned(), line, column });
    }
    let source = Source { table, places, file: file.to_owned() };
    match hidden(&source, text) {
        Some(fault) => Err(vec![fault]),
        None => Ok(source),
    }
}

/// A character that nobody sees, written as it is or as an escape: what is read must be what is done.
fn hidden(source: &Source, text: &str) -> Option<PolicyFault> {
    let problem = |c: char| Problem::new(HIDDEN).with("value", format!("U+{:04X}", u32::from(c)));
    let odd = |c: char| clean::is_unsafe(c) && !matches!(c, '\n' | '\r' | '\t');
    if let Some((at, c)) = text.char_indices().find(|(at, c)| odd(*c) && (*at > 0 || *c != '\u{FEFF}')) {
        let (line, column) = line_and_column(text, at);
        return Some(PolicyFault {
            file: source.file.clone(),
            line,
            column,
            field: String::new(),
            problem: problem(c),
        });
    }
    let mut left: Vec<(Path, &Value)> =
        source.table.iter().map(|(key, value)| (Path::default().key(key), value)).collect();
    while let Some((path, value)) = left.pop() {
        let name = match path.0.last() {
            Some(Step::Key(key)) => key.as_str(),
            _ => "",
        };
        let own = value.as_str().unwrap_or_default();
        if let Some(c) = name.chars().chain(own.chars()).find(|c| odd(*c)) {
            return Some(source.fault(&path, problem(c)));
        }
        match value {
            Value::Table(table) => left.extend(table.iter().map(|(key, value)| (path.key(key), value))),
            Value::Array(all) => left.extend(all.iter().enumerate().map(|(n, value)| (path.index(n), value))),
            _ => {}
        }
    }
    None
}

fn syntax(file: &str, text: &str, error: &toml::de::Error) -> PolicyFault {
    let (line, column) = line_and_column(text, error.span().map_or(0, |s| s.start));
    let problem = Problem::new(SYNTAX).with("detail", error.message());
    PolicyFault { file: file.to_owned(), line, column, field: String::new(), problem }
}

fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset.min(text.len())).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let last = before.rsplit('\n').next().unwrap_or_default();
    (line, last.chars().count() + 1)
}

/// One value of a parsed text: where its key and the value itself stand, in bytes.
pub struct Spot {
    pub path: Path,
    /// The same as `value` for an element of a list.
    pub key: std::ops::Range<usize>,
    pub value: std::ops::Range<usize>,
}

pub fn spots(table: &DeTable<'_>) -> Vec<Spot> {
    let mut out = Vec::new();
    walk(table, &Path::default(), &mut out);
    out
}

fn walk(table: &DeTable<'_>, above: &Path, out: &mut Vec<Spot>) {
    for (key, value) in table.iter() {
        let path = above.key(key.get_ref());
        out.push(Spot { path: path.clone(), key: key.span(), value: value.span() });
        descend(value.get_ref(), &path, out);
    }
}

fn descend(value: &DeValue<'_>, path: &Path, out: &mut Vec<Spot>) {
    match value {
        DeValue::Table(table) => walk(table, path, out),
        DeValue::Array(list) => {
            for (index, item) in list.iter().enumerate() {
                let path = path.index(index);
                out.push(Spot { path: path.clone(), key: item.span(), value: item.span() });
                descend(item.get_ref(), &path, out);
            }
        }
        _ => {}
    }
}
