//! The way of a document: roster, blocks of marks, list, number, copies; void paper goes nowhere.
use super::world::*;
use crate::harness::Desk;
use kaowu::model::ApplicationId;
use kaowu::ops::documents::{self, Block, CertifyMarks, End, HandOn, Issue, Prepare, Signed, Strike, UncertifyMarks};
use kaowu::ops::prints::{Form, Format, Scope};
use kaowu::ops::reviews::StampBy;
use kaowu::ops::rosters::{BoxState, FillBox, Kind, Make};
use kaowu::ops::{QualificationState, QualifiedState};

fn roster(desk: &mut Desk, people: i64) {
    let make = Make { kind: Kind::Applicants, unit: None, filled_by: "高经办".into(), phone: None };
    let roster = desk.does(&make).roster;
    for node in [StampBy::Department, StampBy::Region] {
        desk.does(&FillBox { roster, node, signed: signed(), head_count: Some(people) });
    }
}

fn certify(block: Block) -> CertifyMarks {
    let (organisation, filing_no) = (Some("某技能评价机构".into()), Some("000123".into()));
    CertifyMarks { block, who: vec![], organisation, filing_no, signed: signed() }
}

fn prepare() -> Prepare {
    Prepare { title: "关于确认合格人员的通知".into(), who: vec![] }
}

fn issue(document: i64, number: &str) -> Issue {
    Issue { document, document_no: number.into(), issuer: None, signed: signed() }
}

/// With roster and blocks in order.
fn ready(people: usize) -> Desk {
    let mut desk = xinjiang(people);
    roster(&mut desk, people as i64);
    desk.does(&certify(Block::Theory));
    desk.does(&certify(Block::Practical));
    desk
}

/// S2-24, S2-40: everybody who passed both parts, on one document with its number.
#[test]
fn who_passed_both_parts_stands_on_a_numbered_document_s2_24() {
    let mut desk = ready(4);
    let draft = desk.does(&prepare());
    assert_eq!((draft.people, draft.left.len()), (4, 0));
    assert_eq!(desk.refused(&prepare()), "documents.nobody");
    let issued = desk.does(&issue(draft.document, " 新人社函[２０２３]１４３号 "));
    assert_eq!((issued.document_no.as_str(), issued.people), ("新人社函〔2023〕143号", 4));
    let document = documents::document(&desk.site, draft.document).unwrap();
    assert_eq!(document.row.issuer.as_deref(), Some("新疆维吾尔自治区人力资源和社会保障厅"));
    assert_eq!((document.people, document.whole), (4, Some(true)));
    let found = documents::of_person(&desk.site, ApplicationId(1)).unwrap().unwrap();
    assert_eq!(found.id, draft.document);
    assert_eq!(documents::overview(&desk.site).unwrap().on_document, 4);
    assert_eq!(desk.refused(&issue(draft.document, "新人社函〔2023〕144号")), "documents.not_a_draft");
}

/// S2-24: under a notice of documents nobody gets a number of a certificate.
#[test]
fn no_number_is_given_where_a_document_is_s2_24() {
    let mut desk = ready(2);
    let issued_on = desk.site.now().day();
    assert_eq!(desk.refused(&kaowu::ops::certificates::Number { issued_on }), "certificates.no_certificates");
}

/// S2-25, S2-26: two signers, legible, stamped, with a number of the right form; otherwise nothing is issued.
#[test]
fn unsigned_illegible_or_unstamped_is_void_s2_25_s2_26() {
    let mut desk = ready(2);
    let document = desk.does(&prepare()).document;
    let good = issue(document, "新人社函〔2023〕143号");
    let with = |signed: Signed| Issue { signed, ..good.clone() };
    assert_eq!(desk.refused(&with(Signed { responsible: None, ..signed() })), "signature.unsigned");
    assert_eq!(desk.refused(&with(Signed { handled_by: Some("　".into()), ..signed() })), "signature.unsigned");
    assert_eq!(desk.refused(&with(Signed { legible: false, ..signed() })), "signature.illegible");
    assert_eq!(desk.refused(&with(Signed { stamped: false, ..signed() })), "signature.unstamped");
    assert_eq!(desk.refused(&Issue { document_no: "143".into(), ..good.clone() }), "stamp.document_no");
    let dated = |text: &str| with(Signed { dated: Some(text.parse().unwrap()), ..signed() });
    assert_eq!(desk.refused(&dated("2023-10-16")), "signature.dated_in_the_future");
    assert_eq!(desk.refused(&dated("2023-10-14")), "documents.dated_before_prepared");
    desk.does(&good);
}

