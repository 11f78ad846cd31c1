//! The volumes (卷) of a batch, and the prints and lists in each.
use crate::bundle::sealed::NewArchive;
use crate::model::{Code, Refusal};
use crate::ops::exchange::lists::{Identity, List, Manner, Numbers, Style};
use crate::ops::prints::{Form, Format, Ids, NOT_IN_NOTICE, Scope};
use crate::ops::{Error, Result, Site};
use crate::policy::archive::Identities;
use serde::Serialize;

/// One volume. Words: `volume.<code>`.
pub struct Volume {
    pub number: u8,
    pub code: &'static str,
    /// Prints that every batch has, if its notice knows them.
    pub forms: &'static [&'static str],
    /// Prints of what may not have happened: incidents, reviews, inspections.
    pub if_any: &'static [&'static str],
    pub lists: &'static [&'static str],
}

/// In the order of the batch's course. What the policy says and the data itself are the sixth.
pub const VOLUMES: &[Volume] = &[
    Volume {
        number: 1,
        code: "registration",
        forms: &["roster"],
        if_any: &["application-form", "pledge"],
        lists: &["applications", "roster", "applicant-list", "returned", "ledger"],
    },
    Volume {
        number: 2,
        code: "filing",
        forms: &["timetable"],
        if_any: &["handbook", "room-list", "rules"],
        lists: &["arrangement", "rooms", "staff"],
    },
    Volume {
        number: 3,
        code: "process",
        forms: &["sign-in", "seat-list", "room-record", "paper-handover", "paper-unsealing"],
        if_any: &["staff-sign-in", "incident-record", "supervision-draw", "supervision-report", "archive-register"],
        lists: &["sanctions"],
    },
    Volume {
        number: 4,
        code: "results",
        forms: &["score-summary", "score-list"],
        if_any: &["score-proof", "panel-minutes", "panel-sheet", "practical-sheet", "public-list"],
        lists: &["scores", "results", "markers", "publicity", "objections", "summaries-sent"],
    },
    Volume {
        number: 5,
        code: "certificates",
        forms: &[],
        if_any: &["delivery-list"],
        lists: &["certificates", "upload", "delivery", "documents", "material-index"],
    },
];

/// A print that every batch has and this one has not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Blank {
    pub form: &'static str,
    pub why: Code,
}

impl Volume {
    pub fn folder(&self) -> String {
        format!("{}-{}", self.number, self.code)
    }

    /// Writes the volume into the archive; gives what it lacks.
    pub fn write(&self, site: &Site, words: &dyn Fn(&str) -> String, to: &mut NewArchive) -> Result<Vec<Blank>> {
        let mut blank = Vec::new();
        let identities = site.policy()?.archive.identities;
        for form in self.forms.iter().chain(self.if_any) {
            match print(site, form) {
                Ok(Some((_, Ids::Whole))) if identities == Identities::Masked => {}
                Ok(Some((bytes, _))) => put(to, self, &format!("{form}.html"), &bytes)?,
                Ok(None) => {}
                Err(Error::Refused(why)) if self.is_needed(form, &why) => blank.push(Blank { form, why: why.code }),
                Err(Error::Refused(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
        for list in self.lists.iter().filter_map(|what| List::find(what)) {
            let identity = if identities == Identities::Whole { Identity::Full } else { Identity::Masked };
            if list.numbers == Numbers::Whole && identity == Identity::Masked {
                continue;
            }
            match list.write(site, &Manner { style: Style::People, identity, words }, Vec::new()) {
                Ok((_, 0)) | Err(Error::Refused(_)) => {}
                Ok((bytes, _)) => put(to, self, &format!("{}.csv", list.what), &bytes)?,
                Err(fault) => return Err(fault),
            }
        }
        Ok(blank)
    }

    /// Without writing anything: what the volume lacks.
    pub(super) fn blank(&self, site: &Site) -> Result<Vec<Blank>> {
        let mut blank = Vec::new();
        for form in self.forms {
            match print(site, form) {
                Err(Error::Refused(why)) if self.is_needed(form, &why) => blank.push(Blank { form, why: why.code }),
                Ok(_) | Err(Error::Refused(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(blank)
    }

    fn is_needed(&self, form: &str, why: &Refusal) -> bool {
        self.forms.contains(&form) && !why.is(NOT_IN_NOTICE)
    }
}

fn print(site: &Site, form: &str) -> Result<Option<(Vec<u8>, Ids)>> {
    let Some(form) = Form::find(form) else { return Ok(None) };
    let printed = form.print(site, &Scope::default(), Format::Html)?;
    Ok(Some((printed.bytes, printed.ids)))
}

fn put(to: &mut NewArchive, volume: &Volume, name: &str, bytes: &[u8]) -> Result<()> {
    let path = format!("{}/{name}", volume.folder());
    to.put(volume.code, &path, bytes).map_err(|e| Error::file(&path)(e))
}
