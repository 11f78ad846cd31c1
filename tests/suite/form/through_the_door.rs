//! Filing, amending, resubmitting and correcting through the one door.
use super::world::{
    TOO_LATE, at, day, desk, desk_under, faults, file_it, form_layout, good, judged, of, piece, put, row, with,
};
use crate::harness::Desk;
use kaowu::model::{ApplicationId, EvidenceKind, Level, Relation, Route};
use kaowu::ops::applications::form::{Typed, stored};
use kaowu::ops::applications::{Amend, Correct, File, Resubmit, Withdraw};
use kaowu::ops::payments::ReceiveOriginal;
use kaowu::ops::seating::Arrange;
use kaowu::ops::{ApplicationState, Error};

fn amend(
    desk: &mut Desk,
    id: ApplicationId,
    items: &[(&str, &str)],
    reason: &str,
) -> Result<Vec<&'static str>, String> {
    let seen = stored(&desk.site, id).unwrap();
    let mut typed = with(seen.clone(), items);
    if items.iter().any(|(item, _)| *item == "id_number") {
        typed.follow_number();
    }
    let layout = form_layout();
    let done =
        desk.try_to(&Amend { application: id, typed: &typed, seen: &seen, reason: reason.into(), layout: &layout });
    match done {
        Ok(done) => Ok(done.out.changed),
        Err(Error::Rejected(report)) => Err(report.faults.iter().map(|f| f.code.0).collect::<Vec<_>>().join(" ")),
        Err(error) => Err(error.refusal().unwrap().code.0.to_owned()),
    }
}

fn filed(desk: &mut Desk, typed: &Typed, late: Option<&str>) -> Result<ApplicationId, String> {
    let layout = form_layout();
    let done = desk.try_to(&File { typed, late: late.map(str::to_owned), layout: &layout });
    match done {
        Ok(done) => Ok(done.out.application),
        Err(Error::Rejected(report)) => Err(report.faults.iter().map(|f| f.code.0).collect::<Vec<_>>().join(" ")),
        Err(error) => Err(error.refusal().unwrap().code.0.to_owned()),
    }
}

/// S1-48, S1-49, S1-50, S1-53, S1-54, S1-55, S1-56, S1-57, S1-58, S1-60, S1-61, S1-62, S1-74: every item of the
/// paper form comes back as it was typed, lines as lines; the unit follows from the employer.
#[test]
fn every_item_of_the_form_is_stored() {
    let mut desk = desk();
    let mut typed = with(
        good(),
        &[
            ("name", "阿卜杜拉 • 买买提"),
            ("ethnic_group", "维吾尔"),
            ("level", "3"),
            ("route", "promotion"),
            ("direction", "维修电工"),
            ("certificate_level", "四级/中级工"),
            ("certificate_no", "S000015006001164000017"),
            ("certificate_on", "2016-06-30"),
            ("experience", "2010年7月参加工作\n2015年调入园林局\u{200B}"),
            ("achievements", "2019年全旗技能竞赛二等奖\n带徒三人"),
            ("strengths", "排除高压柜故障"),
            ("training", "是"),
            ("registration_no", "NM2023-0001"),
        ],
    );
    typed.evidence = vec![
        piece(&[
            ("kind", "employment"),
            ("from", "2010-07"),
            ("to", "2015-02"),
            ("unit", "嘎鲁图镇"),
            ("relation", "related"),
        ]),
        piece(&[
            ("kind", "employment"),
            ("from", "2015-03"),
            ("unit", "园林局"),
            ("subject", "电工"),
            ("relation", "same"),
        ]),
    ];
    let id = file_it(&mut desk, &typed);
    let row = row(&desk, id);
    assert_eq!((row.name.as_str(), row.ethnic_group.as_deref()), ("阿卜杜拉·买买提", Some("维吾尔族")));
    assert_eq!((row.sex.map(|s| s.official()), row.birth), (Some("男"), day("1990-01-01")));
    assert_eq!((row.level, row.route, row.category.as_deref()), (Level::Three, Route::Promotion, Some("晋级认定")));
    assert_eq!((row.occupation.as_str(), row.direction.as_deref()), ("6-31-01-03", Some("维修电工")));
    assert_eq!((row.education.as_deref(), row.phone.as_deref()), (Some("大学专科和专科学校"), Some("15400000001")));
    assert_eq!((row.work_began, row.years, row.unit.as_deref()), (day("2010-07-01"), Some(13), Some("ordos")));
    assert_eq!(row.experience.as_deref(), Some("2010年7月参加工作\n2015年调入园林局"));
    assert_eq!(row.achievements.as_deref(), Some("2019年全旗技能竞赛二等奖\n带徒三人"));
    assert_eq!((row.strengths.as_deref(), row.pledged_on), (Some("排除高压柜故障"), day("2023-09-04")));
    assert_eq!((row.training, row.has_certificate), (Some(true), Some(true)));
    let again = stored(&desk.site, id).unwrap();
    assert_eq!(again.get("certificate_on"), "2016-06-30");
    assert_eq!(again.evidence.len(), 2, "the certificate before is items of the form, not a piece");
    assert_eq!(again.evidence[0].get("to"), "2015-02-28");
    assert_eq!(again.evidence[1].get("relation"), Relation::Same.code());
}

