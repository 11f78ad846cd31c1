//! From policy files to a typed [`Policy`] and the text that is pinned with it.
use super::fault::{MISSING_FIELD, Problem, UNKNOWN_CHOICE, UNKNOWN_FIELD, WRONG_TYPE};
use super::source::{self, Lookup, Path, Source, Step};
use super::{Policy, sense};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use toml::de::DeTable;
use toml::{Table, Value};

pub use super::fault::PolicyFault;

/// A policy as it is adopted: pinned by its text, named by the digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    pub policy: Policy,
    /// Canonical TOML, keys in order, nothing inherited any more.
    pub text: String,
    /// SHA-256 of `text` in lower-case hexadecimal.
    pub digest: String,
}

/// Which names of other files there are; a policy that uses another one has a fault.
pub struct Names<'a> {
    pub catalogue: &'a dyn Fn(&str) -> bool,
    pub rules: &'a dyn Fn(&str) -> bool,
    pub acts: &'a dyn Fn(&str) -> bool,
}

impl Names<'static> {
    /// Where nobody can say which files there are.
    pub const ANY: Names<'static> = Names { catalogue: &|_| true, rules: &|_| true, acts: &|_| true };
}

/// Reads `code` through `lookup`, which gives the text of a policy file by its code. The first fault stops it.
pub fn load(code: &str, lookup: Lookup<'_>) -> Result<Adopted, PolicyFault> {
    load_with(code, lookup, &Names::ANY)
}

pub fn load_with(code: &str, lookup: Lookup<'_>, names: &Names<'_>) -> Result<Adopted, PolicyFault> {
    adopt(judge(code, lookup, names))
}

/// Every fault that can be found in `code` and what it inherits.
pub fn check(code: &str, lookup: Lookup<'_>) -> Vec<PolicyFault> {
    check_with(code, lookup, &Names::ANY)
}

pub fn check_with(code: &str, lookup: Lookup<'_>, names: &Names<'_>) -> Vec<PolicyFault> {
    judge(code, lookup, names).err().unwrap_or_default()
}

/// Reads a text made by [`load`] again.
pub fn from_text(text: &str) -> Result<Adopted, PolicyFault> {
    adopt(source::read("", text).and_then(|source| typed(source, &any_names)))
}

/// Reads the pinned text of a batch. What the policy files did not have when it was pinned comes from today's `base`, so
/// that a batch of an earlier version can still be worked in; what it has, stands.
pub fn from_pinned(code: &str, text: &str, lookup: Lookup<'_>) -> Result<Policy, PolicyFault> {
    adopt(source::pinned(code, text, lookup).and_then(|source| typed(source, &any_names))).map(|adopted| adopted.policy)
}

fn judge(code: &str, lookup: Lookup<'_>, names: &Names<'_>) -> Result<Read, Vec<PolicyFault>> {
    let source = source::resolve(code, lookup)?;
    let named = sense::named(&source, code);
    let read = typed(source, &|policy| sense::faults(policy, names));
    match (read, named) {
        (Ok(read), None) => Ok(read),
        (Ok(_), Some(fault)) => Err(vec![fault]),
        (Err(faults), named) => Err(faults.into_iter().chain(named).collect()),
    }
}

/// A policy with its canonical text.
type Read = (Policy, String);

/// What makes no sense in a value that could be read.
pub(super) type Sense<'a, T> = &'a dyn Fn(&T) -> Vec<(Path, Problem)>;

fn any_names(policy: &Policy) -> Vec<(Path, Problem)> {
    sense::faults(policy, &Names::ANY)
}

fn adopt(read: Result<Read, Vec<PolicyFault>>) -> Result<Adopted, PolicyFault> {
    match read {
        Ok((policy, text)) => {
            let digest = Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
            Ok(Adopted { policy, text, digest })
        }
        Err(faults) => Err(faults.into_iter().next().unwrap_or_else(|| PolicyFault {
            file: String::new(),
            line: 0,
            column: 0,
            field: String::new(),
            problem: Problem::new(WRONG_TYPE).word("expected", "policy_type.table"),
        })),
    }
}

/// Takes out each value that cannot be read and tries again, so that one pass names all of them.
pub(super) fn typed<T: DeserializeOwned>(source: Source, sense: Sense<'_, T>) -> Result<(T, String), Vec<PolicyFault>> {
    let mut table = source.table.clone();
    let mut faults = Vec::new();
    let mut removed: Vec<Path> = Vec::new();
    let read = loop {
        let text = toml::to_string(&table).unwrap_or_default();
        let error = match toml::from_str::<T>(&text) {
            Ok(read) => break Some((read, text)),
            Err(error) => error,
        };
        let path = hole(&table, locate(&text, &error), error.message());
        let (path, problem) = explain(&path, error.message());
        let missing = problem.code == MISSING_FIELD;
        // What is left of a value after a part of it was taken out is no fault of the file.
        if !(hollow(&removed, &path) || missing && removed.contains(&path)) {
            faults.push(source.fault(&path, problem));
        }
        // A table with a hole is read no further: the whole group goes, so that the others are still looked at.
        let cut = if missing { Path(path.0.iter().take(group(&path)).cloned().collect()) } else { last_key(path) };
        if !remove(&mut table, &cut) {
            break None;
        }
        removed.push(cut);
    };
    if let Some((value, _)) = &read {
        let found = sense(value).into_iter().filter(|(path, _)| !hollow(&removed, path));
        faults.extend(found.map(|(path, problem)| source.fault(&path, problem)));
    }
    match read {
        Some(read) if faults.is_empty() => Ok(read),
        _ => Err(faults),
    }
}

