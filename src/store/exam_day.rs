//! Rows of arrangement and exam day: sessions, rooms, seats, tickets, attendance, staff, papers, incidents.
use super::codec::word_column;
use super::record::record;
use crate::model::*;

word_column!(
    /// At the door; typed from the signed paper sheet; at the closing of a session.
    AttendanceSource { Door = "door", Sheet = "sheet", Closing = "closing" }
);
word_column!(AssignmentOrigin { Hand = "hand", Proposal = "proposal" });
word_column!(CandidateSignature { Signed = "signed", Refused = "refused", Gone = "gone" });
word_column!(IncidentState { Reported = "reported", Confirmed = "confirmed", Dismissed = "dismissed" });

record!(SessionRow in "session" by [id] {
    id: SessionId,
    batch: BatchId,
    code: String,
    subject: Subject,
    starts_at: Stamp,
    ends_at: Option<Stamp>,
    /// Sat only by those whose practical part is held so; `None`: by all.
    mode: Option<SessionMode>,
    /// Digits of the levels that sit it, comma separated; `None`: all.
    levels: Option<String>,
});

impl SessionRow {
    /// Until when it keeps whoever is inside: its end, or the end of its day where the notice leaves it open.
    pub fn until(&self) -> Stamp {
        self.ends_at.unwrap_or_else(|| self.starts_at.day_end())
    }
}

record!(
    /// A place with rooms (考点校区): one of possibly several of a site.
    VenueRow in "venue" by [id] {
        id: VenueId,
        batch: BatchId,
        /// 0 to 9999, in ticket numbers.
        code: i64,
        name: String,
        /// Unit of the policy whose people sit here; `None`: everybody's.
        unit: Option<String>,
        address: Option<String>,
        phone: Option<String>,
    }
);

record!(RoomRow in "room" by [id] {
    id: RoomId,
    batch: BatchId,
    venue: VenueId,
    number: i64,
    kind: RoomKind,
    rows: i64,
    columns: i64,
    /// How often a station is used in a session; 1 for desks. Seat numbers go on over the rounds.
    rounds: i64,
    /// At most so many people a round; `None`: as the policy says.
    places: Option<i64>,
    door: Option<DoorSide>,
    name: Option<String>,
    /// Why nobody may be seated here any more; `None`: open.
    closed: Option<String>,
    /// By an arrangement, because nobody had registered a room of this kind in the venue.
    made: bool,
});

record!(BrokenSeatRow in "broken_seat" by [room, seat] { room: RoomId, seat: i64, reason: String });

record!(SpecialNeedRow in "special_need" by [application] {
    application: ApplicationId,
    need: String,
    room: Option<RoomId>,
    seat: Option<i64>,
});

record!(PlacementRow in "placement" by [id] {
    id: i64,
    session: SessionId,
    room: RoomId,
    seat: i64,
    application: ApplicationId,
});

record!(TicketRow in "ticket" by [id] {
    id: i64,
    batch: BatchId,
    application: ApplicationId,
    number: String,
    /// When the sheet was last made for printing.
    printed_at: Option<Stamp>,
});

record!(VoidTicketRow in "void_ticket" by [id] {
    id: i64,
    batch: BatchId,
    application: ApplicationId,
    number: String,
    reason: String,
    at: Stamp,
    operator: OperatorId,
});

record!(
    /// No row means expected.
    AttendanceRow in "attendance" by [session, application] {
        session: SessionId,
        application: ApplicationId,
        state: AttendanceState,
        at: Stamp,
        late_minutes: Option<i64>,
        r#override: Option<String>,
        /// When they left the room for good.
        out_at: Option<Stamp>,
        reason: Option<String>,
        /// Items of the checklist that were looked at, comma separated.
        checked: Option<String>,
        source: AttendanceSource,
    }
);

impl AttendanceRow {
    /// Somebody who came to the door at `at`, on time.
    pub fn present(session: SessionId, application: ApplicationId, at: Stamp) -> AttendanceRow {
        AttendanceRow {
            session,
            application,
            state: AttendanceState::Present,
            at,
            late_minutes: None,
            r#override: None,
            out_at: None,
            reason: None,
            checked: None,
            source: AttendanceSource::Door,
        }
    }
}

