//! Lists for people: what stands in each, byte for byte.
use crate::harness::{Desk, PlantMarks, Shell};
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, Mark, Points, Subject};
use kaowu::ops::certificates::{self, Correct, Filter, Number, Revoke};
use kaowu::ops::exchange::lists::{Identity, LISTS, List, Manner, Numbers, Style};
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
    desk.does(&Revoke { certificate: first.id, reason: "姓名有误".into(), sanction: None });
    let (certificate, issued_on) = (first.id, "2023-10-15".parse().unwrap());
    desk.does(&Correct { certificate, issued_on, reason: "姓名已更正".into() });
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

/// What left is told as what it was: whole numbers, or none of them.
#[test]
fn the_journal_says_whether_whole_numbers_left() {
    let shell = made_up();
    let newest = || shell.run("log --limit 1").done().out;
    shell.run("export upload --out u.csv").done();
    assert!(newest().contains("导出完整证件号码"), "{}", newest());
    shell.run("print rules --out forms").done();
    assert!(newest().contains("导出，无完整号码"), "{}", newest());
    shell.run("print sign-in --out forms").done();
    let json = shell.run("log --limit 1 --json").done().json();
    assert_eq!((json[0]["kind"].as_str(), json[0]["whole"].as_u64()), (Some("exchange.export"), Some(0)));
    let refusal = shell.alone().run("export scores --full --purpose 核对 --out s.csv").err;
    assert!(refusal.contains("导出完整证件号码"), "{refusal}");
}

/// Whatever is asked for: there is nothing in them that could be whole, so nobody is called and nothing is written down.
#[test]
fn lists_without_numbers_need_no_second_person() {
    let shell = made_up();
    let done = shell.alone().run("export rooms --full --purpose 核对 --out r.csv --json").done().json();
    assert_eq!((done["masked"].as_bool(), done["operation"].is_null()), (Some(true), true));
    let desk = world();
    for list in LISTS.iter().filter(|list| list.numbers == Numbers::None) {
        let written = |identity| {
            let words = |key: &str| key.to_owned();
            list.write(&desk.site, &Manner { style: Style::People, identity, words: &words }, Vec::new()).ok()
        };
        assert_eq!(written(Identity::Full), written(Identity::Masked), "{}", list.what);
        let text = written(Identity::Full).map(|(bytes, _)| String::from_utf8(bytes).unwrap()).unwrap_or_default();
        assert!(!text.contains("150399"), "{} has numbers: {text}", list.what);
    }
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

/// S1-37, S2-20: counts go out as sheets too, a rate never without what it is a share of.
#[test]
fn boards_of_results_are_lists_s1_37() {
    use kaowu::ops::results::Compute;
    let mut desk = world();
    let board = written(&desk, "results-board", Identity::Masked, Lang::Chinese);
    assert!(board.lines().next().unwrap().ends_with("合格,不合格,不全,已定,合格率"), "{board}");
    let total = board.lines().last().unwrap();
    assert!(total.starts_with("合计,,4,"), "{total}");
    let places = written(&desk, "results-places", Identity::Masked, Lang::Chinese);
    assert!(places.starts_with("盟市（地区）,用人单位,职业（工种）,等级,考场,申报,"), "{places}");
    let applied: u64 = places.lines().skip(1).map(|l| l.split(',').nth(5).unwrap().parse::<u64>().unwrap()).sum();
    assert_eq!(applied, 4);
    let spread = written(&desk, "results-spread", Identity::Masked, Lang::Chinese);
    assert_eq!(spread.lines().count(), 1 + 3 * 13);
    assert!(spread.contains("80–<90,1,"), "{spread}");
    assert_eq!(written(&desk, "results-changes", Identity::Masked, Lang::Chinese).lines().count(), 1);
    desk.does(&Compute::default());
    desk.does(&PlantMarks(vec![(ApplicationId(2), Subject::Practical, Mark::Points(Points::whole(61)))]));
    desk.does(&Compute::default());
    let changes = written(&desk, "results-changes", Identity::Masked, Lang::Chinese);
    assert!(changes.lines().count() == 2 && changes.contains(",61,"), "{changes}");
    assert_eq!(written(&desk, "summaries-sent", Identity::Masked, Lang::English).lines().count(), 1);
    let list = List::find("results-places").unwrap();
    let words = |key: &str| key.to_owned();
    let manner = Manner { style: Style::People, identity: Identity::Masked, words: &words };
    let mut book = std::io::Cursor::new(Vec::new());
    assert!(list.write_xlsx(&desk.site, &manner, &mut book).unwrap() > 0);
    assert!(book.into_inner().starts_with(b"PK"));
}
