//! What somebody has typed into a layer and not saved, as one value to keep and to put back. What the program itself
//! put into a field is nobody's typing.
use super::widgets::field::Field;
use super::widgets::form::Form;
use super::widgets::text_area::TextArea;
use serde_json::{Map, Value, json};

/// Where a layer is typed into.
pub enum Typed<'a> {
    Line(&'a mut Field),
    Lines(Vec<&'a mut Field>),
    Form(&'a mut Form),
    Text(&'a mut TextArea),
}

impl Typed<'_> {
    /// `None` while nothing is typed.
    pub fn value(&self) -> Option<Value> {
        match self {
            Typed::Line(field) => (field.is_typed() && !field.is_empty()).then(|| json!(field.text())),
            Typed::Lines(fields) => {
                let texts: Vec<_> = fields.iter().map(|field| field.text()).collect();
                fields.iter().any(|field| field.is_typed()).then(|| json!(texts))
            }
            Typed::Form(form) => form.typed().map(|items| {
                let items = items.into_iter().map(|(code, text)| (code.to_owned(), json!(text)));
                Value::Object(items.collect::<Map<_, _>>())
            }),
            Typed::Text(area) => area.is_typed().then(|| json!(area.text())),
        }
    }

    /// Puts back what was kept. Whether it fits what is there now.
    pub fn put_back(self, value: &Value) -> bool {
        match (self, value) {
            (Typed::Line(field), Value::String(text)) => field.put_back(text),
            (Typed::Text(area), Value::String(text)) => area.put_back(text),
            (Typed::Lines(fields), Value::Array(texts)) if fields.len() == texts.len() => {
                for (field, text) in fields.into_iter().zip(texts) {
                    field.put_back(text.as_str().unwrap_or_default());
                }
            }
            (Typed::Form(form), Value::Object(items)) => {
                let items = items.iter().filter_map(|(code, text)| Some((code.as_str(), text.as_str()?)));
                form.put_back(items);
            }
            _ => return false,
        }
        true
    }
}
