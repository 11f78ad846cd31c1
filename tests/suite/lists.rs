//! Lists for people: what stands in each, byte for byte.
use crate::harness::{Desk, PlantMarks, Shell};
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, Mark, Points, Subject};
use kaowu::ops::certificates::{self, Filter, Number, Reissue, Revoke};
use kaowu::ops::exchange::lists::{Identity, List, Manner, Style};
use kaowu::text::{Lang, Locale};

/// Four people with every kind of mark, two of them with a certificate, one of these revoked and numbered anew.
fn world() -> Desk {
    let mut desk = Desk::seated(4);
    desk.at("18:00");
    let (points, id) = (|n| Mark::Points(Points::whole(n)), ApplicationId);
    desk.does(&PlantMarks(vec![
        (id(1), Subject::Theory, points(0)),
        (id(1), Subject::Practical, Mark::Absent),
        (id(1), Subject::Review, points(88)),
        (id(2), Subject::Theory, Mark::Void),
        (id(3), Subject::Theory, Mark::Points(Points::new(8650))),
        (id(3), Subject::Practical, points(60)),
        (id(4), Subject::Theory, points(71)),
        (id(4), Subject::Practical, points(72)),
    ]));
    desk.release();
    desk.does(&Number { issued_on: "2023-10-15".parse().unwrap() });
    let first = certificates::register(&desk.site, &Filter::default()).unwrap().remove(0);
    desk.does(&Revoke { certificate: first.id, reason: "姓名有误".into() });
    let (application, issued_on) = (first.application, "2023-10-15".parse().unwrap());
    desk.does(&Reissue { application, issued_on, reason: "姓名已更正".into() });
    desk
}

fn written(desk: &Desk, what: &str, identity: Identity, lang: Lang) -> String {
    let (locale, _) = Locale::load(&Assets::default(), lang);
    let words = |key: &str| locale.word(key).to_owned();
    let manner = Manner { style: Style::People, identity, words: &words };
    let (bytes, rows) = List::find(what).unwrap().write(&desk.site, &manner, Vec::new()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.lines().count() as u64, rows + 1);
    text.strip_prefix('\u{FEFF}').unwrap().replace("\r\n", "\n")
}

#[test]
fn results_tell_nothing_entered_from_zero_absent_void_and_not_required() {
    let desk = world();
    assert_eq!(written(&desk, "results", Identity::Masked, Lang::Chinese), RESULTS);
    assert_eq!(written(&desk, "results", Identity::Full, Lang::English), RESULTS_WHOLE);
}

#[test]
fn scores_are_the_settled_marks_only() {
    assert_eq!(written(&world(), "scores", Identity::Masked, Lang::Chinese), SCORES);
}

#[test]
fn the_register_keeps_revoked_numbers() {
    assert_eq!(written(&world(), "certificates", Identity::Masked, Lang::Chinese), CERTIFICATES);
}

/// S1-39: the columns are the register's in any language, the numbers whole whatever is asked.
#[test]
fn the_upload_sheet_is_the_same_in_every_language_s1_39() {
    let desk = world();
    assert_eq!(written(&desk, "upload", Identity::Masked, Lang::Chinese), UPLOAD);
    assert_eq!(written(&desk, "upload", Identity::Full, Lang::English), UPLOAD);
}

#[test]
fn whole_numbers_leave_only_with_an_entry_in_the_journal() {
    let shell = made_up();
    let exports = || shell.run("log --json").done().out.matches("exchange.export").count();
    shell.run("export results --out a.csv").done();
    assert_eq!(exports(), 0);
    assert_eq!(shell.run("export scores --full --out a.csv").status, 2, "--purpose is needed");
    assert!(shell.run("export upload --masked").err.contains("--masked"));
    assert_eq!(exports(), 0);
    let json = shell.run("export upload --out - --lang en").done().out;
    assert!(json.starts_with("\u{FEFF}姓名,证件类型,"), "{json}");
    assert_eq!(exports(), 1);
    let json = shell.run("export upload --json --out u.csv").done().json();
    assert_eq!((json["masked"].as_bool(), json["operation"].is_u64()), (Some(false), true));
    shell.run("certificate upload --out v.csv").done();
    assert_eq!(exports(), 3);
    assert_eq!(std::fs::read(shell.path("u.csv")).unwrap(), std::fs::read(shell.path("v.csv")).unwrap());
}

