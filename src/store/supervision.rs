//! Rows of supervision, complaints and milestones.
use super::codec::word_column;
use super::record::record;
use crate::model::*;

word_column!(
    /// What is drawn from: 考场，场次，考点，备案企业，名单.
    DrawKind { Room = "room", Session = "session", Venue = "venue", Enterprise = "enterprise", List = "list" }
);
word_column!(InspectionMode { OnSite = "on_site", Special = "special", Yearly = "yearly" });
word_column!(InspectionResult { Sound = "sound", ToMend = "to_mend", Serious = "serious" });
word_column!(ComplaintState {
    Received = "received",
    Accepted = "accepted",
    Refused = "refused",
    Decided = "decided",
});

record!(
    /// 双随机抽取
    DrawRow in "draw" by [id] {
        id: DrawId,
        batch: BatchId,
        title: String,
        kind: DrawKind,
        /// Prefix of region codes that the objects were narrowed to.
        area: Option<String>,
        seed: i64,
        /// How many objects were to be drawn.
        objects: i64,
        per_object: i64,
        witness: String,
        at: Stamp,
        operator: OperatorId,
        published_on: Option<Day>,
        place: Option<String>,
    }
);

record!(
    /// One of a pool as it was before the draw.
    DrawEntryRow in "draw_entry" by [id] {
        id: i64,
        draw: DrawId,
        pool: Pool,
        position: i64,
        name: String,
        unit: String,
        /// Region code or a prefix of it.
        region: Option<String>,
        excluded: Option<String>,
        /// Positions of objects, comma separated; an object that was drawn names itself.
        drawn_for: Option<String>,
    }
);

record!(InspectionRow in "inspection" by [id] {
    id: i64,
    batch: BatchId,
    draw: Option<DrawId>,
    session: Option<SessionId>,
    object: String,
    region: Option<String>,
    /// One a line.
    supervisors: String,
    mode: InspectionMode,
    inspected_on: Day,
    /// Codes, comma separated.
    methods: String,
    findings: String,
    result: InspectionResult,
    mend_by: Option<Day>,
    mended_on: Option<Day>,
    mended: Option<String>,
    published_on: Option<Day>,
    place: Option<String>,
    operator: OperatorId,
});

record!(ComplaintRow in "complaint" by [id] {
    id: i64,
    batch: BatchId,
    received_on: Day,
    name: String,
    unit: Option<String>,
    contact: String,
    matter: String,
    /// Whom it is about: not the handler.
    against: Option<String>,
    evidence: Option<String>,
    state: ComplaintState,
    look_by: Day,
    looked_on: Option<Day>,
    handler: Option<String>,
    decide_by: Option<Day>,
    decided_on: Option<Day>,
    outcome: Option<String>,
    operator: OperatorId,
});

record!(
    /// What was done of the dates of the notice, and the site's own tasks.
    MilestoneRow in "milestone" by [id] {
        id: i64,
        batch: BatchId,
        code: String,
        title: Option<String>,
        due: Option<Day>,
        assignee: Option<String>,
        done_on: Option<Day>,
        done_by: Option<String>,
        note: Option<String>,
    }
);
