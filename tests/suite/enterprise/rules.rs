//! What the form asks for, part by part, and what a filing covers day by day.
use super::world::*;
use kaowu::model::Level;
use kaowu::ops::enterprise::*;
use kaowu::policy::enterprise::{Filed, Wanted, missing, within};

/// What lacks after a change of the whole filing.
fn lacks(change: impl FnOnce(&mut Filing)) -> Vec<(&'static str, Option<String>)> {
    let mut filing = filing();
    change(&mut filing);
    missing(&filing).into_iter().map(|m| (m.part, m.whose)).collect()
}

fn without(filing: &mut Filing, kind: AttachmentKind) {
    filing.attachments.retain(|a| a.kind != kind);
}

/// S3-39: address; S3-40: contact with post, phone, e-mail; S3-41: rules and regulations; S3-42: occupations; S3-43:
/// strengths; S3-44: venue and its proof; S3-45: equipment and its proof; S3-46: exam systems; S3-48, S3-49, S3-50: the
/// three kinds of staff; S3-13: evidence for each condition.
#[test]
fn every_part_of_the_form_is_asked_for() {
    type Change = fn(&mut Filing);
    let wholes: [(&str, Change); 18] = [
        ("address", |f| f.organisation.address = None),
        ("contact", |f| f.organisation.contact = None),
        ("post", |f| f.organisation.post = None),
        ("phone", |f| (f.organisation.landline, f.organisation.mobile) = (None, None)),
        ("email", |f| f.organisation.email = None),
        ("regulation", |f| without(f, AttachmentKind::Regulation)),
        ("occupations", |f| f.occupations.clear()),
        ("strengths", |f| f.organisation.strengths = None),
        ("venue", |f| f.organisation.venue = None),
        ("venue_proof", |f| without(f, AttachmentKind::VenueProof)),
        ("equipment", |f| f.equipment.clear()),
        ("equipment_proof", |f| without(f, AttachmentKind::EquipmentProof)),
        ("systems", |f| f.organisation.systems = None),
        ("full_time", |f| f.staff.retain(|s| s.kind != StaffKind::FullTime)),
        ("assessor", |f| f.staff.retain(|s| s.kind != StaffKind::Assessor)),
        ("supervisor", |f| f.staff.retain(|s| s.kind != StaffKind::Supervisor)),
        ("duty", |f| f.staff[0].duty = None),
        ("staff_occupations", |f| f.staff[1].occupations.clear()),
    ];
    assert_eq!(lacks(|_| {}), []);
    for (part, change) in wholes {
        let found: Vec<_> = lacks(change).into_iter().map(|(part, _)| part).collect();
        assert_eq!(found, [part]);
    }
    assert_eq!(lacks(|f| f.organisation.mobile = None), [], "one phone is enough");
    assert_eq!(lacks(|f| f.conditions[4].evidence = None), [("condition", Some("5".into()))]);
}

/// S3-42: a fee for each occupation; S3-35: it may be nothing.
#[test]
fn a_fee_of_nothing_is_a_fee() {
    assert_eq!(lacks(|f| f.occupations[0].fee = Some(0)), []);
    assert_eq!(lacks(|f| f.occupations[0].fee = None), [("fee", Some("电工".into()))]);
}

/// S3-47: who works elsewhere signs a commitment or has a cooperation agreement; nobody else's paper will do.
#[test]
fn staff_of_another_unit_need_their_paper() {
    let wanted = [("commitment", Some("丙某".to_owned()))];
    assert_eq!(lacks(|f| without(f, AttachmentKind::Commitment)), wanted);
    assert_eq!(lacks(|f| f.attachments[3].person = Some("150699198503120033".into())), wanted);
    assert_eq!(lacks(|f| f.attachments[3].kind = AttachmentKind::Cooperation), []);
    assert_eq!(lacks(|f| f.attachments[3].kind = AttachmentKind::Other), wanted);
    assert_eq!(lacks(|f| (f.staff[1].unit = None, without(f, AttachmentKind::Commitment)).1), []);
}

/// S3-49: an assessor assesses what the filing names, S3-50: a supervisor likewise; full-time staff neither.
#[test]
fn staff_serve_for_their_occupations_only() {
    let filing = filing();
    let may = |n: usize, code, name| may_serve(&filing.staff[n], code, name).is_ok();
    assert!(may(1, "6-31-01-03", "电工") && may(1, "6-20-01-01", "钳工") && may(2, "6-31-01-03", "电工"));
    assert!(!may(1, "5-02-03-01", "护林员") && !may(0, "6-31-01-03", "电工"));
}

fn filed(state: FilingState) -> Filed {
    let filing = filing();
    Filed {
        name: filing.organisation.name,
        credit_code: filing.organisation.credit_code,
        certificate_prefix: None,
        state,
        valid_from: Some(day("2019-06-03")),
        valid_to: Some(day("2022-06-02")),
        occupations: filing.occupations,
    }
}

/// S3-04: from the first day in force to the last one, both included; S3-32: by occupation and level.
#[test]
fn a_filing_covers_its_days_occupations_and_levels() {
    let listed = [filed(FilingState::Removed), filed(FilingState::Listed)];
    let ask = |today: &str, level| {
        let wanted = Wanted { employer: Some(NAME), employer_code: None, occupation: "6-31-01-03", level };
        within(&listed, None, day(today), &wanted).map_err(|r| r.code.0)
    };
    let outside = Err("enterprise.not_in_force");
    for (today, answer) in
        [("2019-06-02", outside), ("2019-06-03", Ok(())), ("2022-06-02", Ok(())), ("2022-06-03", outside)]
    {
        assert_eq!(ask(today, Level::Four), answer, "{today}");
    }
    let levels = Level::ALL.map(|level| ask("2020-01-01", level).is_ok());
    assert_eq!(levels, [true, true, true, false, false]);
    for state in [FilingState::Draft, FilingState::Submitted, FilingState::Evaluated, FilingState::Removed] {
        let wanted = Wanted { employer: None, employer_code: Some(CODE), occupation: "6-31-01-03", level: Level::Five };
        let refusal = within(&[filed(state)], None, day("2020-01-01"), &wanted).unwrap_err();
        assert_eq!(refusal.code.0, "enterprise.not_listed");
    }
}
