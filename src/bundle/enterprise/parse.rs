//! From text to a filing. Every fault is told with its place.
use super::fault;
use super::parts::PARTS;
use super::raw::{self, RawCell, RawRow};
use crate::bundle::codes::Codes;
use crate::bundle::column::day;
use crate::bundle::row_fault::{Bad, RowFault, code};
use crate::model::filing::*;
use crate::model::{CreditCode, IdentityNo, Level, certificate_no, fold, phone};
use std::collections::HashSet;

struct Row<'a> {
    raw: &'a RawRow,
    faults: &'a mut Vec<RowFault>,
}

impl Row<'_> {
    fn cell(&self, key: &str) -> Option<&RawCell> {
        self.raw.cells.iter().find(|cell| cell.key == key)
    }

    fn fault(&mut self, key: &str, bad: Bad) {
        let cell = self.cell(key).map(|cell| (cell.line, cell.heading.clone(), cell.text.clone()));
        let absent = || (self.raw.line, format!("{}{key}", self.raw.path), String::new());
        let (line, column, value) = cell.unwrap_or_else(absent);
        self.faults.push(raw::fault((&self.raw.file, line, &column), &value, bad));
    }

    /// Folded text; `None` when it is empty.
    fn text(&mut self, key: &str) -> Option<String> {
        let text = self.cell(key).map(|cell| fold::text(&cell.text).into_owned()).filter(|t| !t.is_empty())?;
        if text.contains('\u{FFFD}') {
            self.fault(key, Bad::new(code::DAMAGED_TEXT));
        }
        Some(text)
    }

    fn need_text(&mut self, key: &str) -> Option<String> {
        let text = self.text(key);
        if text.is_none() {
            self.fault(key, Bad::new(code::REQUIRED_MISSING));
        }
        text
    }

    fn read<T>(&mut self, key: &str, read: impl FnOnce(&str) -> Result<T, Bad>) -> Option<T> {
        let text = self.text(key)?;
        read(&text).map_err(|bad| self.fault(key, bad)).ok()
    }

    fn need<T>(&mut self, key: &str, read: impl FnOnce(&str) -> Result<T, Bad>) -> Option<T> {
        let text = self.need_text(key)?;
        read(&text).map_err(|bad| self.fault(key, bad)).ok()
    }
}

/// Reads all parts. `None` when a required cell is not there; faults tell which.
pub fn filing(parts: &[Vec<RawRow>; PARTS.len()], codes: &Codes, faults: &mut Vec<RowFault>) -> Option<Filing> {
    let [head, occupations, equipment, staff, attachments, conditions] = parts;
    if let Some(second) = head.get(1) {
        Row { raw: second, faults }.fault("credit_code", Bad::new(fault::ONE_ROW));
    }
    let organisation = match head.first() {
        Some(raw) => self::organisation(&mut Row { raw, faults }),
        None => {
            let file = PARTS.first().map(super::parts::Part::file).unwrap_or_default();
            faults.push(raw::fault((&file, 1, ""), "", Bad::new(fault::ONE_ROW)));
            None
        }
    };
    // All parts are read before anything is given up, so that every fault is told at once.
    let filed = each(occupations, faults, |row| occupation(row, codes));
    let owned = each(equipment, faults, self::equipment);
    let people = each(staff, faults, self::staff);
    let papers = each(attachments, faults, attachment);
    let stated = each(conditions, faults, condition);
    twice(&filed, "code", |o| o.code.clone(), faults);
    twice(&people, "id_number", |s| format!("{:?} {}", s.kind, s.id_number), faults);
    twice(&papers, "title", |a| format!("{:?} {}", a.kind, a.title), faults);
    twice(&stated, "number", |c| c.number.to_string(), faults);
    let mut conditions = alone(stated);
    conditions.sort_by_key(|c| c.number);
    Some(Filing {
        organisation: organisation?,
        occupations: alone(filed),
        equipment: alone(owned),
        staff: alone(people),
        attachments: alone(papers),
        conditions,
    })
}

