//! Who could do what: as many posts filled as the pool allows under all rules, the same for the same seed.
//!
//! Sessions that overlap are filled together, in order of time; within them a maximum matching of posts and people.
use super::{Facts, Person, Post, Staffing, Task, objections};
use crate::model::{AssessorGrade, Duty, SessionId, Stamp};
use crate::policy::dice::shuffle;
use std::collections::{BTreeMap, HashMap, VecDeque};

/// A post that somebody is to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    pub task: Task,
    /// Heads the assessors of the room.
    pub leads: bool,
}

/// Fills what is missing beside what is `taken` already, and notes it in `facts`.
pub fn propose(staffing: &Staffing, facts: &mut Facts, pool: &[Person], taken: &[Given], seed: u64) -> Vec<Given> {
    let order = shuffle(seed, pool.len());
    let mut given = Vec::new();
    for cluster in clusters(facts) {
        let mut people: Vec<&Person> = order.iter().filter_map(|n| pool.get(*n)).filter(|p| !p.retired).collect();
        // Those with the least work so far come first.
        people.sort_by_key(|p| facts.work.get(&p.id).map_or(0, std::collections::BTreeSet::len));
        let slots = slots(staffing, facts, &cluster, taken);
        let mut found = Matching::new(staffing, facts, &people, &slots).fill();
        found.sort_by_key(|task| (task.session, task.venue, task.room, task.duty));
        given.extend(with_leaders(facts, &people, taken, &found));
        found.iter().for_each(|task| facts.take(task));
    }
    given
}

/// Sessions with candidates, those together that overlap, by time.
fn clusters(facts: &Facts) -> Vec<Vec<SessionId>> {
    let mut held: Vec<SessionId> = facts.rooms.keys().map(|(session, ..)| *session).collect();
    held.dedup();
    let mut timed: Vec<_> = held.into_iter().filter_map(|id| Some((facts.when(id)?, id))).collect();
    timed.sort_by_key(|(when, id)| (when.starts, *id));
    let mut clusters: Vec<(Stamp, Vec<SessionId>)> = Vec::new();
    for (when, id) in timed {
        match clusters.last_mut() {
            Some((ends, cluster)) if when.starts < *ends => {
                *ends = (*ends).max(when.ends);
                cluster.push(id);
            }
            _ => clusters.push((when.ends, vec![id])),
        }
    }
    clusters.into_iter().map(|(_, cluster)| cluster).collect()
}

/// One place to fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Slot {
    post: Post,
    /// Only for somebody new to the venue.
    new: bool,
}

/// Groups of assessors first and whole, since nobody else can take their place; proctors one by one for every room, so
/// that a want is spread.
fn slots(staffing: &Staffing, facts: &Facts, cluster: &[SessionId], taken: &[Given]) -> Vec<Slot> {
    let mut posts: BTreeMap<Post, usize> = BTreeMap::new();
    let held = facts.rooms.iter().filter(|((session, ..), _)| cluster.contains(session));
    for ((session, venue, room), sitters) in held {
        for duty in [Duty::Assessor, Duty::Proctor] {
            let need = sitters.need(staffing, duty);
            posts.insert(Post { session: *session, venue: *venue, room: Some(*room), duty }, need);
        }
        for needed in &staffing.needed {
            let post = Post { session: *session, venue: *venue, room: None, duty: needed.duty };
            posts.insert(post, usize::from(needed.per_venue));
        }
    }
    let mut slots = Vec::new();
    for (post, need) in posts {
        let own: Vec<_> = taken.iter().filter(|g| post_of(&g.task) == post).collect();
        let missing = need.saturating_sub(own.len());
        let new = match post.duty {
            Duty::Assessor => {
                let known: Vec<_> = own.iter().filter_map(|g| facts.is_new(&post, g.task.staff)).collect();
                let rotates = facts.has_past(&post);
                let have = known.iter().filter(|new| **new).count();
                if rotates { staffing.renewed(need).saturating_sub(have) } else { 0 }
            }
            _ => 0,
        };
        slots.extend((0..missing).map(|n| (rank(post.duty, n), Slot { post, new: n < new })));
    }
    slots.sort();
    slots.into_iter().map(|(_, slot)| slot).collect()
}

fn rank(duty: Duty, ordinal: usize) -> (u8, usize) {
    match duty {
        Duty::Assessor => (0, 0),
        Duty::Proctor => (2, ordinal),
        _ => (1, ordinal),
    }
}

fn post_of(task: &Task) -> Post {
    Post { session: task.session, venue: task.venue, room: task.room, duty: task.duty }
}

/// A maximum matching by augmenting paths. First with assessors whose card covers all of a room's occupations, then with
/// those who cover one of them.
struct Matching<'a> {
    staffing: &'a Staffing,
    facts: &'a Facts,
    people: &'a [&'a Person],
    slots: &'a [Slot],
    /// Who has each slot.
    holder: Vec<Option<usize>>,
    /// The slot of each person.
    taken: Vec<Option<usize>>,
    fits: HashMap<Slot, Vec<usize>>,
}