record!(StaffRow in "staff" by [id] {
    id: StaffId,
    name: String,
    unit: String,
    phone: Option<String>,
    id_number: Option<String>,
    grade: AssessorGrade,
    card_no: Option<String>,
    card_until: Option<Day>,
    /// Codes that the card covers, comma separated; empty: every one.
    occupations: String,
    /// Codes of duties they may be given, comma separated.
    duties: String,
    operator: Option<OperatorId>,
    /// Unit of the policy whose expert they are; `None`: the site's.
    kept_by: Option<String>,
    retired: bool,
});

record!(StaffTieRow in "staff_tie" by [id] {
    id: i64,
    staff: StaffId,
    kind: TieKind,
    document: DocumentKind,
    id_number: String,
    name: String,
    note: Option<String>,
});

record!(AssignmentRow in "assignment" by [id] {
    id: i64,
    session: SessionId,
    venue: VenueId,
    /// `None`: the whole venue.
    room: Option<RoomId>,
    staff: StaffId,
    duty: Duty,
    leads: bool,
    origin: AssignmentOrigin,
    r#override: Option<String>,
    came_at: Option<Stamp>,
    /// 1 unfit to 4 excellent.
    rating: Option<i64>,
});

record!(PaperBagRow in "paper_bag" by [id] {
    id: BagId,
    session: SessionId,
    room: Option<RoomId>,
    number: String,
    occupation: Option<String>,
    level: Option<Level>,
    form: Option<PaperForm>,
    sheets: i64,
    spare: i64,
    seal: Option<String>,
    state: BagState,
});

record!(PaperEventRow in "paper_event" by [id] {
    id: i64,
    bag: BagId,
    kind: PaperMove,
    at: Stamp,
    giver: String,
    taker: String,
    watched_by: Option<String>,
    /// The seal; `None`: not looked at.
    intact: Option<bool>,
    candidate_a: Option<ApplicationId>,
    candidate_b: Option<ApplicationId>,
    sheets: Option<i64>,
    note: Option<String>,
});

impl PaperEventRow {
    /// A movement that two people signed; everything else is empty.
    pub fn signed(id: i64, bag: BagId, kind: PaperMove, at: Stamp, (giver, taker): (String, String)) -> PaperEventRow {
        PaperEventRow {
            id,
            bag,
            kind,
            at,
            giver,
            taker,
            watched_by: None,
            intact: None,
            candidate_a: None,
            candidate_b: None,
            sheets: None,
            note: None,
        }
    }
}

record!(
    /// 考场情况记录单: issued = collected + absent + void + spare, or a reason.
    RoomRecordRow in "room_record" by [session, room] {
        session: SessionId,
        room: RoomId,
        issued: i64,
        collected: i64,
        absent: i64,
        void: i64,
        spare: i64,
        reason: Option<String>,
        /// Proctors of the room, a line each.
        signed_by: String,
        remarks: Option<String>,
        operator: OperatorId,
        at: Stamp,
    }
);

record!(ArchiveBoxRow in "archive_box" by [id] {
    id: i64,
    session: SessionId,
    room: RoomId,
    r#box: String,
    scripts: i64,
    keeper: String,
    place: Option<String>,
    stored_on: Day,
    keep_until: Day,
});

record!(IncidentRow in "incident" by [id] {
    id: IncidentId,
    session: SessionId,
    room: RoomId,
    seat: Option<i64>,
    application: Option<ApplicationId>,
    /// Name of the table of acts.
    rules: String,
    /// Code in that table.
    act: String,
    at: Stamp,
    warned: bool,
    facts: String,
    /// One piece a line.
    evidence: Option<String>,
    invigilator_a: String,
    invigilator_b: String,
    signature: CandidateSignature,
    state: IncidentState,
    outcome: Option<String>,
    decision: Option<String>,
    decided_by: Option<OperatorId>,
    decided_at: Option<Stamp>,
    sanction: Option<i64>,
    operator: OperatorId,
});

record!(
    /// What a confirmed incident does to a part; the mark itself stays as it was given.
    MarkEffectRow in "mark_effect" by [id] {
        id: i64,
        incident: IncidentId,
        application: ApplicationId,
        subject: Subject,
        effect: Effect,
        points: Option<i64>,
    }
);