/// S1-52: number, check character, birth date; every kind of document.
#[test]
fn documents_of_every_kind_are_read() {
    let desk = desk();
    let number = |document: &str, number: &str| {
        let typed = with(good(), &[("document", document), ("id_number", number)]);
        faults(&desk, &typed, "id_number").first().copied()
    };
    assert_eq!(number("居民身份证", "１５０６９９１９９００１０１００１５"), None);
    assert_eq!(number("居民身份证", "152701198503200355"), Some("check_digit"));
    assert_eq!(number("居民身份证", "150626198502300018"), Some("identity_birth_date"));
    assert_eq!(number("居民身份证", "1.50699E+17"), Some("scientific_notation"));
    assert_eq!(number("港澳台居民居住证", "810000199003070015"), None);
    assert_eq!(number("港澳台居民居住证", "810000199003070016"), Some("check_digit"));
    assert_eq!(number("外国人永久居留身份证", "911392199202290027"), None);
    assert_eq!(number("外国人永久居留身份证", "ABC110090010101"), None);
    assert_eq!(number("护照（外国国籍）", "E12345678"), None);
    assert_eq!(number("军官证", "政字第123456号"), None);
    // S1-49: a passport tells neither sex nor birth date, a residence permit tells both.
    let passport = with(good(), &[("document", "护照(外国国籍)"), ("id_number", "E12345678")]);
    assert_eq!(faults(&desk, &passport, "sex"), ["form.missing"]);
    assert_eq!(faults(&desk, &passport, "birth"), ["form.missing"]);
    let permit = with(good(), &[("document", "港澳台居民居住证"), ("id_number", "820000199108150021")]);
    assert_eq!(judged(&desk, &permit).row.unwrap().sex.map(|s| s.official()), Some("女"));
    let wrong = with(good(), &[("sex", "女")]);
    assert_eq!(faults(&desk, &wrong, "sex"), ["sex_differs_from_id"]);
}

/// S1-46, S1-47: a level outside the occupation's own set, and outside what the route opens.
#[test]
fn levels_are_those_of_the_occupation_and_the_route() {
    let desk = desk();
    let guard = with(good(), &[("occupation", "保卫管理员"), ("level", "5")]);
    assert_eq!(faults(&desk, &guard, "level"), ["level_not_in_catalogue"]);
    let good_guard = with(good(), &[("occupation", "保卫管理员"), ("level", "3")]);
    assert!(faults(&desk, &good_guard, "level").is_empty());
    let route = with(good(), &[("route", "recognition")]);
    assert_eq!(faults(&desk, &route, "route"), ["route_level"]);
    let unknown = with(good(), &[("route", "resettled")]);
    assert_eq!(faults(&desk, &unknown, "route"), ["route_not_accepted"]);
}

