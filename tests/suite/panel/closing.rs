//! From the first sheet to the seal: what is hidden, how long it lasts, who decides, who signs.
use super::world::{fill, form, sign, technicians, three, timed, view, with_panel};
use crate::harness::{Desk, Screen};
use kaowu::model::{ApplicationId, MemberId, PanelId, Points, Role, StaffId, TieKind};
use kaowu::ops::history::{self, Filter, Undo};
use kaowu::ops::panel::{self, Begin, End, Form, Minutes, Next, Reopen, Rule, Score, Seal, Sheet, Sign, Signed};
use kaowu::ops::upkeep::AddOperator;
use kaowu::ops::{Operation, PanelMemberRow, PanelRecusalRow, StaffRow, Work};
use kaowu::store::rows;

const PIN: &str = "20231015";

fn score(member: MemberId, application: ApplicationId, points: i32) -> Score {
    Score::total(member, application, Points::whole(points))
}

/// Ties members of a panel to operators, past the pages of staff.
#[derive(serde::Serialize)]
struct Tie(PanelId, Vec<&'static str>);

impl Operation for Tie {
    const KIND: &'static str = "test.tie";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> kaowu::ops::Result<()> {
        let members = rows::select::<PanelMemberRow>(work.tx.db(), "WHERE panel = ?1 ORDER BY id", [self.0])?;
        for (member, name) in members.iter().zip(&self.1) {
            let tail = "WHERE name = ?1";
            let operator = rows::first::<kaowu::ops::OperatorRow>(work.tx.db(), tail, [*name])?.map(|o| o.id);
            let id = StaffId(work.tx.next_id::<StaffRow>()?);
            work.tx.insert(&StaffRow {
                id,
                name: member.name.clone(),
                unit: member.unit.clone(),
                phone: None,
                id_number: None,
                grade: kaowu::model::AssessorGrade::Senior,
                card_no: None,
                card_until: None,
                occupations: String::new(),
                duties: "reviewer".into(),
                operator,
                kept_by: None,
                retired: false,
            })?;
            work.tx.update(member, &PanelMemberRow { staff: Some(id), ..member.clone() })?;
        }
        Ok(())
    }
}

/// A late recusal, past the page of experts.
#[derive(serde::Serialize)]
struct Recuse(MemberId, ApplicationId);

impl Operation for Recuse {
    const KIND: &'static str = "test.recuse";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> kaowu::ops::Result<()> {
        let row = PanelRecusalRow {
            member: self.0,
            application: self.1,
            kind: TieKind::Teacher,
            note: None,
            declared: true,
            operator: work.actor.id.unwrap(),
            at: work.now,
        };
        Ok(work.tx.insert(&row)?)
    }
}

/// A panel whose members sign on as `e1`…, the first two with a PIN.
fn with_accounts(people: usize, names: &'static [&'static str]) -> (Desk, PanelId) {
    let mut desk = Desk::seated(people);
    let hash = AddOperator::hash_pin(PIN).unwrap();
    for (n, name) in names.iter().enumerate() {
        let pin_hash = (n < 2).then(|| hash.clone());
        let roles = vec![Role::Reviewer];
        desk.does(&AddOperator { name: (*name).into(), roles, os_user: None, unit: None, pin_hash });
    }
    let mut members = three();
    members.extend(
        "丁戊".chars().take(names.len().saturating_sub(3)).map(|c| super::world::member(&c.to_string(), "", false)),
    );
    let panel = desk.does(&form(members)).panel;
    desk.does(&Tie(panel, names.to_vec()));
    (desk, panel)
}

/// Signs on past the PIN, whose hash is slow.
fn act_as(desk: &mut Desk, name: &str) {
    let all = kaowu::ops::upkeep::operators(&desk.site).unwrap();
    let row = all.into_iter().find(|o| o.name == name).unwrap();
    let roles = row.role_list();
    desk.site.set_actor(kaowu::ops::Actor { id: Some(row.id), name: row.name, roles });
}

