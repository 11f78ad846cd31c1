//! A batch of each of the five notices, by commands, from intake to its result document.
use crate::harness::Shell;
use crate::harness::shell::Answer;
use kaowu::bundle::codes::Codes;
use kaowu::config::Assets;
use kaowu::ops::demo::people::{self, HEADINGS};
use serde_json::Value;

/// A site of one notice, at a time.
struct Way {
    shell: Shell,
}

/// What a row of the 33-column sheet says beside what the generator makes up.
type Says<'a> = &'a [(&'a str, &'a str)];

const FIRST: Says<'static> =
    &[("是否有职业资格证书", "否"), ("证书等级", ""), ("证书编号", ""), ("认定分类", "初次认定")];

impl Way {
    fn of(policy: &str, (name, region, organisation): (&str, &str, &str), day: &str) -> Way {
        let mut way = Way { shell: Shell::new() };
        way.on(day);
        way.does(&format!("init --site 01 --name {name} --region {region} --organisation {organisation}"));
        way.does(&format!("batch open --policy {policy}"));
        for (name, role) in
            [("proctor", "proctor"), ("reviewer", "reviewer"), ("typist-a", "typist"), ("typist-b", "typist")]
        {
            way.does(&format!("operator add {name} --role {role}"));
        }
        way
    }

    /// From now on it is this time, such as `2024-09-21 08:10`.
    fn on(&mut self, time: &str) -> &mut Way {
        self.shell.on(time);
        self
    }

    #[track_caller]
    fn does(&self, args: &str) -> Answer {
        self.shell.run(args).done()
    }

    #[track_caller]
    fn json(&self, args: &str) -> Value {
        self.does(&format!("{args} --json")).json()
    }