/// S0-05, S1-47: what the batch does not take any more is refused as it is typed and when it is filed; what is there
/// already may still be corrected, and nothing is changed into it.
#[test]
fn what_is_closed_is_not_taken_by_the_form() {
    use kaowu::ops::applications::form::choices;
    let mut desk = desk();
    let there = file_it(&mut desk, &good());
    let plumber = file_it(&mut desk, &with(good(), &[("occupation", "管工")]));
    let levels = |desk: &Desk| choices(&desk.site, "level", &good()).unwrap().len();
    let before = levels(&desk);
    let reason = "等级调整".to_owned();
    desk.does(&kaowu::ops::occupations::Close { occupation: "电工".into(), level: Level::Five, reason });
    let told = judged(&desk, &good());
    let errors: Vec<_> = told.errors().map(|f| (f.column.as_str(), f.code.0)).collect();
    assert_eq!((errors, told.row.is_none()), (vec![("level", "occupation_closed")], true));
    assert_eq!(levels(&desk), before - 1);
    let other = with(good(), &[("id_number", "150699198512310015"), ("name", "李四")]);
    let mut other = with(other, &[("sex", ""), ("birth", "")]);
    other.follow_number();
    assert_eq!(filed(&mut desk, &other, None).unwrap_err().split(' ').next(), Some("occupation_closed"));
    assert_eq!(amend(&mut desk, there, &[("phone", "15400000002")], "换号").unwrap(), ["phone"]);
    let into = amend(&mut desk, plumber, &[("occupation", "电工")], "填错").unwrap_err();
    assert_eq!(into.split(' ').next(), Some("occupation_closed"));
}

/// S3-12: an occupation that wants a licence is not taken, nor offered.
#[test]
fn what_the_notice_excludes_is_not_taken_by_the_form() {
    use kaowu::ops::applications::form::choices;
    let desk = desk_under(|text| *text = text.replace("[occupations]\n", "[occupations]\nexcluded = [\"电工\"]\n"));
    assert_eq!(faults(&desk, &good(), "occupation"), ["occupation_excluded"]);
    let offered = choices(&desk.site, "occupation", &good()).unwrap();
    assert!(!offered.is_empty() && offered.iter().all(|o| o.value != "6-31-01-03"));
}

/// S3-30: where only filed organisations hold assessments, the form takes nobody from elsewhere.
#[test]
fn an_employer_that_is_not_filed_is_not_taken_by_the_form() {
    let filed_only = |text: &mut String| *text = text.replace("[applicants]\n", "[applicants]\nfiled_only = true\n");
    let mut desk = desk_under(filed_only);
    assert_eq!(faults(&desk, &with(good(), &[("occupation", "管工")]), "employer"), ["enterprise.outsider"]);
    let refused = filed(&mut desk, &with(good(), &[("occupation", "管工")]), None).unwrap_err();
    assert_eq!(refused.split(' ').next(), Some("enterprise.outsider"));
}

/// S3-39: a wrong code of the employer is told and kept; a right one is stored as the standard writes it.
#[test]
fn the_employers_code_is_checked() {
    let desk = desk();
    let of = |code: &str| with(good(), &[("employer_code", code)]);
    let judged = |code: &str| judged(&desk, &of(code)).row.unwrap().employer_code.unwrap();
    assert_eq!(faults(&desk, &of("91150699MA0KW0001C"), "employer_code"), ["credit_code.check"]);
    assert_eq!(judged("91150699MA0KW0001C"), "91150699MA0KW0001C");
    assert!(faults(&desk, &of("９１150699ma0kw0001b"), "employer_code").is_empty());
    assert_eq!(judged("９１150699ma0kw0001b"), "91150699MA0KW0001B");
}

