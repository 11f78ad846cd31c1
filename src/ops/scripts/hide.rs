//! What nobody may be told while a bag is sealed, and what is said instead.
use crate::model::{ApplicationId, Code, Refusal, RoomId, ScriptBagId, SessionId, Subject, fold};
use crate::ops::entry;
use crate::ops::{Operation, Result, Site};
use crate::policy::Policy;
use crate::policy::marking::ScriptNumbers;
use crate::store::journal::{self, OperationRow};
use crate::store::rows::Connection;
use crate::store::views::scripts::{self, Bagged};
use crate::store::{EntryRow, rows};
use serde_json::Value as Json;
use std::collections::HashSet;

pub const NO_SUCH: Code = Code("script.unknown_number");
/// The paper is under a script number: its ticket finds nothing.
pub const USE_NUMBER: Code = Code("script.use_number");
pub const TYPED: Code = Code("script.typed_since");
pub const OTHER_PART: Code = Code("script.other_part");
/// The script has a number: its seat stays.
pub const SEAT_DRAWN: Code = Code("script.seat_drawn");
pub const NOT_DRAWN: Code = Code("script.not_drawn");
pub const DRAW_FIRST: Code = Code("script.draw_first");

/// Whose script has this number, and of which part.
pub fn by_number(site: &Site, text: &str) -> Result<(ApplicationId, Subject)> {
    let number = fold::number_like(text);
    let found = scripts::by_number(site.store().db(), site.batch()?.id, number.as_ref())?;
    Ok(found.ok_or_else(|| Refusal::new(NO_SUCH).with("number", number.as_ref()))?)
}

/// Whoever has this ticket, for reading or typing their mark: refused while their script is under a number.
pub fn by_ticket(site: &Site, ticket: &str, subject: Subject) -> Result<ApplicationId> {
    let application = entry::by_ticket(site, ticket)?;
    match scripts::bagged(site.store().db(), application, subject)? {
        Bagged::Sealed(_) => Err(Refusal::new(USE_NUMBER).word("subject", subject.key()).into()),
        Bagged::No | Bagged::Open(_) => Ok(application),
    }
}

/// What a paper is addressed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address {
    Ticket,
    Script,
}

/// The paper of a part that somebody names.
pub fn paper(site: &Site, text: &str, address: Address, subject: Subject) -> Result<ApplicationId> {
    match address {
        Address::Ticket => by_ticket(site, text, subject),
        Address::Script => match by_number(site, text)? {
            (application, of) if of == subject => Ok(application),
            (_, of) => Err(Refusal::new(OTHER_PART).with("number", text).word("subject", of.key()).into()),
        },
    }
}

/// Refused where a number has to be drawn before anything is typed: by the policy, or because the bag is sealed and
/// this paper has none yet.
pub(in crate::ops) fn needs_number(
    db: &Connection,
    policy: &Policy,
    (application, subject): (ApplicationId, Subject),
) -> Result<()> {
    match scripts::bagged(db, application, subject)? {
        Bagged::Sealed(None) => Err(Refusal::new(NOT_DRAWN).into()),
        Bagged::No if policy.marking.script_numbers == ScriptNumbers::Required => Err(Refusal::new(DRAW_FIRST).into()),
        Bagged::No | Bagged::Sealed(Some(_)) | Bagged::Open(_) => Ok(()),
    }
}

/// Everybody whose mark of a part may not be told yet.
pub(in crate::ops) struct Veil(HashSet<(ApplicationId, Subject)>);

impl Veil {
    pub fn of_batch(db: &Connection, batch: crate::model::BatchId) -> Result<Veil> {
        Ok(Veil(scripts::sealed(db, batch)?.into_iter().collect()))
    }

    pub fn of_person(db: &Connection, application: ApplicationId) -> Result<Veil> {
        let mut all = HashSet::new();
        for subject in Subject::ALL {
            if matches!(scripts::bagged(db, application, subject)?, Bagged::Sealed(_)) {
                all.insert((application, subject));
            }
        }
        Ok(Veil(all))
    }

    pub fn covers(&self, application: ApplicationId, subject: Subject) -> bool {
        self.0.contains(&(application, subject))
    }
}

/// Whether an operation's changes may be shown: nobody sees what says whose a sealed number is, not even who typed it.
pub(in crate::ops) fn may_show(site: &Site, op: &OperationRow) -> Result<bool> {
    let db = site.store().db();
    for change in journal::changes(db, op.id)? {
        for image in [&change.before, &change.after].into_iter().flatten() {
            let image: Json = serde_json::from_str(image).unwrap_or_default();
            let number = |name: &str| image.get(name).and_then(Json::as_i64);
            let hidden = match change.record.as_str() {
                "script" => number("script_bag").map(|id| scripts::is_sealed(db, ScriptBagId(id))).transpose()?,
                "script_bag" => number("id").map(|id| scripts::is_sealed(db, ScriptBagId(id))).transpose()?,
                // Which room's bag somebody types is the room's secret as well.
                "entry_claim" | "control_total" => match (number("session"), number("room")) {
                    (Some(session), Some(room)) => Some(scripts::room_sealed(db, SessionId(session), RoomId(room))?),
                    _ => None,
                },
                "entry" | "mark" | "mark_change" => {
                    let subject = image.get("subject").and_then(Json::as_str).and_then(Subject::parse);
                    match (number("application"), subject) {
                        (Some(id), Some(subject)) => {
                            let bagged = scripts::bagged(db, ApplicationId(id), subject)?;
                            Some(matches!(bagged, Bagged::Sealed(_)))
                        }
                        _ => None,
                    }
                }
                _ => None,
            };
            if hidden == Some(true) {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// A script stays in the bag of the room where its number was drawn: no seat of a number is taken back.
fn seats_stay(db: &Connection, target: &OperationRow) -> Result<()> {
    for change in journal::changes(db, target.id)?.iter().filter(|c| c.record == "placement") {
        let Ok(first) = change.key.parse::<i64>() else { continue };
        if let Some(name) = scripts::numbered_between(db, first, change.upto.unwrap_or(first))? {
            return Err(Refusal::new(SEAT_DRAWN).with("name", name).into());
        }
    }
    Ok(())
}

/// A draw is taken back only while nothing is typed under its numbers: taking it back later would say whose they are.
pub(in crate::ops) fn may_take_back(db: &Connection, target: &OperationRow) -> Result<()> {
    seats_stay(db, target)?;
    if target.kind != super::Draw::KIND {
        return Ok(());
    }
    for change in journal::changes(db, target.id)?.iter().filter(|c| c.record == "script") {
        let image: Json = change.after.as_deref().and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default();
        let Some(id) = image.get("application").and_then(Json::as_i64) else { continue };
        for subject in [Subject::Theory, Subject::Practical] {
            let key = (ApplicationId(id), subject);
            let typed = rows::count::<EntryRow>(db, "WHERE application = ?1 AND subject = ?2", key)?;
            let mine = image.get("number").and_then(Json::as_str);
            let bagged = scripts::bagged(db, key.0, subject)?;
            let (Bagged::Sealed(number) | Bagged::Open(number)) = bagged else { continue };
            if typed > 0 && number.as_deref() == mine {
                return Err(Refusal::new(TYPED).into());
            }
        }
    }
    Ok(())
}