    /// Made-up people, each with what is said of them.
    fn sheet(&self, all: &[Says<'_>]) {
        let assets = Assets::default();
        let codes = Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap();
        let mut rows = people::rows(&codes, 5, all.len());
        for (row, says) in rows.iter_mut().zip(all) {
            for (heading, text) in *says {
                let at = HEADINGS.iter().position(|h| h == heading).unwrap();
                (*text).clone_into(&mut row[at]);
            }
        }
        self.shell.imported(&rows);
    }

    /// Every session from its door to the late limit; everybody comes but `absent`.
    fn sits(&mut self, absent: &[&str]) {
        for session in self.json("session list").as_array().unwrap() {
            let text = |key: &str| session[key].as_str().unwrap().to_owned();
            let here = self.json(&format!("checkin list --session {}", text("code")));
            let comes = |p: &&Value| !absent.contains(&p["name"].as_str().unwrap());
            let tickets = here.as_array().unwrap().iter().filter(comes).map(|p| p["ticket"].as_str().unwrap());
            let tickets = tickets.collect::<Vec<_>>().join("\n");
            if here.as_array().unwrap().is_empty() {
                continue;
            }
            self.shell.set(text("opens"));
            self.shell
                .run_args(
                    &["checkin", "admit", "-", "--session", &text("code"), "--materials", "--as", "proctor"],
                    &tickets,
                )
                .done();
            self.on(&format!("{} 20:00", &text("starts")[..10]));
            if !absent.is_empty() {
                self.does(&format!("checkin close --session {} --yes", text("code")));
            }
        }
    }

    /// Theory and practical of everybody, typed by two.
    fn marked(&self, marks: &dyn Fn(&str) -> [&'static str; 2]) {
        let people = self.json("result list");
        for (place, subject) in ["theory", "practical"].into_iter().enumerate() {
            let line = |p: &Value| {
                let name = p["name"].as_str().unwrap();
                p["ticket"].as_str().map(|ticket| format!("{ticket},{}\n", marks(name)[place])).unwrap_or_default()
            };
            let lines: String = people.as_array().unwrap().iter().map(line).collect();
            for typist in ["typist-a", "typist-b"] {
                let enter = ["score", "enter", "-", "--subject", subject, "--accept", "--as", typist];
                self.shell.run_args(&enter, &lines).done();
            }
        }
    }

    /// One panel of three judges every technician.
    fn judged(&self, points: &[(&str, [u32; 3])]) {
        let panel =
            "panel form --name 甲组 --member 子委员,理工学院,chair --member 丑委员,技师学院 --member 寅委员,行业协会";
        self.does(panel);
        for (who, sheets) in points {
            let ticket = self.ticket(who);
            for (member, points) in ["子委员", "丑委员", "寅委员"].into_iter().zip(sheets) {
                self.does(&format!("--as reviewer panel score --panel 甲组 --member {member} {ticket} {points}"));
            }
        }
        self.does("panel begin --panel 甲组");
        self.does("panel end --panel 甲组 --reason 材料审阅");
        for member in ["寅委员", "丑委员", "子委员"] {
            self.does(&format!("panel sign --panel 甲组 --member {member} --reason 评审表原件"));
        }
        self.does("panel seal --panel 甲组");
    }

    fn ticket(&self, name: &str) -> String {
        let people = self.json("result list");
        let row = people.as_array().unwrap().iter().find(|p| p["name"] == name);
        row.unwrap_or_else(|| panic!("{name}"))["ticket"].as_str().unwrap().to_owned()
    }

    /// Every session locked, results computed.
    fn computed(&self) {
        for session in self.json("session list").as_array().unwrap() {
            let code = session["code"].as_str().unwrap();
            if session["seated"] != 0 {
                self.does(&format!("mark lock {code}"));
            }
        }
        self.does("result compute");
    }

    /// What a command is refused with.
    #[track_caller]
    fn refused(&self, args: &str) -> String {
        let answer = self.shell.run(args);
        assert_eq!(answer.status, 1, "{}{}", answer.out, answer.err);
        answer.err
    }

    /// Numbers of the valid certificates by their holders' names.
    fn numbers(&self) -> Vec<(String, String)> {
        let all = self.json("certificate register --state valid");
        let text = |c: &Value, key: &str| c[key].as_str().unwrap().to_owned();
        let mut numbers: Vec<_> =
            all.as_array().unwrap().iter().map(|c| (text(c, "name"), text(c, "number"))).collect();
        numbers.sort();
        numbers
    }

    /// Names by outcome.
    fn outcomes(&self, outcome: &str) -> Vec<String> {
        let people = self.json(&format!("result list --outcome {outcome}"));
        let mut names: Vec<_> =
            people.as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    }

    /// Five boxes, both reviews.
    fn reviewed(&self, count: usize, nodes: &[&str]) {
        for node in nodes {
            self.does(&format!("application stamp {node} --all --count {count} --opinion 同意 --signed-by 高经办"));
        }
        self.does("operator add approver --role coordinator --unit 就促会");
        let pass = format!("--decision pass --all --count {count} --reason 原件已核验");
        self.does(&format!("application review first {pass} --query-evidence 一致"));
        self.does(&format!("application review second {pass} --as approver"));
    }
}

const FIVE: &[&str] = &["employer", "department", "county", "prefecture", "issuer"];

/// Notice 000 up to settled marks: three windows, three sessions on one day, a panel for the technician.
fn wushen_2024() -> Way {
    let mut way = Way::of("wushen-2024", ("乌审旗考点", "150626", "S000015000001"), "2024-08-01 09:00");
    let five: Says<'_> =
        &[FIRST, &[("姓名", "甲一"), ("职业工种名称", "汽车维修工"), ("认定等级", "五级/初级工")]].concat();
    let other: Says<'_> =
        &[FIRST, &[("姓名", "乙二"), ("职业工种名称", "汽车维修工"), ("认定等级", "五级/初级工")]].concat();
    let two: Says<'_> = &[
        ("姓名", "丙三"),
        ("职业工种名称", "电工"),
        ("认定等级", "二级/技师"),
        ("是否有职业资格证书", "是"),
        ("证书等级", "三级/高级工"),
        ("证书编号", "S000015000001183000001"),
        ("认定分类", "晋级认定"),
    ];
    way.sheet(&[five, other, two]);
    way.reviewed(3, FIVE);
    way.on("2024-09-02 09:00").does("application pay --all");
    way.does("seat arrange --seed 1");
    way.sits(&[]);
    way.marked(&|name| if name == "乙二" { ["59.5", "90"] } else { ["80", "76"] });
    way.judged(&[("丙三", [70, 72, 74])]);
    way
}

#[test]
fn notice_000_from_intake_to_certificates() {
    let mut way = wushen_2024();
    assert_eq!(
        (way.outcomes("passed"), way.outcomes("failed")),
        (vec!["丙三".into(), "甲一".into()], vec!["乙二".into()])
    );
    // S0-38: five calendar days, not one of them a working day: told, and taken only with a yes.
    way.on("2024-10-02 09:00").refused("result publish --place 官网");
    way.computed();
    way.refused("result publish --place 官网");
    way.does("result publish --place 官网 --accept");
    way.refused("result finalise");
    way.refused("certificate number");
    way.on("2024-10-07 09:00").does("result finalise");
    way.does("certificate number");
    let numbers = [("丙三", "S000015000001242000001"), ("甲一", "S000015000001245000001")];
    assert_eq!(way.numbers(), numbers.map(|(name, number)| (name.into(), number.into())));
    // S0-40: told, collected by the holder against a signature.
    way.does("certificate issue --everybody --elsewhere");
    way.does("certificate notify --everybody --way phone");
    let id = way.json("certificate find 甲一")["certificates"][0]["id_number"].as_str().map(str::to_owned);
    assert!(id.is_none_or(|shown| shown.contains('*')), "numbers are masked");
    way.does("log verify");
}

/// Notice 001 up to settled marks, a technician among them.
fn nmg_2023() -> Way {
    let mut way = Way::of("nmg-2023", ("鄂尔多斯考点", "150600", "S000015000001"), "2023-09-05 09:00");
    let one: Says<'_> = &[FIRST, &[("姓名", "甲一"), ("职业工种名称", "电工"), ("认定等级", "五级/初级工")]].concat();
    let gone: Says<'_> = &[FIRST, &[("姓名", "乙二"), ("职业工种名称", "电工"), ("认定等级", "五级/初级工")]].concat();
    let two: Says<'_> = &[
        ("姓名", "丙三"),
        ("职业工种名称", "电工"),
        ("认定等级", "二级/技师"),
        ("是否有职业资格证书", "是"),
        ("证书等级", "三级/高级工"),
        ("证书编号", "S000015000001183000001"),
        ("认定分类", "晋级认定"),
    ];
    way.sheet(&[one, gone, two]);
    way.reviewed(3, FIVE);
    way.on("2023-09-25 09:00").does("application pay --all");
    way.does("seat arrange --seed 1");
    way.sits(&["乙二"]);
    way.marked(&|name| if name == "乙二" { ["absent", "absent"] } else { ["66", "60"] });
    way.judged(&[("丙三", [60, 60, 61])]);
    way
}