/// S1-59: the certificate before is asked for on promotion and transfer alone; a strange number is only remarked.
#[test]
fn promotion_and_transfer_name_the_certificate_before() {
    let desk = desk();
    let of_route = |route: &str| with(good(), &[("route", route), ("level", "4")]);
    assert_eq!(faults(&desk, &of_route("promotion"), "certificate_no"), ["form.missing"]);
    assert_eq!(faults(&desk, &of_route("transfer"), "certificate_occupation"), ["form.missing"]);
    assert!(faults(&desk, &of_route("first"), "certificate_no").is_empty());
    let held = |number: &str| {
        let typed = with(of_route("promotion"), &[("certificate_level", "5"), ("certificate_no", number)]);
        let judged = judged(&desk, &typed);
        assert!(judged.row.is_some(), "{:?}", judged.faults);
        judged.of("certificate_no").map(|f| f.code.0).collect::<Vec<_>>()
    };
    assert!(held("S000015006001165000017").is_empty());
    let dated = with(of_route("promotion"), &[("certificate_on", "2016-06"), ("certificate_class", "x")]);
    assert!(faults(&desk, &dated, "certificate_on").is_empty());
    assert_eq!(faults(&desk, &dated, "certificate_class"), ["not_in_list"]);
    assert!(held("1615001000500017").is_empty());
    assert_eq!(held("乌人技字17"), ["certificate_unrecognised"]);
    // It is evidence, so that its years count; a promotion stays in the occupation.
    let typed =
        with(of_route("promotion"), &[("certificate_level", "5"), ("certificate_no", "S000015006001165000017")]);
    let evidence = judged(&desk, &typed).evidence;
    assert_eq!((evidence.len(), evidence[0].kind), (1, EvidenceKind::Certificate));
    assert_eq!((evidence[0].level, evidence[0].subject.as_deref()), (Some(Level::Five), Some("电工")));
}

/// S1-55, S1-56, S1-74: what is odd is told and does not refuse.
#[test]
fn what_is_odd_is_told() {
    let desk = desk();
    let odd = with(good(), &[("work_began", "2003-01"), ("years", "30"), ("pledged_on", "")]);
    let judged = judged(&desk, &odd);
    assert!(judged.row.is_some());
    let codes: Vec<_> = judged.faults.iter().map(|f| f.code.0).collect();
    assert_eq!(codes, ["work_began_early", "years_too_many", "form.no_pledge"]);
    let ahead = with(good(), &[("pledged_on", "2023-09-06")]);
    assert_eq!(faults(&desk, &ahead, "pledged_on"), ["form.future"]);
    assert_eq!(faults(&desk, &with(good(), &[("email", "a@b")]), "email"), ["email"]);
    assert_eq!(faults(&desk, &with(good(), &[("strengths", "好\n=cmd")]), "strengths"), ["formula_text"]);
}

/// S1-24, S1-80: units directly under the region go through Hohhot; the unit that the applicant chose counts, and is
/// compared.
#[test]
fn the_unit_is_routed() {
    let desk = desk();
    let unit = |items: &[(&str, &str)]| judged(&desk, &with(good(), items)).unit;
    assert_eq!(unit(&[]).as_deref(), Some("ordos"));
    assert_eq!(unit(&[("employer", "内蒙古自治区水利厅")]).as_deref(), Some("hohhot"));
    assert_eq!(unit(&[("employer", "后勤中心"), ("unit", "direct")]).as_deref(), Some("hohhot"));
    assert_eq!(unit(&[("unit", "通辽市")]).as_deref(), Some("tongliao"));
    assert_eq!(faults(&desk, &with(good(), &[("unit", "通辽市")]), "unit"), ["form.unit_differs"]);
    assert_eq!(faults(&desk, &with(good(), &[("unit", "北京市")]), "unit"), ["form.unit_unknown"]);
    assert_eq!(faults(&desk, &with(good(), &[("employer", "后勤中心")]), "unit"), ["form.unit_not_routed"]);
}