/// S1-22: nobody follows the others' marks, whichever way they look, until the panel is sealed.
#[test]
fn a_sheet_is_seen_by_its_writer_only_until_the_seal_s0_25_s1_22() {
    let (mut desk, formed) = with_panel(40);
    let panel = formed.panel;
    timed(&mut desk, panel);
    let shown = view(&desk, panel);
    let who = shown.candidates[0].application;
    desk.sign_on("reviewer");
    for candidate in &shown.candidates {
        for (member, points) in shown.members.iter().zip([73, 81, 99]) {
            desk.does(&score(member.id, candidate.application, points));
        }
    }
    for operator in ["coordinator", "auditor", "typist-a"] {
        desk.sign_on(operator);
        let seen = view(&desk, panel);
        assert!(seen.candidates.iter().all(|c| c.sheets == [Sheet::In; 3] && c.wide && c.ruling.is_none()));
        let mut told = serde_json::to_string(&seen).unwrap();
        told += &serde_json::to_string(&panel::panels(&desk.site).unwrap()).unwrap();
        told += &serde_json::to_string(&panel::minutes(&desk.site, panel).unwrap()).unwrap();
        let kind = Some("panel.score".into());
        for entry in history::page(&desk.site, &Filter { kind, ..Filter::default() }, None, 100).unwrap() {
            let detail = history::detail(&desk.site, entry.operation).unwrap();
            assert!(detail.hidden);
            told += &serde_json::to_string(&detail).unwrap();
        }
        // 84.3 is what the sheets come to.
        for value in ["73", "81", "99", "84.3", "7300", "8100", "9900", "8430"] {
            let quoted = [format!("\"{value}\""), format!(":{value},"), format!(":{value}}}")];
            assert!(!quoted.iter().any(|q| told.contains(q.as_str())), "{operator} sees {value}: {told}");
        }
    }
    desk.sign_on("coordinator");
    sign(&mut desk, panel);
    desk.does(&Seal { panel });
    desk.sign_on("auditor");
    let sealed = view(&desk, panel).candidates[0].clone();
    assert_eq!(sealed.sheets, [73, 81, 99].map(|n| Sheet::Shown(Points::whole(n))));
    assert_eq!((sealed.application, sealed.mark), (who, Some(Points::new(8430))));
}

#[test]
fn a_review_that_is_too_short_needs_the_chairs_reason() {
    let (mut desk, panel) = with_accounts(40, &["e1", "e2", "e3"]);
    let who = view(&desk, panel).candidates[0].application;
    let (begin, end) = (Begin { panel, application: who }, End { panel, application: who, reason: None });
    assert_eq!(desk.refused(&end), "panel.not_begun");
    desk.at("09:00").does(&begin);
    assert_eq!(desk.refused(&begin), "panel.begun");
    assert_eq!(desk.at("09:29").refused(&end), "panel.too_short");
    let early = End { reason: Some("考生突发疾病".into()), ..end.clone() };
    act_as(&mut desk, "e2");
    assert_eq!(desk.refused(&early), "panel.chair_only");
    act_as(&mut desk, "e1");
    assert_eq!(desk.try_to(&early).unwrap().out.1, 29);
    assert_eq!(desk.refused(&end), "panel.ended");
    let fact = panel::minutes(&desk.site, panel).unwrap().candidates[0].clone();
    assert_eq!((fact.minutes, fact.short_reason.as_deref()), (Some(29), Some("考生突发疾病")));
    // Whoever is not of the panel keeps no clock.
    let next = view(&desk, panel).candidates[1].application;
    desk.sign_on("reviewer");
    assert_eq!(desk.refused(&Begin { panel, application: next }), "panel.not_a_member");
    act_as(&mut desk, "e3");
    desk.at("10:00").does(&Begin { panel, application: next });
    assert_eq!(desk.at("10:30").does(&End { panel, application: next, reason: None }).1, 30);
}

