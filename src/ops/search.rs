//! Finding people by whatever somebody types or scans: ticket, ID number or its tail, name, pinyin, initials, seat.
use super::{Result, Site, checkin};
use crate::model::{ApplicationId, SessionId, fold};
use crate::store::views::candidates::{self, Candidate};
use crate::store::views::search::{self, Query};

/// More than a screen holds; one more result than this is never fetched.
pub const LIMIT: usize = 50;

/// What the typed text means, by its shape alone.
pub fn parse(text: &str) -> Query {
    let folded = fold::number_like(text);
    if let Some(seat) = seat(&folded) {
        return seat;
    }
    let body = folded.strip_suffix('X').unwrap_or(&folded);
    if !body.is_empty() && body.bytes().all(|b| b.is_ascii_digit()) {
        return Query::Digits(folded.into_owned());
    }
    let letters: String = folded.chars().filter(|c| *c != '\'').collect();
    if !letters.is_empty() && letters.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Query::Letters(letters.to_ascii_lowercase());
    }
    let name = fold::name(text);
    if name.chars().any(char::is_alphanumeric) { Query::Name(name.into_owned()) } else { Query::Nothing }
}

/// `3-12`: seat 12 of room 3.
fn seat(text: &str) -> Option<Query> {
    let (room, seat) = text.split_once('-')?;
    Some(Query::Seat(room.parse().ok()?, seat.parse().ok()?))
}

/// People of the batch at hand, best matches first, at most [`LIMIT`].
pub fn find(site: &Site, text: &str) -> Result<Vec<ApplicationId>> {
    let query = match (parse(text), checkin::complete(site, text)?) {
        (Query::Digits(digits), _) => Query::Digits(digits),
        // A ticket number of a template with more than digits in it, such as 20250510-0017.
        (_, Some(ticket)) => Query::Digits(ticket),
        (other, None) => other,
    };
    Ok(search::people(site.store().db(), site.batch()?.id, &query, LIMIT)?)
}

/// The same with seat and attendance in a session.
pub fn candidates(site: &Site, session: Option<SessionId>, text: &str) -> Result<Vec<Candidate>> {
    Ok(candidates::candidates(site.store().db(), session, &find(site, text)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_of_the_text_decides() {
        assert_eq!(parse("２３１５ "), Query::Digits("2315".to_owned()));
        assert_eq!(parse("12x"), Query::Digits("12X".to_owned()));
        assert_eq!(parse("Zs"), Query::Letters("zs".to_owned()));
        assert_eq!(parse("xi'an"), Query::Letters("xian".to_owned()));
        assert_eq!(parse(" 张　三"), Query::Name("张三".to_owned()));
        assert_eq!(parse("3-12"), Query::Seat(3, 12));
        assert_eq!(parse("  "), Query::Nothing);
        assert_eq!(parse("x"), Query::Letters("x".to_owned()));
    }
}
