//! Who may not be the same person as whom, from the tables as they stand before somebody tries something.
use kaowu::model::Role;
use rusqlite::Connection;

/// Why this very person may not do it; `None`: nothing but their duties and the state of things is in the way.
pub type Rule<'a> = &'a dyn Fn(&Facts<'_>) -> Option<&'static str>;

pub struct Facts<'a> {
    pub db: &'a Connection,
    pub me: i64,
    pub roles: &'a [Role],
    /// Nobody is there to sign with them.
    pub alone: bool,
}

impl Facts<'_> {
    /// The first number that a query gives.
    pub fn number(&self, sql: &str) -> Option<i64> {
        self.db.query_row(sql, [], |row| row.get(0)).ok().flatten()
    }

    pub fn is_me(&self, sql: &str) -> bool {
        self.number(sql) == Some(self.me)
    }
}

pub fn none(_: &Facts<'_>) -> Option<&'static str> {
    None
}

/// The same person may not stand in both places.
pub fn not_whoever(facts: &Facts<'_>, sql: &str, why: &'static str) -> Option<&'static str> {
    facts.is_me(sql).then_some(why)
}

/// Only whoever began it.
pub fn only_whoever(facts: &Facts<'_>, sql: &str, why: &'static str) -> Option<&'static str> {
    (!facts.is_me(sql)).then_some(why)
}

/// Roles that exclude one another, from the list of the duties and not from the program.
pub fn clash(roles: &[Role]) -> bool {
    use Role::{Admin, Auditor, Coordinator, Proctor, Reviewer, ScoreManager, Typist};
    let has = |role| roles.contains(&role);
    let alone = |role| has(role) && roles.iter().any(|other| *other != role);
    alone(Admin)
        || alone(Auditor)
        || (has(Coordinator) && has(Typist))
        || (has(ScoreManager) && [Coordinator, Typist, Proctor, Reviewer].into_iter().any(has))
}

/// Whoever is no administrator gives and takes the duties of those who work under them, no others.
pub fn gives(facts: &Facts<'_>, roles: &[Role]) -> Option<&'static str> {
    use Role::{Admin, Proctor, Reviewer, Typist};
    let under = roles.iter().all(|role| [Proctor, Typist, Reviewer].contains(role));
    (!under && !facts.roles.contains(&Admin)).then_some("gave or took a duty that is the administrator's to give")
}

/// What two people voided, two people bring back.
const SIGNED: &[&str] = &["certificates.revoke", "certificates.reissue"];

/// Kinds of which no part is taken back.
const STAYS: &[&str] = &[
    "marks.",
    "publicity.",
    "archive.",
    "script.open",
    "results.compute",
    "certificates.number",
    "certificates.correct",
    "exchange.",
];

/// Why this person may not take operation `op` back.
pub fn undo(facts: &Facts<'_>, op: i64) -> Option<&'static str> {
    let read = |sql: &str| facts.db.query_row(sql, [op], |row| row.get::<_, Option<String>>(0)).ok().flatten();
    let kind = read("SELECT kind FROM operation WHERE id = ?1").unwrap_or_default();
    let own = facts.is_me(&format!("SELECT actor FROM operation WHERE id = {op}"));
    if STAYS.iter().any(|stays| kind.starts_with(stays)) {
        return Some("took back what is not taken back");
    }
    if facts.alone && SIGNED.contains(&kind.as_str()) {
        return Some("brought back alone what two people voided");
    }
    if !own && !facts.roles.contains(&Role::Coordinator) {
        return Some("took back what another did");
    }
    let images = "SELECT group_concat(coalesce(json_extract(before, '$.roles'), '') || ','
        || coalesce(json_extract(after, '$.roles'), '')) FROM change WHERE op = ?1 AND record = 'operator'";
    let roles: Vec<_> = read(images).unwrap_or_default().split(',').filter_map(Role::parse).collect();
    gives(facts, &roles)
}

/// Marks of locked sessions.
pub fn locked_marks(db: &Connection) -> String {
    let sql = "SELECT coalesce(group_concat(m.application || m.subject || m.mark || coalesce(m.points, ''), ' '), '')
        FROM mark m JOIN locked_mark l USING (application, subject)";
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// The first rule that the tables break.
pub fn broken(db: &Connection) -> Option<&'static str> {
    let lacks = |role: &str, of: &str| format!("(SELECT roles FROM operator WHERE id = {of}) NOT LIKE '%{role}%'");
    let manager = |of: &str| lacks("score_manager", of);
    let rules = [
        (
            "two entries of one mark by one person",
            "SELECT count(*) FROM entry e JOIN entry f USING (application, subject, operator)
             WHERE e.id < f.id AND 'discarded' NOT IN (e.state, f.state)"
                .to_owned(),
        ),
        ("an entry by no typist", format!("SELECT count(*) FROM entry WHERE {}", lacks("typist", "operator"))),
        ("a lock by no score manager", format!("SELECT count(*) FROM mark_lock WHERE {}", manager("operator"))),
        (
            "a change decided by whoever asked, or by no score manager",
            format!(
                "SELECT count(*) FROM mark_change WHERE state IN ('approved', 'refused')
                 AND (decided_by = asked_by OR {})",
                manager("decided_by")
            ),
        ),
        (
            "an objection decided by whoever took it down",
            "SELECT count(*) FROM result_objection WHERE handler = operator AND state <> 'withdrawn'".to_owned(),
        ),
        (
            "a release by no coordinator",
            format!("SELECT count(*) FROM publication WHERE {}", lacks("coordinator", "operator")),
        ),
        (
            "an audit answered by whoever asked for it",
            "SELECT count(*) FROM result_audit WHERE decided_by = asked_by".to_owned(),
        ),
    ];
    let breaks = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap() > 0;
    rules.iter().find(|(_, sql)| breaks(sql)).map(|(rule, _)| *rule)
}
