//! Fills a template. Every value is escaped, a name that the data lacks is a fault, and nothing stands for an empty value.
use super::FormFault;
use super::qr;
use crate::model::clean;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior, Value, escape_formatter};
use serde::Serialize;

/// Steps that a template may take; a loop without end stops there.
const FUEL_LIMIT: usize = 64;

/// Fills the template `name`. `texts` are all templates by name: one may extend another.
pub fn fill<S: Serialize>(texts: &[(String, String)], name: &str, data: &S) -> Result<String, FormFault> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.set_recursion_limit(FUEL_LIMIT);
    environment.set_formatter(
        |out, state, value| {
            if value.is_none() { Ok(()) } else { escape_formatter(out, state, value) }
        },
    );
    // `{{ qr(text) }}`: a picture; nothing for a text that is empty or too long.
    environment.add_function("qr", |text: Option<&str>| {
        Value::from_safe_string(text.filter(|t| !t.is_empty()).and_then(qr::svg).unwrap_or_default())
    });
    for (name, text) in texts {
        environment.add_template(name, text).map_err(|e| fault(name, &e))?;
    }
    let template = environment.get_template(name).map_err(|e| fault(name, &e))?;
    // The one gate for everything printed: pages and workbooks come from this text.
    Ok(clean::visible_lines(&template.render(data).map_err(|e| fault(name, &e))?).into_owned())
}

/// A fault inside a block of another template names that one.
fn fault(name: &str, error: &minijinja::Error) -> FormFault {
    let template = error.name().unwrap_or(name).to_owned();
    let what = match error.kind() {
        ErrorKind::UndefinedError => "undefined value",
        ErrorKind::SyntaxError => "syntax error",
        ErrorKind::TemplateNotFound => "template not found",
        _ => "error",
    };
    let detail = error.detail().map_or_else(|| what.to_owned(), |detail| format!("{what}: {detail}"));
    FormFault { template, line: error.line().unwrap_or(0), detail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn filled(text: &str, data: serde_json::Value) -> Result<String, FormFault> {
        fill(&[("t.html".into(), text.into())], "t.html", &data)
    }

    #[test]
    fn values_are_escaped_and_empty_ones_are_blank() {
        let data = json!({"name": "<b>&张\"三", "none": null});
        assert_eq!(filled("<p>{{ name }}[{{ none }}]</p>", data).unwrap(), "<p>&lt;b&gt;&amp;张&quot;三[]</p>");
    }

    #[test]
    fn nothing_hidden_is_printed() {
        let data = json!({"name": "张\u{202e}三\u{1b}[2J\u{200b}"});
        assert_eq!(filled("<p>\n{{ name }}</p>", data).unwrap(), "<p>\n张‹U+202E›三‹U+001B›[2J‹U+200B›</p>");
    }

    #[test]
    fn a_name_that_the_data_lacks_is_told_with_its_line() {
        let fault = filled("<p>\n{{ nmae }}</p>", json!({"name": "x"})).unwrap_err();
        assert_eq!((fault.template.as_str(), fault.line), ("t.html", 2));
        assert!(fault.detail.contains("undefined"), "{fault:?}");
    }

    #[test]
    fn a_template_that_is_cut_off_is_told() {
        assert_eq!(filled("a\n\n{% for x in y %}", json!({})).unwrap_err().line, 3);
    }
}
