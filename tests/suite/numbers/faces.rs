//! The face of a certificate as data, and on a blank form.
use super::world::*;
use crate::harness::Desk;
use kaowu::config::Assets;
use kaowu::model::ApplicationId;
use kaowu::ops::certificates::{Number, Revoke, face};
use kaowu::ops::prints::{Form, Format, Scope};
use kaowu::ops::{MaterialRow, MaterialState, Operation, Result, Work};
use serde::Serialize;

fn html(desk: &Desk, form: &str, who: &[ApplicationId]) -> String {
    let form = Form::find(form).unwrap();
    let page = String::from_utf8(form.print(&desk.site, &Scope::people(who), Format::Html).unwrap().bytes).unwrap();
    page.replace("&#x2f;", "/")
}

fn numbered(count: usize) -> Desk {
    let mut desk = released(count);
    desk.does(&Number { issued_on: day("2023-10-15") });
    desk
}

/// A material and a direction past every rule.
#[derive(Serialize)]
struct Photo;

impl Operation for Photo {
    const KIND: &'static str = "materials.scan";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let before =
            kaowu::store::rows::first::<kaowu::ops::ApplicationRow>(work.tx.db(), "WHERE id = 1", [])?.unwrap();
        let after = kaowu::ops::ApplicationRow { direction: Some("变电站值班员".into()), ..before.clone() };
        work.tx.update(&before, &after)?;
        Ok(work.tx.insert(&MaterialRow {
            id: 900,
            application: ApplicationId(1),
            code: "photo".into(),
            file: Some("照片/张三.jpg".into()),
            bytes: Some(20_000),
            sha256: Some("ab".repeat(32)),
            format: Some("jpeg".into()),
            width: Some(295),
            height: Some(413),
            characters: None,
            state: MaterialState::Accepted,
            fault: None,
            judged_by: None,
            judged_at: None,
            note: None,
            topics: None,
            copies: None,
        })?)
    }
}

/// S0-41, S1-40: the address for looking up is the notice's; an empty 工种 is `--`; the level is 一级/高级技师 and the like.
#[test]
fn the_face_has_every_field_with_photo_and_code_s1_40() {
    let mut desk = numbered(6);
    let with = |desk: &Desk, id: i64| {
        let one = register(&desk.site).into_iter().find(|c| c.application == ApplicationId(id)).unwrap();
        face(&desk.site, one.id).unwrap()
    };
    let line =
        |f: &kaowu::ops::certificates::Face, code: &str| f.lines.iter().find(|l| l.code == code).unwrap().value.clone();
    let bare = with(&desk, 1);
    assert_eq!((line(&bare, "direction").as_str(), &bare.photo), ("--", &None));
    assert_eq!(bare.qr, bare.certificate.number);
    assert!(line(&bare, "level").contains('/'));
    assert_eq!(line(&bare, "query_url"), "https://nmgswyt3.12333k.cn/");
    desk.does(&Photo);
    let full = with(&desk, 1);
    assert_eq!(line(&full, "direction"), "变电站值班员");
    assert_eq!(full.photo.unwrap().file, "照片/张三.jpg");
    assert!(html(&desk, "certificate-face", &[ApplicationId(1)]).contains("照片/张三.jpg"));
}

#[test]
fn the_faces_of_all_valid_certificates_are_a_list_for_whoever_prints() {
    use kaowu::ops::exchange::lists::{Identity, List, Manner, Style};
    let desk = numbered(3);
    let manner = Manner { style: Style::People, identity: Identity::Masked, words: &|key| key.to_owned() };
    let (bytes, rows) = List::find("faces").unwrap().write(&desk.site, &manner, Vec::new()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let one = register(&desk.site).remove(0);
    assert_eq!(rows, 3);
    assert!(text.contains(&format!(",--,{},{},", one.level.official(), one.number)), "{text}");
    assert!(!text.contains(&one.id_number));
    let file = format!("照片/{}.jpg", one.id_number.to_lowercase());
    assert!(!Identity::Masked.within(&file, &one.id_number).contains(&one.id_number[4..14]), "a photo named after it");
    assert_eq!(Identity::Full.within(&file, &one.id_number), file);
}

#[test]
fn a_certificate_stands_on_the_blank_form_to_the_tenth_of_a_millimetre() {
    let mut desk = numbered(3);
    let one = register(&desk.site).remove(0);
    let page = html(&desk, "certificate-face", &[one.application]);
    assert_eq!(page.matches("<section").count(), 1);
    assert!(page.contains("size: 210.0mm 297.0mm; margin: 0"), "{page}");
    for text in [one.number.as_str(), one.id_number.as_str(), one.level.official(), ">--<", "2023年10月15日", "<svg"]
    {
        assert!(page.contains(text), "{text}");
    }
    let name = page.lines().find(|l| l.contains("class=\"name\"")).unwrap();
    assert!(name.contains("left: 80.0mm; top: 95.0mm;") && name.contains(&one.name), "{name}");
    desk.does(&Revoke { certificate: one.id, reason: "姓名有误".into(), sanction: None });
    assert_eq!(html(&desk, "certificate-face", &[]).matches("<section").count(), 2, "void ones are not printed");
    let error =
        Form::find("certificate-face").unwrap().print(&desk.site, &Scope::people(&[one.application]), Format::Html);
    assert_eq!(error.unwrap_err().refusal().unwrap().code.0, "prints.nothing");
}

#[test]
fn the_offset_of_a_printer_is_a_file_of_the_site_and_the_page_of_lines_shows_it() {
    let data = tempfile::tempdir().unwrap();
    let own = Assets::default().read("faces/certificate-a4.toml").unwrap().replacen(
        "x = 0.0\ny = 0.0",
        "x = 1.5\ny = -2.0",
        1,
    );
    std::fs::create_dir(data.path().join("faces")).unwrap();
    std::fs::write(data.path().join("faces/certificate-a4.toml"), own).unwrap();
    let mut desk = Desk::with_assets(Assets::new(Some(data.path().to_owned())));
    desk.open_batch();
    let page = html(&desk, "certificate-calibration", &[]);
    assert!(page.contains("left: 81.5mm; top: 93.0mm;") && page.contains("x = 1.5，y = -2.0"), "{page}");
    assert!(html(&Desk::with_batch(), "certificate-calibration", &[]).contains("left: 80.0mm; top: 95.0mm;"));
    std::fs::write(data.path().join("faces/certificate-a4.toml"), "id = 7").unwrap();
    let print = Form::find("certificate-calibration").unwrap().print(&desk.site, &Scope::default(), Format::Html);
    assert_eq!(print.unwrap_err().refusal().unwrap().code.0, "layout.malformed");
}
