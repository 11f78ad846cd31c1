//! Rows of result documents, blocks of marks on forms, rosters and uploads.
use super::codec::word_column;
use super::record::record;
use crate::model::*;

word_column!(
    /// Draft: to be signed. Dropped: never issued. Void: issued, and taken back.
    QualificationState { Draft = "draft", Issued = "issued", Dropped = "dropped", Void = "void" }
);
word_column!(QualifiedState { Listed = "listed", Struck = "struck" });
word_column!(
    /// 理论知识考核成绩，操作技能考核结果
    ScoreBlock { Theory = "theory", Practical = "practical" }
);
word_column!(RosterKind { Applicants = "applicants", Passed = "passed" });
word_column!(RosterState { Made = "made", Sent = "sent", Dropped = "dropped" });
word_column!(
    /// 新增，更正，补录
    UploadKind { New = "new", Correction = "correction", Supplement = "supplement" }
);
word_column!(UploadState {
    Draft = "draft",
    Submitted = "submitted",
    Answered = "answered",
    Dropped = "dropped",
});
word_column!(UploadAnswer { Accepted = "accepted", Refused = "refused" });

record!(
    /// 资格文件
    QualificationRow in "qualification" by [id] {
        id: i64,
        batch: BatchId,
        title: String,
        state: QualificationState,
        prepared_at: Stamp,
        prepared_by: OperatorId,
        /// 文号
        document_no: Option<String>,
        issuer: Option<String>,
        /// 经办人
        handled_by: Option<String>,
        /// 负责人
        responsible: Option<String>,
        dated: Option<Day>,
        /// Of the list as it went out.
        digest: Option<String>,
        issued_at: Option<Stamp>,
        issued_by: Option<OperatorId>,
        ended_at: Option<Stamp>,
        ended_by: Option<OperatorId>,
        ended_reason: Option<String>,
    }
);

record!(
    /// One person of a document, as they stood when it was prepared.
    QualifiedRow in "qualified" by [id] {
        id: i64,
        qualification: i64,
        position: i64,
        application: ApplicationId,
        name: String,
        sex: Option<Sex>,
        ethnic_group: Option<String>,
        id_number: String,
        employer: Option<String>,
        occupation_name: String,
        level: Level,
        theory: Option<Points>,
        practical: Option<Points>,
        review: Option<Points>,
        state: QualifiedState,
        struck_at: Option<Stamp>,
        struck_by: Option<OperatorId>,
        reason: Option<String>,
    }
);

record!(DocumentCopyRow in "document_copy" by [id] {
    id: i64,
    qualification: i64,
    copy: i64,
    /// Code of who keeps it.
    keeper: String,
    handed_on: Day,
    handed_to: String,
    operator: OperatorId,
    at: Stamp,
});

record!(
    /// A block of marks on the form with its signatures.
    ScoreBlockRow in "score_block" by [id] {
        id: i64,
        application: ApplicationId,
        block: ScoreBlock,
        points: Points,
        review: Option<Points>,
        /// 社评机构名称, 备案号
        organisation: Option<String>,
        filing_no: Option<String>,
        handled_by: Option<String>,
        responsible: Option<String>,
        legible: bool,
        stamped: bool,
        dated: Day,
        operator: OperatorId,
        at: Stamp,
    }
);

record!(
    /// A roster as drawn up; the lines are people, not their data.
    RosterRow in "roster" by [id] {
        id: i64,
        batch: BatchId,
        kind: RosterKind,
        /// Code of a unit of the policy; `None`: the whole batch.
        unit: Option<String>,
        filled_by: String,
        phone: Option<String>,
        /// Of everything that stands on it.
        digest: String,
        state: RosterState,
        made_at: Stamp,
        made_by: OperatorId,
        sent_on: Option<Day>,
        sent_to: Option<String>,
        sent_by: Option<OperatorId>,
        dropped_reason: Option<String>,
    }
);

record!(RosterLineRow in "roster_line" by [id] {
    id: i64,
    roster: i64,
    position: i64,
    application: ApplicationId,
    /// `code=copies`, comma separated.
    materials: String,
});

record!(RosterBoxRow in "roster_box" by [id] {
    id: i64,
    roster: i64,
    node: String,
    handled_by: Option<String>,
    responsible: Option<String>,
    legible: bool,
    stamped: bool,
    dated: Day,
    head_count: Option<i64>,
    operator: OperatorId,
    at: Stamp,
});

record!(
    /// A batch of records for a register above (上报批), frozen when drawn up.
    UploadRow in "upload" by [id] {
        id: i64,
        batch: BatchId,
        kind: UploadKind,
        layout: String,
        /// An array of the columns' names.
        headings: String,
        /// Pairs of name and value, as an array.
        plan: Option<String>,
        digest: String,
        state: UploadState,
        made_at: Stamp,
        made_by: OperatorId,
        /// 信息管理员
        manager: Option<String>,
        /// 单位负责人
        head: Option<String>,
        submitted_on: Option<Day>,
        submitted_to: Option<String>,
        submitted_by: Option<OperatorId>,
        receipt_no: Option<String>,
        answered_on: Option<Day>,
        answered_by: Option<OperatorId>,
        note: Option<String>,
    }
);

record!(UploadLineRow in "upload_row" by [id] {
    id: i64,
    upload: i64,
    position: i64,
    application: ApplicationId,
    /// Of the certificate.
    number: String,
    /// An array of cells.
    cells: String,
    answer: Option<UploadAnswer>,
    fault: Option<String>,
});