#[test]
fn notice_001_from_intake_to_certificates() {
    let mut way = nmg_2023();
    assert_eq!(
        (way.outcomes("passed"), way.outcomes("failed")),
        (vec!["丙三".into(), "甲一".into()], vec!["乙二".into()])
    );
    way.on("2023-10-16 09:00").computed();
    way.does("result publish --place 官网");
    let public = way.does("result public").out;
    assert!(public.contains("甲一") && !public.contains("199"), "no number of a document: {public}");
    way.refused("certificate number");
    // S1-36: five working days of the ten.
    way.on("2023-10-24 09:00").does("result finalise");
    way.does("result sent --to 就促会 --signed-by 高经办 --stamped");
    way.does("certificate number");
    let numbers = [("丙三", "S000015000001232000001"), ("甲一", "S000015000001235000001")];
    assert_eq!(way.numbers(), numbers.map(|(name, number)| (name.into(), number.into())));
    way.does("certificate issue --everybody --elsewhere");
    way.does("upload prepare new");
    way.does("upload submit 1 --manager 赵管理 --head 钱负责 --to 四位一体");
    way.does("upload receipt 1 --number R-1");
    way.refused("batch close --reason 办结");
    way.does("batch close --anyway --reason 办结，证书由协办单位发放");
    way.does("archive seal --batch nmg-2023 --keeper 孙某 --place 档案室 --out sealed --reason 试卷另行移交");
    way.does("doctor sealed");
    let table = way.shell.path("sealed/archive.toml");
    let text = std::fs::read_to_string(&table).unwrap();
    std::fs::write(&table, text.replacen("01", "02", 1)).unwrap();
    assert_ne!(way.shell.run("doctor sealed").status, 0, "a digit was changed");
}

