//! What somebody signs beside another: the values of an operation, a line for each.
use super::Locale;
use serde_json::Value;

/// Values that say something, by the words of their names; those without words stand by their codes.
pub fn told(locale: &Locale, said: &str) -> Vec<String> {
    let Ok(Value::Object(values)) = serde_json::from_str(said) else { return Vec::new() };
    let line = |(name, value): (&String, &Value)| {
        let shown = match value {
            Value::Null => return None,
            Value::Array(all) if all.is_empty() => return None,
            Value::Array(all) if all.len() > SHOWN => all.len().to_string(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let key = format!("record_field.{name}");
        let name = if locale.has(&key) { locale.word(&key) } else { name };
        Some(format!("{name}: {shown}"))
    };
    values.iter().filter_map(line).collect()
}

/// A longer list is told by its length.
const SHOWN: usize = 5;
