//! Rows: certificates on their way to their holders, and the stock of blank forms.
use super::record::record;
use crate::model::*;

record!(
    /// A line of the stock. What there is after it stands in the line.
    StockMovementRow in "stock_movement" by [id] {
        id: i64,
        /// Code of the site whose stock it is.
        holder: String,
        item: StockItem,
        /// Runs by holder and item, without a gap.
        seq: i64,
        kind: StockMove,
        /// By how much the usable ones change.
        usable: i64,
        /// By how much those that wait to be destroyed change.
        spoilt: i64,
        balance: i64,
        to_destroy: i64,
        /// Printed on the forms.
        serials: Option<String>,
        responsible: String,
        witness: Option<String>,
        /// From whom, to whom, by which paper.
        counterpart: Option<String>,
        /// Number of the line that this one takes back.
        reverses: Option<i64>,
        reason: Option<String>,
        moved_on: Day,
        operator: OperatorId,
        at: Stamp,
    }
);

record!(
    /// A certificate as a thing; the second and later ones are made again (补发).
    CertificateCopyRow in "certificate_copy" by [certificate, copy] {
        certificate: CertificateId,
        copy: i64,
        made_on: Day,
        /// The line by which its blank form left the stock; `None`: made elsewhere.
        movement: Option<i64>,
        /// Serial of the blank form.
        blank: Option<String>,
        reason: Option<String>,
        operator: OperatorId,
        at: Stamp,
    }
);

record!(
    /// Who was told that a certificate can be collected.
    CertificateNoticeRow in "certificate_notice" by [id] {
        id: i64,
        certificate: CertificateId,
        copy: i64,
        /// How often for this copy, from 1.
        turn: i64,
        way: NoticeWay,
        told: String,
        contact: Option<String>,
        notified_on: Day,
        operator: OperatorId,
        at: Stamp,
    }
);

record!(
    /// A copy into somebody's hands; stays when it came back.
    CertificateDeliveryRow in "certificate_delivery" by [id] {
        id: i64,
        certificate: CertificateId,
        copy: i64,
        /// How often for this copy, from 1.
        turn: i64,
        way: DeliveryWay,
        /// Who signed; of a letter, to whom it went.
        taker: String,
        unit: Option<String>,
        /// Document of somebody who is not the holder.
        taker_id: Option<String>,
        authority: Option<String>,
        phone: Option<String>,
        address: Option<String>,
        tracking: Option<String>,
        signed: bool,
        delivered_on: Day,
        note: Option<String>,
        returned_on: Option<Day>,
        returned: Option<String>,
        operator: OperatorId,
        at: Stamp,
    }
);

record!(
    /// Why a certificate is void, and what came in its place.
    CertificateVoidRow in "certificate_void" by [certificate] {
        certificate: CertificateId,
        kind: VoidKind,
        reason: String,
        sanction: Option<i64>,
        successor: Option<CertificateId>,
        voided_on: Day,
        operator: OperatorId,
        at: Stamp,
    }
);
