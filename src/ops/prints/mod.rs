//! Forms to print, filled from the data. A new form is one line in [`FORMS`] and a template in `data/forms/`, which a site
//! may replace in its own folder.
mod certificate;
pub mod choices;
mod documents;
mod handbook;
mod incidents;
mod judging;
mod lines;
mod minutes;
mod papers;
mod person;
mod posted;
mod publicity;
mod register;
mod reports;
mod room;
mod roster;
mod scope;
mod scores;
mod staff;
mod summary;
mod supervision;
mod ticket;

pub use handbook::{Missing, Readiness, readiness};
pub use scope::{Asked, Scope, Sitting};

use crate::bundle::form::{FormFault, fill, workbook};
use crate::model::site_key::groups;
use crate::model::{ApplicationId, Code, OpNo, Refusal, Role};
use crate::ops::anchor;
use crate::ops::exchange::Export;
use crate::ops::tickets::Print;
use crate::ops::{Changes, Error, Result, Site};
use crate::policy::Policy;
use crate::policy::duties::allowed;
use crate::policy::fault::{Problem, SYNTAX};
use crate::policy::file::PolicyFault;
use serde::Serialize;
use serde_json::Value;
use std::path::{Path, PathBuf};

pub const NOT_IN_NOTICE: Code = Code("prints.not_in_notice");
pub const NOBODY: Code = Code("prints.nobody");
pub const NOBODY_SEATED: Code = Code("prints.nobody_seated");
pub const NO_VENUE: Code = Code("prints.no_venue");
/// Nothing was recorded that could stand on it.
pub const NOTHING: Code = Code("prints.nothing");
/// The batch has no bag of scripts with this code.
pub const NO_BAG: Code = Code("prints.no_bag");
/// Asked for by room, a sealed bag would say whose its scripts are.
pub const SEALED_ROOM: Code = Code("prints.sealed_room");
/// Nothing is printed with names where script numbers are still to be drawn.
pub const NOT_DRAWN: Code = Code("prints.not_drawn");
/// Marks under script numbers are nobody's until they are unsealed.
pub const STILL_SEALED: Code = Code("prints.still_sealed");
pub const NOT_LOCKED: Code = Code("prints.not_locked");
/// Which document, roster or upload was not said.
pub const NUMBER_NEEDED: Code = Code("prints.number_needed");
pub const NO_PANEL: Code = Code("prints.no_panel");
/// The form is not made for part of that kind.
pub const NOT_TAKEN: Code = Code("prints.not_taken");

/// What a form can be narrowed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    People,
    Session,
    Room,
    Venue,
    /// Scripts under script numbers.
    Bag,
    /// A review panel or a group of assessors.
    Panel,
    /// A document, a roster or an upload.
    Number,
}

impl Takes {
    /// As commands write it.
    pub fn option(self) -> &'static str {
        match self {
            Takes::People => "--application",
            Takes::Session => "--session",
            Takes::Room => "--room",
            Takes::Venue => "--venue",
            Takes::Bag => "--bag",
            Takes::Panel => "--panel",
            Takes::Number => "--number",
        }
    }
}

/// What a template is filled with.
pub struct Filled {
    data: Value,
    /// How many people stand on it.
    people: usize,
    ids: Ids,
    /// Whose ticket sheets these are; empty for other forms.
    tickets: Vec<ApplicationId>,
}

/// Whether identity numbers stand on a print in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ids {
    Whole,
    /// Masked, or none.
    Masked,
}

impl Filled {
    pub fn of<T: Serialize>(data: &T, people: usize, ids: Ids) -> Result<Filled> {
        let data = serde_json::to_value(data).map_err(|e| Error::file("forms")(e.into()))?;
        Ok(Filled { data, people, ids, tickets: Vec::new() })
    }
}