const ROSTER: &str = "\
上级主管部门（盖章）：天山区人社局（已盖章）,,,填报人：钱某,,,填报人联系电话：15400000001,,,制表日期：2022年4月20日,
序号,姓名,性别,族别,身份证号码,申报职业（工种）,申报等级,现聘任等级,聘任时间,申报单位,联系电话
1,甲一,男,汉族,650199197801010031,汽车维修工,四级/中级工,五级/初级工,2012-01-01,天山区机关服务中心,15400000001
2,乙二,女,维吾尔族,65019919780101004X,电工,二级/技师,三级/高级工,2012-01-01,天山区机关服务中心,15400000002
自治区职业技能鉴定中心意见,,,,,,,,,,
经审核，以上2人符合晋级考核条件,,,,,,,,,,
";

/// Notice 002 up to settled marks: the list before the exam, five nodes with two signers, no review of technicians.
fn xinjiang_2022() -> Way {
    let mut way = Way::of("xinjiang-2022", ("天山考点", "650102", "S000065000001"), "2022-04-20 09:00");
    std::fs::write(way.shell.path("roster.csv"), ROSTER).unwrap();
    way.does("import roster.csv");
    let stamp = |node: &str| {
        format!("application stamp {node} --all --count 2 --opinion 同意 --signed-by 高经办 --responsible 陈负责")
    };
    for node in ["employer", "department", "county", "prefecture"] {
        way.does(&stamp(node));
    }
    way.does("application publish --place 自治区职业资格工作网 --until 2022-05-05");
    way.on("2022-05-06 09:00").does("operator add department --role coordinator --unit 天山区人社局");
    way.does("operator add approver --role coordinator --unit 自治区鉴定中心");
    let pass = "--decision pass --all --count 2 --reason 档案原件已核验";
    way.does(&format!("application review first {pass} --query-evidence 一致 --as department"));
    way.does(&format!("{} --document-no 新职鉴〔2022〕1号", stamp("region")));
    way.does(&format!("application review second {pass} --as approver"));
    way.two_sessions("2022-07-10");
    way.does("seat arrange --seed 1");
    way.sits(&[]);
    way.marked(&|name| if name == "甲一" { ["80", "76"] } else { ["61", "60"] });
    way
}

impl Way {
    fn two_sessions(&self, day: &str) {
        for (code, subject, starts, ends) in
            [("theory-1", "theory", "09:00", "10:30"), ("practical-1", "practical", "14:00", "16:00")]
        {
            let (start, end) = (format!("{day} {starts}"), format!("{day} {ends}"));
            let add = ["session", "add", code, "--subject", subject, "--start", &start, "--end", &end];
            self.shell.run_args(&add, "").done();
        }
    }
}

/// S2-24: theory and skill, and no review even of a technician.
#[test]
fn notice_002_from_roster_to_the_qualification_document_s2_24() {
    let mut way = xinjiang_2022();
    assert_eq!(way.outcomes("passed"), ["乙二", "甲一"]);
    way.on("2022-07-13 09:00").computed();
    let signed = "--handled-by 赵经办 --responsible 钱负责 --legible --stamped";
    way.does(&format!("document certify theory {signed}"));
    way.does(&format!("document certify practical --organisation 天山社评中心 --filing-no 备65 {signed}"));
    way.refused("document prepare --title 合格人员");
    way.does("result finalise");
    // S2-27: a blank box makes the roster void, and nobody on it gets a document.
    way.refused("document prepare --title 合格人员");
    way.does("roster make applicants --filled-by 钱某 --phone 15400000001");
    for node in ["department", "region"] {
        way.does(&format!("roster fill 1 --box {node} --people 2 {signed}"));
    }
    way.does("document prepare --title 合格人员");
    // S2-26: not stamped is void.
    let issue = "document issue 1 --number 新人社函〔2022〕99号 --handled-by 赵经办 --responsible 钱负责 --legible";
    way.refused(issue);
    way.does(&format!("{issue} --stamped"));
    let document = way.does("document show 1").out;
    assert!(document.contains("新人社函〔2022〕99号") && document.contains("乙二"), "{document}");
    way.refused("certificate number");
    way.does("print qualification --number 1 --out .");
}

