//! What stands on a certificate, field by field, as the national face asks for it, and where it stands on a blank form.
use super::parts::{Part, explain_number};
use crate::bundle::face::{FaceLayout, Placed, What, worded};
use crate::model::{CertificateId, Code, Day, Refusal, identity};
use crate::ops::{Result, Site};
use crate::policy::certificate::CertificateRule;
use crate::store::views::certificates::{Certified, by_id};
use crate::store::{MaterialRow, rows};
use chrono::Datelike;
use serde::Serialize;

const UNKNOWN: Code = super::revoke::UNKNOWN;
pub const NO_FACE: Code = Code("certificates.no_face");
/// Where a certificate organisation is looked up nationally.
const ORGANISATION_URL: &str = "http://pjjg.osta.org.cn";

/// One field of the face; words `certificate_face.<code>`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    pub code: &'static str,
    pub value: String,
}

/// The picture that belongs on the certificate; the file itself lies with the materials.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Photo {
    pub file: String,
    pub sha256: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Face {
    pub certificate: Certified,
    pub lines: Vec<Line>,
    pub photo: Option<Photo>,
    /// What the code says.
    pub qr: String,
    pub parts: Vec<Part>,
}

/// Level and issuer are printed in the official Chinese form whatever the screen's language.
pub fn face(site: &Site, id: CertificateId) -> Result<Face> {
    let certificate =
        by_id(site.store().db(), id)?.ok_or_else(|| Refusal::new(UNKNOWN).with("number", id.to_string()))?;
    let faces = faces(site)?;
    let shown = |what, code| Line { code, value: faces.value(&certificate, what) };
    let mut lines: Vec<Line> = LINES.iter().map(|(what, code)| shown(*what, code)).collect();
    lines.iter_mut().filter(|l| l.code == "id_number").for_each(|l| l.value = identity::mask(&l.value));
    let photo = faces.photo(&certificate)?;
    let qr = faces.value(&certificate, What::Qr);
    let parts = explain_number(site, &certificate.number)?.parts;
    Ok(Face { lines, photo, qr, parts, certificate })
}

const LINES: &[(What, &str)] = &[
    (What::Name, "name"),
    (What::Document, "document"),
    (What::IdNumber, "id_number"),
    (What::Occupation, "occupation"),
    (What::Direction, "direction"),
    (What::Level, "level"),
    (What::Number, "number"),
    (What::IssuedOn, "issued_on"),
    (What::Organisation, "organisation"),
    (What::Issuer, "issuer"),
    (What::QueryUrl, "query_url"),
    (What::OrganisationUrl, "organisation_url"),
];

/// What all faces of a batch share.
pub(in crate::ops) struct Faces<'a> {
    site: &'a Site,
    rule: CertificateRule,
    organisation: String,
    pub layout: FaceLayout,
}

/// Refused where the notice's form has no layout.
pub(in crate::ops) fn faces(site: &Site) -> Result<Faces<'_>> {
    let rule = site.policy()?.certificate.clone();
    let file = format!("faces/{}.toml", rule.face);
    let text = site.assets().read(&file).ok_or_else(|| Refusal::new(NO_FACE).with("file", file.as_str()))?;
    Ok(Faces { site, organisation: site.row()?.name, layout: FaceLayout::parse(&text)?, rule })
}

impl Faces<'_> {
    /// The text that belongs in a place.
    pub fn value(&self, c: &Certified, what: What) -> String {
        let rule = &self.rule;
        match what {
            What::Title => self.layout.title.clone(),
            What::Body => self.worded(&self.layout.body, c),
            What::Name => c.name.clone(),
            What::Document => c.document.official().to_owned(),
            What::IdNumber => c.id_number.clone(),
            What::Occupation => c.occupation_name.clone(),
            What::Direction => direction(c, rule).to_owned(),
            What::Level => c.level.official().to_owned(),
            What::Number => c.number.clone(),
            What::IssuedOn => c.issued_on.to_string(),
            What::Organisation => self.organisation.clone(),
            What::Issuer => rule.issuer.clone(),
            What::QueryUrl => rule.query_url.clone().unwrap_or_default(),
            What::OrganisationUrl => ORGANISATION_URL.to_owned(),
            What::Photo => String::new(),
            What::Qr => self.worded(&self.layout.code, c),
        }
    }

    fn worded(&self, text: &str, c: &Certified) -> String {
        let url = self.rule.query_url.as_deref().unwrap_or_default();
        let values = [
            ("name", c.name.as_str()),
            ("document", c.document.official()),
            ("id_number", &c.id_number),
            ("occupation", &c.occupation_name),
            ("direction", direction(c, &self.rule)),
            ("level", c.level.official()),
            ("number", &c.number),
            ("query_url", url),
        ];
        worded(text, &values)
    }

    /// As the form writes the day of issue.
    fn date(&self, day: Day) -> String {
        let (year, month, date) = (day.year().to_string(), day.month().to_string(), day.day().to_string());
        worded(&self.layout.date, &[("year", &year), ("month", &month), ("day", &date)])
    }

    pub fn photo(&self, c: &Certified) -> Result<Option<Photo>> {
        let tail = "WHERE application = ?1 AND code = 'photo' AND state <> 'refused' AND file IS NOT NULL \
                    ORDER BY state = 'accepted' DESC, id DESC";
        let found = rows::first::<MaterialRow>(self.site.store().db(), tail, [c.application])?;
        Ok(found.and_then(|m| Some(Photo { file: m.file?, sha256: m.sha256 })))
    }

    /// Every item at its place with what belongs there.
    pub fn filled(&self, c: &Certified) -> Result<Vec<(Placed, String)>> {
        let fill = |item: Placed| -> Result<(Placed, String)> {
            let text = match item.what {
                What::IssuedOn => self.date(c.issued_on),
                What::Photo => self.photo(c)?.map(|photo| photo.file).unwrap_or_default(),
                what => self.value(c, what),
            };
            Ok((item, text))
        };
        self.layout.placed().into_iter().map(fill).collect()
    }
}

fn direction<'a>(c: &'a Certified, rule: &'a CertificateRule) -> &'a str {
    c.direction.as_deref().map(str::trim).filter(|d| !d.is_empty()).unwrap_or(&rule.empty_direction)
}
