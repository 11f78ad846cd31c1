//! The rows of each table as structs, and the closed list of journaled tables.
pub use super::anchor::*;
pub use super::archive::*;
pub use super::bundles::*;
pub use super::certificates::*;
use super::codec::word_column;
pub use super::documents::*;
pub use super::dossier::*;
pub use super::duty::*;
pub use super::enterprise::*;
pub use super::exam_day::*;
pub use super::merging::*;
pub use super::policies::*;
pub use super::publicity::*;
use super::record::{record, records};
pub use super::register::*;
pub use super::results::*;
pub use super::scores::*;
pub use super::sign_on::*;
pub use super::supervision::*;
pub use super::together::*;
use crate::model::*;

word_column!(BatchState { Open = "open", Closed = "closed" });
word_column!(
    /// Live: submitted, returned, approved. Returned: with the applicant for correction. Approved: every review passed,
    /// frozen. Rejected, excluded (unpaid at the close, or barred) and withdrawn are out of the batch.
    ApplicationState {
        Submitted = "submitted",
        Returned = "returned",
        Approved = "approved",
        Rejected = "rejected",
        Excluded = "excluded",
        Withdrawn = "withdrawn",
    }
);
record!(SiteRow in "site" by [id] { id: i64, code: String, name: String, region: Option<String>, organisation: Option<String> });

record!(PolicyRow in "policy" by [digest] { digest: String, code: String, title: String, text: String });

record!(OperatorRow in "operator" by [id] {
    id: OperatorId,
    name: String,
    /// Role codes, comma separated.
    roles: String,
    os_user: Option<String>,
    #[serde(skip)]
    pin: Option<String>,
    /// The organisation that the operator acts for; `None`: the site itself.
    unit: Option<String>,
    disabled: bool,
});

record!(BatchRow in "batch" by [id] { id: BatchId, code: String, name: String, policy: String, state: BatchState });

record!(
    /// An application (申报) with the person as filed.
    ApplicationRow in "application" by [id] {
        id: ApplicationId,
        batch: BatchId,
        sequence: Option<String>,
        occupation: String,
        occupation_name: String,
        level: Level,
        condition: Option<String>,
        document: DocumentKind,
        id_number: String,
        #[serde(skip)]
        id_reversed: String,
        name: String,
        #[serde(skip)]
        name_chars: String,
        pinyin: String,
        initials: String,
        #[serde(skip)]
        other_readings: String,
        sex: Option<Sex>,
        birth: Option<Day>,
        phone: Option<String>,
        has_certificate: Option<bool>,
        certificate_level: Option<Level>,
        certificate_no: Option<String>,
        education: Option<String>,
        region: Option<String>,
        source: Option<String>,
        employer: Option<String>,
        registered_by: Option<String>,
        category: Option<String>,
        major: Option<String>,
        attempt: Option<String>,
        ethnic_group: Option<String>,
        work_began: Option<Day>,
        email: Option<String>,
        years: Option<i64>,
        household: Option<String>,
        politics: Option<String>,
        diploma_no: Option<String>,
        experience: Option<String>,
        address: Option<String>,
        delivery: Option<String>,
        postcode: Option<String>,
        mailing_address: Option<String>,
        route: Route,
        direction: Option<String>,
        unit: Option<String>,
        employer_code: Option<String>,
        registration_no: Option<String>,
        achievements: Option<String>,
        strengths: Option<String>,
        pledged_on: Option<Day>,
        original_at: Option<Stamp>,
        training: Option<bool>,
        state: ApplicationState,
        paid_at: Option<Stamp>,
    }
);

records!(
    SiteRow,
    PolicyRow,
    OperatorRow,
    PinRuleRow,
    PinFailureRow,
    OperatorKeyRow,
    BatchRow,
    ApplicationRow,
    SessionRow,
    RoomRow,
    PlacementRow,
    TicketRow,
    AttendanceRow,
    ScriptBagRow,
    ScriptRow,
    EntryRow,
    EntryClaimRow,
    ControlTotalRow,
    MarkRow,
    MarkLockRow,
    MarkChangeRow,
    PanelRow,
    PanelMemberRow,
    PanelRecusalRow,
    PanelCandidateRow,
    PanelSheetRow,
    PanelSignatureRow,
    CertificateRow,
    NumberSegmentRow,
    EvidenceRow,
    MaterialRow,
    StampRow,
    ReviewRow,
    FeeRow,
    InvoiceRow,
    SanctionRow,
    AdoptionRow,
    ClosureRow,
    OrganisationRow,
    FilingRow,
    FiledOccupationRow,
    FiledEquipmentRow,
    FiledStaffRow,
    FiledAttachmentRow,
    FiledConditionRow,
    EvaluationRow,
    EnterpriseCaseRow,
    ListingRow,
    ListedRow,
    ListObjectionRow,
    VenueRow,
    BrokenSeatRow,
    SpecialNeedRow,
    VoidTicketRow,
    StaffRow,
    StaffTieRow,
    AssignmentRow,
    PaperBagRow,
    PaperEventRow,
    RoomRecordRow,
    ArchiveBoxRow,
    IncidentRow,
    MarkEffectRow,
    DrawRow,
    DrawEntryRow,
    InspectionRow,
    ComplaintRow,
    MilestoneRow,
    QualificationRow,
    QualifiedRow,
    DocumentCopyRow,
    ScoreBlockRow,
    RosterRow,
    RosterLineRow,
    RosterBoxRow,
    UploadRow,
    UploadLineRow,
    ComputationRow,
    OutcomeRow,
    ResultAuditRow,
    SummarySentRow,
    PublicationRow,
    PublishedRow,
    ResultObjectionRow,
    DutyPersonRow,
    ActivityRow,
    DutySnapshotRow,
    InsuranceRow,
    SubsidyClaimRow,
    ReplacedRow,
    MergeConflictRow,
    StockMovementRow,
    CertificateCopyRow,
    CertificateNoticeRow,
    CertificateDeliveryRow,
    CertificateVoidRow,
    ArchiveRow,
    ArchiveReadingRow,
    ErasureRow,
    KnownSiteRow,
    BundleGivenRow,
    BundleForkRow,
    BundleTakenRow,
    LineageRow,
    SessionClosingRow,
    CountersignatureRow,
);

impl ApplicationState {
    /// Still in the batch.
    pub fn is_live(self) -> bool {
        matches!(self, ApplicationState::Submitted | ApplicationState::Returned | ApplicationState::Approved)
    }
}

impl OperatorRow {
    pub fn role_list(&self) -> Vec<Role> {
        self.roles.split(',').filter_map(Role::parse).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_its_own_bit() {
        let mut seen = 0u128;
        for meta in RECORDS {
            assert_eq!(seen & meta.bit, 0, "{}", meta.table);
            seen |= meta.bit;
        }
    }
}
