//! Rows of marking: script numbers, entries, marks and their changes, panels.
use super::codec::word_column;
use super::record::record;
use crate::model::*;

word_column!(
    /// Open: no partner yet, or its partner was sent back. Matched, differs: both entries are in and lock one another.
    /// Returned: waits for its own typist. Discarded: only remembers.
    EntryState {
        Open = "open",
        Matched = "matched",
        Differs = "differs",
        Returned = "returned",
        Discarded = "discarded",
    }
);
word_column!(
    /// By hand; from a filled score sheet.
    EntrySource { Typed = "typed", Sheet = "sheet" }
);
word_column!(MarkKind { Points = "points", Absent = "absent", Void = "void" });
word_column!(
    /// Withdrawn: by whoever asked.
    ChangeState { Asked = "asked", Approved = "approved", Refused = "refused", Withdrawn = "withdrawn" }
);
word_column!(PanelState { Open = "open", Sealed = "sealed" });

record!(
    /// The scripts of one room in one session under script numbers.
    ScriptBagRow in "script_bag" by [id] {
        id: ScriptBagId,
        batch: BatchId,
        session: SessionId,
        room: RoomId,
        /// Says neither room nor people.
        code: String,
        seed: String,
        sealed_at: Stamp,
        sealed_by: OperatorId,
        /// Who wants it unsealed.
        asked_by: Option<OperatorId>,
        unsealed_at: Option<Stamp>,
        /// Somebody else than `asked_by`.
        unsealed_by: Option<OperatorId>,
    }
);

record!(ScriptRow in "script" by [script_bag, application] {
    script_bag: ScriptBagId,
    application: ApplicationId,
    batch: BatchId,
    number: String,
});

record!(EntryRow in "entry" by [id] {
    id: EntryId,
    application: ApplicationId,
    subject: Subject,
    /// 1, 2, or 3 for a third marker.
    slot: i64,
    state: EntryState,
    mark: MarkKind,
    points: Option<Points>,
    /// `code=points` of each group of questions, comma separated; `None`: the total only.
    items: Option<String>,
    /// What is odd on the paper.
    remark: Option<String>,
    source: EntrySource,
    operator: OperatorId,
    at: Stamp,
    /// Codes of accepted warnings, comma separated.
    accepted: String,
});

record!(
    /// Who types the entries of one slot of a room's papers now.
    EntryClaimRow in "entry_claim" by [session, room, slot] {
        session: SessionId,
        room: RoomId,
        slot: i64,
        operator: OperatorId,
        at: Stamp,
    }
);

record!(
    /// What the cover of a bag says.
    ControlTotalRow in "control_total" by [session, room] {
        session: SessionId,
        room: RoomId,
        /// With a mark in points.
        papers: i64,
        /// Hundredths of a point.
        total: i64,
        operator: OperatorId,
        at: Stamp,
        /// Why a difference stays.
        accepted: Option<String>,
        accepted_by: Option<OperatorId>,
    }
);

record!(MarkRow in "mark" by [application, subject] {
    application: ApplicationId,
    subject: Subject,
    mark: MarkKind,
    points: Option<Points>,
});

record!(
    /// Marks of a session are final.
    MarkLockRow in "mark_lock" by [session] {
        session: SessionId,
        at: Stamp,
        operator: OperatorId,
        /// Who wants it open again.
        asked_by: Option<OperatorId>,
        asked_at: Option<Stamp>,
        asked_reason: Option<String>,
        /// Somebody else, just before the row goes.
        opened_by: Option<OperatorId>,
    }
);

record!(
    /// A change of a locked mark: asked for by one, decided by another.
    MarkChangeRow in "mark_change" by [id] {
        id: MarkChangeId,
        application: ApplicationId,
        subject: Subject,
        /// `None`: there was no mark.
        old_mark: Option<MarkKind>,
        old_points: Option<Points>,
        new_mark: MarkKind,
        new_points: Option<Points>,
        reason: String,
        asked_by: OperatorId,
        asked_at: Stamp,
        state: ChangeState,
        decided_by: Option<OperatorId>,
        decided_at: Option<Stamp>,
        /// The second person's words.
        note: Option<String>,
    }
);

record!(
    /// A review panel, or a group of assessors.
    PanelRow in "panel" by [id] {
        id: PanelId,
        batch: BatchId,
        /// Review or practical.
        subject: Subject,
        name: String,
        /// Unit of the policy that owns it; `None`: the site.
        unit: Option<String>,
        /// Of assessors.
        session: Option<SessionId>,
        room: Option<RoomId>,
        /// Of the draw; `None`: named by hand.
        seed: Option<String>,
        state: PanelState,
        sealed_at: Option<Stamp>,
        /// What was said, for the record.
        minutes: Option<String>,
    }
);

