//! A notice as typed data, and the pure rules that read it. No file access, no clock, no database.
//!
//! Each group of fields lives in one file together with the rule that reads it.
pub mod certificate;
pub mod deadlines;
pub mod duties;
pub mod enterprise;
pub mod fault;
pub mod fees;
pub mod file;
pub mod gates;
pub mod group;
pub mod marking;
pub mod materials;
pub mod notice;
pub mod panel;
pub mod passing;
pub mod payment;
pub mod point_value;
pub mod publicity;
pub mod reviews;
pub mod routes;
pub mod sanctions;
pub mod scope;
pub mod seating;
mod sense;
pub mod sessions;
mod source;
pub mod stamps;
pub mod subjects;
pub mod ticket;
pub mod units;
pub mod when;
pub mod windows;

pub use file::{Adopted, PolicyFault, check, from_text, load};
pub use when::Moment;

use serde::{Deserialize, Serialize};

/// One notice, after `inherits` is resolved. Every field is data of the notice or of practice, never of the code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Version of this file format, [`FORMAT`].
    pub format: u32,
    pub notice: notice::Notice,
    pub windows: windows::Windows,
    pub applicants: scope::Applicants,
    pub occupations: scope::Occupations,
    pub routes: Vec<routes::RouteRule>,
    pub materials: Vec<materials::Material>,
    pub photo: materials::Photo,
    #[serde(default)]
    pub group_registration: Option<group::GroupRegistration>,
    pub stamps: stamps::Stamps,
    #[serde(default)]
    pub reviews: reviews::Reviews,
    pub subjects: subjects::Subjects,
    /// Empty while the notice leaves the timetable open.
    #[serde(default)]
    pub sessions: Vec<sessions::Session>,
    pub gates: gates::Gates,
    pub payment: payment::Payment,
    /// Empty until the amounts are known.
    #[serde(default)]
    pub fees: Vec<fees::FeeItem>,
    pub seating: seating::Seating,
    pub ticket: ticket::Ticket,
    pub marking: marking::Marking,
    pub panel: panel::PanelRule,
    pub passing: passing::PassMarks,
    pub publicity: publicity::Publicity,
    pub certificate: certificate::CertificateRule,
    #[serde(default)]
    pub deadlines: Vec<deadlines::Deadline>,
    #[serde(default)]
    pub sanctions: Vec<sanctions::Sanction>,
    #[serde(default)]
    pub units: units::Units,
}

/// The only version of the file format that this program reads.
pub const FORMAT: u32 = 1;
