//! Forms to print, filled from the data. A new form is one line in [`FORMS`] and a template in `data/forms/`, which a site
//! may replace in its own folder.
mod person;
mod roster;

use crate::bundle::form::{FormFault, fill, workbook};
use crate::model::{ApplicationId, Code, OpNo, Refusal};
use crate::ops::exchange::Export;
use crate::ops::{ApplicationRow, Error, Result, Site};
use crate::policy::Policy;
use crate::policy::fault::{Problem, SYNTAX};
use crate::policy::file::PolicyFault;
use crate::store::rows;
use serde::Serialize;
use serde_json::Value;
use std::path::{Path, PathBuf};

pub const NOT_IN_NOTICE: Code = Code("prints.not_in_notice");
pub const NOBODY: Code = Code("prints.nobody");

pub struct Form {
    pub name: &'static str,
    /// The template that the notice names, if it has such a form.
    template: fn(&Policy) -> Option<&str>,
    data: fn(&Site, &Policy, &[ApplicationRow]) -> Result<Value>,
}

/// Every form, by name.
pub const FORMS: &[Form] = &[
    Form { name: "application-form", template: |p| Some(&p.forms.application), data: person::forms },
    Form { name: "pledge", template: |p| Some(&p.forms.pledge), data: person::forms },
    Form { name: "roster", template: |p| p.forms.roster.as_deref(), data: roster::roster },
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Html,
    Xlsx,
}

impl Format {
    pub fn ending(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Xlsx => "xlsx",
        }
    }
}

#[derive(Debug)]
pub struct Printed {
    form: &'static str,
    format: Format,
    pub bytes: Vec<u8>,
    /// How many applications are on it, with whole identity numbers.
    pub people: usize,
}

impl Form {
    pub fn find(name: &str) -> Option<&'static Form> {
        FORMS.iter().find(|form| form.name == name)
    }

    /// The form for these applications, or for everybody of the batch who has not left it.
    pub fn print(&self, site: &Site, who: &[ApplicationId], format: Format) -> Result<Printed> {
        let policy = site.policy()?;
        let missing =
            || Refusal::new(NOT_IN_NOTICE).with("form", self.name).with("policy", policy.notice.code.as_str());
        let template = format!("{}.html", (self.template)(&policy).ok_or_else(missing)?);
        let people = people(site, who)?;
        let data = (self.data)(site, &policy, &people)?;
        let html = fill(&templates(site), &template, &data).map_err(broken)?;
        let bytes = match format {
            Format::Html => html.into_bytes(),
            Format::Xlsx => workbook(&template, &html).map_err(broken)?,
        };
        Ok(Printed { form: self.name, format, bytes, people: people.len() })
    }
}

impl Printed {
    /// Writes the file into `folder`, made if need be. In the journal before anybody has it.
    pub fn put(&self, site: &mut Site, folder: &Path) -> Result<(PathBuf, Option<OpNo>)> {
        let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
        let batch: String = site.batch()?.code.chars().map(plain).collect();
        let name = format!("{batch}-{}.{}", self.form, self.format.ending());
        std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
        let rows = u64::try_from(self.people).unwrap_or(u64::MAX);
        let export = Export { what: self.form.to_owned(), rows, file: name.clone(), purpose: None };
        let op = site.perform(&export)?.op;
        let path = folder.join(name);
        crate::bundle::write::file(&path, &self.bytes).map_err(Error::file(&path))?;
        Ok((path, op))
    }
}

fn people(site: &Site, who: &[ApplicationId]) -> Result<Vec<ApplicationRow>> {
    let found = if who.is_empty() {
        let batch = site.batch()?.id;
        let tail = "WHERE batch = ?1 AND state IN ('submitted', 'returned', 'approved') ORDER BY initials, pinyin, id";
        rows::select::<ApplicationRow>(site.store().db(), tail, [batch])?
    } else {
        who.iter().map(|id| super::applications::by_id(site, *id)).collect::<Result<_>>()?
    };
    if found.is_empty() { Err(Refusal::new(NOBODY).into()) } else { Ok(found) }
}

fn templates(site: &Site) -> Vec<(String, String)> {
    let names = site.assets().names("forms", ".html").into_iter().map(|name| format!("{name}.html"));
    names.filter_map(|name| Some((name.clone(), site.assets().read(&format!("forms/{name}"))?))).collect()
}

/// A template is a file of the site like a policy, and told of in the same way.
fn broken(fault: FormFault) -> Error {
    let problem = Problem::new(SYNTAX).with("detail", fault.detail.as_str());
    let file = format!("forms/{}", fault.template);
    Error::Policy(vec![PolicyFault { file, line: fault.line, column: 1, field: String::new(), problem }])
}

/// What every form says of the notice it belongs to.
#[derive(Serialize)]
struct Notice<'a> {
    title: &'a str,
    issuer: &'a str,
    document: Option<&'a str>,
    year: i32,
}

impl<'a> Notice<'a> {
    fn of(policy: &'a Policy) -> Notice<'a> {
        let n = &policy.notice;
        Notice { title: &n.title, issuer: &n.issuer, document: n.document.as_deref(), year: n.year }
    }
}
