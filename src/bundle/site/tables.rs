//! The tables of a bundle. A new table is one entry here; reading, writing and the page about bundles follow.
use super::column::{Column, Form};
use super::rule::{Later, Rule, Unit};
use super::{
    archive, certificates, documents, duty, enterprise, exam_day, merging, papers, publicity, register, results,
    scores, staff, supervision,
};
use Form::{Day, Flag, Integer, Roles, Text, Time, Word};

#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Name of the file, without its ending.
    pub name: &'static str,
    /// The stored table.
    pub record: &'static str,
    pub columns: &'static [Column],
    /// Headings that name a row.
    pub key: &'static [&'static str],
    /// Where the batch of a row is found; empty: the whole site's.
    pub batch: &'static str,
    /// Paths that the rows are sorted by, `=word` meaning that rows with that word come first. `id` and references
    /// sort by the order in which those rows were made, which the other files keep.
    pub order: &'static [&'static str],
    /// What a merge does with its rows.
    pub merge: Rule,
}

impl Table {
    pub fn file(&self) -> String {
        format!("{}.csv", self.name)
    }

    pub fn headings(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.columns.iter().map(|c| c.path)
    }
}

pub(super) const DOCUMENTS: &[&str] = &[
    "resident_id",
    "officer",
    "hong_kong",
    "macao",
    "taiwan_pass",
    "foreign_residence",
    "passport",
    "hmt_residence",
    "foreign_id",
];
const ROUTES: &[&str] = &["first", "promotion", "transfer", "recognition", "veteran", "resettled"];
pub(super) const SUBJECTS: &[&str] = &["theory", "practical"];
pub(super) const SETTLED: &[&str] = &["theory", "practical", "review"];
const STEPS: &[&str] = &["first", "second"];
const EVIDENCE: &[&str] = &[
    "employment",
    "certificate",
    "education",
    "title",
    "appraisal",
    "engagement",
    "treatment",
    "placement",
    "apprenticeship",
];

pub(super) const fn must(path: &'static str, form: Form) -> Column {
    Column::must(path, form)
}

pub(super) const fn may(path: &'static str, form: Form) -> Column {
    Column::may(path, form)
}

/// Columns that name an application, then the table's own.
macro_rules! of_application {
    ($($column:expr),* $(,)?) => {
        &[
            must("application.document", Word(DOCUMENTS)),
            must("application.id_number", Text),
            must("application.occupation", Text),
            must("application.level", Integer),
            $($column),*
        ]
    };
}

/// The key of a table whose rows belong to one application.
macro_rules! application_and {
    ($($path:literal),* $(,)?) => {
        &["application.document", "application.id_number", "application.occupation", "application.level", $($path),*]
    };
}

pub(super) use {application_and, of_application};

