//! A certificate number read part by part, each part checked against what the site knows.
use crate::model::certificate_no::OrganisationClass;
use crate::model::{CertificateNo, Datum};
use crate::ops::{Result, Site};
use crate::store::views::certificates::{Certified, by_number};
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
    let class = match parts.class {
        OrganisationClass::Employer => "certificate_class.y",
        OrganisationClass::Social => "certificate_class.s",
    };
    let filed = if parts.organisation == "0000" { "certificate_filed.province" } else { "certificate_filed.ministry" };
    let codes = site.codes()?;
    let province = match (parts.province, codes.region(&format!("{}0000", parts.province))) {
        ("66", _) => Datum::Word("certificate_province.corps".to_owned()),
        (_, Some(region)) => Datum::Text(region.name.clone()),
        (_, None) => Datum::Word("certificate_province.unknown".to_owned()),
    };
    let issued = certificate.as_ref().map(|c| c.issued_on.format("%y").to_string() == parts.year);
    let level = certificate.as_ref().map(|c| c.level == parts.level);
    let other = || Datum::Word("certificate_site.other".to_owned());
    let holder = if ours { Datum::Text(site.row()?.name) } else { other() };
    let part = |code, places, value: &str, meaning, fits| Part { code, places, value: value.to_owned(), meaning, fits };
    let digits = number.as_str();
    let parts = vec![
        part("class", (1, 1), digits.get(0..1).unwrap_or_default(), Datum::Word(class.to_owned()), same(0..1)),
        part("organisation", (2, 5), parts.organisation, Datum::Word(filed.to_owned()), same(1..5)),
        part("province", (6, 7), parts.province, province, same(5..7)),
        part("site", (8, 13), parts.site, holder, same(7..13)),
        part("year", (14, 15), parts.year, Datum::Text(format!("20{}", parts.year)), issued),
        part("level", (16, 16), &parts.level.digit().to_string(), Datum::Word(parts.level.key()), level),
        part("serial", (17, 22), digits.get(16..22).unwrap_or_default(), Datum::Int(i64::from(parts.serial)), None),
    ];
    Ok(Explained { number: number.as_str().to_owned(), parts, certificate, ours })
}
