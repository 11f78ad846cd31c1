//! A notice as typed data, and the pure rules that read it. No file access, no clock, no database.
//!
//! Each group of fields lives in one file together with the rule that reads it.
pub mod addresses;
pub mod annexes;
pub mod announcement;
pub mod apart;
pub mod approximate;
pub mod archive;
pub mod attendance;
pub mod authority;
pub mod blocks;
pub mod certificate;
pub mod certificate_serials;
pub mod checklist;
pub mod conduct;
pub mod criteria;
pub mod dates;
pub mod deadlines;
pub mod dice;
pub mod dimensions;
pub mod documents;
pub mod duties;
pub mod duty;
pub mod eligibility;
pub mod enterprise;
pub mod experts;
pub mod fault;
pub mod fees;
pub mod file;
pub mod filing;
pub mod filling;
pub mod forms;
pub mod gates;
pub mod group;
pub mod invoice;
pub mod markers;
pub mod marking;
pub mod materials;
pub mod milestones;
pub mod naming;
pub mod notes;
pub mod notice;
pub mod objections;
pub mod organisations;
pub mod pace;
pub mod panel;
pub mod papers;
pub mod particulars;
pub mod passing;
pub mod payment;
pub mod pins;
pub mod pledge;
pub mod point_value;
pub mod publicity;
pub mod register;
pub mod responsible;
pub mod reviews;
pub mod rooms;
pub mod rosters;
pub mod routes;
pub mod sanctions;
pub mod scope;
pub mod seating;
mod sense;
pub mod sessions;
pub mod signatures;
mod source;
pub mod staffing;
pub mod stamps;
pub mod stations;
pub mod stock;
pub mod subjects;
pub mod subsidy;
pub mod supervision;
pub mod targets;
pub mod terms;
pub mod ticket;
pub mod training;
pub mod units;
pub mod when;
pub mod windows;

pub use file::{Adopted, PolicyFault, check, from_pinned, from_text, load};
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
    #[serde(default)]
    pub material_names: naming::Names,
    pub photo: materials::Photo,
    #[serde(default)]
    pub group_registration: Option<group::GroupRegistration>,
    pub stamps: stamps::Stamps,
    pub forms: forms::Forms,
    #[serde(default)]
    pub reviews: reviews::Reviews,
    pub subjects: subjects::Subjects,
    /// Empty while the notice leaves the timetable open.
    #[serde(default)]
    pub sessions: Vec<sessions::Session>,
    pub gates: gates::Gates,
    pub checklist: checklist::Checklist,
    pub staffing: staffing::Staffing,
    pub conduct: conduct::Conduct,
    pub supervision: supervision::Supervision,
    pub payment: payment::Payment,
    /// Empty until the amounts are known.
    #[serde(default)]
    pub fees: Vec<fees::FeeItem>,
    pub seating: seating::Seating,
    pub ticket: ticket::Ticket,
    pub marking: marking::Marking,
    pub panel: panel::PanelRule,
    /// Groups of assessors of hands-on work.
    pub assessors: panel::PanelRule,
    pub papers: papers::Papers,
    pub passing: passing::PassMarks,
    pub publicity: publicity::Publicity,
    pub certificate: certificate::CertificateRule,
    pub register: register::Register,
    #[serde(default)]
    pub documents: documents::Documents,
    /// Empty where the notice asks for none.
    #[serde(default)]
    pub rosters: Vec<rosters::RosterRule>,
    #[serde(default)]
    pub deadlines: Vec<deadlines::Deadline>,
    #[serde(default)]
    pub sanctions: Vec<sanctions::Sanction>,
    #[serde(default)]
    pub units: units::Units,
    #[serde(default)]
    pub organisations: Vec<organisations::Organisation>,
    #[serde(default)]
    pub contact: organisations::Contact,
    #[serde(default)]
    pub addresses: Vec<addresses::Address>,
    #[serde(default)]
    pub responsible: responsible::Responsible,
    /// Empty where the notice does not divide by tier and level.
    #[serde(default)]
    pub authorities: Vec<authority::Authority>,
    #[serde(default)]
    pub annexes: Vec<annexes::Annex>,
    #[serde(default)]
    pub pledge: pledge::Pledge,
    #[serde(default)]
    pub training: Option<training::Training>,
    #[serde(default)]
    pub announcement: Option<announcement::Announcement>,
    #[serde(default)]
    pub dimensions: dimensions::Dimensions,
    #[serde(default)]
    pub targets: Vec<targets::Target>,
    #[serde(default)]
    pub subsidy: Option<subsidy::Subsidy>,
    #[serde(default)]
    pub filing: Option<filing::Filing>,
    #[serde(default)]
    pub archive: archive::Archive,
    pub terms: terms::Terms,
}

/// The only version of the file format that this program reads.
pub const FORMAT: u32 = 1;