/// In the order in which an empty site takes them: a row stands after those it names.
pub const TABLES: &[Table] = &[
    Table {
        name: "operators",
        record: "operator",
        columns: &[must("name", Text), must("roles", Roles), may("unit", Text), must("disabled", Flag)],
        key: &["name"],
        batch: "",
        order: &["name"],
        merge: Rule::of(Unit::Operator),
    },
    Table {
        name: "applications",
        record: "application",
        columns: &[
            must("document", Word(DOCUMENTS)),
            must("id_number", Text),
            must("occupation", Text),
            must("level", Integer),
            must("name", Text),
            may("sequence", Text),
            must("occupation_name", Text),
            may("condition", Text),
            may("sex", Word(&["male", "female"])),
            may("birth", Day),
            may("phone", Text),
            may("has_certificate", Flag),
            may("certificate_level", Integer),
            may("certificate_no", Text),
            may("education", Text),
            may("region", Text),
            may("source", Text),
            may("employer", Text),
            may("registered_by", Text),
            may("category", Text),
            may("major", Text),
            may("attempt", Text),
            may("ethnic_group", Text),
            may("work_began", Day),
            may("email", Text),
            may("years", Integer),
            may("household", Text),
            may("politics", Text),
            may("diploma_no", Text),
            may("experience", Text),
            may("address", Text),
            may("delivery", Text),
            may("postcode", Text),
            may("mailing_address", Text),
            must("route", Word(ROUTES)),
            may("direction", Text),
            may("unit", Text),
            may("employer_code", Text),
            may("registration_no", Text),
            may("achievements", Text),
            may("strengths", Text),
            may("pledged_on", Day),
            may("original_at", Time),
            may("training", Flag),
            must("state", Word(&["submitted", "returned", "approved", "rejected", "excluded", "withdrawn"])),
            may("paid_at", Time),
        ],
        key: &["document", "id_number", "occupation", "level"],
        batch: "batch",
        order: &["id"],
        merge: Rule::of(Unit::Applicant),
    },
    exam_day::SESSIONS,
    Table {
        name: "closures",
        record: "closure",
        columns: &[
            must("occupation", Text),
            must("level", Integer),
            must("reason", Text),
            must("closed_at", Time),
            may("opened_at", Time),
        ],
        key: &["occupation", "level", "closed_at"],
        batch: "batch",
        order: &["occupation", "level", "closed_at", "id"],
        merge: Rule::by(&[Later::Filled("opened_at")]),
    },
    exam_day::VENUES,
    exam_day::ROOMS,
    exam_day::BROKEN_SEATS,
    exam_day::SPECIAL_NEEDS,
    exam_day::PLACEMENTS,
    exam_day::TICKETS,
    exam_day::VOID_TICKETS,
    exam_day::ATTENDANCE,
    staff::STAFF,
    staff::STAFF_TIES,
    staff::ASSIGNMENTS,
    papers::PAPER_BAGS,
    papers::PAPER_EVENTS,
    papers::ROOM_RECORDS,
    papers::ARCHIVE_BOXES,
    papers::SESSION_CLOSINGS,
    scores::SCRIPT_BAGS,
    scores::SCRIPTS,
    scores::ENTRIES,
    scores::ENTRY_CLAIMS,
    scores::CONTROL_TOTALS,
    scores::MARK_CHANGES,
    scores::MARKS_SETTLED,
    scores::MARK_LOCKS,
    scores::PANELS,
    scores::PANEL_MEMBERS,
    scores::PANEL_RECUSALS,
    scores::PANEL_CANDIDATES,
    scores::PANEL_SHEETS,
    scores::PANEL_SIGNATURES,
    results::COMPUTATIONS,
    results::OUTCOMES,
    results::RESULT_AUDITS,
    results::SUMMARIES_SENT,
    certificates::CERTIFICATES,
    certificates::NUMBER_SEGMENTS,
    enterprise::ORGANISATIONS,
    enterprise::FILINGS,
    enterprise::FILED_OCCUPATIONS,
    enterprise::FILED_EQUIPMENT,
    enterprise::FILED_STAFF,
    enterprise::FILED_ATTACHMENTS,
    enterprise::FILED_CONDITIONS,
    enterprise::EVALUATIONS,
    enterprise::ENTERPRISE_CASES,
    Table {
        name: "evidence",
        record: "evidence",
        columns: of_application![
            must("kind", Word(EVIDENCE)),
            may("from_day", Day),
            may("to_day", Day),
            may("relation", Word(&["same", "related", "other"])),
            may("level", Integer),
            may("rank", Word(&["junior", "middle", "senior"])),
            may("class", Text),
            may("subject", Text),
            may("unit", Text),
            may("number", Text),
            may("months", Integer),
        ],
        key: application_and!["kind", "from_day", "subject", "unit", "number"],
        batch: "application.batch",
        order: &["application", "id"],
        merge: Rule::of(Unit::Application),
    },
    Table {
        name: "materials",
        record: "material",
        columns: of_application![
            must("code", Text),
            may("file", Text),
            may("bytes", Integer),
            may("sha256", Text),
            may("format", Text),
            may("width", Integer),
            may("height", Integer),
            may("characters", Integer),
            must("state", Word(&["found", "faulty", "accepted", "refused"])),
            may("fault", Text),
            may("judged_by.name", Text),
            may("judged_at", Time),
            may("note", Text),
            may("topics", Text),
            may("copies", Integer),
        ],
        key: application_and!["code", "file"],
        batch: "application.batch",
        order: &["application", "id"],
        merge: Rule::of(Unit::Application),
    },
    Table {
        name: "stamps",
        record: "stamp",
        columns: of_application![
            must("node", Text),
            must("opinion", Text),
            must("agrees", Flag),
            must("stamped", Flag),
            may("handled_by", Text),
            may("responsible", Text),
            must("dated", Day),
            may("document_no", Text),
            must("operator.name", Text),
            must("at", Time),
        ],
        key: application_and!["node"],
        batch: "application.batch",
        order: &["application", "id"],
        merge: Rule::by(&[Later::Word("stamped", &["0", "1"])]),
    },
    Table {
        name: "reviews",
        record: "review",
        columns: of_application![
            must("round", Integer),
            must("step", Word(STEPS)),
            must("decision", Word(&["pass", "return", "reject"])),
            must("organisation", Text),
            must("operator.name", Text),
            must("at", Time),
            may("reason", Text),
            may("query_evidence", Text),
        ],
        key: application_and!["round", "step"],
        batch: "application.batch",
        order: &["application", "id"],
        merge: Rule::PLAIN,
    },
    Table {
        name: "fees",
        record: "fee",
        columns: of_application![
            must("item", Text),
            must("state", Word(&["paid", "refunded", "waived"])),
            must("amount", Integer),
            must("paid_on", Time),
            may("channel", Text),
            may("reference", Text),
            may("reason", Text),
            must("operator.name", Text),
        ],
        key: application_and!["item", "state", "paid_on", "reference"],
        batch: "application.batch",
        order: &["application", "id"],
        merge: Rule::PLAIN,
    },
    Table {
        name: "invoices",
        record: "invoice",
        columns: of_application![
            must("kind", Word(&["unit", "person"])),
            must("title", Text),
            may("tax_no", Text),
            must("email", Text),
        ],
        key: application_and![],
        batch: "application.batch",
        order: &["application"],
        merge: Rule::of(Unit::Application),
    },
    // Across batches; which application it came from is known only where it was decided.
    Table {
        name: "sanctions",
        record: "sanction",
        columns: &[
            must("document", Word(DOCUMENTS)),
            must("id_number", Text),
            must("name", Text),
            must("act", Text),
            must("effects", Text),
            must("basis", Text),
            must("from_day", Day),
            may("until_day", Day),
            must("reason", Text),
            may("evidence", Text),
            must("lifted", Flag),
            must("operator.name", Text),
            must("at", Time),
        ],
        key: &["document", "id_number", "act", "from_day", "at"],
        batch: "",
        order: &["id"],
        merge: Rule::by(&[Later::Word("lifted", &["0", "1"])]),
    },
    exam_day::INCIDENTS,
    exam_day::MARK_EFFECTS,
    register::STOCK_MOVEMENTS,
    register::CERTIFICATE_COPIES,
    register::CERTIFICATE_NOTICES,
    register::CERTIFICATE_DELIVERIES,
    register::CERTIFICATE_VOIDS,
    supervision::DRAWS,
    supervision::DRAW_ENTRIES,
    supervision::INSPECTIONS,
    supervision::COMPLAINTS,
    supervision::MILESTONES,
    publicity::PUBLICATIONS,
    publicity::PUBLISHED,
    publicity::RESULT_OBJECTIONS,
    duty::DUTY_PEOPLE,
    duty::ACTIVITIES,
    duty::DUTY_SNAPSHOTS,
    duty::INSURANCE,
    duty::SUBSIDY_CLAIMS,
    archive::ARCHIVES,
    archive::ARCHIVE_READINGS,
    archive::ERASURES,
    documents::QUALIFICATIONS,
    documents::QUALIFIED,
    documents::DOCUMENT_COPIES,
    documents::SCORE_BLOCKS,
    documents::ROSTERS,
    documents::ROSTER_LINES,
    documents::ROSTER_BOXES,
    documents::UPLOADS,
    documents::UPLOAD_ROWS,
    Table {
        name: "listings",
        record: "listing",
        columns: &[
            must("published_on", Day),
            must("until_day", Day),
            must("place", Text),
            must("operator.name", Text),
            must("at", Time),
        ],
        key: &["at"],
        batch: "batch",
        order: &["at"],
        merge: Rule::PLAIN,
    },
    Table {
        name: "listed",
        record: "listed",
        columns: of_application![must("listing.at", Time)],
        key: application_and!["listing.at"],
        batch: "application.batch",
        order: &["listing.at", "application"],
        merge: Rule::PLAIN,
    },
    Table {
        name: "list-objections",
        record: "list_objection",
        columns: of_application![
            must("raised_by", Text),
            must("matter", Text),
            must("at", Time),
            must("operator.name", Text),
            must("state", Word(&["open", "upheld", "dismissed"])),
            may("outcome", Text),
            may("decided_at", Time),
        ],
        key: application_and!["raised_by", "at"],
        batch: "application.batch",
        order: &["application", "id"],
        merge: Rule::by(&[Later::Filled("decided_at")]),
    },
    // Last: it says what became of rows of all the others.
    merging::REPLACED,
];