/// A made-up site with certificates, in the shell's home.
fn made_up() -> Shell {
    let mut shell = Shell::new();
    let home = shell.path("site").display().to_string();
    shell.run(&format!("demo --no-tui --candidates 9 --at certified --home {home}")).done();
    shell.moved_to("site", "2023-10-27T10:00:00+08:00");
    shell
}

const RESULTS: &str = "姓名,证件号码,准考证号,职业（工种）,等级,所在单位,理论,技能,综合评审,结果\n\
     李娟,150299********0007,\t23150601010104,保卫管理员,二级/技师,伊金霍洛旗公路养护站,作废,未登,未登,成绩不全\n\
     张三,150399********000X,\t23150601010103,物业管理员,三级/高级工,东胜区城市管理局,86.5,60,不要求,合格\n\
     林芳,150499********0017,\t23150601010102,农艺工,三级/高级工,市中心医院后勤部,71,72,不要求,合格\n\
     吴涛,150199********0004,\t23150601010101,护林员,五级/初级工,东胜区城市管理局,0,缺考,不要求,不合格\n";

const RESULTS_WHOLE: &str = "Name,Document number,Ticket number,Occupation,Level,Employer,theory,practical,review,Result\n\
     李娟,\t150299196801140007,\t23150601010104,保卫管理员,二级/技师,伊金霍洛旗公路养护站,void,missing,missing,marks missing\n\
     张三,\t15039919680127000X,\t23150601010103,物业管理员,三级/高级工,东胜区城市管理局,86.5,60,not required,passed\n\
     林芳,\t150499196802120017,\t23150601010102,农艺工,三级/高级工,市中心医院后勤部,71,72,not required,passed\n\
     吴涛,\t150199196801010004,\t23150601010101,护林员,五级/初级工,东胜区城市管理局,0,absent,not required,not passed\n";

const SCORES: &str = "科目,准考证号,姓名,证件号码,职业（工种）,等级,成绩\n\
     理论,\t23150601010104,李娟,150299********0007,保卫管理员,二级/技师,作废\n\
     理论,\t23150601010103,张三,150399********000X,物业管理员,三级/高级工,86.5\n\
     理论,\t23150601010102,林芳,150499********0017,农艺工,三级/高级工,71\n\
     理论,\t23150601010101,吴涛,150199********0004,护林员,五级/初级工,0\n\
     技能,\t23150601010103,张三,150399********000X,物业管理员,三级/高级工,60\n\
     技能,\t23150601010102,林芳,150499********0017,农艺工,三级/高级工,72\n\
     技能,\t23150601010101,吴涛,150199********0004,护林员,五级/初级工,缺考\n";

const CERTIFICATES: &str = "证书编号,状态,姓名,证件号码,准考证号,职业（工种）,等级,发证日期,所在单位\n\
     S000015000001233000001,作废,张三,150399********000X,\t23150601010103,物业管理员,三级/高级工,2023-10-15,东胜区城市管理局\n\
     S000015000001233000002,有效,林芳,150499********0017,\t23150601010102,农艺工,三级/高级工,2023-10-15,市中心医院后勤部\n\
     S000015000001233000003,有效,张三,150399********000X,\t23150601010103,物业管理员,三级/高级工,2023-10-15,东胜区城市管理局\n";

const UPLOAD: &str = "姓名,证件类型,证件号码,所在单位,职业名称,工种名称,职业技能等级,证书编号,发证日期,评价机构,发证机构\n\
     林芳,201,\t150499196802120017,市中心医院后勤部,农艺工,--,3,S000015000001233000002,2023-10-15,测试考点,内蒙古职业培训与就业促进会\n\
     张三,201,\t15039919680127000X,东胜区城市管理局,物业管理员,--,3,S000015000001233000003,2023-10-15,测试考点,内蒙古职业培训与就业促进会\n";
