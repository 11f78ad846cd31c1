//! Uploads: frozen records, kinds by what was sent before, receipts, the audit form, the interface of 2018.
use super::world::*;
use crate::certificates::Settled;
use crate::harness::Desk;
use kaowu::bundle::write::Style;
use kaowu::model::{ApplicationId, Role};
use kaowu::ops::certificates::{self, Filter, Number};
use kaowu::ops::prints::{Form, Format, Scope};
use kaowu::ops::uploads::{self, Drop, File, Prepare, Receipt, RefusedRow, Submit};
use kaowu::ops::{Operation, Result, UploadKind, UploadLineRow, UploadRow, Work};
use kaowu::store::rows;
use serde::Serialize;
use sha2::{Digest, Sha256};

fn numbered(people: usize) -> Desk {
    let mut desk = Desk::seated(people);
    desk.at("18:00");
    desk.does(&Settled { people: ids(people as i64), points: 80 });
    desk.release();
    desk.does(&Number { issued_on: "2023-10-15".parse().unwrap() });
    desk
}

fn prepare(kind: UploadKind) -> Prepare {
    Prepare { kind, layout: uploads::LAYOUT.into() }
}

fn submit(upload: i64) -> Submit {
    let (manager, head, to) = ("高经办".into(), "陈负责".into(), "全国联网查询系统".into());
    Submit { upload, manager, head, to, on: None }
}

fn receipt(upload: i64, refused: &[(&str, &str)]) -> Receipt {
    let row = |(number, fault): &(&str, &str)| RefusedRow { number: (*number).into(), fault: (*fault).into() };
    Receipt { upload, receipt_no: "HZ-1".into(), on: None, refused: refused.iter().map(row).collect() }
}

fn number_of(desk: &Desk, application: i64) -> String {
    let all = certificates::register(&desk.site, &Filter::default()).unwrap();
    all.into_iter().find(|c| c.application == ApplicationId(application)).unwrap().number
}

#[test]
fn what_was_sent_before_is_known_u34() {
    let mut desk = numbered(6);
    assert_eq!(desk.refused(&prepare(UploadKind::Correction)), "uploads.nobody");
    let first = desk.does(&prepare(UploadKind::New));
    assert_eq!(first.people, 6);
    assert_eq!(desk.refused(&prepare(UploadKind::Supplement)), "uploads.draft_there");
    let nameless = Submit { head: " ".into(), ..submit(first.upload) };
    assert_eq!(desk.refused(&nameless), "uploads.names_needed");
    assert_eq!(desk.refused(&receipt(first.upload, &[])), "uploads.not_submitted");
    desk.does(&submit(first.upload));
    // Sent, and no answer yet: nobody goes a second time.
    for kind in UploadKind::ALL {
        assert_eq!(desk.refused(&prepare(*kind)), "uploads.nobody");
    }
    let (two, three) = (number_of(&desk, 2), number_of(&desk, 3));
    assert_eq!(desk.refused(&receipt(first.upload, &[("S000015000001230000000", "x")])), "uploads.no_such_row");
    assert_eq!(desk.refused(&receipt(first.upload, &[(&two, " ")])), "uploads.fault_needed");
    assert_eq!(desk.does(&receipt(first.upload, &[(&two.to_lowercase(), "姓名不符"), (&three, "照片")])), (4, 2));
    assert_eq!(desk.refused(&prepare(UploadKind::New)), "uploads.nobody");
    desk.does(&Other::Employer(ApplicationId(1), "新单位"));
    let counts = uploads::counts(&desk.site, uploads::LAYOUT).unwrap();
    assert_eq!((counts.accepted, counts.differs, counts.refused, counts.never), (3, 1, 2, 0));
    let supplement = desk.does(&prepare(UploadKind::Supplement));
    assert_eq!(supplement.people, 2);
    desk.does(&submit(supplement.upload));
    desk.does(&receipt(supplement.upload, &[]));
    let correction = desk.does(&prepare(UploadKind::Correction));
    let lines = uploads::lines(&desk.site, correction.upload).unwrap();
    assert_eq!((lines.len(), lines[0].application), (1, ApplicationId(1)));
    desk.does(&submit(correction.upload));
    desk.does(&receipt(correction.upload, &[]));
    let counts = uploads::counts(&desk.site, uploads::LAYOUT).unwrap();
    assert_eq!((counts.accepted, counts.differs, counts.refused), (6, 0, 0));
}

#[test]
fn a_draft_that_is_true_no_more_is_not_submitted() {
    let mut desk = numbered(3);
    let upload = desk.does(&prepare(UploadKind::New)).upload;
    assert!(uploads::stops(&desk.site, upload).unwrap().is_empty());
    desk.does(&Other::Employer(ApplicationId(1), "新单位"));
    assert_eq!(desk.refused(&submit(upload)), "uploads.changed_since");
    assert_eq!(desk.refused(&Drop { upload, reason: String::new() }), "uploads.reason_needed");
    desk.does(&Drop { upload, reason: "单位变更".into() });
    assert_eq!(desk.refused(&submit(upload)), "uploads.not_a_draft");
    let again = desk.does(&prepare(UploadKind::New));
    assert_eq!(again.people, 3);
    desk.does(&submit(again.upload));
}

