//! Closing and archiving in words, for both faces.
use super::Locale;
use super::history::in_fours;
use crate::ops::archive::{Answer, Finding, Lack, Looked, Reading};
use crate::ops::batch::Stop;

/// `成绩未齐：3`
pub fn stop(locale: &Locale, stop: &Stop) -> String {
    let key = format!("closing.{}", stop.code);
    locale.say("closing.line", &[("what", locale.word(&key)), ("count", &stop.count.to_string())])
}

pub fn lack(locale: &Locale, lack: &Lack) -> String {
    let key = lack.key();
    let what = locale.word(&key);
    match lack.count {
        Some(count) => locale.say("closing.line", &[("what", what), ("count", &count.to_string())]),
        None => locale.say("archive.no_print", &[("what", what)]),
    }
}

pub fn finding(locale: &Locale, finding: &Finding) -> String {
    let found = locale.word(&format!("touched.{}", word(finding))).to_owned();
    let line = locale.say("archive.finding", &[("file", &finding.file), ("found", &found)]);
    match finding.operation {
        Some(no) => locale.say("archive.at_operation", &[("line", &line), ("op", &no.to_string())]),
        None => line,
    }
}

fn word(finding: &Finding) -> &'static str {
    use crate::ops::archive::Touched as T;
    match finding.found {
        T::Altered => "altered",
        T::Missing => "missing",
        T::Extra => "extra",
        T::NotAFile => "not_a_file",
        T::Chain => "chain",
    }
}

/// What a look at an archive found; `answer` where a site was asked too.
pub fn looked(locale: &Locale, looked: &Looked, answer: Option<Answer>) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(c) = &looked.contents {
        let args = [
            ("batch", c.batch.as_str()),
            ("site", &c.site_name),
            ("at", &c.sealed_at),
            ("by", &c.sealed_by),
            ("files", &c.file.len().to_string()),
            ("operations", &c.operations.to_string()),
        ];
        lines.push(locale.say("archive.of", &args));
    }
    lines.push(locale.say("archive.seal_is", &[("seal", &in_fours(&looked.seal))]));
    if looked.findings.is_empty() {
        lines.push(locale.word("archive.whole").to_owned());
    } else {
        lines.push(locale.say("archive.touched", &[("count", &looked.findings.len().to_string())]));
        lines.extend(looked.findings.iter().map(|f| finding(locale, f)));
    }
    lines.push(
        locale
            .word(match answer {
                Some(Answer::Ours) => "archive.seal_ours",
                Some(Answer::Unknown) => "archive.seal_unknown",
                None => "archive.seal_compare",
            })
            .to_owned(),
    );
    lines
}

/// One line of the register of readings.
pub fn reading(locale: &Locale, reading: &Reading) -> String {
    let row = &reading.row;
    let source = match reading.archive_number {
        Some(number) => locale.say("archive.source_archive", &[("number", &number.to_string())]),
        None => locale.word("archive.source_papers").to_owned(),
    };
    locale.say(
        "archive.reading",
        &[
            ("on", &row.read_on.to_string()),
            ("batch", &reading.batch),
            ("source", &source),
            ("what", &row.what),
            ("reader", &row.reader),
            ("purpose", &row.purpose),
            ("head", &row.approved_by),
            ("witness_a", &row.witness_a),
            ("witness_b", &row.witness_b),
        ],
    )
}