/// S2-38, S2-39: both blocks signed and stamped before anybody is on a list; S2-39 names the organisation and its filing.
#[test]
fn blocks_of_marks_come_first_s2_38_s2_39() {
    let mut desk = xinjiang(3);
    roster(&mut desk, 3);
    let first = |desk: &Desk| documents::overview(&desk.site).unwrap().first[0].to_string();
    assert_eq!(
        first(&desk).split(' ').filter(|p| !p.starts_with("name=")).collect::<Vec<_>>(),
        ["documents.block_void", "block=score_block.theory", "state=box_state.blank"]
    );
    let unsigned = CertifyMarks { signed: Signed { handled_by: None, ..signed() }, ..certify(Block::Theory) };
    assert_eq!(desk.does(&unsigned).people, 3);
    assert!(first(&desk).ends_with("state=box_state.unsigned"));
    // A void block is filled again; one that counts is not.
    assert_eq!(desk.does(&certify(Block::Theory)).void, None);
    assert_eq!(desk.refused(&certify(Block::Theory)), "documents.nobody_to_certify");
    let nameless = CertifyMarks { filing_no: None, ..certify(Block::Practical) };
    assert_eq!(desk.refused(&nameless), "documents.organisation_needed");
    desk.does(&certify(Block::Practical));
    let one = CertifyMarks { who: vec![ApplicationId(2)], ..certify(Block::Practical) };
    assert_eq!(desk.refused(&one), "documents.certified_already");
    let back = UncertifyMarks { block: Block::Practical, application: ApplicationId(2), reason: "写错".into() };
    desk.does(&back);
    let draft = desk.does(&prepare());
    assert_eq!((draft.people, draft.left.len()), (2, 1));
    assert_eq!(draft.left[0].why.code.0, "documents.block_void");
    let named = Prepare { who: vec![ApplicationId(2)], ..prepare() };
    assert_eq!(desk.refused(&named), "documents.block_void");
}

/// S2-27: whoever is on no fully stamped roster is on no document.
#[test]
fn a_blank_box_of_the_roster_holds_up_the_document_s2_27() {
    let mut desk = xinjiang(2);
    desk.does(&certify(Block::Theory));
    desk.does(&certify(Block::Practical));
    assert_eq!(desk.refused(&prepare()), "documents.nobody");
    let why = &documents::overview(&desk.site).unwrap().first;
    assert!(why.iter().all(|one| one.code.0 == "documents.no_stamped_roster"));
    let make = Make { kind: Kind::Applicants, unit: None, filled_by: "高经办".into(), phone: None };
    let roster = desk.does(&make).roster;
    let fill = |node, signed, head_count| FillBox { roster, node, signed, head_count };
    assert_eq!(desk.refused(&fill(StampBy::Region, signed(), Some(2))), "rosters.box_before");
    assert_eq!(desk.refused(&fill(StampBy::County, signed(), None)), "rosters.no_such_box");
    let bare = Signed { stamped: false, ..signed() };
    assert_eq!(desk.does(&fill(StampBy::Department, bare, None)).state, BoxState::Unstamped);
    let stamp = Signed { stamped: true, ..Signed::default() };
    assert_eq!(desk.does(&fill(StampBy::Department, stamp, None)).state, BoxState::Good);
    // S2-45: the box says how many meet the conditions.
    assert_eq!(desk.does(&fill(StampBy::Region, signed(), Some(3))).state, BoxState::WrongCount);
    assert_eq!(desk.refused(&prepare()), "documents.nobody");
    let done = desk.does(&fill(StampBy::Region, signed(), Some(2)));
    assert!(done.whole && done.state == BoxState::Good);
    assert_eq!(desk.refused(&fill(StampBy::Region, signed(), Some(2))), "rosters.box_is_good");
    assert_eq!(desk.does(&prepare()).people, 2);
}