/// Four sheets after a late recusal, two of them below 60: the chair decides, by their own PIN.
#[test]
fn a_tie_is_the_chairs_to_decide_s0_25() {
    let (mut desk, panel) = with_accounts(40, &["e1", "e2", "e3", "e4", "e5"]);
    timed(&mut desk, panel);
    let shown = view(&desk, panel);
    let who = shown.candidates[0].application;
    desk.does(&Recuse(shown.members[4].id, who));
    for (n, member) in shown.members.iter().enumerate() {
        act_as(&mut desk, &format!("e{}", n + 1));
        for candidate in &shown.candidates {
            let points = if candidate.application == who { [50, 58, 62, 64, 0][n] } else { 70 };
            let sheet = score(member.id, candidate.application, points);
            if n == 4 && candidate.application == who {
                assert_eq!(desk.refused(&sheet), "panel.not_judging");
            } else {
                desk.does(&sheet);
            }
        }
    }
    desk.sign_on("coordinator");
    let asked = view(&desk, panel);
    assert_eq!((asked.next, asked.candidates[0].asks), (Next::Rule, Some(panel::Ask::Tie)));
    assert_eq!(asked.candidates[0].sheets[4], Sheet::Recused);
    assert_eq!(desk.refused(&Seal { panel }), "panel.not_ready");
    let chair = shown.members[0].id;
    let wrong = panel::prove(&desk.site, chair, Some("00000000")).unwrap_err();
    assert_eq!(wrong.refusal().unwrap().code.0, "operator.wrong_pin");
    let other = panel::prove(&desk.site, shown.members[1].id, Some(PIN)).unwrap();
    let proof = panel::prove(&desk.site, chair, Some(PIN)).unwrap();
    let rule = |points, reason: &str, proof| Rule { application: who, points, reason: reason.into(), proof };
    assert_eq!(desk.refused(&rule(Points::whole(60), "从宽", other)), "panel.chair_only");
    let bounds = panel::question(&desk.site, &proof, who).unwrap();
    assert_eq!(bounds.reach, Some((Points::whole(50), Points::whole(64))));
    assert_eq!(desk.refused(&rule(Points::whole(65), "从宽", proof)), "panel.ruling_outside");
    assert_eq!(desk.refused(&rule(Points::whole(60), " ", proof)), "panel.ruling_reason");
    let calm = rows_other(&shown, who);
    assert_eq!(desk.refused(&Rule { application: calm, ..rule(Points::whole(70), "x", proof) }), "panel.not_asked");
    let op = desk.try_to(&rule(Points::whole(60), "业绩突出", proof)).unwrap().op.unwrap();
    assert!(history::detail(&desk.site, op).unwrap().hidden, "a ruling is for nobody before the seal");
    act_as(&mut desk, "e2");
    assert_eq!(desk.refused(&score(shown.members[1].id, who, 61)), "panel.decided");
    desk.sign_on("coordinator");
    let ready = view(&desk, panel);
    assert!(ready.candidates[0].decided && ready.next == Next::Sign, "{ready:?}");
    assert_eq!(panel::minutes(&desk.site, panel).unwrap().candidates[0].decided, None);
}

fn rows_other(shown: &panel::View, who: ApplicationId) -> ApplicationId {
    shown.candidates.iter().map(|c| c.application).find(|c| *c != who).unwrap()
}