/// Notice 003 up to settled marks: filed, listed, its own people.
fn enterprise_2019() -> Way {
    let mut way = Way::of("nmg-enterprise-2019", ("示例矿业有限公司", "150626", "Y000015000101"), "2019-05-18 09:00");
    let filing = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/enterprise/filing");
    let code = "91150699MA0KW0001B";
    way.does(&format!("enterprise file {filing}"));
    way.does(&format!("enterprise submit {code} --paper 2019-05-18 --electronic 2019-05-18"));
    way.does(&format!("enterprise judge {code} --met 1,2,3,4,5,6,7"));
    way.does(&format!("enterprise evaluate {code} --expert 戊某 --opinion 具备条件 --result qualified"));
    way.does(&format!("enterprise publish {code} --from 2019-06-03 --reason 第一批目录"));
    let own: Says<'_> = &[
        ("考生来源", "国有企业"),
        ("所在单位", "示例矿业有限公司"),
        ("报名单位", "示例矿业有限公司"),
        ("认定等级", "四级/中级工"),
    ];
    let one: Says<'_> = &[FIRST, own, &[("姓名", "甲一"), ("职业工种名称", "电工")]].concat();
    let two: Says<'_> = &[FIRST, own, &[("姓名", "乙二"), ("职业工种名称", "钳工")]].concat();
    way.on("2019-07-01 09:00").sheet(&[one, two]);
    way.two_sessions("2019-08-10");
    way.does("seat arrange --seed 1");
    way.sits(&[]);
    way.marked(&|name| if name == "甲一" { ["80", "76"] } else { ["61", "59.5"] });
    way
}

#[test]
fn notice_003_from_filing_to_certificates_of_the_enterprise() {
    let mut way = enterprise_2019();
    assert_eq!((way.outcomes("passed"), way.outcomes("failed")), (vec!["甲一".into()], vec!["乙二".into()]));
    way.on("2019-08-12 09:00").computed();
    // S3-24: nothing before the region has approved the results; whoever sent them does not answer.
    way.refused("result publish --place 公告栏");
    way.does("result audit ask --note 报自治区鉴定中心");
    way.refused("result audit approve --by 周某");
    way.does("operator add clerk --role coordinator");
    way.does("result audit approve --by 周某 --document 内人社鉴〔2019〕3号 --as clerk");
    // Working days of 2019 are not known: that is told and taken with a yes.
    way.refused("result publish --place 公告栏");
    way.does("result publish --place 公告栏 --accept");
    way.refused("certificate number");
    way.on("2019-08-20 09:00").does("result finalise");
    way.does("certificate number");
    // S3-25: places of the enterprise's own class.
    assert_eq!(way.numbers(), [("甲一".to_owned(), "Y000015000101194000001".to_owned())]);
}

/// Notice 004 up to settled marks: an office's workbook, no fee, no stamps.
fn clerks_2024() -> Way {
    let mut way = Way::of("wushen-zwfw-2024", ("乌审旗技能评价中心", "150626", "S000015150001"), "2024-10-08 09:00");
    way.does(concat!("import ", env!("CARGO_MANIFEST_DIR"), "/tests/data/zwfw-2024.xlsx"));
    way.does("application review first --decision pass --all --count 24 --query-evidence 一致 --reason 已核验");
    way.two_sessions("2024-10-26");
    way.does("seat arrange --seed 1");
    way.sits(&["周玲霞"]);
    way.marked(&|name| match name {
        "周玲霞" => ["absent", "absent"],
        "罗霞" => ["88", "40"],
        _ => ["75", "68.5"],
    });
    way
}

#[test]
fn notice_004_from_the_workbook_to_certificates() {
    let mut way = clerks_2024();
    assert_eq!((way.outcomes("passed").len(), way.outcomes("failed")), (22, vec!["周玲霞".into(), "罗霞".into()]));
    way.on("2024-10-28 09:00").computed();
    way.does("result publish --place 大厅公示栏");
    way.on("2024-11-06 09:00").does("result finalise");
    way.does("certificate number");
    assert_eq!(way.numbers().len(), 22);
    // S4-29: the rate of the windows follows from the certificates.
    way.does("report rate");
    way.does("report subsidy");
}
