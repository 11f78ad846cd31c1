//! One row of a candidate sheet as typed values, and the checks that need several cells of the row.
use super::codes::{Codes, Occupation};
use super::column::{Answer, Value, doubt, parse};
use super::field::Field;
use super::layout::{Column, Kind, Layout, When};
use super::row_fault::{Bad, Severity, code};
use crate::model::{Day, DocumentKind, IdentityNo, Level, Route, Sex};
use std::borrow::Cow;

/// A good row. Text is borrowed from the row wherever nothing was folded.
#[derive(Debug, Clone, PartialEq)]
pub struct ApplicationRow<'a> {
    pub line: u64,
    pub sequence: Option<Cow<'a, str>>,
    pub occupation: &'a Occupation,
    pub level: Level,
    /// The condition (申报条件) as the applicant names it.
    pub condition: Option<Cow<'a, str>>,
    pub document: DocumentKind,
    /// Checked where the kind of document allows it; an identity number has its 18 places.
    pub number: Cow<'a, str>,
    pub name: Cow<'a, str>,
    /// From the identity number where the sheet leaves it out.
    pub sex: Option<Sex>,
    /// As `sex`.
    pub birth: Option<Day>,
    pub phone: Option<Cow<'a, str>>,
    pub has_certificate: Option<Answer>,
    pub certificate_level: Option<Level>,
    pub certificate_no: Option<Cow<'a, str>>,
    pub education: Option<Cow<'a, str>>,
    pub region: Option<Cow<'a, str>>,
    pub source: Option<Cow<'a, str>>,
    pub employer: Option<Cow<'a, str>>,
    pub registered_by: Option<Cow<'a, str>>,
    /// 初次认定 or 晋级认定
    pub category: Option<Cow<'a, str>>,
    pub major: Option<Cow<'a, str>>,
    /// 正考 or 补考
    pub attempt: Option<Cow<'a, str>>,
    pub ethnic_group: Option<Cow<'a, str>>,
    /// The first of the month where the sheet gives the month alone.
    pub work_began: Option<Day>,
    pub email: Option<Cow<'a, str>>,
    /// Years in the occupation, as stated.
    pub years: Option<u32>,
    pub household: Option<Cow<'a, str>>,
    pub politics: Option<Cow<'a, str>>,
    pub diploma_no: Option<Cow<'a, str>>,
    pub experience: Option<Cow<'a, str>>,
    pub address: Option<Cow<'a, str>>,
    pub delivery: Option<Cow<'a, str>>,
    pub postcode: Option<Cow<'a, str>>,
    pub mailing_address: Option<Cow<'a, str>>,
    pub route: Option<Route>,
    pub direction: Option<Cow<'a, str>>,
    pub unit: Option<Cow<'a, str>>,
    pub employer_code: Option<Cow<'a, str>>,
    pub registration_no: Option<Cow<'a, str>>,
    pub achievements: Option<Cow<'a, str>>,
    pub strengths: Option<Cow<'a, str>>,
    pub pledged_on: Option<Day>,
    pub training: Option<Answer>,
    /// 现聘任等级
    pub held_level: Option<Level>,
    /// 聘任时间; the first of the month where the sheet gives the month alone.
    pub engaged_on: Option<Day>,
}

/// Parsed cells by field.
pub struct Values<'a>([Option<Value<'a>>; Field::COUNT]);

impl<'a> Values<'a> {
    fn get(&self, field: Field) -> Option<&Value<'a>> {
        self.0.get(field as usize)?.as_ref()
    }

    fn set(&mut self, field: Field, value: Value<'a>) {
        if let Some(slot) = self.0.get_mut(field as usize) {
            *slot = Some(value);
        }
    }

    fn take(&mut self, field: Field) -> Option<Value<'a>> {
        self.0.get_mut(field as usize)?.take()
    }

    fn text(&mut self, field: Field) -> Option<Cow<'a, str>> {
        match self.take(field)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    fn day(&mut self, field: Field) -> Option<Day> {
        match self.take(field)? {
            Value::Day(day) => Some(day),
            _ => None,
        }
    }

    fn answer(&mut self, field: Field) -> Option<Answer> {
        match self.take(field)? {
            Value::Answer(answer) => Some(answer),
            _ => None,
        }
    }

    fn level(&self, field: Field) -> Option<Level> {
        match self.get(field)? {
            Value::Level(level) => Some(*level),
            _ => None,
        }
    }
}

