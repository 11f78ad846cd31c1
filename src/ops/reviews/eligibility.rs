//! What the computed conditions say of an application.
use crate::ops::Result;
use crate::policy::Policy;
use crate::policy::reviews::Eligibility;
use crate::store::ApplicationRow;
use crate::store::rows::Connection;

/// `None`: nothing is computed for this application, and nothing is said.
pub(super) fn of(_db: &Connection, _policy: &Policy, _row: &ApplicationRow) -> Result<Option<Eligibility>> {
    Ok(None)
}