/// Each by their own PIN, the chair last; a changed sheet voids what was signed; a PIN is nowhere in the journal.
#[test]
fn everybody_signs_the_sheets_as_they_are_s1_22() {
    let (mut desk, panel) = with_accounts(40, &["e1", "e2"]);
    timed(&mut desk, panel);
    let shown = view(&desk, panel);
    let [a, b, c] = [0, 1, 2].map(|n| shown.members[n].id);
    let by_pin =
        |desk: &Desk, member| Sign { proof: panel::prove(&desk.site, member, Some(PIN)).unwrap(), reason: None };
    let early = by_pin(&desk, b);
    assert_eq!(desk.refused(&early), "panel.not_ready");
    for (member, operator) in [(a, "e1"), (b, "e2"), (c, "typist-a")] {
        act_as(&mut desk, operator);
        for candidate in &shown.candidates {
            desk.does(&score(member, candidate.application, 70));
        }
    }
    desk.sign_on("coordinator");
    assert_eq!(desk.refused(&Seal { panel }), "panel.not_ready");
    let chair = by_pin(&desk, a);
    assert_eq!(desk.refused(&chair), "panel.chair_last");
    assert_eq!(desk.does(&early).left, 2);
    // The third has no account: a hand on paper, which a coordinator records and says where.
    assert_eq!(panel::prove(&desk.site, c, Some(PIN)).unwrap_err().refusal().unwrap().code.0, "panel.no_account");
    assert_eq!(panel::on_paper(&desk.site, a).unwrap_err().refusal().unwrap().code.0, "panel.has_account");
    let proof = panel::on_paper(&desk.site, c).unwrap();
    assert_eq!(desk.refused(&Sign { proof, reason: None }), "panel.paper_reason");
    desk.does(&Sign { proof, reason: Some("评审表原件".into()) });
    // Whoever has signed corrects nothing; somebody else's correction makes every signature void.
    act_as(&mut desk, "e2");
    let first = shown.candidates[0].application;
    assert_eq!(desk.refused(&score(b, first, 71)), "panel.signed");
    act_as(&mut desk, "e1");
    desk.does(&score(a, first, 71));
    assert_eq!(view(&desk, panel).signed, [Signed::No, Signed::Void, Signed::Void]);
    desk.sign_on("coordinator");
    assert_eq!(desk.refused(&chair), "panel.chair_last");
    desk.does(&early);
    desk.does(&Sign { proof, reason: Some("评审表原件".into()) });
    assert_eq!(desk.does(&chair).left, 0);
    // The chair seals; what is signed on paper only is told.
    act_as(&mut desk, "e2");
    assert_eq!(desk.refused(&Seal { panel }), "panel.chair_only");
    act_as(&mut desk, "e1");
    assert_eq!(desk.does(&Seal { panel }).on_paper, ["丙评委"]);
    let facts = panel::minutes(&desk.site, panel).unwrap();
    assert_eq!(
        facts.members.iter().map(|m| (m.signed_at.is_some(), m.with_pin)).collect::<Vec<_>>(),
        [(true, true), (true, true), (true, false)]
    );
    desk.sign_on("auditor");
    let all = history::page(&desk.site, &Filter::default(), None, 1000).unwrap();
    assert!(!serde_json::to_string(&all).unwrap().contains(PIN));
    // A signature under a sealed panel stays.
    desk.sign_on("coordinator");
    let kind = Some("panel.sign".into());
    let last = history::page(&desk.site, &Filter { kind, ..Filter::default() }, None, 1).unwrap()[0].operation;
    assert!(desk.try_to(&Undo { op: last, reason: "x".into() }).is_err());
}

#[test]
fn reopening_is_for_a_coordinator_who_had_no_part_and_voids_the_signatures() {
    let (mut desk, formed) = with_panel(40);
    let panel = formed.panel;
    fill(&mut desk, panel);
    desk.does(&Tie(panel, vec!["coordinator"]));
    let shown = view(&desk, panel);
    for member in [&shown.members[1], &shown.members[2]] {
        let proof = panel::on_paper(&desk.site, member.id).unwrap();
        desk.does(&Sign { proof, reason: Some("原件".into()) });
    }
    let proof = panel::prove(&desk.site, shown.members[0].id, None).unwrap();
    desk.does(&Sign { proof, reason: None });
    desk.does(&Seal { panel });
    let reopen = Reopen { panel, reason: "漏看材料".into() };
    assert_eq!(desk.refused(&reopen), "panel.own_panel");
    desk.sign_on("approver");
    assert_eq!(desk.does(&reopen).taken_back, formed.candidates);
    assert_eq!(view(&desk, panel).signed, [Signed::No; 3]);
    desk.does(&Minutes { panel, text: " 复核后重开 ".into() });
    assert_eq!(panel::minutes(&desk.site, panel).unwrap().text.as_deref(), Some("复核后重开"));
}

