//! A desk in the registration period, and a form that is right.
use crate::harness::Desk;
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, Day, Stamp};
use kaowu::ops::applications::File;
use kaowu::ops::applications::form::{Judged, Layout, Piece, Typed, check, layout};
use kaowu::ops::{ApplicationRow, ApplicationState, Operation, Result, Work};
use kaowu::policy::file;
use serde::Serialize;

/// 2023-09-05, in the registration period of nmg-2023.
pub const IN_TIME: &str = "2023-09-05T09:00:00+08:00";
pub const TOO_LATE: &str = "2023-09-20T00:00:00+08:00";

pub fn desk() -> Desk {
    at(Desk::with_batch(), IN_TIME)
}

pub fn at(desk: Desk, when: &str) -> Desk {
    desk.clock().set(Stamp::parse(when).unwrap());
    desk
}

/// A desk whose policy is nmg-2023 with something changed.
pub fn desk_under(change: impl FnOnce(&mut String)) -> Desk {
    let mut desk = Desk::new();
    let assets = Assets::default();
    let mut text = assets.read("policies/nmg-2023.toml").unwrap();
    change(&mut text);
    let read = |c: &str| if c == "nmg-2023" { Some(text.clone()) } else { assets.read(&format!("policies/{c}.toml")) };
    let policy = file::load("nmg-2023", &read).unwrap();
    desk.does(&kaowu::ops::batch::Open { code: "changed".into(), name: "2023".into(), policy });
    desk.site.choose_batch(None).unwrap();
    at(desk, IN_TIME)
}

pub fn form_layout() -> Layout {
    layout(&Assets::default()).unwrap()
}

/// 张三, first application for electrician, level 5.
pub fn good() -> Typed {
    of(&[
        ("document", "居民身份证"),
        ("id_number", "150699199001010015"),
        ("name", "张三"),
        ("ethnic_group", "汉族"),
        ("phone", "15400000001"),
        ("education", "大专"),
        ("work_began", "2010-07"),
        ("years", "13"),
        ("employer", "乌审旗园林局"),
        ("occupation", "电工"),
        ("level", "五级/初级工"),
        ("route", "first"),
        ("pledged_on", "2023-09-04"),
    ])
}

pub fn of(items: &[(&str, &str)]) -> Typed {
    with(Typed::default(), items)
}

pub fn with(mut typed: Typed, items: &[(&str, &str)]) -> Typed {
    items.iter().for_each(|(item, text)| typed.set(item, *text).unwrap());
    typed
}

pub fn piece(parts: &[(&str, &str)]) -> Piece {
    let mut piece = Piece::default();
    parts.iter().for_each(|(part, text)| piece.set(part, text));
    piece
}

pub fn judged(desk: &Desk, typed: &Typed) -> Judged {
    check(&desk.site, &form_layout(), typed, None).unwrap()
}

/// Codes of the faults of an item.
pub fn faults(desk: &Desk, typed: &Typed, item: &str) -> Vec<&'static str> {
    judged(desk, typed).of(item).map(|f| f.code.0).collect()
}

pub fn file_it(desk: &mut Desk, typed: &Typed) -> ApplicationId {
    let layout = form_layout();
    desk.does(&File { typed, late: None, layout: &layout }).application
}

pub fn row(desk: &Desk, id: ApplicationId) -> ApplicationRow {
    kaowu::ops::applications::by_id(&desk.site, id).unwrap()
}

pub fn day(text: &str) -> Option<Day> {
    Some(text.parse().unwrap())
}

/// Puts an application into a state that reviews would bring it to.
#[derive(Serialize)]
pub struct Put(pub ApplicationRow, pub ApplicationState);

impl Operation for Put {
    const KIND: &'static str = "test.put";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        Ok(work.tx.update(&self.0, &ApplicationRow { state: self.1, ..self.0.clone() })?)
    }
}

pub fn put(desk: &mut Desk, id: ApplicationId, state: ApplicationState) {
    let before = row(desk, id);
    desk.does(&Put(before, state));
}
