//! What is to be typed, for the reader: piles with their progress, one pile in paper order, what a coordinator settles.
use crate::model::{Level, Role, RoomId, SessionId, Subject};
use crate::ops::{Result, Site};
use crate::policy::Policy;
use crate::policy::duties;
use crate::store::views::entry_queue::{self, Counts, Difference, Paper};
use crate::store::{ApplicationState, EntryState};
use serde::Serialize;

/// The papers of one subject from one room.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pile {
    pub session: SessionId,
    pub session_code: String,
    pub subject: Subject,
    /// For operations only.
    #[serde(skip)]
    pub room: RoomId,
    /// `None` while the room's bag is sealed: then it goes by the code of the bag.
    pub room_number: Option<i64>,
    /// Code of the bag, where script numbers were drawn.
    pub bag: Option<String>,
    #[serde(flatten)]
    pub counts: Counts,
}

impl Pile {
    pub fn is_sealed(&self) -> bool {
        self.room_number.is_none()
    }

    /// The code of a sealed bag, else the number of the room.
    pub fn label(&self) -> String {
        match self.room_number {
            Some(room) => room.to_string(),
            None => self.bag.clone().unwrap_or_default(),
        }
    }
}

/// Where a paper stands for the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    NotRequired,
    Withdrawn,
    /// Counts for nothing after an incident: nothing is typed.
    Void,
    /// Nothing is entered: the reader may type the first.
    Empty,
    /// The reader may type the second.
    MaySecond,
    /// Two markers lie too far apart, and the reader is neither: may type the third.
    MayThird,
    /// The reader typed the first; somebody else types the second.
    Waiting,
    /// Came back to the reader.
    Correct,
    /// Went back to somebody else.
    SentBack,
    Differs,
    Settled,
}

impl Stage {
    pub fn code(self) -> &'static str {
        match self {
            Stage::NotRequired => "not_required",
            Stage::Withdrawn => "withdrawn",
            Stage::Void => "void",
            Stage::Empty => "empty",
            Stage::MaySecond => "may_second",
            Stage::MayThird => "may_third",
            Stage::Waiting => "waiting",
            Stage::Correct => "correct",
            Stage::SentBack => "sent_back",
            Stage::Differs => "differs",
            Stage::Settled => "settled",
        }
    }

    pub fn key(self) -> String {
        format!("entry_stage.{}", self.code())
    }

    /// Whether a typist types here now.
    pub fn is_open(self) -> bool {
        matches!(self, Stage::Empty | Stage::MaySecond | Stage::MayThird | Stage::Correct)
    }
}

pub(super) fn stage(policy: &Policy, subject: Subject, paper: &Paper) -> Stage {
    if paper.state == ApplicationState::Withdrawn {
        return Stage::Withdrawn;
    }
    if !required(policy, subject, paper.level) {
        return Stage::NotRequired;
    }
    if paper.void {
        return Stage::Void;
    }
    let [first, second] = paper.entries;
    match (first, second) {
        (None, _) => Stage::Empty,
        (Some((_, true)), None) => Stage::Waiting,
        (Some((_, false)), None) => Stage::MaySecond,
        (Some((EntryState::Matched, _)), Some(_)) => Stage::Settled,
        (Some((EntryState::Returned, mine)), Some(_)) | (Some(_), Some((EntryState::Returned, mine))) => {
            if mine {
                Stage::Correct
            } else {
                Stage::SentBack
            }
        }
        (Some((_, false)), Some((_, false))) if paper.lacks_third && policy.marking.markers.is_some() => {
            Stage::MayThird
        }
        (Some(_), Some(_)) => Stage::Differs,
    }
}

fn required(policy: &Policy, subject: Subject, level: Level) -> bool {
    policy.subjects.required(level).contains(subject)
}

/// Every pile of the batch at hand, by session and room.
pub fn piles(site: &Site) -> Result<Vec<Pile>> {
    let policy = site.policy()?;
    let mut piles: Vec<Pile> = Vec::new();
    for share in entry_queue::shares(site.store().db(), site.batch()?.id, site.actor().id)? {
        let counts = if required(&policy, share.subject, share.level) { share.counts } else { Counts::default() };
        match piles.last_mut().filter(|p| p.session == share.session && p.room == share.room) {
            Some(pile) => pile.counts += counts,
            None => piles.push(Pile {
                session: share.session,
                session_code: share.session_code,
                subject: share.subject,
                room: share.room,
                room_number: share.room_number,
                bag: share.bag,
                counts,
            }),
        }
    }
    Ok(piles)
}

/// All piles together.
pub fn progress(piles: &[Pile]) -> Counts {
    let mut all = Counts::default();
    piles.iter().for_each(|p| all += p.counts);
    all
}

/// A pile in the order of the paper, with what each paper is to the reader.
pub fn pile(site: &Site, pile: &Pile) -> Result<Vec<(Paper, Stage)>> {
    let policy = site.policy()?;
    let papers = entry_queue::pile(site.store().db(), pile.session, pile.room, site.actor().id)?;
    let staged = papers.into_iter().map(|paper| {
        let stage = stage(&policy, pile.subject, &paper);
        (paper, stage)
    });
    Ok(staged.collect())
}

/// Pairs that disagree, with both values: for a coordinator only.
pub fn differences(site: &Site) -> Result<Vec<Difference>> {
    duties::allowed(&site.actor().roles, &[Role::Coordinator])?;
    Ok(entry_queue::differences(site.store().db(), site.batch()?.id)?)
}