/// Marks that changed after the draft, or a result that is not final, hold up the issue.
#[test]
fn a_draft_is_issued_as_it_was_signed_or_not_at_all() {
    let mut desk = ready(2);
    let document = desk.does(&prepare()).document;
    desk.does(&Other::Mark(ApplicationId(1), 85));
    assert_eq!(desk.refused(&issue(document, "新人社函〔2023〕143号")), "release.changed_since");
    desk.release();
    assert_eq!(desk.refused(&issue(document, "新人社函〔2023〕143号")), "documents.marks_changed");
    let codes: Vec<_> = documents::stops(&desk.site, document).unwrap().iter().map(|s| s.code.0).collect();
    assert_eq!(codes, ["documents.marks_changed"]);
    desk.does(&Other::Mark(ApplicationId(1), 59));
    desk.release();
    assert_eq!(desk.refused(&issue(document, "新人社函〔2023〕143号")), "documents.not_passed");
    desk.does(&Strike { document, application: ApplicationId(1), reason: "复核后不合格".into() });
    assert_eq!(desk.does(&issue(document, "新人社函〔2023〕143号")).people, 1);
}

/// An ended document frees its people; its number is never used again.
#[test]
fn a_void_document_keeps_its_number_and_frees_its_people() {
    let mut desk = ready(2);
    let document = desk.does(&prepare()).document;
    desk.does(&issue(document, "新人社函〔2023〕143号"));
    assert_eq!(desk.refused(&End { document, reason: " ".into() }), "documents.reason_needed");
    let ended = desk.does(&End { document, reason: "名单有误".into() });
    assert_eq!(ended.state, QualificationState::Void);
    assert_eq!(desk.refused(&End { document, reason: "又".into() }), "documents.ended_already");
    let people = documents::people(&desk.site, document).unwrap();
    assert!(people.iter().all(|p| p.state == QualifiedState::Struck));
    assert_eq!(documents::of_person(&desk.site, ApplicationId(1)).unwrap(), None);
    assert_eq!(documents::document(&desk.site, document).unwrap().whole, Some(true));
    let again = desk.does(&prepare()).document;
    assert_eq!(desk.refused(&issue(again, "新人社函(2023)143号")), "documents.number_used");
    desk.does(&issue(again, "新人社函〔2023〕144号"));
}

/// S2-38 to S2-42: the form's blocks and its last node are filled, in two copies for two keepers, on two sides.
#[test]
fn the_form_shows_the_marks_the_number_and_both_keepers_s2_41() {
    let mut desk = ready(1);
    let document = desk.does(&prepare()).document;
    desk.does(&issue(document, "新人社函〔2023〕143号"));
    let form = Form::find("application-form").unwrap();
    let printed = form.print(&desk.site, &Scope::people(&[ApplicationId(1)]), Format::Html).unwrap();
    let html = String::from_utf8(printed.bytes).unwrap();
    for text in [
        "成绩：80",
        "社评机构名称：某技能评价机构",
        "000123",
        "技能操作成绩：80",
        "资格文号：新人社函〔2023〕143号",
        "负责人：陈负责",
        "第1份，存入本人档案",
        "第2份，发文单位留存备查",
    ] {
        assert!(html.contains(text), "{text}");
    }
    let list = Form::find("qualification").unwrap();
    let html = String::from_utf8(list.print(&desk.site, &Scope::default(), Format::Html).unwrap().bytes).unwrap();
    assert!(html.contains("新人社函〔2023〕143号") && html.contains("以下 1 人") && html.contains("发文单位留存"));
    // S2-41: where each copy went.
    let hand = |copy, to: &str| HandOn { document, copy, to: to.into(), on: None };
    assert_eq!(desk.does(&hand(1, "单位人事科")), "personal_file");
    assert_eq!(desk.refused(&hand(1, "别处")), "documents.handed_on_already");
    assert_eq!(desk.refused(&hand(3, "别处")), "documents.no_such_copy");
    assert_eq!(desk.does(&hand(2, "档案室")), "issuer");
    let copies = documents::document(&desk.site, document).unwrap().copies;
    assert!(copies.iter().all(|copy| copy.handed_on.is_some()));
}

#[test]
fn a_notice_of_certificates_gives_no_documents() {
    let mut desk = Desk::seated(2);
    assert_eq!(desk.refused(&prepare()), "documents.not_in_the_notice");
    assert_eq!(desk.refused(&certify(Block::Theory)), "documents.not_in_the_notice");
    assert!(!documents::overview(&desk.site).unwrap().given);
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&prepare()), "duty.role_needed");
}
