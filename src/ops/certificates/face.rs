//! What stands on a certificate, field by field, as the national face asks for it.
use super::parts::{Part, explain_number};
use crate::model::{CertificateId, Code, Refusal, identity};
use crate::ops::register::reissued_on;
use crate::ops::{Result, Site};
use crate::store::views::certificates::{Certified, by_id};
use serde::Serialize;

const UNKNOWN: Code = super::revoke::UNKNOWN;
/// Where a certificate organisation is looked up nationally.
const ORGANISATION_URL: &str = "http://pjjg.osta.org.cn";

/// One field of the face; words `certificate_face.<code>`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    pub code: &'static str,
    pub value: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Face {
    pub certificate: Certified,
    pub lines: Vec<Line>,
    pub parts: Vec<Part>,
}

/// Level and issuer are printed in the official Chinese form whatever the screen's language.
pub fn face(site: &Site, id: CertificateId) -> Result<Face> {
    let certificate =
        by_id(site.store().db(), id)?.ok_or_else(|| Refusal::new(UNKNOWN).with("number", id.to_string()))?;
    let policy = site.policy()?;
    let rule = &policy.certificate;
    // A reissue says so beside the date.
    let dated = match reissued_on(site.store().db(), id)? {
        Some(again) => format!("{} {} {again}", certificate.issued_on, policy.register.mark),
        None => certificate.issued_on.to_string(),
    };
    let line = |code, value: &str| Line { code, value: value.to_owned() };
    let lines = vec![
        line("name", &certificate.name),
        line("document", certificate.document.official()),
        line("id_number", &identity::mask(&certificate.id_number)),
        line("occupation", &certificate.occupation_name),
        line("direction", &rule.empty_direction),
        line("level", certificate.level.official()),
        line("number", &certificate.number),
        line("issued_on", &dated),
        line("organisation", &site.row()?.name),
        line("issuer", &rule.issuer),
        line("query_url", rule.query_url.as_deref().unwrap_or_default()),
        line("organisation_url", ORGANISATION_URL),
    ];
    let parts = explain_number(site, &certificate.number)?.parts;
    Ok(Face { certificate, lines, parts })
}