record!(PanelMemberRow in "panel_member" by [id] {
    id: MemberId,
    panel: PanelId,
    /// `None`: not in the list of people.
    staff: Option<StaffId>,
    name: String,
    unit: String,
    /// Or lead of assessors.
    chair: bool,
    /// Whom they stand in for.
    instead_of: Option<MemberId>,
    /// `None`: sits.
    left_at: Option<Stamp>,
    left_reason: Option<String>,
});

record!(
    /// Whom a member does not judge.
    PanelRecusalRow in "panel_recusal" by [member, application] {
        member: MemberId,
        application: ApplicationId,
        kind: TieKind,
        note: Option<String>,
        /// By the member themself; else found by rule.
        declared: bool,
        operator: OperatorId,
        at: Stamp,
    }
);

record!(PanelCandidateRow in "panel_candidate" by [panel, application] {
    panel: PanelId,
    application: ApplicationId,
    /// The panel's.
    subject: Subject,
    began_at: Option<Stamp>,
    ended_at: Option<Stamp>,
    /// Why it took less time than the rule asks.
    short_reason: Option<String>,
    /// By the chair, where the rule leaves it open.
    ruling: Option<Points>,
    ruling_reason: Option<String>,
    ruled_by: Option<MemberId>,
    /// Why another panel judges anew; `None`: this ruling counts.
    replaced: Option<String>,
});

record!(PanelSheetRow in "panel_sheet" by [member, application] {
    member: MemberId,
    application: ApplicationId,
    points: Points,
    /// `code=points` of each criterion, comma separated; `None`: the total only.
    items: Option<String>,
    /// Codes of failed mandatory items, comma separated.
    fails: String,
    remark: Option<String>,
    operator: OperatorId,
    at: Stamp,
});

record!(
    /// A member has put their name to all sheets as they are.
    PanelSignatureRow in "panel_signature" by [member] {
        member: MemberId,
        /// At whose terminal.
        operator: OperatorId,
        /// Else on paper.
        with_pin: bool,
        /// Of the sheets that were signed.
        digest: String,
        at: Stamp,
    }
);

impl MarkKind {
    pub fn with(self, points: Option<Points>) -> Option<Mark> {
        Mark::from_parts(self.code(), points)
    }

    pub fn of(mark: Mark) -> MarkKind {
        match mark {
            Mark::Points(_) => MarkKind::Points,
            Mark::Absent => MarkKind::Absent,
            Mark::Void => MarkKind::Void,
        }
    }
}

impl EntryRow {
    pub fn value(&self) -> Option<Mark> {
        self.mark.with(self.points)
    }
}

impl MarkLockRow {
    /// Nobody wants it open again.
    pub fn new(session: SessionId, at: Stamp, operator: OperatorId) -> MarkLockRow {
        MarkLockRow { session, at, operator, asked_by: None, asked_at: None, asked_reason: None, opened_by: None }
    }
}

impl PanelRow {
    /// Nobody in it yet.
    pub fn new(id: PanelId, batch: BatchId, subject: Subject, name: String) -> PanelRow {
        let state = PanelState::Open;
        let (unit, session, room, seed, sealed_at, minutes) = (None, None, None, None, None, None);
        PanelRow { id, batch, subject, name, unit, session, room, seed, state, sealed_at, minutes }
    }
}

impl PanelMemberRow {
    /// A plain member who sits.
    pub fn new(id: MemberId, panel: PanelId, name: String, unit: String) -> PanelMemberRow {
        let (staff, instead_of, left_at, left_reason) = (None, None, None, None);
        PanelMemberRow { id, panel, staff, name, unit, chair: false, instead_of, left_at, left_reason }
    }
}

impl PanelCandidateRow {
    /// Not yet judged.
    pub fn new(panel: PanelId, application: ApplicationId, subject: Subject) -> PanelCandidateRow {
        let (began_at, ended_at, short_reason) = (None, None, None);
        let (ruling, ruling_reason, ruled_by, replaced) = (None, None, None, None);
        PanelCandidateRow {
            panel,
            application,
            subject,
            began_at,
            ended_at,
            short_reason,
            ruling,
            ruling_reason,
            ruled_by,
            replaced,
        }
    }
}