/// S1-60, S2-32: pieces are read by their kind; the engagement of notice 002 with its document number and date.
#[test]
fn pieces_of_evidence_are_judged_by_their_kind() {
    let mut desk = desk();
    let mut typed = good();
    typed.evidence = vec![
        piece(&[("kind", "employment"), ("from", "2015"), ("to", "2014-12"), ("unit", "园林局")]),
        piece(&[("kind", "employment"), ("from", "2023-10")]),
        piece(&[("kind", "title"), ("from", "x"), ("rank", "junior")]),
        piece(&[("kind", "holiday")]),
        piece(&[("kind", "education"), ("class", "大专")]),
    ];
    let judged = judged(&desk, &typed);
    let told: Vec<_> = judged.errors().map(|f| (f.line, f.column.as_str(), f.code.0)).collect();
    assert_eq!(
        told,
        [
            (1, "to", "form.ends_before"),
            (2, "unit", "form.missing"),
            (2, "from", "form.future"),
            (3, "from", "date"),
            (4, "kind", "not_in_list"),
            (5, "class", "not_in_list"),
        ]
    );
    let engaged = [
        ("kind", "engagement"),
        ("level", "4"),
        ("from", "2020-05-01"),
        ("number", "新人社〔2020〕1号"),
        ("subject", "电工"),
    ];
    typed.evidence = vec![piece(&engaged)];
    let id = file_it(&mut desk, &typed);
    let again = stored(&desk.site, id).unwrap();
    assert_eq!((again.evidence[0].get("number"), again.evidence[0].get("level")), ("新人社〔2020〕1号", "四级/中级工"));
}

/// S0-28: registration is a period; outside it only a coordinator takes an application, and says why.
#[test]
fn outside_the_period_a_coordinator_says_why() {
    let mut desk = at(desk(), TOO_LATE);
    assert_eq!(filed(&mut desk, &good(), None).unwrap_err(), "applications.late_reason_needed");
    assert_eq!(filed(&mut desk, &good(), Some(" ")).unwrap_err(), "applications.late_reason_needed");
    desk.sign_on("proctor");
    assert_eq!(filed(&mut desk, &good(), Some("迟到")).unwrap_err(), "duty.role_needed");
    desk.sign_on("coordinator");
    filed(&mut desk, &good(), Some("邮局延误，见收据")).unwrap();
    // The last day counts whole.
    let mut desk = at(super::world::desk(), "2023-09-19T23:59:00+08:00");
    filed(&mut desk, &good(), None).unwrap();
}

/// S1-52: the same person, occupation and level is there once; the other is named.
#[test]
fn a_second_application_of_the_same_kind_is_refused() {
    let mut desk = desk();
    let first = file_it(&mut desk, &good());
    let layout = form_layout();
    let error = desk.try_to(&File { typed: &good(), late: None, layout: &layout }).unwrap_err();
    let refusal = error.refusal().unwrap();
    assert_eq!(refusal.code.0, "applications.duplicate");
    assert_eq!(refusal.get("id").unwrap().to_string(), first.to_string());
    file_it(&mut desk, &with(good(), &[("occupation", "管工")]));
}

/// S2-28: where a notice takes no single persons, a unit must register them.
#[test]
fn single_persons_need_a_unit_where_the_notice_says_so() {
    let alone = |text: &mut String| {
        *text = text.replace("individual_registration = true", "individual_registration = false");
    };
    let mut desk = desk_under(alone);
    assert_eq!(filed(&mut desk, &good(), None).unwrap_err(), "no_individuals");
    let himself = with(good(), &[("registered_by", "张三")]);
    assert_eq!(filed(&mut desk, &himself, None).unwrap_err(), "no_individuals");
    let by = |unit: &str| with(good(), &[("registered_by", unit)]);
    assert_eq!(filed(&mut desk, &by("喀什地区人社局"), None).unwrap_err(), "unknown_unit");
    filed(&mut desk, &by("鄂尔多斯市"), None).unwrap();
}

