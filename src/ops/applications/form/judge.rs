//! From the form's texts to an application, with everything that is wrong or odd about them.
use super::items::{item_about, item_of};
use super::piece::{self, Bound, PieceFault, bound};
use super::typed::Typed;
use super::unit::{self, Employer};
use super::{FUTURE, MISSING, MOST_IN_TEXT, NO_PLEDGE, TOO_LONG, UNIT_DIFFERS, UNIT_NOT_ROUTED, UNIT_UNKNOWN};
use crate::bundle::application::{Check, Found};
use crate::bundle::codes::Codes;
use crate::bundle::column::{day, guarded};
use crate::bundle::layout::Layout;
use crate::bundle::row_fault::{Bad, RowFault, Severity, code};
use crate::bundle::sheet::catalogue;
use crate::model::{
    ApplicationId, BatchId, CreditCode, Day, DocumentKind, Evidence, EvidenceKind, Level, Relation, Route, fold,
};
use crate::ops::ApplicationRow;
use crate::ops::exchange::filed::filed;
use crate::ops::exchange::{LEVEL_NOT_HELD, Limits, OCCUPATION_CLOSED};
use crate::policy::Policy;
use crate::policy::particulars::{self, Facts, HandedIn};

/// What a form is judged against.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    pub codes: &'a Codes,
    pub policy: &'a Policy,
    pub layout: &'a Layout,
    pub today: Day,
    /// What the database knows: what is offered, what organisations filed, who is barred. `None` leaves it open.
    pub limits: Option<&'a Limits<'a>>,
}

/// The outcome: an application to store when nothing is an error. A fault names its item in `column`; line 0 is the form
/// itself, line n the nth piece of evidence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judged {
    /// As newly filed, in batch 0.
    pub row: Option<ApplicationRow>,
    pub evidence: Vec<Evidence>,
    pub faults: Vec<RowFault>,
    /// Code of the unit that takes the applicant.
    pub unit: Option<String>,
}

impl Judged {
    pub fn errors(&self) -> impl Iterator<Item = &RowFault> {
        self.faults.iter().filter(|f| f.severity == Severity::Error)
    }

    /// Faults of one item of the form.
    pub fn of<'a>(&'a self, item: &'a str) -> impl Iterator<Item = &'a RowFault> {
        self.faults.iter().filter(move |f| f.line == 0 && f.column == item)
    }
}

/// Judges the whole form. Where `before` is given, an item that was empty then may stay empty.
pub fn judge(ground: &Ground<'_>, typed: &Typed, before: Option<&Typed>) -> Judged {
    let mut court = Court { ground, typed, before, faults: Vec::new() };
    let row = court.cells();
    let evidence = court.evidence();
    court.rules(row.as_ref());
    let unit = court.unit();
    let lines = ["experience", "achievements", "strengths", "direction", "employer_code", "registration_no"];
    let texts = lines.map(|item| court.text(item));
    let pledged_on = court.day("pledged_on", day);
    if pledged_on.is_none() {
        court.warn("pledged_on", Bad::new(NO_PLEDGE));
    }
    let [experience, achievements, strengths, direction, employer_code, registration_no] = texts;
    let employer_code = court.employer_code(employer_code);
    let good = !court.faults.iter().any(|f| f.severity == Severity::Error);
    let row = row.filter(|_| good).map(|row| ApplicationRow {
        category: Some(row.route.category().to_owned()),
        experience,
        achievements,
        strengths,
        direction,
        employer_code,
        registration_no,
        unit: unit.clone(),
        pledged_on,
        training: yes_no(typed.get("training")),
        ..row
    });
    let evidence = if good { evidence } else { Vec::new() };
    Judged { row, evidence, faults: court.faults, unit }
}

/// The items that this application must fill in.
pub fn needed(ground: &Ground<'_>, typed: &Typed) -> Vec<&'static str> {
    let always = ground.layout.columns.iter().filter(|c| c.required).filter_map(|c| item_of(c.field));
    let document = Some(typed.get("document")).filter(|t| !t.is_empty()).and_then(DocumentKind::parse);
    let facts = particulars::needs(document, Route::parse(typed.get("route"))).into_iter().map(item_about);
    let unit = (!ground.policy.applicants.individual_registration).then_some("registered_by");
    always.chain(facts).chain(unit).chain(["route"]).collect()
}

fn yes_no(text: &str) -> Option<bool> {
    match fold::word(text).as_ref() {
        "是" => Some(true),
        "否" => Some(false),
        _ => None,
    }
}

struct Court<'a> {
    ground: &'a Ground<'a>,
    typed: &'a Typed,
    before: Option<&'a Typed>,
    faults: Vec<RowFault>,
}

