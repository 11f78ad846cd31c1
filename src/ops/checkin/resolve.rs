//! What a typed or scanned text means at a door.
use crate::model::{ApplicationId, Code, IdentityNo, Refusal, SessionId, fold};
use crate::ops::{Result, Site, search, tickets};
use crate::policy::ticket::Template;
use crate::store::views::candidates::{self, Candidate};
use crate::store::views::checkin;

pub const UNKNOWN_CODE: Code = Code("checkin.unknown_code");
/// A number of more places than a ticket: two scans in one, or a mistyped identity number.
pub const WRONG_LENGTH: Code = Code("checkin.wrong_length");
/// One identity number, two applications: the ticket number says which.
pub const SEVERAL: Code = Code("checkin.several_applications");
pub const INCOMPLETE: Code = Code("checkin.incomplete_code");

/// Digits from which a text is rather a misread code than something typed by hand.
const LONG: usize = 8;

#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A complete ticket or identity number, folded, and its people: more than one where somebody applied twice.
    Exact { code: String, people: Vec<Candidate> },
    /// Something else; the best matches.
    Search(Vec<Candidate>),
}

/// The complete ticket or identity number that the text is, folded.
pub fn complete(site: &Site, text: &str) -> Result<Option<String>> {
    let folded = fold::number_like(text);
    let is_ticket = Template::parse(&site.policy()?.ticket.template).is_ok_and(|t| t.matches(&folded));
    let is_identity = folded.len() == 18 && IdentityNo::parse(&folded).is_ok();
    Ok((is_ticket || is_identity).then(|| folded.into_owned()))
}

/// People for a text: exactly those of a complete code, otherwise the search's.
pub fn resolve(site: &Site, session: SessionId, text: &str) -> Result<Found> {
    let Some(code) = complete(site, text)? else {
        return Ok(Found::Search(search::candidates(site, Some(session), text)?));
    };
    let db = site.store().db();
    let ids = checkin::by_code(db, site.batch()?.id, &code)?;
    let mut people = candidates::candidates(db, Some(session), &ids)?;
    // Of somebody's two applications the one without a seat in this session is not meant.
    if people.iter().any(|p| p.seat.is_some()) {
        people.retain(|p| p.seat.is_some());
    }
    Ok(Found::Exact { code, people })
}

/// The one person with this ticket or identity number, for commands.
pub fn exactly(site: &Site, session: SessionId, text: &str) -> Result<ApplicationId> {
    let Found::Exact { people, .. } = resolve(site, session, text)? else { return Err(misread(site, text)?.into()) };
    match people.as_slice() {
        [one] => Ok(one.application),
        [] => Err(misread(site, text)?.into()),
        [first, second, ..] if first.seat.is_some() && second.seat.is_some() => {
            let refusal = Refusal::new(SEVERAL).with("name", first.name.as_str()).with("count", people.len());
            let tickets: Vec<_> = people.iter().filter_map(|p| p.ticket.as_deref()).collect();
            Err(refusal.with("tickets", tickets.join(" ")).into())
        }
        // The same person twice and seated with neither: either names the right refusal.
        [first, ..] => Ok(first.application),
    }
}

/// What to say of a text that finds nobody, or too many for a code that lost some of its places.
pub fn misread(site: &Site, text: &str) -> Result<Refusal> {
    if let Some(old) = tickets::replaced(site, text)? {
        return Ok(old.refusal());
    }
    let folded = fold::number_like(text);
    let digits = folded.bytes().filter(u8::is_ascii_digit).count();
    let width = Template::parse(&site.policy()?.ticket.template).map_or(0, |t| t.width());
    if folded.len() == 18
        && let Err(refusal) = IdentityNo::parse(&folded)
    {
        return Ok(refusal);
    }
    let is_whole = folded.len() == width || folded.len() == 18;
    let is_number = digits >= LONG && folded.len() <= digits + 1;
    let name = if folded.len() > width { WRONG_LENGTH } else { INCOMPLETE };
    Ok(if is_number && !is_whole {
        Refusal::new(name).with("code", folded.as_ref()).with("length", folded.len()).with("width", width)
    } else {
        Refusal::new(UNKNOWN_CODE).with("code", text.trim())
    })
}

/// Whether a text looks like a code that lost some of its digits: not to be taken for a choice of somebody.
pub fn looks_misread(text: &str) -> bool {
    let folded = fold::number_like(text);
    folded.len() >= LONG && folded.bytes().all(|b| b.is_ascii_digit() || b == b'X')
}
