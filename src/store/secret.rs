//! Columns that the journal never holds: their images carry a digest instead, which shows a change and tells nothing.
//!
//! Whoever may read the journal could otherwise try PINs against the stored hash at leisure.
use super::journal::hex;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

const SECRET: &[(&str, &str)] = &[("operator", "pin")];

fn columns(table: &str) -> impl Iterator<Item = &'static str> {
    SECRET.iter().filter(move |(of, _)| *of == table).map(|(_, column)| *column)
}

/// The image as the journal keeps it.
pub fn hidden(table: &str, mut image: Json) -> Json {
    for column in columns(table) {
        if let Some(Json::String(text)) = image.get_mut(column) {
            *text = digest(text);
        }
    }
    image
}

/// The row behind an image of the journal: `None` when a secret is not that of the row as it is now, and so is lost.
pub fn restored(table: &str, mut image: Json, now: Option<&Json>) -> Option<Json> {
    for column in columns(table) {
        if let Some(Json::String(kept)) = image.get_mut(column) {
            let value = now.and_then(|row| row.get(column)).and_then(Json::as_str).filter(|v| digest(v) == *kept)?;
            value.clone_into(kept);
        }
    }
    Some(image)
}

fn digest(text: &str) -> String {
    format!("sha256:{}", hex(&Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_secret_comes_back_only_from_the_row_itself() {
        let row = json!({"id": 1, "pin": "$argon2id$x"});
        let image = hidden("operator", row.clone());
        assert!(!image.to_string().contains("argon2"));
        assert_eq!(restored("operator", image.clone(), Some(&row)), Some(row));
        assert_eq!(restored("operator", image.clone(), Some(&json!({"id": 1, "pin": "$argon2id$y"}))), None);
        assert_eq!(restored("operator", image, None), None);
    }

    #[test]
    fn other_columns_and_empty_secrets_stay() {
        let row = json!({"id": 1, "pin": null, "name": "a"});
        assert_eq!(hidden("operator", row.clone()), row);
        assert_eq!(restored("operator", row.clone(), None), Some(row));
        assert_eq!(hidden("room", json!({"pin": "a"})), json!({"pin": "a"}));
    }
}
