//! What a form can be narrowed to, for a face that offers it.
use super::{FORMS, Form, Scope, Takes, USUAL};
use crate::model::Subject;
use crate::ops::{PanelRow, Result, RoomRow, ScriptBagRow, SessionRow, Site, batch};
use crate::policy::duties::allowed;
use crate::store::rows;

/// A part of a session that can be printed by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// By number.
    Room(i64),
    /// Code of a sealed bag: which room it came from is not said.
    Bag(String),
}

impl Pick {
    pub fn narrow(self, scope: &mut Scope) {
        match self {
            Pick::Room(number) => scope.room = Some(number),
            Pick::Bag(code) => scope.bag = Some(code),
        }
    }
}

/// The forms that the signed-on operator prints and the notice has; refused for somebody who prints none.
pub fn offered(site: &Site) -> Result<Vec<&'static Form>> {
    let (policy, roles) = (site.policy()?, &site.actor().roles);
    let may = |form: &&Form| allowed(roles, form.by()).is_ok() && (form.template)(&policy).is_some();
    let all: Vec<_> = FORMS.iter().filter(may).collect();
    if all.is_empty() {
        allowed(roles, USUAL)?;
    }
    Ok(all)
}

impl Form {
    pub fn takes(&self, what: Takes) -> bool {
        self.takes.contains(&what)
    }
}

pub fn sessions(site: &Site) -> Result<Vec<SessionRow>> {
    batch::sessions(site)
}

/// Rooms by number, and for forms about scripts the sealed bags instead of the rooms they came from.
pub fn places(site: &Site, form: &Form, session: Option<&str>) -> Result<Vec<Pick>> {
    let (batch, db) = (site.batch()?.id, site.store().db());
    let rooms: Vec<RoomRow> = crate::ops::seating::rooms(site)?;
    if !form.takes(Takes::Bag) {
        return Ok(rooms.into_iter().map(|r| Pick::Room(r.number)).collect());
    }
    let of_session: Vec<_> =
        sessions(site)?.into_iter().filter(|s| session.is_none_or(|code| s.code == code)).collect();
    let mut bags = rows::select::<ScriptBagRow>(db, "WHERE batch = ?1 AND unsealed_at IS NULL ORDER BY code", [batch])?;
    bags.retain(|bag| of_session.iter().any(|s| s.id == bag.session));
    let open = rooms.iter().filter(|r| !bags.iter().any(|bag| bag.room == r.id)).map(|r| Pick::Room(r.number));
    Ok(open.chain(bags.iter().map(|bag| Pick::Bag(bag.code.clone()))).collect())
}

/// Names of panels that the form is about.
pub fn panels(site: &Site, form: &Form) -> Result<Vec<String>> {
    let all = rows::select::<PanelRow>(site.store().db(), "WHERE batch = ?1 ORDER BY id", [site.batch()?.id])?;
    let fits = |p: &PanelRow| match form.name {
        "panel-sheet" => p.subject == Subject::Review,
        "practical-sheet" => p.subject == Subject::Practical,
        _ => true,
    };
    Ok(all.into_iter().filter(fits).map(|p| p.name).collect())
}
