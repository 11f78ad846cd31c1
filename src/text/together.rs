//! What somebody signs beside another: the values of an operation, a line for each.
use super::Locale;
use crate::ops::together::{Fact, NAMED, Waiting};
use serde_json::Value;

/// What is agreed to, in words: the batch, then each value that says something.
pub fn told(locale: &Locale, waiting: &Waiting) -> Vec<String> {
    let batch = waiting.batch.iter().map(|code| line(locale, "batch", code));
    batch.chain(values(locale, &waiting.said, &waiting.facts)).collect()
}

/// Values by the words of their names. A fact stands in the place of the value of its name, or after all of them.
fn values(locale: &Locale, said: &str, facts: &[Fact]) -> Vec<String> {
    let values = match serde_json::from_str(said) {
        Ok(Value::Object(values)) => values,
        _ => serde_json::Map::new(),
    };
    let known = |name: &str| facts.iter().find(|fact| fact.name == name);
    let own = values.iter().filter_map(|(name, value)| match known(name) {
        Some(fact) => Some(of_fact(locale, fact)),
        None => worded(locale, name, value).map(|shown| line(locale, name, &shown)),
    });
    let more = facts.iter().filter(|fact| !values.contains_key(fact.name));
    own.chain(more.map(|fact| of_fact(locale, fact))).collect()
}

fn line(locale: &Locale, name: &str, shown: &str) -> String {
    let keys = [format!("signed_field.{name}"), format!("record_field.{name}")];
    let name = keys.iter().find(|key| locale.has(key)).map_or(name, |key| locale.word(key));
    format!("{name}: {shown}")
}

fn of_fact(locale: &Locale, fact: &Fact) -> String {
    let one = |value: &String| code(locale, fact.name, value);
    let shown = listed(locale, (fact.values.iter().map(one).collect(), fact.count));
    line(locale, fact.name, &shown)
}

/// The first of a longer list, and how many there are.
fn listed(locale: &Locale, (first, count): (Vec<String>, usize)) -> String {
    let named = first.join("、");
    if count <= first.len() {
        return named;
    }
    locale.say("together.among", &[("first", &named), ("count", &count.to_string())])
}

/// `None` where it says nothing.
fn worded(locale: &Locale, name: &str, value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(flag) => locale.word(&format!("signed_value.{name}_{flag}")).to_owned(),
        Value::String(text) => code(locale, name, text),
        Value::Array(all) if all.is_empty() => return None,
        Value::Array(all) => {
            let first = all.iter().take(NAMED).filter_map(|one| worded(locale, name, one)).collect();
            listed(locale, (first, all.len()))
        }
        // One of several kinds: its name and its value.
        Value::Object(one) => {
            let lines = one.iter().filter_map(|(kind, value)| Some(line(locale, kind, &worded(locale, kind, value)?)));
            lines.collect::<Vec<_>>().join("、")
        }
        Value::Number(number) => number.to_string(),
    })
}

/// The words of a code where the value is one.
fn code(locale: &Locale, name: &str, value: &str) -> String {
    let tables: &[&str] = match name {
        "roles" => &["role"],
        "pins" => &["record_value"],
        "subject" => &["subject"],
        "act" => &["act"],
        "kind" => &["kind"],
        "what" => &["form", "list"],
        "made" => &["signed_value"],
        "accepted" | "finding" => &["signed_value"],
        _ => return value.to_owned(),
    };
    let keys = tables.iter().map(|table| format!("{table}.{value}"));
    let found = keys.into_iter().find(|key| locale.has(key));
    found.map_or_else(|| value.to_owned(), |key| locale.word(&key).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Assets;
    use crate::text::Lang;

    fn fact(name: &'static str, values: &[&str], count: usize) -> Fact {
        Fact { name, values: values.iter().map(|v| (*v).to_owned()).collect(), count }
    }

    /// Values of everything that takes two, as the operations write them.
    const SAID: &[&str] = &[
        r#"{"certificate":1,"issued_on":"2023-11-01","reason":"r"}"#,
        r#"{"certificate":1,"made_on":"2023-11-01","made":"stock","blank":"0001","reason":"r"}"#,
        r#"{"certificate":1,"reason":"r","sanction":3}"#,
        r#"{"fork":1,"reason":"r"}"#,
        r#"{"what":"applications","rows":3,"whole":3,"purpose":"p"}"#,
        r#"{"whole":3,"recipient":"age1x","purpose":"p"}"#,
        r#"{"region_key":"0a1b2c3d","site":"02","recipient":"age1x"}"#,
        r#"{"region_key":"0a1b2c3d","site":"02","sign_key":"RWx"}"#,
        r#"{"op":7,"reason":"r"}"#,
        r#"{"name":"n","roles":["coordinator","score_manager"],"os_user":"u","unit":"w"}"#,
        r#"{"name":"n","to":{"os_user":"u"}}"#,
        r#"{"name":"n","to":{"ssh_key":"SHA256:x"}}"#,
        r#"{"name":"n","new_pin":true}"#,
        r#"{"name":"n","new_pin":false}"#,
        r#"{"pins":"optional"}"#,
        r#"{"accepted":["publicity.missing_marks","publicity.open_incidents","publicity.too_early"]}"#,
        r#"{"accepted":["publicity.past_deadline","publicity.calendar_doubt","publicity.no_working_day"],"until":"2023-11-01","place":"x"}"#,
        r#"{"application":1,"act":"cheating","subject":"theory","reason":"r","basis":"b","evidence":"e"}"#,
        r#"{"session":"theory-1","reason":"r"}"#,
        r#"{"applications":[1,2],"whole":2,"over":"o"}"#,
        r#"{"made":"elsewhere"}"#,
        r#"{"folder":["02","nmg-2023","ab12"],"fingerprint":"ab12"}"#,
        r#"{"number":4,"finding":"founded","words":"w","mark":{"points":61}}"#,
        r#"{"card":{"format":1,"site":"02","name":"n","sign_key":"RWQ","lock_key":"age1x"}}"#,
    ];

    #[test]
    fn nothing_that_is_signed_stands_by_its_code() {
        for lang in Lang::ALL {
            let (locale, _) = Locale::load(&Assets::new(None), lang);
            for said in SAID {
                let said_values: serde_json::Map<String, Value> = serde_json::from_str(said).unwrap();
                let lines = values(&locale, said, &[]);
                assert_eq!(lines.len(), said_values.len(), "{said}");
                for name in said_values.keys() {
                    let has = |table: &str| locale.has(&format!("{table}.{name}"));
                    assert!(has("signed_field") || has("record_field"), "{lang:?} {name} in {said}");
                }
                let shown = lines.join("; ");
                assert!(!shown.contains(['[', '{', '"', '_']) && !shown.contains("publicity."), "{shown}");
            }
        }
    }

    #[test]
    fn facts_stand_for_numbers() {
        let (locale, _) = Locale::load(&Assets::new(None), Lang::Chinese);
        let said = r#"{"applications":[1,2,3],"over":null}"#;
        let facts =
            [fact("applications", &["甲", "乙"], 3), fact("people", &["3"], 1), fact("kind", &["site.pins"], 1)];
        let lines = values(&locale, said, &facts);
        assert!(lines[0].ends_with(": 甲、乙等 3 项"), "{lines:?}");
        assert_eq!(lines[1..], ["人数: 3", "原操作: 设定登录是否须凭口令"]);
        assert_eq!(values(&locale, r#"{"accepted":[]}"#, &[]), [""; 0]);
    }
}