pub struct Form {
    pub name: &'static str,
    pub takes: &'static [Takes],
    /// The template that the notice names, if it has such a form; our own forms are called like their template.
    template: fn(&Policy) -> Option<&str>,
    data: fn(&Asked<'_>) -> Result<Filled>,
}

/// Who prints what is not said otherwise.
pub const USUAL: &[Role] = &[Role::Coordinator];

/// Forms that people sign: the journal's head stands on them, so that the paper holds the journal.
const SIGNED: &[&str] = &[
    "application-form",
    "collection-sheet",
    "incident-record",
    "panel-minutes",
    "panel-sheet",
    "paper-handover",
    "paper-unsealing",
    "passed-roster",
    "pledge",
    "practical-sheet",
    "qualification",
    "room-record",
    "roster",
    "score-proof",
    "score-sheet",
    "sign-in",
    "staff-marking",
    "staff-sign-in",
    "supervision-draw",
    "supervision-report",
    "upload-audit",
];
const HEAD: &str = "head.html";
const SECTION_ENDS: &str = "</section>";

/// The form whose gaps are told.
pub const HANDBOOK: &str = "handbook";

/// Whose or where an incident was.
const INCIDENTS: &[Takes] = &[Takes::People, Takes::Session, Takes::Room];
const PEOPLE: &[Takes] = &[Takes::People];
const ROOMS: &[Takes] = &[Takes::Session, Takes::Room, Takes::Venue];
const TICKETS: &[Takes] = &[Takes::People, Takes::Session, Takes::Room, Takes::Venue];
const VENUE: &[Takes] = &[Takes::Venue];
const SESSION: &[Takes] = &[Takes::Session];
const PAPERS: &[Takes] = &[Takes::Session, Takes::Room];

const BAGS: &[Takes] = &[Takes::Session, Takes::Room, Takes::Bag];
const NUMBER: &[Takes] = &[Takes::Number];
const PANEL: &[Takes] = &[Takes::Panel];
const JUDGED: &[Takes] = &[Takes::People, Takes::Panel];
const STATIONS: &[Takes] = &[Takes::People, Takes::Session, Takes::Room, Takes::Panel];

const AT_WORK: &[Takes] = &[Takes::Session, Takes::Room, Takes::Venue];

/// Every form, by name.
pub const FORMS: &[Form] = &[
    Form { name: "application-form", takes: PEOPLE, template: |p| Some(&p.forms.application), data: person::forms },
    Form { name: "archive-register", takes: SESSION, template: |_| Some("archive-register"), data: papers::register },
    Form {
        name: "certificate-calibration",
        takes: &[],
        template: |_| Some("certificate-calibration"),
        data: certificate::calibration,
    },
    Form { name: "certificate-face", takes: PEOPLE, template: |_| Some("certificate-face"), data: certificate::sheets },
    Form { name: "collection-notice", takes: PEOPLE, template: |_| Some("collection-notice"), data: register::waiting },
    Form { name: "collection-sheet", takes: PEOPLE, template: |_| Some("collection-sheet"), data: register::waiting },
    Form { name: "delivery-list", takes: &[], template: |_| Some("delivery-list"), data: register::deliveries },
    Form { name: "desk-labels", takes: ROOMS, template: |_| Some("desk-labels"), data: room::grouped },
    Form { name: "door-list", takes: ROOMS, template: |_| Some("door-list"), data: room::grouped },
    Form { name: "duty-report", takes: &[], template: |_| Some("duty-report"), data: reports::duty },
    Form { name: "enterprise-report", takes: &[], template: |_| Some("enterprise-report"), data: reports::enterprises },
    Form { name: "exam-plan", takes: &[], template: |_| Some("exam-plan"), data: reports::plan },
    Form { name: HANDBOOK, takes: &[], template: |_| Some("handbook"), data: handbook::handbook },
    Form { name: "incident-record", takes: INCIDENTS, template: |_| Some("incident-record"), data: incidents::records },
    Form { name: "panel-minutes", takes: PANEL, template: |_| Some("panel-minutes"), data: minutes::minutes },
    Form { name: "panel-sheet", takes: JUDGED, template: |_| Some("panel-sheet"), data: judging::reviews },
    Form { name: "paper-handover", takes: PAPERS, template: |_| Some("paper-handover"), data: papers::rooms },
    Form { name: "paper-unsealing", takes: PAPERS, template: |_| Some("paper-unsealing"), data: papers::rooms },
    Form { name: "pledge", takes: PEOPLE, template: |p| Some(&p.forms.pledge), data: person::forms },
    Form { name: "practical-sheet", takes: STATIONS, template: |_| Some("practical-sheet"), data: judging::stations },
    Form { name: "public-list", takes: &[], template: |_| Some("public-list"), data: publicity::list },
    Form { name: "passed-roster", takes: NUMBER, template: |_| Some("passed-roster"), data: documents::passed_roster },
    Form { name: "qualification", takes: NUMBER, template: |_| Some("qualification"), data: documents::qualification },
    Form { name: "room-list", takes: VENUE, template: |_| Some("room-list"), data: posted::rooms },
    Form { name: "room-record", takes: PAPERS, template: |_| Some("room-record"), data: papers::rooms },
    Form { name: "roster", takes: PEOPLE, template: |p| p.forms.roster.as_deref(), data: roster::roster },
    Form { name: "rules", takes: &[], template: |_| Some("rules"), data: posted::rules },
    Form { name: "score-list", takes: &[], template: |_| Some("score-list"), data: summary::people },
    Form { name: "score-proof", takes: BAGS, template: |_| Some("score-proof"), data: scores::proof },
    Form { name: "score-sheet", takes: BAGS, template: |_| Some("score-sheet"), data: scores::blank },
    Form { name: "score-summary", takes: &[], template: |_| Some("score-summary"), data: summary::counts },
    Form { name: "script-cover", takes: PAPERS, template: |_| Some("script-cover"), data: papers::rooms },
    Form { name: "seat-chart", takes: ROOMS, template: |_| Some("seat-chart"), data: room::grouped },
    Form { name: "seat-list", takes: ROOMS, template: |_| Some("seat-list"), data: posted::seats },
    Form { name: "sign-in", takes: ROOMS, template: |_| Some("sign-in"), data: room::each },
    Form { name: "stock-list", takes: &[], template: |_| Some("stock-list"), data: register::stock },
    Form { name: "supervision-draw", takes: &[], template: |_| Some("supervision-draw"), data: supervision::draws },
    Form {
        name: "supervision-list",
        takes: &[],
        template: |_| Some("supervision-list"),
        data: supervision::publication,
    },
    Form {
        name: "supervision-report",
        takes: &[],
        template: |_| Some("supervision-report"),
        data: supervision::inspections,
    },
    Form { name: "ticket", takes: TICKETS, template: |_| Some("ticket"), data: ticket::tickets },
    Form { name: "timetable", takes: &[], template: |_| Some("timetable"), data: posted::timetable },
    Form { name: "special-ledger", takes: &[], template: |_| Some("special-ledger"), data: reports::ledger },
    Form { name: "subsidy-list", takes: &[], template: |_| Some("subsidy-list"), data: reports::subsidies },
    Form { name: "upload-audit", takes: NUMBER, template: |_| Some("upload-audit"), data: documents::audit },
    Form { name: "staff-marking", takes: &[Takes::Session], template: |_| Some("staff-marking"), data: staff::markers },
    Form { name: "staff-rooms", takes: AT_WORK, template: |_| Some("staff-rooms"), data: staff::sheet },
    Form { name: "staff-sign-in", takes: AT_WORK, template: |_| Some("staff-sign-in"), data: staff::sheet },
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

#[derive(Debug, Clone)]
pub struct Printed {
    form: &'static str,
    format: Format,
    /// What of the batch, for the file's name.
    suffix: String,
    /// What was asked for, for whoever gives leave.
    about: String,
    pub bytes: Vec<u8>,
    /// How many people are on it.
    pub people: usize,
    pub ids: Ids,
    tickets: Vec<ApplicationId>,
    /// Why ticket sheets are made outside their window.
    pub over: Option<String>,
}

impl Form {
    pub fn find(name: &str) -> Option<&'static Form> {
        FORMS.iter().find(|form| form.name == name)
    }

    /// Who prints it.
    pub fn by(&self) -> &'static [Role] {
        match self.name {
            "score-sheet" => &[Role::Coordinator, Role::Typist],
            "panel-sheet" | "practical-sheet" => &[Role::Coordinator, Role::Reviewer],
            "panel-minutes" => &[Role::Coordinator, Role::Auditor, Role::Reviewer],
            "score-proof" | "score-summary" | "score-list" => &[Role::Coordinator, Role::ScoreManager, Role::Auditor],
            _ => USUAL,
        }
    }