impl Court<'_> {
    fn fault(&mut self, item: &str, bad: Bad, severity: Severity) {
        self.faults.push(RowFault {
            file: String::new(),
            line: 0,
            column: item.to_owned(),
            letters: None,
            value: self.typed.get(item).to_owned(),
            code: bad.code,
            severity,
            data: bad.data,
        });
    }

    fn error(&mut self, item: &str, bad: Bad) {
        self.fault(item, bad, Severity::Error);
    }

    fn warn(&mut self, item: &str, bad: Bad) {
        self.fault(item, bad, Severity::Warning);
    }

    /// Whether the item was empty when the application was stored: a correction of another item need not fill it.
    fn was_empty(&self, item: &str) -> bool {
        self.before.is_some_and(|before| before.get(item).is_empty())
    }

    /// An item that must not be empty.
    fn need(&mut self, item: &str) {
        if self.typed.get(item).is_empty() {
            let severity = if self.was_empty(item) { Severity::Warning } else { Severity::Error };
            self.fault(item, Bad::new(MISSING), severity);
        }
    }

    fn route(&self) -> Option<Route> {
        let text = self.typed.get("route");
        Route::parse(text).or_else(|| Route::named(text))
    }

    /// The items that a sheet has too, by the checks of a sheet's row.
    fn cells(&mut self) -> Option<ApplicationRow> {
        let mut layout = self.ground.layout.clone();
        for column in &mut layout.columns {
            let empty_before = item_of(column.field).is_some_and(|item| self.was_empty(item));
            column.required &= !empty_before;
        }
        let offers = |occupation: &_, level| catalogue(occupation, level);
        let check = Check { layout: &layout, codes: self.ground.codes, offers: &offers };
        let cell = |n: usize| {
            let item = layout.columns.get(n).and_then(|column| item_of(column.field));
            item.map(|item| self.typed.get(item)).unwrap_or_default()
        };
        let mut found = Vec::new();
        let row = check.row(0, cell, &mut found);
        let row = row.map(|sheet| filed(&sheet, BatchId(0), ApplicationId(0)));
        for Found { field, bad, severity } in found {
            let bad = if bad.code == code::REQUIRED_MISSING { Bad::new(MISSING) } else { bad };
            let item = field.and_then(item_of).unwrap_or_default();
            self.fault(item, bad, severity);
        }
        let route = self.route();
        row.map(|row| ApplicationRow {
            has_certificate: Some(row.certificate_no.is_some() || row.certificate_level.is_some()),
            route: route.unwrap_or(Route::First),
            ..row
        })
    }

    /// What hangs on the document, the route and the notice.
    fn rules(&mut self, row: Option<&ApplicationRow>) {
        let (policy, route) = (self.ground.policy, self.route());
        let document = Some(self.typed.get("document")).filter(|t| !t.is_empty()).and_then(DocumentKind::parse);
        match route {
            None if self.typed.get("route").is_empty() => self.need("route"),
            None => {
                let kinds: Vec<_> = policy.routes.iter().map(|r| r.kind.code()).collect();
                self.error("route", Bad::new(code::NOT_IN_LIST).with("expected", kinds.join(" ")));
            }
            Some(route) => {
                let level = Level::parse(&fold::word(self.typed.get("level"))).unwrap_or(Level::Three);
                if let Err(refusal) = particulars::route(policy, route, level) {
                    self.error("route", refusal.into());
                }
            }
        }
        for fact in particulars::needs(document, route) {
            self.need(item_about(fact));
        }
        let filled = |item| Some(self.typed.get(item)).filter(|text| !text.is_empty());
        // The unit above a roster registered whoever came in by it.
        let by = if self.was_empty("registered_by") { "unit" } else { "registered_by" };
        let unit = Some(self.typed.get("registered_by")).filter(|t| !t.is_empty()).unwrap_or(self.typed.get(by));
        let (employer, employer_code) = (filled("employer"), filled("employer_code"));
        let handed = HandedIn { unit: Some(unit), person: self.typed.get("name"), employer, employer_code };
        if let Err(refusal) = particulars::registered(policy, &handed) {
            self.error("registered_by", refusal.into());
        }
        let Some(row) = row else { return };
        let outside = self.ground.limits.and_then(|limits| limits.refused(row, self.is_another()));
        if let Some(outside) = outside {
            // A sheet names the occupation for both; a form can show the level that is not taken.
            let is_level = [OCCUPATION_CLOSED, LEVEL_NOT_HELD].contains(&outside.bad.code);
            let item = if is_level { "level" } else { item_of(outside.field).unwrap_or("occupation") };
            self.error(item, outside.bad);
        }
        let facts = Facts { birth: row.birth, work_began: row.work_began, years: row.years };
        for doubt in particulars::doubts(facts, self.ground.today) {
            self.warn(item_about(doubt.about), Bad { code: doubt.code, data: doubt.data });
        }
    }

    /// Whether this is for another occupation or level than what is stored; whatever is new is.
    fn is_another(&self) -> bool {
        let wanted = |typed: &Typed| {
            let occupation = self.ground.codes.occupation(&fold::word(typed.get("occupation")));
            (occupation.map(|o| o.code.clone()), Level::parse(&fold::word(typed.get("level"))))
        };
        self.before.is_none_or(|before| wanted(before) != wanted(self.typed))
    }

    /// The employer's code as it is written; a wrong one is only told, for paper forms have such.
    fn employer_code(&mut self, text: Option<String>) -> Option<String> {
        let text = text?;
        match CreditCode::parse(&text) {
            Ok(code) => Some(code.as_str().to_owned()),
            Err(refusal) => {
                self.warn("employer_code", refusal.into());
                Some(fold::number_like(&text).into_owned())
            }
        }
    }

    /// The unit that takes the applicant: as chosen, or by the employer's place.
    fn unit(&mut self) -> Option<String> {
        let policy = self.ground.policy;
        if policy.units.list.is_empty() {
            return None;
        }
        let employer = Employer { name: self.typed.get("employer"), region: self.typed.get("region") };
        let routed = unit::routed(policy, self.ground.codes, employer);
        let text = self.typed.get("unit");
        if text.is_empty() {
            if routed.is_none() {
                self.warn("unit", Bad::new(UNIT_NOT_ROUTED));
            }
            return routed.map(|unit| unit.code.clone());
        }
        let Some(chosen) = unit::chosen(policy, text) else {
            let names: Vec<_> = policy.units.list.iter().map(|unit| unit.name.as_str()).collect();
            self.error("unit", Bad::new(UNIT_UNKNOWN).with("expected", names.join(" ")));
            return None;
        };
        if let Some(routed) = routed.filter(|routed| routed.code != chosen.code) {
            self.warn("unit", Bad::new(UNIT_DIFFERS).with("expected", routed.name.as_str()));
        }
        Some(chosen.code.clone())
    }

    /// A text of the form alone. Lines stay lines; what cannot be seen goes.
    fn text(&mut self, item: &'static str) -> Option<String> {
        let text = self.typed.get(item);
        if text.is_empty() {
            return None;
        }
        if text.len() > MOST_IN_TEXT {
            self.error(item, Bad::new(TOO_LONG).with("expected", MOST_IN_TEXT));
            return None;
        }
        let lines: Vec<_> = text.lines().map(fold::text).collect();
        let folded = lines.join("\n").trim().to_owned();
        // A formula or damage in any line: the text may be written to a sheet one line a row.
        match lines.iter().find_map(|line| guarded(line, line.clone()).err()) {
            Some(bad) => {
                self.error(item, bad);
                None
            }
            None => Some(folded).filter(|t| !t.is_empty()),
        }
    }

    fn day(&mut self, item: &'static str, read: impl Fn(&str) -> Option<Day>) -> Option<Day> {
        let text = self.typed.get(item);
        if text.is_empty() {
            return None;
        }
        let day = read(text);
        match day {
            None => self.error(item, Bad::new(code::DATE)),
            Some(day) if day > self.ground.today => {
                let today = self.ground.today.to_string();
                self.error(item, Bad::new(FUTURE).with("expected", today));
            }
            Some(_) => {}
        }
        day
    }

    /// The certificate held before, then the pieces as they stand.
    fn evidence(&mut self) -> Vec<Evidence> {
        let mut all: Vec<Evidence> = self.certificate_before().into_iter().collect();
        for (at, piece) in self.typed.evidence.iter().enumerate() {
            let mut found = Vec::new();
            all.extend(piece::read(piece, self.ground.today, &mut found));
            for PieceFault { part, bad, severity } in found {
                self.faults.push(RowFault {
                    file: String::new(),
                    line: u64::try_from(at + 1).unwrap_or(u64::MAX),
                    column: part.to_owned(),
                    letters: None,
                    value: piece.get(part).to_owned(),
                    code: bad.code,
                    severity,
                    data: bad.data,
                });
            }
        }
        all
    }

    /// The items about the certificate held before (上一级证书) are evidence too, or its years would not count.
    fn certificate_before(&mut self) -> Option<Evidence> {
        let from = self.day("certificate_on", |text| bound(text, Bound::First));
        // A promotion stays in the occupation, unless somebody says otherwise.
        let same = || {
            let occupation = self.ground.codes.occupation(&fold::word(self.typed.get("occupation")))?;
            (self.route() == Some(Route::Promotion)).then(|| occupation.name.clone())
        };
        let same = same();
        let subject = self.text("certificate_occupation").or(same);
        let relation = self.typed.get("certificate_relation");
        let class = self.typed.get("certificate_class");
        if !relation.is_empty() && Relation::parse(relation).is_none() {
            self.error("certificate_relation", Bad::new(code::NOT_IN_LIST).with("expected", words(Relation::ALL)));
        }
        let known = piece::classes(EvidenceKind::Certificate);
        if !class.is_empty() && !known.contains(&class) {
            self.error("certificate_class", Bad::new(code::NOT_IN_LIST).with("expected", known.join(" ")));
        }
        let number = fold::number_like(self.typed.get("certificate_no")).into_owned();
        (!number.is_empty()).then(|| Evidence {
            kind: EvidenceKind::Certificate,
            from,
            to: None,
            relation: Relation::parse(relation),
            level: Level::parse(&fold::word(self.typed.get("certificate_level"))),
            rank: None,
            class: Some(class.to_owned()).filter(|c| !c.is_empty()),
            subject,
            unit: None,
            number: Some(number),
            months: None,
        })
    }
}

fn words(all: &[Relation]) -> String {
    all.iter().map(|one| one.code()).collect::<Vec<_>>().join(" ")
}
