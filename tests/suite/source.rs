//! Reads the project's own source for the tests that hold its shape: comments and test code taken out, literals apart.
use std::path::{Path, PathBuf};

/// One file under `src/`, as the tests look at it.
pub struct Source {
    /// Such as `src/cli/out.rs`.
    pub path: String,
    /// Code without comments and tests, every string literal empty.
    pub bare: String,
    /// The same with the literals in place.
    pub code: String,
    /// String literals outside tests, with their lines.
    pub strings: Vec<(usize, String)>,
}

impl Source {
    /// `src/cli/out.rs` is in `cli`; `src/main.rs` is in `main`.
    pub fn layer(&self) -> &str {
        let rest = self.path.trim_start_matches("src/");
        rest.split('/').next().unwrap().trim_end_matches(".rs")
    }

    /// The module path: `src/cli/cmd/mod.rs` is `["cli", "cmd"]`.
    pub fn module(&self) -> Vec<&str> {
        let rest = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        rest.trim_end_matches("/mod").split('/').filter(|part| *part != "lib" && *part != "main").collect()
    }

    /// Line number and text of every line of `bare` that contains `needle`.
    pub fn hits<'a>(&'a self, needle: &'a str) -> impl Iterator<Item = String> + 'a {
        let lines = self.bare.lines().enumerate().filter(move |(_, line)| line.contains(needle));
        lines.map(move |(at, line)| format!("{}:{}: {}", self.path, at + 1, line.trim()))
    }
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every `.rs` file below a folder of the project, sorted, paths relative to the project.
pub fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path.strip_prefix(root()).unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

/// Everything under `src/` except files that hold only tests.
pub fn sources() -> Vec<Source> {
    let is_test = |path: &Path| {
        let stem = path.file_stem().unwrap().to_string_lossy();
        stem == "tests" || path.iter().any(|part| part == "tests")
    };
    rust_files("src").into_iter().filter(|p| !is_test(p)).map(|p| read(&p)).collect()
}

fn read(path: &Path) -> Source {
    let text = std::fs::read_to_string(root().join(path)).unwrap();
    let Parts { bare, code, strings } = parts(&text);
    let tested = test_lines(&bare);
    let kept = |text: &str| {
        let lines = text.lines().enumerate().map(|(at, line)| if tested[at] { "" } else { line });
        lines.collect::<Vec<_>>().join("\n")
    };
    Source {
        path: path.to_string_lossy().into_owned(),
        strings: strings.into_iter().filter(|(line, _)| !tested[line - 1]).collect(),
        bare: kept(&bare),
        code: kept(&code),
    }
}

struct Parts {
    bare: String,
    code: String,
    strings: Vec<(usize, String)>,
}

/// Takes the text apart; line breaks stay where they are.
fn parts(text: &str) -> Parts {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut parts = Parts { bare: String::new(), code: String::new(), strings: Vec::new() };
    let (mut i, mut line) = (0, 1);
    while i < chars.len() {
        let end = if at(i) == '/' && at(i + 1) == '/' {
            (i..chars.len()).find(|&j| at(j) == '\n').unwrap_or(chars.len())
        } else if at(i) == '"' || raw_hashes(&chars, i).is_some() {
            let (from, to, end) = literal(&chars, i);
            let inner: String = chars[from..to].iter().collect();
            let breaks = inner.matches('\n').count();
            parts.bare.push_str(&format!("\"{}\"", "\n".repeat(breaks)));
            parts.code.push_str(&format!("\"{inner}\""));
            parts.strings.push((line, inner));
            line += breaks;
            end
        } else if at(i) == '\'' && (at(i + 1) == '\\' || at(i + 2) == '\'') {
            let end = (i + 3..chars.len()).find(|&j| at(j) == '\'' || at(j - 1) == '\'').unwrap_or(i + 2);
            let end = if at(i + 2) == '\'' && at(i + 1) != '\\' { i + 3 } else { end + 1 };
            parts.bare.push_str("' '");
            parts.code.push_str(&chars[i..end.min(chars.len())].iter().collect::<String>());
            end
        } else {
            parts.bare.push(at(i));
            parts.code.push(at(i));
            line += usize::from(at(i) == '\n');
            i + 1
        };
        i = end;
    }
    parts
}

/// How many `#` open a raw string here; `None` where none opens.
fn raw_hashes(chars: &[char], i: usize) -> Option<usize> {
    let part_of_name = i > 0 && (chars[i - 1].is_alphanumeric() || chars[i - 1] == '_') && chars[i - 1] != 'b';
    if chars[i] != 'r' || part_of_name {
        return None;
    }
    let hashes = chars[i + 1..].iter().take_while(|c| **c == '#').count();
    (chars.get(i + 1 + hashes) == Some(&'"')).then_some(hashes)
}

/// Where the inside of a literal begins and ends, and where the code goes on.
fn literal(chars: &[char], i: usize) -> (usize, usize, usize) {
    if let Some(hashes) = raw_hashes(chars, i) {
        let from = i + 2 + hashes;
        let closes = |j: &usize| chars[*j] == '"' && chars[j + 1..].iter().take(hashes).all(|c| *c == '#');
        let to = (from..chars.len()).find(closes).unwrap();
        return (from, to, to + 1 + hashes);
    }
    let mut to = i + 1;
    while chars[to] != '"' {
        to += if chars[to] == '\\' { 2 } else { 1 };
    }
    (i + 1, to, to + 1)
}

/// Which lines belong to an item under `#[cfg(test)]`.
fn test_lines(bare: &str) -> Vec<bool> {
    let lines: Vec<&str> = bare.lines().collect();
    let mut tested = vec![false; lines.len()];
    let mut at = 0;
    while at < lines.len() {
        if lines[at].trim() != "#[cfg(test)]" {
            at += 1;
            continue;
        }
        let (mut depth, mut opened) = (0, false);
        while at < lines.len() {
            tested[at] = true;
            for c in lines[at].chars() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                opened |= c == '{';
            }
            at += 1;
            if depth == 0 && (opened || lines[at - 1].trim_end().ends_with(';')) {
                break;
            }
        }
    }
    tested
}

#[test]
fn the_reader_takes_source_apart() {
    let text = "let a = \"x // \\\" y\"; // gone \"z\"\nlet b = '\"'; let c = '\\n'; fn d<'a>() {}\n#[cfg(test)]\nmod tests {\n  \"t\"\n}\nlet e = r#\"q\"q\"#;\n";
    let Parts { bare, code, strings } = parts(text);
    assert_eq!(bare.lines().next().unwrap(), "let a = \"\"; ");
    assert!(code.starts_with("let a = \"x // \\\" y\"; \n"));
    assert!(bare.contains("let b = ' '; let c = ' '; fn d<'a>() {}"), "{bare}");
    assert_eq!(strings, [(1, "x // \\\" y".into()), (5, "t".into()), (7, "q\"q".into())]);
    assert_eq!(test_lines(&bare), [false, false, true, true, true, true, false]);
}