/// A fault of one row: which field's cell (`None`: the whole row), what, and how bad.
pub struct Found {
    pub field: Option<Field>,
    pub bad: Bad,
    pub severity: Severity,
}

/// Everything that one row is checked against.
pub struct Check<'c> {
    pub layout: &'c Layout,
    pub codes: &'c Codes,
    /// Whether this site assesses the occupation at the level.
    pub offers: &'c (dyn Fn(&Occupation, Level) -> bool + Sync),
}

/// Checks of one row in progress.
struct Row<'c, 'a> {
    check: &'c Check<'c>,
    values: Values<'a>,
    found: &'c mut Vec<Found>,
}

impl<'c> Check<'c> {
    /// Reads a row. `cell` gives the trimmed cell of the layout's nth column, empty when the sheet lacks it.
    /// Every fault goes to `found`; the row is good when none of them is an error.
    pub fn row<'a>(
        &'a self,
        line: u64,
        cell: impl Fn(usize) -> &'a str,
        found: &mut Vec<Found>,
    ) -> Option<ApplicationRow<'a>>
    where
        'c: 'a,
    {
        let mut row = Row { check: self, values: Values(std::array::from_fn(|_| None)), found };
        for (n, column) in self.layout.columns.iter().enumerate() {
            let cell = cell(n);
            if !cell.is_empty() {
                row.read(column, cell, self.codes);
            } else if column.required {
                row.error(column.field, Bad::new(code::REQUIRED_MISSING));
            }
        }
        row.conditions(&cell);
        row.identity();
        row.catalogue();
        let values = row.values;
        if found.iter().any(|f| f.severity == Severity::Error) { None } else { build(line, values) }
    }
}

impl<'c, 'a> Row<'c, 'a> {
    fn error(&mut self, field: Field, bad: Bad) {
        self.found.push(Found { field: Some(field), bad, severity: Severity::Error });
    }

    fn read(&mut self, column: &'a Column, cell: &'a str, codes: &'a Codes) {
        match parse(column, cell, codes) {
            Ok(value) => {
                if matches!(column.cell, Kind::Region | Kind::Certificate)
                    && let Some(code) = doubt(column, &value, codes)
                {
                    let (field, bad) = (Some(column.field), Bad::new(code));
                    self.found.push(Found { field, bad, severity: Severity::Warning });
                }
                self.values.set(column.field, value);
            }
            Err(bad) => self.error(column.field, bad),
        }
    }

    /// Columns that an answer elsewhere makes necessary. The fault is told once, at the column of that answer.
    fn conditions(&mut self, cell: &impl Fn(usize) -> &'a str) {
        let layout = self.check.layout;
        let mut told: Option<Field> = None;
        for (n, column) in layout.columns.iter().enumerate() {
            let Some(when) = self.needs(column) else { continue };
            if !cell(n).is_empty() || told == Some(when.field) {
                continue;
            }
            told = Some(when.field);
            let empty =
                layout.columns.iter().enumerate().filter(|(n, other)| {
                    self.needs(other).is_some_and(|w| w.field == when.field) && cell(*n).is_empty()
                });
            let names: Vec<&str> = empty.map(|(_, other)| other.name.as_str()).collect();
            let bad = Bad::new(code::REQUIRED_IF).with("expected", names.join("、"));
            self.error(when.field, bad);
        }
    }

