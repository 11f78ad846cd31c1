//! Rows of every table of the dossier, past the rules of the operations.
use kaowu::model::*;
use kaowu::ops::*;
use kaowu::ops::{Result, Work};

/// Something of everything for this person; `die` decides what differs.
pub fn plant(work: &mut Work<'_, '_>, application: ApplicationId, die: u8) -> Result<()> {
    evidence(work, application, die)?;
    let (at, dated) = (work.now, work.now.day());
    let judged = die.is_multiple_of(2);
    work.tx.insert(&MaterialRow {
        id: work.tx.next_id::<MaterialRow>()?,
        application,
        code: "photo".into(),
        file: Some("张三-1.jpg".into()),
        bytes: Some(i64::from(die) * 1000),
        sha256: Some("ab".repeat(32)),
        format: Some("jpg".into()),
        width: Some(413),
        height: None,
        characters: None,
        state: if judged { MaterialState::Accepted } else { MaterialState::Faulty },
        fault: (!judged).then(|| "too_large".into()),
        judged_by: judged.then_some(OperatorId(1)),
        judged_at: judged.then_some(at),
        topics: Some("业务水平".into()),
        copies: Some(2),
        note: None,
    })?;
    let operator = OperatorId(1);
    work.tx.insert(&StampRow {
        id: work.tx.next_id::<StampRow>()?,
        application,
        node: "experts".into(),
        opinion: "同意,\"推荐\"".into(),
        agrees: true,
        stamped: judged,
        handled_by: Some("高经办".into()),
        responsible: None,
        dated,
        document_no: Some("新人社函〔2022〕43号".into()),
        operator,
        at,
    })?;
    let review = ReviewRow {
        id: work.tx.next_id::<ReviewRow>()?,
        application,
        round: 7,
        step: ReviewStep::First,
        decision: ReviewDecision::Reject,
        organisation: "测试考点".into(),
        operator,
        at,
        reason: Some("材料不实".into()),
        query_evidence: None,
    };
    work.tx.insert(&review)?;
    money(work, application, die)?;
    public(work, application, die)
}

fn evidence(work: &mut Work<'_, '_>, application: ApplicationId, die: u8) -> Result<()> {
    let from = Some("2001-07-01".parse().unwrap());
    let one = Evidence {
        kind: EvidenceKind::Employment,
        from,
        to: None,
        relation: Some(Relation::Related),
        level: None,
        rank: None,
        class: None,
        subject: Some("电工".into()),
        unit: Some("某厂".into()),
        number: None,
        months: die.is_multiple_of(3).then_some(12),
    };
    let level = Some(Level::Four);
    let certificate =
        Evidence { kind: EvidenceKind::Certificate, level, class: Some("skill_level".into()), ..one.clone() };
    for piece in [&one, &certificate, &certificate] {
        let id = work.tx.next_id::<EvidenceRow>()?;
        work.tx.insert(&EvidenceRow::of(id, application, piece))?;
    }
    Ok(())
}

fn money(work: &mut Work<'_, '_>, application: ApplicationId, die: u8) -> Result<()> {
    let (operator, at) = (OperatorId(1), work.now);
    for (n, state) in [FeeState::Paid, FeeState::Refunded].into_iter().enumerate() {
        work.tx.insert(&FeeRow {
            id: work.tx.next_id::<FeeRow>()?,
            application,
            item: "theory".into(),
            state,
            amount: 12_000,
            paid_on: Stamp(at.0 + n as i64),
            channel: Some("bank".into()),
            reference: Some(format!("R{}", application.0)),
            reason: (n == 1).then(|| "未参加".into()),
            operator,
        })?;
    }
    let kind = if die.is_multiple_of(2) { InvoiceKind::Unit } else { InvoiceKind::Person };
    let (title, email) = ("某厂".to_owned(), "a@example.com".to_owned());
    Ok(work.tx.insert(&InvoiceRow { application, kind, title, tax_no: None, email })?)
}

fn public(work: &mut Work<'_, '_>, application: ApplicationId, die: u8) -> Result<()> {
    let (operator, at, batch) = (OperatorId(1), work.now, work.batch()?.id);
    let day = at.day();
    work.tx.insert(&SanctionRow {
        id: work.tx.next_id::<SanctionRow>()?,
        document: DocumentKind::ResidentId,
        id_number: "150699199001010017".into(),
        name: "张三".into(),
        application: Some(application),
        act: "false_materials".into(),
        effects: "lose_exam".into(),
        basis: "决定".into(),
        from_day: day,
        until_day: die.is_multiple_of(2).then_some(day),
        reason: "材料不实".into(),
        evidence: Some("截图".into()),
        lifted: false,
        operator,
        at: Stamp(at.0 + application.0),
    })?;
    let listing = application.0;
    let (published_on, until_day, place) = (day, day, "网站".to_owned());
    let at = Stamp(at.0 + listing);
    work.tx.insert(&ListingRow { id: listing, batch, published_on, until_day, place, operator, at })?;
    let id = work.tx.next_id::<ListedRow>()?;
    work.tx.insert(&ListedRow { id, listing, application })?;
    let open = die.is_multiple_of(2);
    work.tx.insert(&ListObjectionRow {
        id: work.tx.next_id::<ListObjectionRow>()?,
        application,
        raised_by: "李某".into(),
        matter: "工龄不符".into(),
        at,
        operator,
        state: if open { ObjectionState::Open } else { ObjectionState::Dismissed },
        outcome: (!open).then(|| "经核实相符".into()),
        decided_at: (!open).then_some(at),
    })?;
    Ok(())
}
