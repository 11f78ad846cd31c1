//! Rows of certificate numbers: the numbers themselves, and the serials that belong to each site.
use super::codec::word_column;
use super::record::record;
use crate::model::*;

word_column!(CertificateState { Valid = "valid", Revoked = "revoked" });
word_column!(
    /// Given here; from the issuer's list.
    NumberSource { Own = "own", Imported = "imported" }
);

record!(CertificateRow in "certificate" by [id] {
    id: CertificateId,
    batch: BatchId,
    application: ApplicationId,
    source: NumberSource,
    /// Which list of the issuer; `None` for a number given here.
    origin: Option<String>,
    prefix: String,
    /// Last two digits of the year of issue.
    year: i64,
    level: Level,
    /// How the level is written in the number.
    sign: String,
    serial: i64,
    number: String,
    issued_on: Day,
    state: CertificateState,
});

record!(
    /// Serials of the first 13 places that belong to one site.
    NumberSegmentRow in "number_segment" by [id] {
        id: i64,
        prefix: String,
        /// Code of the site.
        site: String,
        /// Last two digits; `None`: every year.
        year: Option<i64>,
        first: i64,
        last: i64,
        /// By which it was granted.
        document: String,
    }
);
