//! A stored cell as it is told to people who did not ask for whole numbers: identity numbers, birth dates and telephones
//! masked. What is stored stays whole.
use super::materials::masked;
use crate::model::identity::{IdentityNo, mask, mask_birth};
use crate::model::phone;
use serde_json::Value as Json;

/// Said in place of a value that nobody may be told.
pub const UNSAID: &str = "***";

/// A cell by its heading in a bundle, which ends with its column, or by its column.
pub fn shown_cell(heading: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    match heading.rsplit('.').next().unwrap_or(heading) {
        // The one an attachment speaks for, who took a certificate, and the one on an invoice go by such a number too.
        "id_number" | "person" | "taker_id" | "tax_no" => mask(text),
        "birth" => mask_birth(text),
        "phone" | "landline" | "mobile" => phone::mask(text),
        "contact" => telephones(text),
        "file" => masked(text),
        // A whole row of an upload sheet.
        "cells" => UNSAID.to_owned(),
        _ => numbers(text),
    }
}

/// Both sides of a cell. Where two that differ would look the same, what is hidden is written with `?` instead of `*`.
pub fn shown_pair(heading: &str, here: &str, there: &str) -> (String, String) {
    let (ours, theirs) = (shown_cell(heading, here), shown_cell(heading, there));
    if ours == theirs && here != there {
        return (ours.replace('*', "?"), theirs.replace('*', "?"));
    }
    (ours, theirs)
}

/// Values of an operation, each by its name.
pub fn shown_json(name: &str, value: &Json) -> Json {
    match value {
        Json::String(text) => Json::String(shown_cell(name, text)),
        Json::Array(all) => all.iter().map(|one| shown_json(name, one)).collect(),
        Json::Object(all) => all.iter().map(|(name, one)| (name.clone(), shown_json(name, one))).collect(),
        other => other.clone(),
    }
}

/// How to reach somebody: a telephone by itself, or with other words around it.
fn telephones(text: &str) -> String {
    if phone::parse(text).is_some() {
        return phone::mask(text);
    }
    let long = |run: &str| run.chars().filter(|c| c.is_numeric()).count() >= 7;
    each_run(text, |c| c.is_numeric() || c == '-', |run| long(run).then(|| phone::mask(run)))
}

/// Free words: whoever wrote them may have put an identity number in.
fn numbers(text: &str) -> String {
    let is_number = |run: &str| run.len() == 18 && IdentityNo::parse(run).is_ok();
    each_run(text, |c| c.is_ascii_alphanumeric(), |run| is_number(run).then(|| mask(run)))
}

fn each_run(text: &str, within: fn(char) -> bool, cover: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let inside = within(first);
        let end = rest.find(|c| within(c) != inside).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        out.push_str(&if inside { cover(run) } else { None }.unwrap_or_else(|| run.to_owned()));
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: &str = "150199200011277184";

    #[test]
    fn each_column_has_its_mask() {
        for (heading, text, shown) in [
            ("id_number", NUMBER, "150199********7184"),
            ("application.id_number", NUMBER, "150199********7184"),
            ("person", NUMBER, "150199********7184"),
            ("taker_id", "AB1234567", "AB*****67"),
            ("birth", "2000-11-27", "2000-**-**"),
            ("phone", "15400001111", "154****1111"),
            ("landline", "0477-8581234", "047*****1234"),
            ("contact", "15400001111", "154****1111"),
            ("contact", "张三 15400001111（晚）", "张三 154****1111（晚）"),
            ("contact", "张三", "张三"),
            ("file", "a/甲_150199200011277184.jpg", "a/甲_150199********7184.jpg"),
            ("cells", r#"["150199200011277184"]"#, "***"),
            ("note", "证号150199200011277184有误", "证号150199********7184有误"),
            ("certificate_no", "S000015006001233000001", "S000015006001233000001"),
            ("birth", "", ""),
        ] {
            assert_eq!(shown_cell(heading, text), shown, "{heading} {text}");
        }
    }

    #[test]
    fn what_differs_never_looks_the_same_as_what_does_not() {
        let pair = |heading, here, there| shown_pair(heading, here, there);
        let two = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(pair("birth", "2000-11-27", "2000-11-28"), two("2000-??-??", "2000-??-??"));
        assert_eq!(pair("birth", "2000-11-27", "2001-11-27"), two("2000-**-**", "2001-**-**"));
        assert_eq!(pair("phone", "15400001111", "15400011111"), two("154????1111", "154????1111"));
        assert_eq!(pair("phone", "15400001111", "15400001111"), two("154****1111", "154****1111"));
        assert_eq!(pair("birth", "", "2000-11-27"), two("", "2000-**-**"));
        assert_eq!(pair("cells", "[1]", "[2]"), two("???", "???"));
    }

    #[test]
    fn values_are_masked_by_their_names() {
        let said = serde_json::json!({ "person": { "id_number": NUMBER, "level": 3 }, "phone": ["15400001111"] });
        let shown = shown_json("said", &said).to_string();
        assert_eq!(shown, r#"{"person":{"id_number":"150199********7184","level":3},"phone":["154****1111"]}"#);
    }
}