    /// The form for what is asked for.
    pub fn print(&self, site: &Site, scope: &Scope, format: Format) -> Result<Printed> {
        let policy = site.policy()?;
        let missing =
            || Refusal::new(NOT_IN_NOTICE).with("form", self.name).with("policy", policy.notice.code.as_str());
        let template = format!("{}.html", (self.template)(&policy).ok_or_else(missing)?);
        scope.fits(self.name, self.takes)?;
        // Other forms say nothing that their printer may not see; marks and sheets do.
        if self.by() != USUAL {
            allowed(&site.actor().roles, self.by())?;
        }
        let filled = (self.data)(&Asked::of(site, &policy, scope)?)?;
        let mut html = fill(&templates(site), &template, &filled.data).map_err(broken)?;
        if SIGNED.contains(&self.name) {
            let foot = fill(&templates(site), HEAD, &head(site)?).map_err(broken)?;
            html = html.replace(SECTION_ENDS, &format!("{foot}{SECTION_ENDS}"));
        }
        let bytes = match format {
            Format::Html => html.into_bytes(),
            Format::Xlsx => workbook(&template, &html).map_err(broken)?,
        };
        let Filled { people, ids, tickets, .. } = filled;
        Ok(Printed {
            form: self.name,
            format,
            suffix: scope.suffix(),
            about: scope.about(),
            bytes,
            people,
            ids,
            tickets,
            over: None,
        })
    }
}

