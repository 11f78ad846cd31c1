//! Papers on their way (试卷): bags, hand-over, unsealing, collection, the record that closes a room, archive boxes.
mod close_room;
mod collect;
mod correct;
mod custody;
mod give_back;
mod hand_over;
mod plan;
mod reopen_room;
mod show;
mod store;
mod unseal;
mod warn;

pub use crate::policy::papers::{Counts, Differing, Figure, SAME_PERSON, TOO_FEW_FETCH, UNSEAL_TOO_EARLY, WRONG_ORDER};
pub use close_room::{
    ALREADY_CLOSED, BAGS_OUT, COUNTS_DIFFER, CloseRoom, Closed, STILL_EXPECTED, STILL_INSIDE, TWO_PROCTORS,
};
pub use collect::{Collect, Collected, SHEETS_DIFFER, STILL_WRITING};
pub use correct::{Correct, NEGATIVE, NO_CHANGE};
pub use custody::{BARRED, NAME_MISSING, NO_BAGS, NO_ROOM, REASON, ROOM_CLOSED, UNKNOWN_BAG};
pub use give_back::{Return, UNOPENED};
pub use hand_over::{HandOver, Moved};
pub use plan::{NOBODY_SEATED, Plan, Planned};
pub use reopen_room::{NOT_CLOSED, ReopenRoom};
pub use show::{
    ArchiveLine, BagLine, NOTHING_TO_MOVE, RoomPapers, archive, bag_numbered, proctors, room_papers, rooms, to_move,
};
pub use store::{ALREADY_STORED, BAGS_NOT_BACK, NO_YEARS, RECORD_MISSING, SCRIPTS_DIFFER, Store, Stored};
pub use unseal::{CANDIDATE_NOT_HERE, LATE, SEAL_BROKEN, SEVERAL_ROOMS, TWO_CANDIDATES, Unseal};
pub use warn::{
    CHANGED_SINCE, DOES_NOT_ADD_UP, NOT_ARCHIVED, NOT_OPENED, NOT_OUT, OPENED_LATE, SEAL_WAS_BROKEN, SHEETS_LOST, SHORT,
};
