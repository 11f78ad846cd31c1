//! A certificate number read part by part, each part checked against what the site knows.
use crate::model::certificate_no::{OrganisationClass, Parts};
use crate::model::{CertificateNo, Datum};
use crate::ops::{Result, Site};
use crate::store::views::certificates::{Certified, by_number, highest_own};
use crate::store::{NumberSegmentRow, rows};
use chrono::Datelike;
use serde::Serialize;

/// One of the seven parts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// Words `certificate_part.<code>`.
    pub code: &'static str,
    /// First and last place, from 1.
    pub places: (usize, usize),
    pub value: String,
    pub meaning: Datum,
    /// `None`: nothing here to check it against.
    pub fits: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explained {
    pub number: String,
    pub parts: Vec<Part>,
    /// The register's line, when the number is in it.
    pub certificate: Option<Certified>,
    /// Whether this site could have given the number.
    pub ours: bool,
}

/// Refused when the text is no number of 22 places, with the part that is wrong.
pub fn explain_number(site: &Site, text: &str) -> Result<Explained> {
    let number = CertificateNo::parse(text)?;
    let certificate = by_number(site.store().db(), number.as_str())?;
    let own = site.row()?.organisation.unwrap_or_default();
    let ours = own == number.prefix();
    let same =
        |range: std::ops::Range<usize>| (!own.is_empty()).then(|| own.get(range.clone()) == number.as_str().get(range));
    let parts = number.parts();
    let part = |code, places, value: &str, meaning, fits| Part { code, places, value: value.to_owned(), meaning, fits };
    let digits = number.as_str();
    let (filed, province) = (filed(&parts), province(site, &parts)?);
    let holder = if ours { Datum::Text(site.row()?.name) } else { word("certificate_site.other") };
    let (year, year_fits) = year(site, &parts, certificate.as_ref());
    let (level, level_fits) = level(site, &parts, certificate.as_ref())?;
    let (serial, serial_fits) = serial(site, &number, (ours, certificate.is_some()))?;
    let sign = parts.sign.to_string();
    let list = vec![
        part("class", (1, 1), digits.get(0..1).unwrap_or_default(), class(&parts), same(0..1)),
        part("organisation", (2, 5), parts.organisation, filed, same(1..5)),
        part("province", (6, 7), parts.province, province, same(5..7)),
        part("site", (8, 13), parts.site, holder, same(7..13)),
        part("year", (14, 15), parts.year, year, year_fits),
        part("level", (16, 16), &sign, level, level_fits),
        part("serial", (17, 22), digits.get(16..22).unwrap_or_default(), serial, serial_fits),
    ];
    Ok(Explained { number: number.as_str().to_owned(), parts: list, certificate, ours })
}

fn word(key: &str) -> Datum {
    Datum::Word(key.to_owned())
}

fn class(parts: &Parts<'_>) -> Datum {
    word(match parts.class {
        OrganisationClass::Employer => "certificate_class.y",
        OrganisationClass::Social => "certificate_class.s",
    })
}

fn filed(parts: &Parts<'_>) -> Datum {
    word(if parts.organisation == "0000" { "certificate_filed.province" } else { "certificate_filed.ministry" })
}

fn province(site: &Site, parts: &Parts<'_>) -> Result<Datum> {
    let codes = site.codes()?;
    Ok(match (parts.province, codes.region(&format!("{}0000", parts.province))) {
        ("66", _) => word("certificate_province.corps"),
        (_, Some(region)) => Datum::Text(region.name.clone()),
        (_, None) => word("certificate_province.unknown"),
    })
}

/// A number that is not in the register can still not be of a year to come.
fn year(site: &Site, parts: &Parts<'_>, certificate: Option<&Certified>) -> (Datum, Option<bool>) {
    let year: i32 = parts.year.parse().unwrap_or_default();
    let issued = certificate.map(|c| c.issued_on.year().rem_euclid(100) == year);
    let to_come = 2000 + year > site.now().day().year();
    (Datum::Text(format!("20{}", parts.year)), issued.or(to_come.then_some(false)))
}

/// A sign that is known and not in use is told by its name.
fn level(site: &Site, parts: &Parts<'_>, certificate: Option<&Certified>) -> Result<(Datum, Option<bool>)> {
    let codes = site.codes()?;
    let Some(sign) = codes.level_signs.find(parts.sign) else {
        return Ok((word("certificate_level_sign.unknown"), Some(false)));
    };
    let meaning = match sign.level {
        Some(level) => Datum::Word(level.key()),
        None => Datum::Text(sign.name.clone()),
    };
    let fits = certificate.map(|c| Some(c.level) == sign.level);
    Ok((meaning, if sign.in_use { fits } else { Some(false) }))
}

/// Whether it was ever given, and otherwise whose segment it lies in.
fn serial(site: &Site, number: &CertificateNo, (ours, stored): (bool, bool)) -> Result<(Datum, Option<bool>)> {
    let parts = number.parts();
    let (serial, year) = (i64::from(parts.serial), parts.year.parse::<i64>().unwrap_or_default());
    let plain = Datum::Int(serial);
    if stored {
        return Ok((plain, Some(true)));
    }
    if !ours {
        return Ok((plain, None));
    }
    let db = site.store().db();
    let tail = "WHERE prefix = ?1 AND ?2 BETWEEN first AND last AND (year IS NULL OR year = ?3)";
    let with = (number.prefix(), serial, year);
    let segment = rows::first::<NumberSegmentRow>(db, tail, with)?;
    let code = site.row()?.code;
    if let Some(other) = segment.filter(|s| s.site != code) {
        return Ok((Datum::Text(format!("{serial} ({})", other.site)), None));
    }
    let highest = highest_own(db, (number.prefix(), year, parts.sign), (1, i64::MAX))?;
    Ok((
        if serial > highest { word("certificate_serial.not_given") } else { word("certificate_serial.missing") },
        Some(false),
    ))
}