/// The journal's head in groups of four, to compare by eye.
fn head(site: &Site) -> Result<Value> {
    let seen = anchor::seen(site)?;
    Ok(serde_json::json!({ "head": { "number": seen.number, "groups": groups(&seen.head).join(" ") } }))
}

impl Printed {
    /// Writes the file into `folder`, made if need be. In the journal before anybody has it.
    pub fn put(&self, site: &mut Site, folder: &Path) -> Result<(PathBuf, Option<OpNo>)> {
        let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
        let stem = format!("{}-{}{}", site.batch()?.code, self.form, self.suffix);
        let stem: String = stem.chars().map(plain).collect();
        let name = format!("{stem}.{}", self.format.ending());
        std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
        let rows = u64::try_from(self.people).unwrap_or(u64::MAX);
        let whole = if self.ids == Ids::Whole { rows } else { 0 };
        let done = if self.tickets.is_empty() {
            let export = Export {
                what: self.form.to_owned(),
                rows,
                whole,
                file: name.clone(),
                purpose: None,
                about: self.about.clone(),
            };
            site.perform(&export).map(|done| done.op)
        } else {
            let (applications, over) = (self.tickets.clone(), self.over.clone());
            site.perform_bulk(&Print { applications, whole, file: name.clone(), over }).map(|done| done.op)
        };
        let op = done.inspect_err(|_| {
            let (printed, folder) = (self.clone(), folder.to_owned());
            let put = move |site: &mut Site| printed.put(site, &folder).map(|(_, op)| (op, Changes::any(&["ticket"])));
            site.go_on_with(Box::new(put));
        })?;
        let path = folder.join(name);
        crate::bundle::write::file(&path, &self.bytes).map_err(Error::file(&path))?;
        Ok((path, op))
    }
}

pub(in crate::ops) fn templates(site: &Site) -> Vec<(String, String)> {
    let names = site.assets().names("forms", ".html").into_iter().map(|name| format!("{name}.html"));
    names.filter_map(|name| Some((name.clone(), site.assets().read(&format!("forms/{name}"))?))).collect()
}

/// A template is a file of the site like a policy, and told of in the same way.
pub(in crate::ops) fn broken(fault: FormFault) -> Error {
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