/// Rows that could be read, each with where it stands.
type Found<'a, T> = Vec<(&'a RawRow, T)>;

fn alone<T>(found: Found<'_, T>) -> Vec<T> {
    found.into_iter().map(|(_, row)| row).collect()
}

fn each<'a, T>(
    rows: &'a [RawRow],
    faults: &mut Vec<RowFault>,
    read: impl Fn(&mut Row<'_>) -> Option<T>,
) -> Found<'a, T> {
    rows.iter().filter_map(|raw| Some((raw, read(&mut Row { raw, faults })?))).collect()
}

/// Rows that name the same thing.
fn twice<T>(found: &Found<'_, T>, key: &str, value: impl Fn(&T) -> String, faults: &mut Vec<RowFault>) {
    let mut seen = HashSet::new();
    for (raw, row) in found {
        if !seen.insert(value(row)) {
            Row { raw, faults }.fault(key, Bad::new(fault::TWICE));
        }
    }
}

fn organisation(row: &mut Row<'_>) -> Option<Organisation> {
    let credit_code = row.need("credit_code", |t| Ok(CreditCode::parse(t)?.as_str().to_owned()));
    let name = row.need_text("name");
    let phone = |t: &str| phone::parse(t).map(|p| p.into_owned()).ok_or_else(|| Bad::new(code::PHONE));
    let rest = Organisation {
        credit_code: String::new(),
        name: String::new(),
        kind: row
            .read("kind", |t| word(t, OrganisationKind::parse, OrganisationKind::ALL))
            .unwrap_or(OrganisationKind::Enterprise),
        address: row.text("address"),
        certificate_prefix: row.read("certificate_prefix", |t| {
            let text = fold::number_like(t).to_ascii_uppercase();
            if certificate_no::is_prefix(&text) { Ok(text) } else { Err(Bad::new(fault::PREFIX)) }
        }),
        round: row.read("round", |t| count(t, 99)).unwrap_or(1),
        unit: row.text("unit"),
        contact: row.text("contact"),
        post: row.text("post"),
        landline: row.read("landline", phone),
        mobile: row.read("mobile", phone),
        email: row.read("email", email),
        strengths: row.text("strengths"),
        venue: row.text("venue"),
        systems: row.text("systems"),
    };
    Some(Organisation { credit_code: credit_code?, name: name?, ..rest })
}

fn occupation(row: &mut Row<'_>, codes: &Codes) -> Option<FiledOccupation> {
    let (name, code) = (row.need_text("name"), row.need("code", occupation_code));
    let level = |t: &str| Level::parse(&fold::word(t)).ok_or_else(|| Bad::new(code::UNKNOWN_LEVEL));
    let (lowest, highest) = (row.need("lowest", level), row.need("highest", level));
    let fee = row.read("fee", fen);
    let (name, code, lowest, highest) = (name?, code?, lowest?, highest?);
    if lowest < highest {
        row.fault("lowest", Bad::new(fault::LEVELS));
        return None;
    }
    if codes.is_licensed(&code, &name) {
        row.fault("name", Bad::new(LICENSED).with("occupation", name.as_str()));
    }
    let filed = FiledOccupation { name, code, lowest, highest, fee };
    if let Some(known) = codes.occupation(&filed.code) {
        if known.name != filed.name {
            row.fault("name", Bad::new(fault::OCCUPATION_NAME).with("expected", known.name.as_str()));
        }
        let outside = Level::ALL.into_iter().find(|l| filed.covers(*l) && !known.has(*l));
        if outside.is_some() {
            let levels: Vec<_> = known.levels().map(Level::official).collect();
            let bad = Bad::new(code::LEVEL_NOT_IN_CATALOGUE).with("occupation", known.name.as_str());
            row.fault("highest", bad.with("expected", levels.join(" ")));
        }
    }
    Some(filed)
}

