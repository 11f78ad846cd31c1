//! The words of one language: every TOML file of its folder, flattened to dotted keys, with `{name}` placeholders.
use crate::config::Assets;
use crate::model::Datum;
use std::collections::HashMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    #[default]
    Chinese,
    English,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::Chinese, Lang::English];

    pub fn code(self) -> &'static str {
        match self {
            Lang::Chinese => "zh-CN",
            Lang::English => "en",
        }
    }

    /// Reads `zh-CN`, `zh_CN.UTF-8`, `en`, `en_US` and the like.
    pub fn parse(text: &str) -> Option<Lang> {
        let text = text.to_ascii_lowercase();
        match text.get(..2) {
            Some("zh") => Some(Lang::Chinese),
            Some("en") => Some(Lang::English),
            _ => None,
        }
    }
}

/// The words of one language.
#[derive(Debug, Clone)]
pub struct Locale {
    lang: Lang,
    words: HashMap<String, String>,
}

impl Locale {
    /// Embedded words, with the user's files of the same names laid over them. Also returns what could not be read.
    pub fn load(assets: &Assets, lang: Lang) -> (Locale, Vec<String>) {
        let folder = format!("locales/{}", lang.code());
        let mut locale = Locale { lang, words: HashMap::with_capacity(1024) };
        let mut warnings = Vec::new();
        for name in assets.names(&folder, ".toml") {
            let file = format!("{folder}/{name}.toml");
            let texts = [assets.embedded(&file).map(str::to_owned), assets.user_text(&file)];
            for text in texts.into_iter().flatten() {
                match text.parse::<toml::Table>() {
                    Ok(table) => flatten(String::new(), table, &mut locale.words),
                    Err(fault) => warnings.push(format!("{file}: {}", fault.message())),
                }
            }
        }
        (locale, warnings)
    }

    pub fn lang(&self) -> Lang {
        self.lang
    }

    pub fn has(&self, key: &str) -> bool {
        self.words.contains_key(key)
    }

    pub fn keys(&self) -> impl Iterator<Item = (&str, &str)> {
        self.words.iter().map(|(k, v)| (k.as_str(), v.as_str()))
    }

    /// The words of `key`; an unknown key shows itself, so that it is found.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The words of `key` with `{name}` replaced.
    pub fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        fill(self.word(key), |name| args.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    /// The same with a refusal's data: words are looked up, times shown as a clock.
    pub fn say_data(&self, key: &str, data: &[(&'static str, Datum)]) -> String {
        fill(self.word(key), |name| data.iter().find(|(n, _)| *n == name).map(|(_, d)| self.datum(d)))
    }

    pub fn datum(&self, datum: &Datum) -> String {
        match datum {
            Datum::Text(text) => crate::model::clean::visible(text).into_owned(),
            Datum::Int(n) => n.to_string(),
            Datum::Word(key) => self.word(key).to_owned(),
            Datum::Time(t) => t.clock(),
        }
    }
}

fn flatten(prefix: String, table: toml::Table, words: &mut HashMap<String, String>) {
    for (key, value) in table {
        let path = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::String(text) => drop(words.insert(path, text)),
            toml::Value::Table(inner) => flatten(path, inner, words),
            _ => {}
        }
    }
}

/// Replaces `{name}` by what `value` gives; a placeholder without a value stays visible.
fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match value(name) {
            Some(text) => out.push_str(&text),
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// The placeholder names of a template, sorted.
pub fn placeholders(template: &str) -> Vec<&str> {
    let mut names: Vec<_> = template.split('{').skip(1).filter_map(|p| p.split_once('}')).map(|(n, _)| n).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_unknown_ones_stay() {
        let filled = fill("{a}-{b}-{", |n| (n == "a").then(|| "1".to_owned()));
        assert_eq!(filled, "1-{b}-{");
        assert_eq!(placeholders("{b} {a} {b}"), ["a", "b"]);
    }
}
