//! Errors as messages: what is wrong, and what to do about it.
use super::Locale;
use crate::model::{Datum, OpNo};
use crate::ops::policies::Problem;
use crate::ops::{Error, PolicyFault, StoreFault};
use serde::Serialize;

/// A message in the locale's words. `code` stays stable across languages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    pub code: String,
    pub message: String,
    pub hints: Vec<String>,
}

pub fn explain(locale: &Locale, error: &Error) -> Message {
    match error {
        Error::Refused(refusal) => {
            let code = refusal.code.0;
            let mut data = refusal.data.clone();
            if let Some(Datum::Int(minutes)) = refusal.get("minutes") {
                data.push(("left", Datum::Text(super::door::left(locale, *minutes))));
            }
            if let Some(Datum::Int(seconds)) = refusal.get("seconds") {
                data.push(("wait", Datum::Text(super::wait(locale, *seconds))));
            }
            let mut message = with_code(code, locale.say_data(&format!("refusal.{code}"), &data));
            let hint = format!("hint.{code}");
            if locale.has(&hint) {
                message.hints.push(locale.say_data(&hint, &refusal.data));
            }
            message
        }
        Error::Rejected(report) => {
            let refused = report.counts.refused.to_string();
            let mut message = with_code("import.rejected", locale.say("error.rejected", &[("refused", &refused)]));
            message.hints.push(locale.word("hint.rejected").to_owned());
            message
        }
        Error::Policy(faults) => {
            let lines: Vec<_> = faults.iter().map(|f| policy_fault(locale, f)).collect();
            with_code("policy.fault", format!("{}\n{}", locale.word("error.policy"), lines.join("\n")))
        }
        Error::File { path, source } => {
            let (path, cause) = (path.display().to_string(), io_cause(locale, source));
            with_code("file", locale.say("error.file", &[("path", &path), ("cause", &cause)]))
        }
        Error::Content { path, code } => {
            let path = path.display().to_string();
            with_code(code.0, locale.say(&format!("file_fault.{}", code.0), &[("path", &path)]))
        }
        Error::Store(fault) => store(locale, fault),
        Error::Unknown { op_id, fault } => {
            let fault = fault.to_string();
            with_code("store.unknown", locale.say("error.unknown", &[("id", op_id), ("fault", &fault)]))
        }
        Error::Cancelled => with_code("cancelled", locale.word("error.cancelled").to_owned()),
    }
}

/// The same where something was saved before it: nobody is told that nothing was.
pub fn explain_after(locale: &Locale, error: &Error, saved: Option<OpNo>) -> Message {
    let mut message = explain(locale, error);
    let Some(op) = saved.map(|op| op.to_string()) else { return message };
    match error {
        Error::Store(_) => {
            let cause = cause(locale, error);
            message.message = locale.say("error.later", &[("op", &op), ("cause", &cause)]);
        }
        Error::File { .. } | Error::Content { .. } | Error::Unknown { .. } => {
            message.hints.push(locale.say("error.before", &[("op", &op)]));
        }
        Error::Refused(_) | Error::Rejected(_) | Error::Policy(_) | Error::Cancelled => {}
    }
    message
}

/// Why, with no word of what is saved and what is not.
pub fn cause(locale: &Locale, error: &Error) -> String {
    let message = explain(locale, error);
    let Error::Store(fault) = error else { return message.message };
    let what = match fault {
        StoreFault::Io(what) | StoreFault::Constraint(what) | StoreFault::Other(what) => what.as_str(),
        _ => "",
    };
    let key = format!("error.cause.{}", message.code.trim_start_matches("store."));
    if locale.has(&key) { locale.say(&key, &[("what", what)]) } else { message.message }
}

/// What is wrong with a cell and how to mend it.
pub fn fault_words(locale: &Locale, fault: &crate::bundle::row_fault::RowFault) -> String {
    let mut data = fault.data.clone();
    let line = i64::try_from(fault.line).unwrap_or(i64::MAX);
    data.extend([
        ("value", Datum::Text(fault.value.clone())),
        ("column", Datum::Text(fault.column.clone())),
        ("line", Datum::Int(line)),
    ]);
    let (own, refusal) = (format!("fault.{}", fault.code.0), format!("refusal.{}", fault.code.0));
    // What an operation refuses has its words already.
    locale.say_data(if locale.has(&own) || !locale.has(&refusal) { &own } else { &refusal }, &data)
}

/// Where and what, in one line.
/// What is odd about a notice.
pub fn policy_note(locale: &Locale, note: &Problem) -> String {
    locale.say_data(&format!("policy_note.{}", note.code), &note.data)
}

pub fn policy_fault(locale: &Locale, fault: &PolicyFault) -> String {
    let what = locale.say_data(&fault.problem.key(), &fault.problem.data);
    format!("{}:{}:{} {}: {what}", fault.file, fault.line, fault.column, fault.field)
}

fn store(locale: &Locale, fault: &StoreFault) -> Message {
    let (code, args): (&str, Vec<(&str, String)>) = match fault {
        StoreFault::Busy => ("busy", vec![]),
        StoreFault::TooNew { found, known } => {
            ("too_new", vec![("found", found.to_string()), ("known", known.to_string())])
        }
        StoreFault::Corrupt(what) => ("corrupt", vec![("what", what.clone())]),
        StoreFault::Full => ("full", vec![]),
        StoreFault::Io(what) | StoreFault::Unwritten(what) => ("io", vec![("what", what.clone())]),
        StoreFault::ReadOnly => ("read_only", vec![]),
        StoreFault::Missing(path) => ("missing", vec![("path", path.clone())]),
        StoreFault::OldSqlite(version) => ("old_sqlite", vec![("version", version.clone())]),
        StoreFault::Constraint(what) => ("constraint", vec![("what", what.clone())]),
        StoreFault::Other(what) => ("other", vec![("what", what.clone())]),
    };
    let args: Vec<_> = args.iter().map(|(n, v)| (*n, v.as_str())).collect();
    with_code(&format!("store.{code}"), locale.say(&format!("error.store.{code}"), &args))
}

fn io_cause(locale: &Locale, source: &std::io::Error) -> String {
    use std::io::ErrorKind as K;
    let key = match source.kind() {
        K::NotFound => "error.io.not_found",
        K::PermissionDenied => "error.io.permission",
        K::AlreadyExists => "error.io.exists",
        K::StorageFull | K::QuotaExceeded | K::FileTooLarge => "error.io.full",
        _ => return source.to_string(),
    };
    locale.word(key).to_owned()
}

fn with_code(code: &str, message: String) -> Message {
    Message { code: code.to_owned(), message, hints: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Assets;
    use crate::text::Lang;

    #[test]
    fn after_something_was_saved_nobody_is_told_that_nothing_was() {
        let (locale, _) = Locale::load(&Assets::new(None), Lang::Chinese);
        let faults = || [StoreFault::Full, StoreFault::Io("EIO".into()), StoreFault::Other("x".into())];
        for error in faults().map(Error::Store) {
            assert!(explain_after(&locale, &error, None).message.contains("未保存"));
            let message = explain_after(&locale, &error, Some(OpNo(7))).message;
            assert!(message.contains("操作 7 已保存") && !message.contains("未保存"), "{message}");
            assert!(!cause(&locale, &error).contains("未保存"));
        }
    }
}
