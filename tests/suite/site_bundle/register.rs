//! Rows of the stock and of certificates on their way, past the rules of the operations. Every reference that may name
//! nobody does so once, and names somebody once.
use kaowu::model::*;
use kaowu::ops::*;
use kaowu::ops::{Result, Work};
use kaowu::store::rows;

pub fn plant(work: &mut Work<'_, '_>) -> Result<()> {
    stock(work)?;
    let all = rows::select::<CertificateRow>(work.tx.db(), "ORDER BY id", [])?;
    let valid: Vec<_> = all.iter().filter(|c| c.state == CertificateState::Valid).collect();
    for (n, certificate) in valid.iter().take(2).enumerate() {
        copies(work, certificate.id, n)?;
    }
    let sanction = rows::first::<SanctionRow>(work.tx.db(), "ORDER BY id", [])?.map(|s| s.id);
    let void = all.iter().filter(|c| c.state == CertificateState::Revoked);
    for (n, certificate) in void.take(2).enumerate() {
        let successor =
            all.iter().find(|c| c.application == certificate.application && c.state == CertificateState::Valid);
        let revoked = n == 1 && sanction.is_some();
        work.tx.insert(&CertificateVoidRow {
            certificate: certificate.id,
            kind: if revoked { VoidKind::Revoked } else { VoidKind::Corrected },
            reason: "姓名, \"有误\"".into(),
            sanction: sanction.filter(|_| revoked),
            successor: successor.map(|c| c.id).filter(|_| !revoked),
            voided_on: work.now.day(),
            operator: OperatorId(1),
            at: work.now,
        })?;
    }
    Ok(())
}

fn stock(work: &mut Work<'_, '_>) -> Result<()> {
    let (moved_on, at) = (work.now.day(), work.now);
    let first = StockMovementRow {
        id: 1,
        holder: "01".into(),
        item: StockItem::Certificate,
        seq: 1,
        kind: StockMove::Received,
        usable: 50,
        spoilt: 0,
        balance: 50,
        to_destroy: 0,
        serials: Some("NM0001—NM0050".into()),
        responsible: "张保管".into(),
        witness: None,
        counterpart: Some("就促会, \"领用单 7\"".into()),
        reverses: None,
        reason: None,
        moved_on,
        operator: OperatorId(1),
        at,
    };
    work.tx.insert(&first)?;
    let witness = Some("李监销".to_owned());
    let (kind, usable, balance) = (StockMove::Counted, -1, 49);
    let reason = Some("少一张".to_owned());
    work.tx.insert(&StockMovementRow { id: 2, seq: 2, kind, usable, balance, witness, reason, ..first.clone() })?;
    let (kind, usable, balance) = (StockMove::Reversed, 1, 50);
    let (reverses, reason) = (Some(2), Some("找到了".to_owned()));
    let row = StockMovementRow { id: 3, seq: 3, kind, usable, balance, reverses, reason, ..first.clone() };
    work.tx.insert(&row)?;
    let (kind, usable, balance) = (StockMove::Used, -1, 49);
    work.tx.insert(&StockMovementRow { id: 4, seq: 4, kind, usable, balance, ..first }).map_err(Into::into)
}

/// The first one lost, made again and posted; the second one made elsewhere and collected.
fn copies(work: &mut Work<'_, '_>, certificate: CertificateId, n: usize) -> Result<()> {
    let (made_on, at, operator) = (work.now.day(), work.now, OperatorId(1));
    let stock = n == 0;
    let made = |copy: i64, reason: Option<&str>| CertificateCopyRow {
        certificate,
        copy,
        made_on,
        movement: stock.then_some(4),
        blank: stock.then(|| format!("NM000{copy}")),
        reason: reason.map(str::to_owned),
        operator,
        at,
    };
    work.tx.insert(&made(1, None))?;
    notice(work, certificate, stock)?;
    let own = collected(work, certificate, stock)?;
    work.tx.insert(&own)?;
    if !stock {
        return Ok(());
    }
    work.tx.insert(&made(2, Some("遗失")))?;
    let unit = CertificateDeliveryRow {
        id: own.id + 1,
        copy: 2,
        way: DeliveryWay::Unit,
        unit: Some("某厂".into()),
        taker_id: Some("150699199001010017".into()),
        authority: Some("介绍信 3 号".into()),
        note: Some("代领, \"一份\"".into()),
        returned_on: None,
        returned: None,
        ..own.clone()
    };
    work.tx.insert(&unit)?;
    work.tx.insert(&made(3, Some("污损")))?;
    let post = CertificateDeliveryRow {
        id: own.id + 2,
        copy: 3,
        way: DeliveryWay::Post,
        phone: Some("15400000002".into()),
        address: Some("某旗某街 1 号".into()),
        tracking: Some("EMS1".into()),
        signed: false,
        returned_on: None,
        returned: None,
        ..own
    };
    work.tx.insert(&post).map_err(Into::into)
}

/// Somebody was told on the phone.
fn notice(work: &mut Work<'_, '_>, certificate: CertificateId, stock: bool) -> Result<()> {
    let (made_on, at, operator) = (work.now.day(), work.now, OperatorId(1));
    let id = work.tx.next_id::<CertificateNoticeRow>()?;
    let contact = stock.then(|| "15400000001".to_owned());
    let told = "某厂, \"人事科\"".to_owned();
    let way = NoticeWay::Phone;
    work.tx
        .insert(&CertificateNoticeRow {
            id,
            certificate,
            copy: 1,
            turn: 1,
            way,
            told,
            contact,
            notified_on: made_on,
            operator,
            at,
        })
        .map_err(Into::into)
}

/// By its holder; one from the stock came back.
fn collected(work: &Work<'_, '_>, certificate: CertificateId, stock: bool) -> Result<CertificateDeliveryRow> {
    let (made_on, at, operator) = (work.now.day(), work.now, OperatorId(1));
    Ok(CertificateDeliveryRow {
        id: work.tx.next_id::<CertificateDeliveryRow>()?,
        certificate,
        copy: 1,
        turn: 1,
        way: DeliveryWay::Own,
        taker: "某人".into(),
        unit: None,
        taker_id: None,
        authority: None,
        phone: None,
        address: None,
        tracking: None,
        signed: true,
        delivered_on: made_on,
        note: None,
        returned_on: stock.then_some(made_on),
        returned: stock.then(|| "登记有误".to_owned()),
        operator,
        at,
    })
}
