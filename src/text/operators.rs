//! An operator in one line, for both faces.
use super::Locale;
use crate::ops::upkeep::Known;

/// Name, roles, organisation, OS account, ways to sign on, state.
pub fn cells(locale: &Locale, known: &Known) -> [String; 6] {
    let row = &known.row;
    let roles: Vec<_> = row.role_list().iter().map(|r| locale.word(&r.key()).to_owned()).collect();
    let state = if row.disabled { "operator_state.disabled" } else { "operator_state.active" };
    [
        row.name.clone(),
        roles.join(" "),
        row.unit.clone().unwrap_or_default(),
        row.os_user.clone().unwrap_or_default(),
        ways(locale, known),
        locale.word(state).to_owned(),
    ]
}

/// A PIN, keys, and for how long the PIN is locked.
fn ways(locale: &Locale, known: &Known) -> String {
    let pin = known.has_pin.then(|| locale.word("operator_way.pin").to_owned());
    let keys = known.keys.len();
    let keys = (keys > 0).then(|| locale.say("operator_way.keys", &[("count", &keys.to_string())]));
    let wait = |seconds| crate::text::wait(locale, seconds);
    let locked = known.locked.map(|s| locale.say("operator_way.locked", &[("wait", &wait(s))]));
    [pin, keys, locked].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