fn equipment(row: &mut Row<'_>) -> Option<Equipment> {
    let (name, quantity) = (row.need_text("name"), row.need("quantity", |t| count(t, 1_000_000)));
    let (brand, model, owner) = (row.text("brand"), row.text("model"), row.text("owner"));
    Some(Equipment { name: name?, brand, model, quantity: quantity?, owner })
}

fn staff(row: &mut Row<'_>) -> Option<Staff> {
    let kind = row.need("kind", |t| word(t, StaffKind::parse, StaffKind::ALL));
    let (name, id_number) = (row.need_text("name"), row.need("id_number", identity));
    let list = row.text("occupations").unwrap_or_default();
    let split = list.split(['、', ',', '，', ';', '；']).map(str::trim).filter(|o| !o.is_empty());
    Some(Staff {
        kind: kind?,
        name: fold::name(&name?).into_owned(),
        id_number: id_number?,
        unit: row.text("unit"),
        post: row.text("post"),
        education: row.text("education"),
        duty: row.text("duty"),
        occupations: split.map(str::to_owned).collect(),
    })
}

fn attachment(row: &mut Row<'_>) -> Option<Attachment> {
    let kind = row.need("kind", |t| word(t, AttachmentKind::parse, AttachmentKind::ALL));
    let title = row.need_text("title");
    let person = row.read("person", identity);
    let dated = row.read("dated", |t| day(t).ok_or_else(|| Bad::new(code::DATE)));
    let (file, number) = (row.text("file"), row.text("number"));
    Some(Attachment { kind: kind?, title: title?, file, person, number, dated })
}

fn condition(row: &mut Row<'_>) -> Option<Condition> {
    let number = row.need("number", |t| count(t, CONDITIONS).map_err(|_| Bad::new(fault::CONDITION)));
    Some(Condition { number: number?, evidence: row.text("evidence"), met: None, note: None, judged_by: None })
}

fn word<T: Copy + Into<&'static str>>(text: &str, parse: fn(&str) -> Option<T>, all: &[T]) -> Result<T, Bad> {
    let words: Vec<&str> = all.iter().map(|one| (*one).into()).collect();
    parse(&fold::word(text)).ok_or_else(|| Bad::new(code::NOT_IN_LIST).with("expected", words.join(" ")))
}

fn identity(text: &str) -> Result<String, Bad> {
    Ok(IdentityNo::parse(text)?.as_str().to_owned())
}

/// A whole number from 1.
fn count(text: &str, most: i64) -> Result<i64, Bad> {
    let number = fold::number_like(text).parse().ok().filter(|n| (1..=most).contains(n));
    number.ok_or_else(|| Bad::new(fault::COUNT).with("expected", most))
}

/// `6-31-01-03`
fn occupation_code(text: &str) -> Result<String, Bad> {
    let code = fold::number_like(text);
    let parts: Vec<usize> = code.split('-').map(str::len).collect();
    let digits = code.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if digits && parts == [1, 2, 2, 2] { Ok(code.into_owned()) } else { Err(Bad::new(fault::OCCUPATION_CODE)) }
}

/// Yuan with at most two decimals, as fen.
fn fen(text: &str) -> Result<i64, Bad> {
    let text = fold::number_like(text);
    let text = text.trim_end_matches('元');
    let (yuan, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if yuan.is_empty() || yuan.len() > 7 || part.len() > 2 || !digits(yuan) || !digits(part) {
        return Err(Bad::new(fault::MONEY));
    }
    format!("{yuan}{part:0<2}").parse().map_err(|_| Bad::new(fault::MONEY))
}

fn email(text: &str) -> Result<String, Bad> {
    let text = fold::word(text);
    let good = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if good { Ok(text.into_owned()) } else { Err(Bad::new(code::EMAIL)) }
}
