//! Rows: keys of other sites, bundles given and taken, histories that came apart.
use super::codec::word_column;
use super::record::record;
use crate::model::*;

word_column!(
    /// Accepted: a person said which history counts.
    ForkState { Open = "open", Accepted = "accepted" }
);

record!(
    KnownSiteRow in "known_site" by [id] {
        id: i64,
        site: String,
        name: String,
        sign_key: String,
        lock_key: String,
        fingerprint: String,
        trusted_at: Stamp,
        trusted_by: Option<OperatorId>,
        ended_at: Option<Stamp>,
        ended_by: Option<OperatorId>,
        reason: Option<String>,
    }
);

record!(
    BundleGivenRow in "bundle_given" by [id] {
        id: i64,
        /// Code of the batch.
        batch: String,
        digest: String,
        operation: i64,
        head: String,
        recipient: Option<String>,
        purpose: Option<String>,
        given_at: Stamp,
        given_by: OperatorId,
    }
);

record!(
    BundleTakenRow in "bundle_taken" by [id] {
        id: i64,
        batch: String,
        digest: String,
        site: String,
        /// `None`: nobody signed it.
        sign_key: Option<String>,
        lineage: Option<String>,
        operation: Option<i64>,
        head: Option<String>,
        /// Digests of the bundles that it names as given before, separated by blanks.
        earlier: Option<String>,
        taken_at: Stamp,
        taken_by: Option<OperatorId>,
        /// The fork after which it does not count any more.
        set_aside: Option<i64>,
        /// Operation of the oldest bundle that it names.
        reaches: Option<i64>,
    }
);

record!(
    BundleForkRow in "bundle_fork" by [id] {
        id: i64,
        site: String,
        sign_key: String,
        digest: String,
        lineage: String,
        operation: i64,
        head: String,
        known_lineage: String,
        known_operation: i64,
        known_head: String,
        at: Stamp,
        state: ForkState,
        decided_by: Option<OperatorId>,
        decided_at: Option<Stamp>,
        reason: Option<String>,
    }
);