/// Rows of an upload, past every rule: what the database itself refuses.
#[derive(Serialize)]
enum Raw {
    Cells,
    Heading,
    Remove,
}

impl Operation for Raw {
    const KIND: &'static str = "uploads.drop";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let line = rows::first::<UploadLineRow>(work.tx.db(), "ORDER BY id", [])?.unwrap();
        let upload = rows::first::<UploadRow>(work.tx.db(), "ORDER BY id", [])?.unwrap();
        match self {
            Raw::Cells => work.tx.update(&line, &UploadLineRow { cells: "[\"别人\"]".into(), ..line.clone() })?,
            Raw::Heading => work.tx.update(&upload, &UploadRow { headings: "[]".into(), ..upload.clone() })?,
            Raw::Remove => work.tx.delete(&line)?,
        }
        Ok(())
    }
}

#[test]
fn what_is_frozen_stays_so_in_the_database_itself() {
    let mut desk = numbered(2);
    desk.does(&prepare(UploadKind::New));
    for raw in [Raw::Cells, Raw::Heading, Raw::Remove] {
        assert!(desk.try_to(&raw).is_err());
    }
    assert!(uploads::uploads(&desk.site).unwrap()[0].whole);
}

#[test]
fn the_file_says_what_was_frozen_and_table_5_counts_every_row() {
    let mut desk = numbered(300);
    let upload = desk.does(&prepare(UploadKind::New)).upload;
    let before = File::of(&desk.site, upload, Style::People, None).unwrap();
    desk.does(&submit(upload));
    desk.does(&Other::Employer(ApplicationId(1), "新单位"));
    let after = File::of(&desk.site, upload, Style::People, None).unwrap();
    assert_eq!((before.rows, before.bytes), (300, after.bytes));
    let lines = uploads::audit_lines(&desk.site, upload).unwrap();
    assert!(lines.len() > 10);
    assert_eq!(lines.iter().map(|line| line.count).sum::<usize>(), 300);
    let printed = Form::find("upload-audit").unwrap().print(&desk.site, &Scope::default(), Format::Html).unwrap();
    let html = String::from_utf8(printed.bytes).unwrap();
    for text in ["数据审核确认表", "新增", "高经办", "陈负责", "<td>300</td>", "测试考点"] {
        assert!(html.contains(text), "{text}");
    }
    let cells =
        |line: &uploads::AuditLine| format!("<td>{}</td><td>{}</td>", line.level.replace('/', "&#x2f;"), line.count);
    assert!(lines.iter().all(|line| html.contains(&cells(line))));
}

#[test]
fn the_interface_of_2018_wants_every_field_and_the_photo_itself() {
    let mut desk = numbered(1);
    let new = Prepare { kind: UploadKind::New, layout: "interface-2018".into() };
    assert_eq!(desk.refused(&new), "uploads.required_missing");
    let photo = b"foobar";
    desk.does(&Photo(ApplicationId(1), Sha256::digest(photo).iter().map(|b| format!("{b:02x}")).collect()));
    let upload = desk.does(&new).upload;
    let refused = |photos| File::of(&desk.site, upload, Style::People, photos).err().unwrap();
    assert_eq!(refused(None).refusal().unwrap().code, uploads::PHOTOS_NEEDED);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("other.jpg"), b"another").unwrap();
    assert_eq!(refused(Some(folder.path())).refusal().unwrap().code, uploads::NO_PHOTO);
    std::fs::write(folder.path().join("any-name.jpg"), photo).unwrap();
    let file = File::of(&desk.site, upload, Style::People, Some(folder.path())).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&file.bytes).unwrap();
    let person = &json["exam"][0];
    assert_eq!((file.ending, &json["plan"]["num"]), ("json", &"1".into()));
    assert_eq!((&person["photo"], &person["exam_status"]), (&"Zm9vYmFy".into(), &"0".into()));
    assert_eq!((&person["tt_score"], &person["is_pass"]), (&"80".into(), &"合格".into()));
    assert_eq!(person["credential_code"], number_of(&desk, 1));
}

#[test]
fn a_notice_of_documents_sends_no_certificates_up() {
    let mut desk = xinjiang(1);
    assert_eq!(desk.refused(&prepare(UploadKind::New)), "uploads.no_certificates_here");
    assert_eq!(
        desk.refused(&Prepare { layout: "none".into(), ..prepare(UploadKind::New) }),
        "uploads.no_certificates_here"
    );
}