/// A change has a reason, before and after; nothing changed is no operation, and undo takes a change back.
#[test]
fn an_application_is_amended_with_before_and_after() {
    let mut desk = desk();
    let mut typed = good();
    typed.evidence = vec![piece(&[("kind", "employment"), ("from", "2010-07"), ("unit", "园林局")])];
    let id = file_it(&mut desk, &typed);
    assert_eq!(amend(&mut desk, id, &[("phone", "15400000002")], "").unwrap_err(), "applications.amend_reason_needed");
    assert_eq!(amend(&mut desk, id, &[("phone", "12")], "换号").unwrap_err(), "phone");
    assert_eq!(amend(&mut desk, id, &[("phone", "15400000002")], "换号").unwrap(), ["phone"]);
    assert_eq!(row(&desk, id).phone.as_deref(), Some("15400000002"));
    assert!(amend(&mut desk, id, &[], "没改").unwrap().is_empty());
    let layout = form_layout();
    let seen = stored(&desk.site, id).unwrap();
    let mut typed = seen.clone();
    typed.evidence[0].set("to", "2012-06");
    typed.evidence.push(piece(&[("kind", "education"), ("class", "college"), ("from", "2010-06-30")]));
    let change = Amend { application: id, typed: &typed, seen: &seen, reason: "补交".into(), layout: &layout };
    let done = desk.try_to(&change).unwrap();
    assert_eq!(done.out.changed, ["evidence"]);
    let undo = kaowu::ops::history::Undo { op: done.op.unwrap(), reason: "弄错了".into() };
    desk.does(&undo);
    assert_eq!(stored(&desk.site, id).unwrap().evidence.len(), 1);
    typed.evidence.clear();
    let seen = stored(&desk.site, id).unwrap();
    desk.does(&Amend { application: id, typed: &typed, seen: &seen, reason: "撤下".into(), layout: &layout });
    assert!(stored(&desk.site, id).unwrap().evidence.is_empty());
    let other = file_it(&mut desk, &with(good(), &[("occupation", "管工")]));
    assert_eq!(amend(&mut desk, other, &[("occupation", "电工")], "填错").unwrap_err(), "applications.duplicate");
}

/// Two people change the same application: each item is as its last writer left it, and nobody undoes the other.
#[test]
fn what_somebody_else_changed_meanwhile_stays() {
    let mut desk = desk();
    let id = file_it(&mut desk, &good());
    let seen = stored(&desk.site, id).unwrap();
    amend(&mut desk, id, &[("phone", "15400000002"), ("email", "a@b.cn")], "换号").unwrap();
    let typed = with(seen.clone(), &[("name", "张珊"), ("email", "c@d.cn")]);
    let layout = form_layout();
    let change = Amend { application: id, typed: &typed, seen: &seen, reason: "更名".into(), layout: &layout };
    assert_eq!(desk.does(&change).changed, ["name", "email"]);
    let row = row(&desk, id);
    assert_eq!((row.name.as_str(), row.phone.as_deref()), ("张珊", Some("15400000002")));
    assert_eq!(row.email.as_deref(), Some("c@d.cn"));
}

/// What a sheet left empty does not stand in the way of a correction elsewhere.
#[test]
fn an_imported_row_can_be_corrected_item_by_item() {
    let mut desk = desk();
    desk.people(3);
    let id = desk.find("张三");
    assert_eq!(amend(&mut desk, id, &[("phone", "15400000009")], "换号").unwrap(), ["phone", "unit", "evidence"]);
    assert_eq!(amend(&mut desk, id, &[("name", "")], "清空").unwrap_err().split(' ').next(), Some("form.missing"));
}

/// S1-72: after approval nothing of it changes; name and document are corrected by a coordinator with a reason.
#[test]
fn after_approval_everything_is_frozen() {
    let mut desk = desk();
    let id = file_it(&mut desk, &good());
    put(&mut desk, id, ApplicationState::Approved);
    assert_eq!(amend(&mut desk, id, &[("phone", "15400000002")], "换号").unwrap_err(), "applications.frozen");
    let correct = |name: Option<&str>, number: Option<&str>, reason: &str| Correct {
        application: id,
        name: name.map(str::to_owned),
        document: None,
        number: number.map(str::to_owned),
        reason: reason.to_owned(),
    };
    assert_eq!(desk.refused(&correct(Some("张珊"), None, "")), "applications.correct_reason_needed");
    assert_eq!(desk.refused(&correct(Some("=张珊"), None, "x")), "applications.not_a_name");
    assert_eq!(desk.refused(&correct(None, Some("150699199001010013"), "x")), "identity.check_digit");
    assert_eq!(desk.refused(&correct(Some("张三"), None, "x")), "applications.nothing_to_correct");
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&correct(Some("张珊"), None, "户口簿")), "duty.role_needed");
    desk.sign_on("coordinator");
    desk.does(&correct(Some("张珊"), Some("150699198512310023"), "户口簿"));
    let row = row(&desk, id);
    assert_eq!((row.name.as_str(), row.pinyin.as_str(), row.birth), ("张珊", "zhangshan", day("1985-12-31")));
    assert_eq!(row.state, ApplicationState::Approved);
    assert_eq!(desk.find("张珊"), id);
    desk.does(&Withdraw { application: id, reason: "不考了".into() });
    assert_eq!(desk.refused(&correct(Some("张三"), None, "x")), "applications.correct_not_live");
    assert_eq!(amend(&mut desk, id, &[("phone", "15400000002")], "换号").unwrap_err(), "applications.not_live");
}

