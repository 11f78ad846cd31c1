//! One JSON file: an object for the organisation, a list of objects for each other part. Numbers and lists of words are
//! taken as text; what we wrote ourselves (`met`, `note`, `judged_by`) is passed over.
use super::parts::{PARTS, Part, place};
use super::raw::{Raw, RawCell, RawRow};
use super::{BAD_JSON, NO_ORGANISATION, NOT_OBJECT, TOO_LARGE, fault};
use crate::bundle::decode::Encoding;
use crate::bundle::read::MOST_IN_CELL;
use crate::bundle::row_fault::{Bad, Report, code};
use crate::bundle::sheet::{ENCODING, SheetFault};
use crate::model::Refusal;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Bytes that a file may have.
const MOST: u64 = 8 * 1024 * 1024;

/// Written by us beside what was filed.
const OURS: [&str; 3] = ["met", "note", "judged_by"];

struct Source<'a> {
    file: String,
    lines: HashMap<String, u64>,
    raw: &'a mut Raw,
}

pub fn read(path: &Path) -> Result<(Raw, Report), SheetFault> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST {
        return Err(Refusal::new(TOO_LARGE).with("megabytes", 8i64).into());
    }
    let text = std::str::from_utf8(&bytes).map_err(|e| {
        let before = bytes.get(..e.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|b| **b == b'\n').count() + 1;
        Refusal::new(ENCODING).with("line", line).with("encoding", Encoding::Utf8.name()).with("offset", before.len())
    })?;
    let text = text.trim_start_matches('\u{FEFF}');
    let value: Value = serde_json::from_str(text)
        .map_err(|e| Refusal::new(BAD_JSON).with("line", e.line()).with("column", e.column()))?;
    let Value::Object(object) = value else { return Err(Refusal::new(NOT_OBJECT).into()) };
    if !object.contains_key("organisation") {
        return Err(Refusal::new(NO_ORGANISATION).with("file", "organisation").into());
    }
    let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut raw = Raw::default();
    let mut source = Source { file, lines: lines(text), raw: &mut raw };
    for (name, value) in object {
        source.part(&name, value);
    }
    Ok((raw, Report::new("filing-json", Encoding::Utf8)))
}

impl Source<'_> {
    fn line(&self, path: &str) -> u64 {
        self.lines.get(path).copied().unwrap_or(1)
    }

    fn fault(&mut self, path: &str, value: &str, bad: Bad) {
        let line = self.line(path);
        self.raw.fault((&self.file, line, path), value, bad);
    }

    fn part(&mut self, name: &str, value: Value) {
        let Some((at, part)) = place(name).and_then(|at| Some((at, PARTS.get(at)?))) else {
            return self.fault(name, name, Bad::new(fault::UNKNOWN_PART));
        };
        match value {
            Value::Null => {}
            Value::Object(object) if at == 0 => self.row(name.to_owned(), (at, part), object),
            Value::Array(rows) if at > 0 => {
                for (n, value) in rows.into_iter().enumerate() {
                    let path = format!("{name}[{n}]");
                    match value {
                        Value::Object(object) => self.row(path, (at, part), object),
                        _ => self.fault(&path, "", Bad::new(fault::NOT_A_CELL)),
                    }
                }
            }
            _ => self.fault(name, "", Bad::new(fault::NOT_A_CELL)),
        }
    }

    fn row(&mut self, path: String, (at, part): (usize, &'static Part), object: Map<String, Value>) {
        let line = self.line(&path);
        let mut cells = Vec::new();
        for (name, value) in object {
            let heading = format!("{path}.{name}");
            let Some(key) = part.key(&name) else {
                if !OURS.contains(&name.as_str()) {
                    self.fault(&heading, "", Bad::new(fault::UNKNOWN_COLUMN));
                }
                continue;
            };
            match text(value) {
                Some(text) if text.len() > MOST_IN_CELL => {
                    self.fault(&heading, &text, Bad::new(code::TOO_LONG).with("expected", MOST_IN_CELL));
                }
                Some(text) => cells.push(RawCell { key, line: self.line(&heading), heading, text }),
                None => self.fault(&heading, "", Bad::new(fault::NOT_A_CELL)),
            }
        }
        let row = RawRow { file: self.file.clone(), line, cells, path: format!("{path}.") };
        self.raw.push(at, row);
    }
}

/// A cell: text, a number, nothing, or a list of words.
fn text(value: Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(words) => {
            let words: Option<Vec<_>> = words.iter().map(Value::as_str).collect();
            Some(words?.join("、"))
        }
        Value::Bool(_) | Value::Object(_) => None,
    }
}

struct Frame {
    path: String,
    key: String,
    /// Inside a list: which.
    index: Option<usize>,
    /// The next text is a key.
    key_next: bool,
}

impl Frame {
    fn here(&self) -> String {
        match self.index {
            Some(n) => format!("{}[{n}]", self.path),
            None if self.path.is_empty() => self.key.clone(),
            None => format!("{}.{}", self.path, self.key),
        }
    }
}

/// The line on which each value begins, by its path. The text is JSON already.
fn lines(text: &str) -> HashMap<String, u64> {
    let mut found = HashMap::new();
    let mut stack: Vec<Frame> = Vec::new();
    let (mut line, mut chars) = (1, text.chars());
    while let Some(c) = chars.next() {
        let here = stack.last().map(Frame::here).unwrap_or_default();
        match c {
            '\n' => line += 1,
            '{' | '[' => {
                found.entry(here.clone()).or_insert(line);
                let index = (c == '[').then_some(0);
                stack.push(Frame { path: here, key: String::new(), index, key_next: c == '{' });
            }
            '}' | ']' => drop(stack.pop()),
            '"' => {
                let word = word(&mut chars);
                match stack.last_mut().filter(|frame| frame.key_next) {
                    Some(frame) => frame.key = word,
                    None => drop(found.entry(here).or_insert(line)),
                }
            }
            ',' => {
                if let Some(frame) = stack.last_mut() {
                    frame.key_next = frame.index.is_none();
                    frame.index = frame.index.map(|n| n + 1);
                }
            }
            ':' => stack.iter_mut().last().into_iter().for_each(|frame| frame.key_next = false),
            c if c.is_whitespace() => {}
            _ => drop(found.entry(here).or_insert(line)),
        }
    }
    found
}

/// Up to the closing quote, escapes as they stand.
fn word(chars: &mut std::str::Chars<'_>) -> String {
    let mut word = String::new();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => {
                word.push(c);
                word.extend(chars.next());
            }
            c => word.push(c),
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_value_knows_its_line() {
        let text =
            "{\n \"a\": {\n \"b\": 1, \"c\":\n \"x,{\\\"\"},\n \"d\": [\n {\"e\": null},\n {\"e\": [1,\n 2]}\n ]\n}";
        let found = lines(text);
        let expected = [("a", 2), ("a.b", 3), ("a.c", 4), ("d", 5), ("d[0].e", 6), ("d[1].e", 7), ("d[1].e[1]", 8)];
        for (path, line) in expected {
            assert_eq!(found.get(path), Some(&line), "{path}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_scanned_without_panic(text in "[\\[\\]{}\",:a\\\\\n ]{0,40}") {
            lines(&text);
        }
    }
}
