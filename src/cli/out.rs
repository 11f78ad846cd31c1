//! Data on standard output, words on standard error. A closed pipe ends quietly.
use super::exit::Exit;
use crate::model::{OpNo, clean};
use crate::ops::Error;
use crate::text::width::{pad_left, pad_right, width};
use crate::text::{Locale, explain_after};
use serde::Serialize;
use serde_json::json;
use std::io::{IsTerminal, Write};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Aligned columns for people.
    Table,
    /// Tab-separated, for simple scripts and screen readers.
    Plain,
    Json,
}

pub struct Out {
    pub locale: Locale,
    pub form: Form,
    pub quiet: bool,
}

/// One column of a table: the locale key of its heading, and its side.
#[derive(Debug, Clone, Copy)]
pub enum Col {
    Left(&'static str),
    Right(&'static str),
}

impl Col {
    fn key(self) -> &'static str {
        match self {
            Col::Left(key) | Col::Right(key) => key,
        }
    }
}

/// What is wrong with the arguments, which come back in it.
pub fn usage(error: &clap::Error) {
    let plain = error.render().to_string();
    // Colours are escape sequences too: where the arguments hide some of their own, there are none.
    if clean::is_hiding(&plain) {
        let _ = write!(std::io::stderr().lock(), "{}", clean::visible_lines(&plain));
    } else {
        let _ = error.print();
    }
}

impl Out {
    pub fn is_json(&self) -> bool {
        self.form == Form::Json
    }

    /// A line of data.
    pub fn line(&self, text: &str) {
        let _ = writeln!(std::io::stdout().lock(), "{}", clean::visible(text));
    }

    /// Text as it is, for files sent to standard output; a terminal obeys nothing of it.
    pub fn raw(&self, bytes: &[u8]) {
        let mut out = std::io::stdout().lock();
        let shown = match std::str::from_utf8(bytes) {
            Ok(text) if out.is_terminal() => clean::visible_lines(text).into_owned().into_bytes(),
            _ => bytes.to_vec(),
        };
        let _ = out.write_all(&shown).and_then(|()| out.flush());
    }

    pub fn json<T: Serialize>(&self, value: &T) {
        if let Ok(text) = serde_json::to_string_pretty(value) {
            let _ = writeln!(std::io::stdout().lock(), "{}", clean::escaped(&text));
        }
    }

    /// Words for people, on standard error.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            let _ = writeln!(std::io::stderr().lock(), "{}", clean::visible_lines(text));
        }
    }

    /// The words of `key`, on standard error.
    pub fn say(&self, key: &str, args: &[(&str, &str)]) {
        self.note(&self.locale.say(key, args));
    }

    /// `value` as JSON, or the rows as a table.
    pub fn table<T: Serialize>(&self, value: &T, columns: &[Col], rows: &[Vec<String>]) {
        match self.form {
            Form::Json => self.json(value),
            Form::Plain => {
                for row in rows {
                    // Each cell by itself: the tab between them is ours.
                    let cells: Vec<_> = row.iter().map(|cell| clean::visible(cell)).collect();
                    let _ = writeln!(std::io::stdout().lock(), "{}", cells.join("\t"));
                }
            }
            Form::Table => self.aligned(columns, rows),
        }
    }

    fn aligned(&self, columns: &[Col], rows: &[Vec<String>]) {
        let clean: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| clean::visible(cell).into_owned()).collect()).collect();
        let widths: Vec<usize> = columns
            .iter()
            .enumerate()
            .map(|(i, col)| {
                let cells = clean.iter().filter_map(|row| row.get(i)).map(|cell| width(cell));
                cells.chain([width(self.locale.word(col.key()))]).max().unwrap_or(0)
            })
            .collect();
        let print = |cells: &mut dyn Iterator<Item = &str>| {
            let padded: Vec<_> = cells
                .zip(columns.iter().zip(&widths))
                .map(|(cell, (col, width))| match col {
                    Col::Left(_) => pad_right(cell, *width),
                    Col::Right(_) => pad_left(cell, *width),
                })
                .collect();
            let _ = writeln!(std::io::stdout().lock(), "{}", padded.join("  ").trim_end());
        };
        print(&mut columns.iter().map(|c| self.locale.word(c.key())));
        for row in &clean {
            print(&mut row.iter().map(String::as_str));
        }
    }

    /// Says what went wrong; gives the exit status.
    pub fn fail(&self, error: &Error) -> Exit {
        self.fail_after(error, None)
    }

    /// The same where something was saved before it.
    pub fn fail_after(&self, error: &Error, saved: Option<OpNo>) -> Exit {
        let message = explain_after(&self.locale, error, saved);
        let mut err = std::io::stderr().lock();
        let _ = match self.form {
            Form::Json => writeln!(err, "{}", clean::escaped(&json!({ "error": message }).to_string())),
            Form::Table | Form::Plain => {
                let hints: String = message.hints.iter().map(|h| format!("\n  {h}")).collect();
                writeln!(err, "{}{}", clean::visible_lines(&message.message), clean::visible_lines(&hints))
            }
        };
        Exit::of(error)
    }
}