/// Whether a part of this value was taken out before.
fn hollow(removed: &[Path], path: &Path) -> bool {
    removed.iter().any(|gone| gone.0.len() > path.0.len() && gone.0.starts_with(&path.0))
}

/// How many steps name the group that a value belongs to: one, or the branch of a rule set.
fn group(path: &Path) -> usize {
    match path.0.first() {
        Some(Step::Key(key)) if key == "branches" => 2,
        _ => 1,
    }
}

/// The path of the value that an error of the canonical text points at.
fn locate(text: &str, error: &toml::de::Error) -> Path {
    let (Some(span), Ok(table)) = (error.span(), DeTable::parse(text)) else { return Path::default() };
    let spots = source::spots(table.get_ref());
    let exact = spots.iter().find(|s| s.key == span || s.value == span);
    let around = || {
        let holding = spots.iter().filter(|s| s.value.start <= span.start && span.end <= s.value.end);
        holding.min_by_key(|s| s.value.len())
    };
    exact.or_else(around).map(|s| s.path.clone()).unwrap_or_default()
}

/// For a list whose element lacks a field, the path of the first element that does; the reader names only the list.
fn hole(table: &Table, path: Path, message: &str) -> Path {
    let (true, Some(name)) = (message.starts_with("missing field"), message.split('`').nth(1)) else { return path };
    let lacking = |list: &Vec<Value>| list.iter().position(|v| v.as_table().is_some_and(|t| !t.contains_key(name)));
    match value(table, &path.0).and_then(Value::as_array).and_then(lacking) {
        Some(index) => path.index(index),
        None => path,
    }
}

fn value<'t>(table: &'t Table, steps: &[Step]) -> Option<&'t Value> {
    let (Step::Key(first), rest) = steps.split_first()? else { return None };
    rest.iter().try_fold(table.get(first)?, |at, step| match step {
        Step::Key(key) => at.get(key),
        Step::Index(index) => at.get(*index),
    })
}

/// Turns a message of the reader into a code and data; a missing field is named by the path it should have.
fn explain(path: &Path, message: &str) -> (Path, Problem) {
    let mut quoted = message.split('`').skip(1).step_by(2);
    if message.starts_with("missing field") {
        let name = quoted.next().unwrap_or_default();
        return (path.key(name), Problem::new(MISSING_FIELD).with("name", name));
    }
    if message.starts_with("unknown field") {
        let name = quoted.next().unwrap_or_default();
        let path = match path.0.last() {
            Some(Step::Key(key)) if key == name => path.clone(),
            _ => path.key(name),
        };
        let known = quoted.collect::<Vec<_>>().join(", ");
        return (path, Problem::new(UNKNOWN_FIELD).with("name", name).with("known", known));
    }
    if message.starts_with("unknown variant") {
        let value = quoted.next().unwrap_or_default();
        let choices = quoted.collect::<Vec<_>>().join(", ");
        return (path.clone(), Problem::new(UNKNOWN_CHOICE).with("value", value).with("choices", choices));
    }
    (path.clone(), Problem::new(WRONG_TYPE).word("expected", expected(message)))
}

/// Locale key of the kind of value that was expected.
fn expected(message: &str) -> &'static str {
    const KINDS: [(&str, &str); 9] = [
        ("a boolean", "policy_type.boolean"),
        ("a string", "policy_type.string"),
        ("a sequence", "policy_type.list"),
        ("a date", "policy_type.date"),
        ("datetime", "policy_type.date"),
        ("points", "policy_type.points"),
        ("variant of untagged", "policy_type.points"),
        ("struct", "policy_type.table"),
        ("map", "policy_type.table"),
    ];
    if message.contains("no level") {
        return "policy_type.level";
    }
    let wanted = message.rsplit_once("expected").map_or(message, |(_, wanted)| wanted);
    let kind = KINDS.iter().find(|(sign, _)| wanted.to_lowercase().contains(sign));
    kind.map_or("policy_type.integer", |(_, key)| key)
}

/// The path up to its last key: an element cannot leave its list without moving the others.
fn last_key(mut path: Path) -> Path {
    while matches!(path.0.last(), Some(Step::Index(_))) {
        path.0.pop();
    }
    path
}

/// Whether there was something to remove.
fn remove(table: &mut Table, path: &Path) -> bool {
    let Some((Step::Key(last), above)) = path.0.split_last() else { return false };
    let Some((first, rest)) = above.split_first() else { return table.remove(last).is_some() };
    let Step::Key(first) = first else { return false };
    let mut at = table.get_mut(first);
    for step in rest {
        at = match (at, step) {
            (Some(Value::Table(t)), Step::Key(key)) => t.get_mut(key),
            (Some(Value::Array(list)), Step::Index(index)) => list.get_mut(*index),
            _ => None,
        };
    }
    at.and_then(Value::as_table_mut).is_some_and(|t| t.remove(last).is_some())
}

#[cfg(test)]
mod tests;
