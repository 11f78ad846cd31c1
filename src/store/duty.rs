//! Rows: who is on duty at the windows, what was done for them, and claims of subsidy.
use super::codec::word_column;
use super::record::record;
use crate::model::*;

word_column!(
    /// 列入议程与任务分工、培训、考试、调度、宣传、通报表扬、通报批评、其他.
    ActivityKind {
        Agenda = "agenda",
        Training = "training",
        Exam = "exam",
        Review = "review",
        Publicity = "publicity",
        Commend = "commend",
        Criticise = "criticise",
        Other = "other",
    }
);

record!(
    /// Somebody on duty at a window (窗口在岗人员), whether they applied or not.
    DutyPersonRow in "duty_person" by [id] {
        id: i64,
        batch: BatchId,
        document: DocumentKind,
        id_number: String,
        name: String,
        department: String,
        post: Option<String>,
        since: Day,
        /// Last day on duty.
        until: Option<Day>,
        /// Of a certificate from elsewhere.
        held_occupation: Option<String>,
        held_level: Option<Level>,
        held_no: Option<String>,
        held_on: Option<Day>,
    }
);

record!(ActivityRow in "activity" by [id] {
    id: i64,
    batch: BatchId,
    dated: Day,
    kind: ActivityKind,
    /// `None`: of all.
    department: Option<String>,
    what: String,
    people: Option<i64>,
    operator: OperatorId,
    at: Stamp,
});

record!(DutySnapshotRow in "duty_snapshot" by [id] {
    id: i64,
    batch: BatchId,
    dated: Day,
    department: String,
    on_duty: i64,
    holders: i64,
    passed: i64,
    sitting: i64,
    operator: OperatorId,
    at: Stamp,
});

record!(InsuranceRow in "insurance" by [id] {
    id: i64,
    batch: BatchId,
    document: DocumentKind,
    id_number: String,
    months: i64,
    as_of: Day,
});

record!(SubsidyClaimRow in "subsidy_claim" by [id] {
    id: i64,
    batch: BatchId,
    document: DocumentKind,
    id_number: String,
    name: String,
    occupation: String,
    level: Level,
    /// Its number.
    certificate: Option<String>,
    claimed_on: Day,
    /// Fen.
    amount: Option<i64>,
    elsewhere: bool,
    operator: OperatorId,
});
