//! Rows: releases of results as the public saw them, objections and requests for a re-check.
use super::codec::word_column;
use super::record::record;
use crate::model::*;

word_column!(
    /// Open: shown, objections are taken. Replaced: a correction stands in its place.
    PublicationState { Open = "open", Final = "final", Replaced = "replaced", Withdrawn = "withdrawn" }
);
word_column!(
    /// 异议，成绩复核
    ObjectionKind { Objection = "objection", Recheck = "recheck" }
);
word_column!(
    /// Withdrawn: by whoever raised it.
    FindingState { Open = "open", Founded = "founded", Unfounded = "unfounded", Withdrawn = "withdrawn" }
);

record!(
    /// One release of results.
    PublicationRow in "publication" by [id] {
        id: PublicationId,
        batch: BatchId,
        /// 1, 2 and so on within the batch.
        number: i64,
        /// The release whose place it took.
        corrects: Option<PublicationId>,
        /// Of the computation that it shows.
        inputs: String,
        /// Of its rows.
        digest: String,
        /// Codes, comma separated.
        columns: String,
        identity: IdShown,
        /// `None`: final without having been shown.
        published_on: Option<Day>,
        /// Last day on which objections are taken.
        until_day: Option<Day>,
        place: Option<String>,
        /// Codes of accepted warnings, comma separated.
        accepted: String,
        operator: OperatorId,
        at: Stamp,
        state: PublicationState,
        finalised_at: Option<Stamp>,
        finalised_by: Option<OperatorId>,
        withdrawn_at: Option<Stamp>,
        withdrawn_by: Option<OperatorId>,
        withdrawn_reason: Option<String>,
    }
);

record!(
    /// A line of a release.
    PublishedRow in "published" by [id] {
        id: i64,
        publication: PublicationId,
        application: ApplicationId,
        name: String,
        ticket: Option<String>,
        /// Last four places, only where the public sees them.
        id_tail: Option<String>,
        employer: Option<String>,
        occupation: String,
        occupation_name: String,
        level: Level,
        /// Points, or the word of what stands there instead.
        theory: String,
        practical: String,
        review: String,
        /// Code of the outcome.
        outcome: String,
    }
);

record!(
    /// An objection to a published result, or a request for a re-check.
    ResultObjectionRow in "result_objection" by [id] {
        id: i64,
        publication: PublicationId,
        /// Whose result it is about.
        application: ApplicationId,
        kind: ObjectionKind,
        /// Of a re-check.
        subject: Option<Subject>,
        scope: Option<RecheckScope>,
        /// The mark as published.
        shown: Option<String>,
        raised_by: String,
        contact: String,
        matter: String,
        received_on: Day,
        /// Why it is taken after its time.
        late: Option<String>,
        decide_by: Day,
        /// Who took it down; never who decides.
        operator: OperatorId,
        at: Stamp,
        state: FindingState,
        handler: Option<OperatorId>,
        decided_at: Option<Stamp>,
        finding: Option<String>,
        /// The change of the locked mark that a founded re-check asked for.
        change: Option<MarkChangeId>,
    }
);

impl PublicationRow {
    /// What the public may see now: not withdrawn, not replaced, and shown at all.
    pub fn is_public(&self) -> bool {
        self.stands() && self.published_on.is_some()
    }

    pub fn stands(&self) -> bool {
        matches!(self.state, PublicationState::Open | PublicationState::Final)
    }
}

impl PublishedRow {
    pub fn of(&self, part: Subject) -> &str {
        match part {
            Subject::Theory => &self.theory,
            Subject::Practical => &self.practical,
            Subject::Review => &self.review,
        }
    }
}
