//! Rows of the dossier: what stands behind an application.
use super::codec::word_column;
use super::record::record;
pub use crate::model::ReviewDecision;
use crate::model::*;

word_column!(
    /// Found, faulty: as the check left it. Accepted, refused: as a person judged it.
    MaterialState { Found = "found", Faulty = "faulty", Accepted = "accepted", Refused = "refused" }
);
word_column!(ObjectionState { Open = "open", Upheld = "upheld", Dismissed = "dismissed" });
word_column!(FeeState { Paid = "paid", Refunded = "refunded", Waived = "waived" });
word_column!(InvoiceKind { Unit = "unit", Person = "person" });

record!(
    /// One piece of evidence (佐证) of an application; see [`Evidence`].
    EvidenceRow in "evidence" by [id] {
        id: i64,
        application: ApplicationId,
        kind: EvidenceKind,
        from_day: Option<Day>,
        to_day: Option<Day>,
        relation: Option<Relation>,
        level: Option<Level>,
        rank: Option<TitleRank>,
        class: Option<String>,
        subject: Option<String>,
        unit: Option<String>,
        number: Option<String>,
        months: Option<i64>,
    }
);

record!(MaterialRow in "material" by [id] {
    id: i64,
    application: ApplicationId,
    code: String,
    file: Option<String>,
    bytes: Option<i64>,
    sha256: Option<String>,
    format: Option<String>,
    width: Option<i64>,
    height: Option<i64>,
    characters: Option<i64>,
    state: MaterialState,
    fault: Option<String>,
    judged_by: Option<OperatorId>,
    judged_at: Option<Stamp>,
    note: Option<String>,
    /// One a line.
    topics: Option<String>,
    copies: Option<i64>,
});

record!(StampRow in "stamp" by [id] {
    id: i64,
    application: ApplicationId,
    node: String,
    opinion: String,
    agrees: bool,
    stamped: bool,
    handled_by: Option<String>,
    responsible: Option<String>,
    dated: Day,
    document_no: Option<String>,
    operator: OperatorId,
    at: Stamp,
});

record!(ReviewRow in "review" by [id] {
    id: i64,
    application: ApplicationId,
    /// From 1; a resubmission starts the next.
    round: i64,
    step: ReviewStep,
    decision: ReviewDecision,
    organisation: String,
    operator: OperatorId,
    at: Stamp,
    reason: Option<String>,
    query_evidence: Option<String>,
});

record!(FeeRow in "fee" by [id] {
    id: i64,
    application: ApplicationId,
    item: String,
    state: FeeState,
    /// Fen; 0 in a payment or refund that nobody stated the amount of.
    amount: i64,
    paid_on: Stamp,
    channel: Option<String>,
    reference: Option<String>,
    reason: Option<String>,
    operator: OperatorId,
});

record!(InvoiceRow in "invoice" by [application] {
    application: ApplicationId,
    kind: InvoiceKind,
    title: String,
    tax_no: Option<String>,
    email: String,
});

record!(SanctionRow in "sanction" by [id] {
    id: i64,
    document: DocumentKind,
    id_number: String,
    name: String,
    application: Option<ApplicationId>,
    act: String,
    /// Codes, comma separated.
    effects: String,
    basis: String,
    from_day: Day,
    until_day: Option<Day>,
    reason: String,
    evidence: Option<String>,
    lifted: bool,
    operator: OperatorId,
    at: Stamp,
});

record!(ListingRow in "listing" by [id] {
    id: i64,
    batch: BatchId,
    published_on: Day,
    /// Last day on which objections are taken.
    until_day: Day,
    place: String,
    operator: OperatorId,
    at: Stamp,
});

record!(ListedRow in "listed" by [id] { id: i64, listing: i64, application: ApplicationId });

record!(ListObjectionRow in "list_objection" by [id] {
    id: i64,
    application: ApplicationId,
    raised_by: String,
    matter: String,
    at: Stamp,
    operator: OperatorId,
    state: ObjectionState,
    /// What was found, once it is decided.
    outcome: Option<String>,
    decided_at: Option<Stamp>,
});

impl MaterialState {
    /// By a person.
    pub fn is_judged(self) -> bool {
        matches!(self, MaterialState::Accepted | MaterialState::Refused)
    }
}

impl EvidenceRow {
    /// Without what ties it to the application.
    pub fn evidence(&self) -> Evidence {
        Evidence {
            kind: self.kind,
            from: self.from_day,
            to: self.to_day,
            relation: self.relation,
            level: self.level,
            rank: self.rank,
            class: self.class.clone(),
            subject: self.subject.clone(),
            unit: self.unit.clone(),
            number: self.number.clone(),
            months: self.months,
        }
    }

    pub fn of(id: i64, application: ApplicationId, e: &Evidence) -> EvidenceRow {
        EvidenceRow {
            id,
            application,
            kind: e.kind,
            from_day: e.from,
            to_day: e.to,
            relation: e.relation,
            level: e.level,
            rank: e.rank,
            class: e.class.clone(),
            subject: e.subject.clone(),
            unit: e.unit.clone(),
            number: e.number.clone(),
            months: e.months,
        }
    }
}