/// A ticket is issued for a name and an occupation: both stay, the phone does not have to.
#[test]
fn a_ticket_holds_its_name() {
    let mut desk = desk();
    let id = file_it(&mut desk, &good());
    put(&mut desk, id, ApplicationState::Approved);
    let mut desk = at(desk, "2023-09-26T09:00:00+08:00");
    desk.does(&kaowu::ops::applications::RecordFee::All);
    desk.does(&Arrange { seed: 1 });
    assert_eq!(amend(&mut desk, id, &[("name", "张珊")], "改").unwrap_err(), "applications.frozen");
    // Back from the approval: what is frozen is open again, the ticket is still there.
    put(&mut desk, id, ApplicationState::Returned);
    for items in [[("name", "张珊")], [("level", "4")], [("id_number", "150699198512310015")]] {
        assert_eq!(amend(&mut desk, id, &items, "改").unwrap_err(), "applications.ticketed", "{items:?}");
    }
    amend(&mut desk, id, &[("phone", "15400000003")], "换号").unwrap();
}

/// S1-81, S1-83: returned, corrected, submitted again in time; the round is counted.
#[test]
fn a_returned_application_is_submitted_again() {
    let mut desk = desk();
    let id = file_it(&mut desk, &good());
    assert_eq!(desk.refused(&Resubmit { application: id, late: None }), "applications.not_returned");
    put(&mut desk, id, ApplicationState::Returned);
    amend(&mut desk, id, &[("phone", "15400000004")], "按退回意见").unwrap();
    assert_eq!(row(&desk, id).state, ApplicationState::Returned);
    let mut desk = at(desk, TOO_LATE);
    assert_eq!(desk.refused(&Resubmit { application: id, late: None }), "applications.late_reason_needed");
    let mut desk = at(desk, super::world::IN_TIME);
    assert_eq!(desk.does(&Resubmit { application: id, late: None }).round, 1);
    assert_eq!(row(&desk, id).state, ApplicationState::Submitted);
}

/// S1-82: the original form comes in after approval.
#[test]
fn the_original_comes_in_after_approval() {
    let mut desk = desk();
    let id = file_it(&mut desk, &good());
    assert_eq!(desk.refused(&ReceiveOriginal { applications: vec![id] }), "applications.original_before_approval");
    put(&mut desk, id, ApplicationState::Approved);
    desk.does(&ReceiveOriginal { applications: vec![id] });
    assert!(row(&desk, id).original_at.is_some());
}

/// S0-14, S2-33, S4-16: an empty form asks for exactly what paper forms ask of everybody.
#[test]
fn an_empty_form_says_what_is_missing() {
    let desk = desk();
    let judged = judged(&desk, &of(&[]));
    let missing: Vec<_> = judged.errors().map(|f| (f.column.as_str(), f.code.0)).collect();
    let mut items: Vec<_> = missing.iter().map(|(item, _)| *item).collect();
    items.sort_unstable();
    let asked = [
        "document",
        "education",
        "employer",
        "ethnic_group",
        "id_number",
        "level",
        "name",
        "occupation",
        "phone",
        "route",
        "work_began",
    ];
    assert_eq!(items, asked);
    assert!(missing.iter().all(|(_, code)| *code == "form.missing"));
    // S2-33: the career and its pledge line have their places.
    let typed = with(good(), &[("experience", "先进工作者"), ("pledged_on", "2023-09-01")]);
    let row = super::world::judged(&desk, &typed).row.unwrap();
    assert_eq!((row.experience.as_deref(), row.pledged_on), (Some("先进工作者"), day("2023-09-01")));
}
