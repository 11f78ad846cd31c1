//! `export.toml`: what differs from export to export, and what the site that signs it answers for.
use super::manifest::{digest, hex, sealed, unsealed};
use super::{ALTERED, EXPORT};
use crate::model::site_key::{PublicKey, groups};
use crate::model::{Code, Refusal};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Groups were typed and are not those of the fingerprint.
pub const WRONG_GROUPS: Code = Code("bundle.wrong_groups");
/// What was typed is neither two groups nor a whole fingerprint.
pub const TWO_GROUPS: Code = Code("bundle.two_groups");

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circumstances {
    pub at: String,
    pub program: String,
    pub station: String,
    pub operator: String,
    /// Operations in the journal, and the digest of the last one, by which a later rewriting shows.
    pub operations: i64,
    pub journal_head: String,
    pub manifest_sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<Signed>,
}

/// What only a bundle with a signature says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    pub format: i64,
    pub site: String,
    pub sign_key: String,
    pub lock_key: String,
    /// Which life of the site: another one since it was restored from a copy and went on.
    pub lineage: String,
    /// Operations and head of this bundle, once more under the site's own name.
    pub operation: i64,
    pub head: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// The key that it is locked to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
    /// Digest of the bundle given before this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    /// Bundles given before, the latest first: whoever took in one that is not here knows of operations that we lost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Given>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    pub operation: i64,
    pub head: String,
    pub bundle: String,
}

impl Circumstances {
    pub fn text(&self) -> String {
        sealed(self)
    }

    pub fn parse(text: &str) -> Result<Circumstances, Refusal> {
        unsealed(EXPORT, text)
    }
}

/// Who stands behind a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub signer: Option<(PublicKey, Signed)>,
    /// Of what was signed; of the manifest where nothing is.
    pub digest: String,
}

impl Origin {
    /// What people compare on paper or over the telephone: of the site's keys; of the bundle itself where nobody signed.
    pub fn fingerprint(&self) -> String {
        match &self.signer {
            Some((key, signed)) => fingerprint(key, &signed.lock_key),
            None => self.digest.clone(),
        }
    }
}

/// The digest over both public keys of a site.
pub fn fingerprint(sign: &PublicKey, lock: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"kaowu-site-1\0");
    for part in [&sign.bytes()[..], lock.as_bytes()] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hex(&hash.finalize())
}

/// A site's keys as it gives them to others: a text file of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    pub format: i64,
    pub site: String,
    pub name: String,
    pub sign_key: String,
    pub lock_key: String,
}

impl Card {
    pub fn text(&self) -> String {
        sealed(self)
    }

    pub fn fingerprint(&self) -> String {
        PublicKey::parse(&self.sign_key).map(|key| fingerprint(&key, &self.lock_key)).unwrap_or_default()
    }

    pub fn parse(file: &str, text: &str) -> Result<(Card, PublicKey), Refusal> {
        let card: Card = unsealed(file, text)?;
        let altered = || Refusal::new(ALTERED).with("file", file);
        let key = PublicKey::parse(&card.sign_key).ok_or_else(altered)?;
        if crate::bundle::locked::is_recipient(&card.lock_key) { Ok((card, key)) } else { Err(altered()) }
    }
}

/// Which two of the sixteen groups a person has to type, from 0; the same for the same fingerprint.
pub fn asked(fingerprint: &str) -> (usize, usize) {
    let seed = digest(fingerprint.as_bytes());
    let digit = |n: usize| seed.get(n..=n).and_then(|d| usize::from_str_radix(d, 16).ok()).unwrap_or_default();
    let (one, other) = (digit(0), (digit(0) + 1 + digit(1) % 15) % 16);
    (one.min(other), one.max(other))
}

/// The fingerprint with the groups left out that a person has to type.
pub fn blanked(fingerprint: &str) -> String {
    let (one, other) = asked(fingerprint);
    let shown = groups(fingerprint).into_iter().enumerate();
    shown.map(|(n, g)| if n == one || n == other { "____" } else { g }).collect::<Vec<_>>().join(" ")
}

/// Whether somebody typed what was left out, or the whole of it. The refusal names the groups that differ; what they ought
/// to be is for whoever owns the keys to say.
pub fn typed(fingerprint: &str, text: &str) -> Result<(), Refusal> {
    let text: String = text.chars().filter(|c| c.is_alphanumeric()).map(crate::model::fold::half_width).collect();
    let text = text.to_ascii_lowercase();
    let (all, (one, other)) = (groups(fingerprint), asked(fingerprint));
    let two = [one, other].iter().filter_map(|n| all.get(*n).copied()).collect::<String>();
    if text == two || text == fingerprint {
        return Ok(());
    }
    let places = match text.len() {
        length if length == two.len() => vec![one, other],
        length if length == fingerprint.len() => (0..all.len()).collect(),
        _ => return Err(wanted(TWO_GROUPS, fingerprint)),
    };
    let differs = |(place, given): &(usize, &str)| all.get(*place) != Some(given);
    let wrong = places.into_iter().zip(groups(&text)).filter(differs);
    let wrong: Vec<String> = wrong.map(|(place, given)| format!("{} ({given})", place + 1)).collect();
    Err(wanted(WRONG_GROUPS, fingerprint).with("wrong", wrong.join(", ")))
}

/// A refusal that says which groups are to be typed.
pub fn wanted(code: Code, fingerprint: &str) -> Refusal {
    let ((one, other), place) = (asked(fingerprint), |n: usize| i64::try_from(n + 1).unwrap_or_default());
    Refusal::new(code).with("groups", blanked(fingerprint)).with("one", place(one)).with("other", place(other))
}