/// S1-23: a review that has begun and not ended is no mark, and its person has not passed.
#[test]
fn without_a_seal_there_is_no_review_mark_s1_23() {
    let (mut desk, formed) = with_panel(40);
    fill(&mut desk, formed.panel);
    sign(&mut desk, formed.panel);
    let missing =
        |desk: &Desk| technicians(desk).iter().filter(|r| r.review == kaowu::ops::results::Standing::Missing).count();
    assert_eq!(missing(&desk), formed.candidates);
    desk.does(&Seal { panel: formed.panel });
    assert_eq!(missing(&desk), 0);
}

/// A whole panel by keys: a member's own column only, begin, end, the chair's PIN, signatures, the seal.
#[test]
fn a_member_sees_their_own_sheets_and_the_second_line_says_what_comes_next() {
    let (mut desk, panel) = with_accounts(40, &["e1", "e2", "e3"]);
    let shown = view(&desk, panel);
    act_as(&mut desk, "e2");
    desk.at("09:00");
    let mut screen = Screen::open(desk, "panel");
    screen.sees("综合评审").sees("待评分").press("enter").sees("*乙评委").press("tab").sees("只能填写自己的评分表");
    screen.press("b").sees("开始评审 09:00").sees("按 b 结束").press("b").sees("不少于 30 分钟").press("esc");
    for _ in &shown.candidates {
        screen.type_text("80").press("enter");
    }
    screen.sees("*乙评委").sees(&format!("甲评委 {0}, 丙评委 {0}", shown.candidates.len()));
    let mut desk = Desk::after(screen);
    for (n, member) in [(1, &shown.members[0]), (3, &shown.members[2])] {
        act_as(&mut desk, &format!("e{n}"));
        for candidate in &shown.candidates {
            desk.does(&score(member.id, candidate.application, 80));
        }
    }
    desk.sign_on("coordinator");
    for candidate in view(&desk, panel).candidates {
        let application = candidate.application;
        let _ = desk.try_to(&Begin { panel, application });
        desk.does(&End { panel, application, reason: Some("材料审阅".into()) });
    }
    let mut screen = Screen::open(desk, "panel");
    screen
        .sees("待签名")
        .press("enter g")
        .sees("未签")
        .press("enter")
        .sees("乙评委 本人输入口令")
        .type_text("11111111");
    screen
        .press("enter")
        .sees("不正确")
        .press("g enter")
        .type_text(PIN)
        .press("enter")
        .sees("乙评委 已签名，还有 2 人");
    // The third has an account without a PIN: they sign on themselves.
    screen.press("enter").sees("没有设口令");
    screen.press("m").type_text("评议一致").press("esc").sees("评审记录已保存");
    let mut desk = Desk::after(screen);
    act_as(&mut desk, "e3");
    let proof = panel::prove(&desk.site, shown.members[2].id, None).unwrap();
    desk.does(&Sign { proof, reason: None });
    act_as(&mut desk, "e1");
    let mut screen = Screen::open(desk, "panel");
    screen.press("enter g enter").type_text(PIN).press("enter").sees("甲评委 已签名，还有 0 人").sees("封存（s）");
    screen.press("s").type_text(&shown.candidates.len().to_string()).press("enter").sees("已封存，成绩已定");
}

#[test]
fn the_list_says_of_each_panel_what_comes_next() {
    let mut desk = Desk::seated(60);
    let people: Vec<_> = technicians(&desk).iter().map(|r| r.application).collect();
    let (one, two) = people.split_at(people.len() / 2);
    let of = |name: &str, ids: &[ApplicationId]| Form {
        name: name.into(),
        members: three(),
        candidates: Some(ids.to_vec()),
    };
    let first = desk.does(&of("一组", one)).panel;
    desk.does(&of("二组", two));
    fill(&mut desk, first);
    let next: Vec<_> = panel::panels(&desk.site).unwrap().iter().map(|p| (p.next, p.unsigned)).collect();
    assert_eq!(next, [(Next::Sign, 3), (Next::Judge, 3)]);
    Screen::open(desk, "panel").sees("待签名").sees("待评分");
}