impl<'a> Matching<'a> {
    fn new(staffing: &'a Staffing, facts: &'a Facts, people: &'a [&'a Person], slots: &'a [Slot]) -> Self {
        let (taken, holder) = (vec![None; people.len()], vec![None; slots.len()]);
        Matching { staffing, facts, people, slots, holder, taken, fits: HashMap::new() }
    }

    fn fill(mut self) -> Vec<Task> {
        for covers in [Cover::All, Cover::One] {
            self.fits.clear();
            for slot in self.slots {
                if !self.fits.contains_key(slot) {
                    let fits = self.fitting(slot, covers);
                    self.fits.insert(*slot, fits);
                }
            }
            // Whoever was reached in vain can help no other slot of this round either.
            let mut reached = vec![None; self.people.len()];
            for slot in 0..self.slots.len() {
                if self.holder.get(slot) == Some(&None) {
                    self.augment(slot, &mut reached);
                }
            }
        }
        let task = |(n, slot): (usize, &Option<usize>)| {
            let (person, slot) = (self.people.get(n)?, self.slots.get((*slot)?)?);
            let Post { session, venue, room, duty } = slot.post;
            Some(Task { staff: person.id, session, venue, room, duty })
        };
        self.taken.iter().enumerate().filter_map(task).collect()
    }

    fn fitting(&self, slot: &Slot, covers: Cover) -> Vec<usize> {
        let occupations: Vec<&str> = match (covers, self.facts.sitters(&slot.post)) {
            (Cover::All, Some(sitters)) if slot.post.duty == Duty::Assessor => sitters.occupations().collect(),
            _ => Vec::new(),
        };
        let fits = |person: &Person| {
            person.duties.contains(&slot.post.duty)
                && (!slot.new || self.facts.is_new(&slot.post, person.id) != Some(false))
                && occupations.iter().all(|occupation| person.covers(occupation))
                && objections(self.staffing, self.facts, person, &slot.post).is_empty()
        };
        self.people.iter().enumerate().filter(|(_, person)| fits(person)).map(|(n, _)| n).collect()
    }

    /// Finds somebody for a slot, if need be by moving others on to slots that they fit as well.
    fn augment(&mut self, start: usize, reached: &mut [Option<usize>]) {
        let (mut queue, mut seen) = (VecDeque::from([start]), Vec::new());
        while let Some(at) = queue.pop_front() {
            let fits = self.slots.get(at).and_then(|slot| self.fits.get(slot)).map_or(&[][..], Vec::as_slice);
            for &person in fits {
                let Some(from) = reached.get_mut(person).filter(|from| from.is_none()) else { continue };
                *from = Some(at);
                seen.push(person);
                if let Some(slot) = self.taken.get(person).copied().flatten() {
                    queue.push_back(slot);
                    continue;
                }
                self.flip(start, person, reached);
                for person in seen {
                    if let Some(from) = reached.get_mut(person) {
                        *from = None;
                    }
                }
                return;
            }
        }
    }

    /// Gives `person` to the slot that reached them, whose former holder goes to the slot before, back to `start`.
    fn flip(&mut self, start: usize, mut person: usize, reached: &[Option<usize>]) {
        while let Some(slot) = reached.get(person).copied().flatten() {
            let Some(holder) = self.holder.get_mut(slot) else { return };
            let former = holder.replace(person);
            if let Some(own) = self.taken.get_mut(person) {
                *own = Some(slot);
            }
            match former.filter(|_| slot != start) {
                Some(former) => person = former,
                None => return,
            }
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Cover {
    All,
    One,
}

/// One of each new group leads: a senior assessor before others.
fn with_leaders(facts: &Facts, people: &[&Person], taken: &[Given], found: &[Task]) -> Vec<Given> {
    let led = |post: &Post| taken.iter().any(|g| g.leads && post_of(&g.task) == *post);
    let rank = |task: &Task| {
        let person = people.iter().position(|p| p.id == task.staff);
        let senior = person.and_then(|n| people.get(n)).is_some_and(|p| p.grade == AssessorGrade::Senior);
        (!senior, person)
    };
    let mut leaders: BTreeMap<Post, &Task> = BTreeMap::new();
    for task in found.iter().filter(|t| t.duty == Duty::Assessor) {
        let post = post_of(task);
        if led(&post) || facts.sitters(&post).is_none() {
            continue;
        }
        let best = leaders.entry(post).or_insert(task);
        if rank(task) < rank(best) {
            *best = task;
        }
    }
    let leads = |task: &Task| leaders.get(&post_of(task)).is_some_and(|leader| leader.staff == task.staff);
    found.iter().map(|task| Given { task: *task, leads: leads(task) }).collect()
}
