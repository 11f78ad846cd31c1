//! A site with something in every stage whose free texts attack, put there past every gate.
use super::targets::keys::{Desk as Seat, folder};
use kaowu::config::{Assets, Home};
use kaowu::model::{FixedClock, Role, Stamp};
use kaowu::ops::demo::{Plan, Stage, build};
use kaowu::ops::upkeep::operators;
use kaowu::ops::{Access, Actor, Site};
use kaowu::text::Lang;
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// The attacks, one JSON string each, so that the file itself harms nobody.
pub fn attacks() -> Vec<String> {
    serde_json::from_str(include_str!("../../data/hidden-text.json")).unwrap()
}

/// Columns of any table in which people write what they like.
const FREE: &str = "name employer occupation_name experience address email source household major condition registered_by \
    ethnic_group sequence diploma_no politics title unit reason remark note words facts place contact finding taker \
    purpose channel reference object station actor_name achievements strengths mailing_address payer holder words \
    opinion summary description by_whom witness answer";

pub struct World {
    pub home: tempfile::TempDir,
    pub now: Stamp,
}

impl World {
    /// As it is.
    pub fn new(stage: Stage) -> World {
        let home = folder();
        let plan = Plan { candidates: 40, seed: 1, policy: "nmg-2023".to_owned(), stage, os_user: None };
        let folder = Home::at(home.path().join("home"));
        let (site, _) = build(&plan, &folder).unwrap();
        let now = site.now();
        drop(site);
        World { home, now }
    }

    /// Every free text of every row ends in one of these.
    pub fn poisoned(stage: Stage, with: &[String], before: bool) -> World {
        let world = World::new(stage);
        let db = Connection::open(world.file()).unwrap();
        db.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = OFF").unwrap();
        for name in names(&db, "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
            db.execute_batch(&format!("DROP TRIGGER \"{name}\"")).unwrap();
        }
        let mut changed = 0;
        for table in names(&db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'") {
            let columns = names(&db, &format!("SELECT name FROM pragma_table_info('{table}') WHERE type LIKE 'TEXT%'"));
            for column in columns.iter().filter(|c| FREE.split_whitespace().any(|free| free == c.as_str())) {
                for (n, attack) in with.iter().enumerate() {
                    let text = if before { format!("?1 || \"{column}\"") } else { format!("\"{column}\" || ?1") };
                    let sql = format!(
                        "UPDATE OR IGNORE \"{table}\" SET \"{column}\" = {text} WHERE \"{column}\" IS NOT NULL AND rowid % {} = {n}",
                        with.len()
                    );
                    changed += db.execute(&sql, [attack]).unwrap_or(0);
                }
            }
        }
        assert!(changed > 300, "{changed}");
        world
    }

    pub fn folder(&self) -> PathBuf {
        self.home.path().join("home")
    }

    pub fn file(&self) -> PathBuf {
        self.folder().join("site.db")
    }

    /// The site with somebody of this role signed on.
    pub fn site(&self, role: Role) -> Site {
        open(&self.file(), self.now, role)
    }

    pub fn seat(&self, lang: Lang, pane: &str) -> Seat {
        let home = folder();
        let file = home.path().join("site.db");
        std::fs::copy(self.file(), &file).unwrap();
        Seat::over(open(&file, self.now, Role::Coordinator), lang, pane, home)
    }
}

fn open(file: &Path, now: Stamp, role: Role) -> Site {
    let mut site = Site::open(file, Access::ReadWrite, Assets::default(), Box::new(FixedClock::at(now))).unwrap();
    site.choose_batch(None).unwrap();
    let all = operators(&site).unwrap();
    let one = all.iter().find(|o| o.role_list().contains(&role)).unwrap();
    site.set_actor(Actor { id: Some(one.id), name: one.name.clone(), roles: one.role_list() });
    site
}

fn names(db: &Connection, sql: &str) -> Vec<String> {
    db.prepare(sql).unwrap().query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect()
}