    /// The condition under which this column must be filled, if it holds. An unreadable answer asks for nothing.
    fn needs(&self, column: &'c Column) -> Option<&'c When> {
        let holds = |when: &When| self.values.get(when.field).map(|value| value.is(&when.value));
        let on = column.required_if.as_ref().filter(|when| holds(when) == Some(true));
        on.or_else(|| column.required_unless.as_ref().filter(|when| holds(when) == Some(false)))
    }

    /// Checks the document's number, and sex and birth date against it.
    fn identity(&mut self) {
        let kind = match self.values.get(Field::Document) {
            Some(Value::Document(kind)) => *kind,
            // An unreadable kind has its own fault: the number cannot be judged.
            _ if self.found.iter().any(|f| f.field == Some(Field::Document)) => return,
            _ => DocumentKind::ResidentId,
        };
        let Some(text) = self.values.text(Field::Number) else { return };
        let number = if kind.tells_birth_and_sex() {
            IdentityNo::parse(&text).map(|number| {
                self.agree(number);
                if text == number.as_str() { text } else { Cow::Owned(number.to_string()) }
            })
        } else {
            kind.number(&text).map(|number| Cow::Owned(number.into_owned()))
        };
        let number = match number {
            Ok(number) => number,
            Err(refusal) => return self.error(Field::Number, refusal.into()),
        };
        self.values.set(Field::Number, Value::Text(number));
        self.values.set(Field::Document, Value::Document(kind));
    }

    fn agree(&mut self, number: IdentityNo) {
        let (sex, birth) = (Value::Sex(number.sex()), Value::Day(number.birth()));
        if self.values.get(Field::Sex).is_some_and(|given| *given != sex) {
            self.error(Field::Sex, Bad::new(code::SEX_DIFFERS_FROM_ID).with("expected", number.sex().official()));
        }
        if self.values.get(Field::Birth).is_some_and(|given| *given != birth) {
            let bad = Bad::new(code::DATE_OR_DIFFERS_FROM_ID).with("expected", number.birth().to_string());
            self.error(Field::Birth, bad);
        }
        self.values.set(Field::Sex, sex);
        self.values.set(Field::Birth, birth);
    }

    fn catalogue(&mut self) {
        let Some(Value::Occupation(occupation)) = self.values.get(Field::Occupation) else { return };
        let Some(level) = self.values.level(Field::Level) else { return };
        if !(self.check.offers)(occupation, level) {
            let levels: Vec<String> = occupation.levels().map(|l| l.digit().to_string()).collect();
            let bad = Bad::new(code::LEVEL_NOT_IN_CATALOGUE)
                .with("occupation", occupation.name.as_str())
                .with("expected", levels.join(" "));
            self.error(Field::Level, bad);
        }
    }
}

fn build(line: u64, mut v: Values<'_>) -> Option<ApplicationRow<'_>> {
    let (Some(Value::Occupation(occupation)), Some(level)) = (v.take(Field::Occupation), v.level(Field::Level)) else {
        return None;
    };
    let Some(Value::Document(document)) = v.take(Field::Document) else { return None };
    Some(ApplicationRow {
        line,
        sequence: v.text(Field::Sequence),
        occupation,
        level,
        condition: v.text(Field::Condition),
        document,
        number: v.text(Field::Number)?,
        name: v.text(Field::Name)?,
        sex: v.take(Field::Sex).and_then(|v| if let Value::Sex(sex) = v { Some(sex) } else { None }),
        birth: v.day(Field::Birth),
        phone: v.text(Field::Phone),
        has_certificate: v.answer(Field::HasCertificate),
        certificate_level: v.level(Field::CertificateLevel),
        certificate_no: v.text(Field::CertificateNo),
        education: v.text(Field::Education),
        region: v.text(Field::Region),
        source: v.text(Field::Source),
        employer: v.text(Field::Employer),
        registered_by: v.text(Field::RegisteredBy),
        category: v.text(Field::Category),
        major: v.text(Field::Major),
        attempt: v.text(Field::Attempt),
        ethnic_group: v.text(Field::EthnicGroup),
        work_began: v.day(Field::WorkBegan),
        email: v.text(Field::Email),
        years: v.take(Field::Years).and_then(|v| if let Value::Integer(years) = v { Some(years) } else { None }),
        household: v.text(Field::Household),
        politics: v.text(Field::Politics),
        diploma_no: v.text(Field::DiplomaNo),
        experience: v.text(Field::Experience),
        address: v.text(Field::Address),
        delivery: v.text(Field::Delivery),
        postcode: v.text(Field::Postcode),
        mailing_address: v.text(Field::MailingAddress),
        route: v.take(Field::Route).and_then(|v| if let Value::Route(route) = v { Some(route) } else { None }),
        direction: v.text(Field::Direction),
        unit: v.text(Field::Unit),
        employer_code: v.text(Field::EmployerCode),
        registration_no: v.text(Field::RegistrationNo),
        achievements: v.text(Field::Achievements),
        strengths: v.text(Field::Strengths),
        pledged_on: v.day(Field::PledgedOn),
        training: v.answer(Field::Training),
        held_level: v.level(Field::HeldLevel),
        engaged_on: v.day(Field::EngagedOn),
    })
}
