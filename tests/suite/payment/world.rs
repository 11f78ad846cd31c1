//! A desk whose policy has prices, reviews or sanctions of its own, and a clock inside the window.
use crate::harness::Desk;
use kaowu::model::{ApplicationId, Role, Stamp};
use kaowu::ops::payments::{Accept, Paying, Record};
use kaowu::ops::{ApplicationRow, ApplicationState, Operation, Result, Work, applications, batch};
use kaowu::policy::{self, Policy};
use serde::Serialize;

/// Sets one state without the reviews, where some have passed and some wait.
#[derive(Serialize)]
pub struct PlantState(pub ApplicationId, pub ApplicationState);

impl Operation for PlantState {
    const KIND: &'static str = "test.plant";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let before = kaowu::store::rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1", [self.0])?.unwrap();
        if before.state != self.1 {
            work.tx.update(&before, &ApplicationRow { state: self.1, ..before.clone() })?;
        }
        Ok(())
    }
}

/// A registration number of the platform.
#[derive(Serialize)]
pub struct PlantRegistration(pub ApplicationId, pub &'static str);

impl Operation for PlantRegistration {
    const KIND: &'static str = "test.plant";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let before = kaowu::store::rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1", [self.0])?.unwrap();
        let registration_no = Some(self.1.to_owned());
        Ok(work.tx.update(&before, &ApplicationRow { registration_no, ..before.clone() })?)
    }
}

/// What is laid over the 2023 notice.
pub const PRICES: &str = "
[[fees]]
code = \"theory\"
amount = 3500

[[fees]]
code = \"practical\"
amount = 14000
";
pub const REVIEWS: &str = "
[reviews]
steps = [{ step = \"first\", by = \"co_organiser\" }, { step = \"second\", by = \"issuer\" }]
";
pub const BARS: &str = "
[[sanctions]]
act = \"false_materials\"
effects = [\"lose_exam\", \"criticism\"]
barred_years = 3

[[sanctions]]
act = \"misconduct\"
effects = [\"lose_subject\"]
";

/// The 2023 notice with the paper form not asked for, and `over` at its end; without the notice's own tables of that name.
pub fn policy(over: &str) -> policy::Adopted {
    let assets = kaowu::config::Assets::default();
    let adopted = policy::load("nmg-2023", &|c| assets.read(&format!("policies/{c}.toml"))).unwrap();
    let mut text: toml::Table = adopted.text.parse().unwrap();
    text.get_mut("payment").and_then(|p| p.as_table_mut()).unwrap().insert("original_required".into(), false.into());
    let over: toml::Table = over.parse().unwrap();
    text.extend(over);
    policy::from_text(&toml::to_string(&text).unwrap()).unwrap()
}

pub fn open(desk: &mut Desk, code: &str, over: &str) {
    desk.does(&batch::Open { code: code.into(), name: code.into(), policy: policy(over) });
    desk.site.choose_batch(Some(code)).unwrap();
}

/// So many people under the notice with `over`, through its reviews, on the second day of payment.
pub fn desk(people: usize, over: &str) -> Desk {
    let mut desk = waiting(people, over);
    desk.reviewed();
    desk
}

/// The same before the reviews.
pub fn waiting(people: usize, over: &str) -> Desk {
    let mut desk = Desk::new();
    open(&mut desk, "pay", over);
    desk.people(people);
    on(&desk, "2023-09-26T10:00:00");
    desk
}

pub fn on(desk: &Desk, when: &str) {
    desk.clock().set(Stamp::parse(&format!("{when}+08:00")).unwrap());
}

pub fn who(n: i64) -> ApplicationId {
    ApplicationId(n)
}

pub fn row(desk: &Desk, n: i64) -> ApplicationRow {
    applications::by_id(&desk.site, who(n)).unwrap()
}

pub fn paid(desk: &Desk, n: i64) -> bool {
    row(desk, n).paid_at.is_some()
}

pub fn record(n: i64, fen: Option<i64>) -> Record {
    let paying = Paying { amount: fen, ..Paying::all_of(who(n)) };
    Record { payments: vec![paying], reason: None, accept: Accept::Nothing }
}

pub fn policy_of(desk: &Desk) -> std::rc::Rc<Policy> {
    desk.site.policy().unwrap()
}
