//! Rows: results as computed, with the digest of what they were computed from, and their audit.
use super::codec::word_column;
use super::record::record;
use super::scores::MarkKind;
use crate::model::*;

word_column!(OutcomeState { Passed = "passed", Failed = "failed", Incomplete = "incomplete" });
word_column!(
    /// Returned: something is to be mended; it is asked for again.
    AuditState { Asked = "asked", Approved = "approved", Returned = "returned" }
);
word_column!(
    /// How a table went out: by hand, by post, on the platform, as a file.
    SentManner { Paper = "paper", Post = "post", Platform = "platform", File = "file" }
);

record!(
    /// Results of a batch, computed once.
    ComputationRow in "computation" by [id] {
        id: ComputationId,
        batch: BatchId,
        /// Digest of people, parts asked for, pass marks and marks that count.
        inputs: String,
        /// Digest of the policy.
        policy: String,
        pass_theory: Points,
        pass_practical: Points,
        pass_review: Points,
        applied: i64,
        passed: i64,
        failed: i64,
        incomplete: i64,
        /// Why it was computed again.
        reason: Option<String>,
        operator: OperatorId,
        at: Stamp,
    }
);

record!(
    /// What somebody came to in a computation; the marks are those that counted.
    OutcomeRow in "outcome" by [id] {
        id: i64,
        computation: ComputationId,
        application: ApplicationId,
        outcome: OutcomeState,
        /// Codes of the parts asked for, comma separated.
        required: String,
        theory: Option<MarkKind>,
        theory_points: Option<Points>,
        practical: Option<MarkKind>,
        practical_points: Option<Points>,
        review: Option<MarkKind>,
        review_points: Option<Points>,
    }
);

record!(
    /// 结果审核 of one computation.
    ResultAuditRow in "result_audit" by [id] {
        id: i64,
        computation: ComputationId,
        state: AuditState,
        asked_by: OperatorId,
        asked_at: Stamp,
        /// To whom it went, and how.
        asked_note: Option<String>,
        /// Who answered, at the office.
        auditor: Option<String>,
        audited_on: Option<Day>,
        document_no: Option<String>,
        /// What is to be mended.
        note: Option<String>,
        /// Who recorded it here: somebody else than `asked_by`.
        decided_by: Option<OperatorId>,
        decided_at: Option<Stamp>,
    }
);

record!(
    /// The summary table as it was sent.
    SummarySentRow in "summary_sent" by [id] {
        id: i64,
        computation: ComputationId,
        recipient: String,
        sent_on: Day,
        sent_by: String,
        signed_by: String,
        stamped: bool,
        manner: SentManner,
        note: Option<String>,
        operator: OperatorId,
        at: Stamp,
    }
);

impl OutcomeRow {
    /// In the order of [`Subject::ALL`].
    pub fn boxes(&self) -> [Option<Mark>; 3] {
        [
            self.theory.and_then(|kind| kind.with(self.theory_points)),
            self.practical.and_then(|kind| kind.with(self.practical_points)),
            self.review.and_then(|kind| kind.with(self.review_points)),
        ]
    }
}
