//! Keeping what is typed in any layer, and putting it back for the same operator after a crash.
use super::app::App;
use super::cx::Tone;
use crate::ops::drafts::{Shelf, Typed};

/// The shelf of this screen, and what a crash left that has not found its place again.
#[derive(Default)]
pub struct Drafts {
    shelf: Option<Shelf>,
    left: Vec<Typed>,
    /// The last attempt to write failed, and that was told.
    failed: bool,
}

impl App {
    /// Looks for what the signed-on operator was typing when the program ended, and says that it is there.
    pub(super) fn open_drafts(&mut self) {
        // The place of the operator before is free from here on.
        self.drafts = Drafts::default();
        let mut shelf = match Shelf::open(&self.site) {
            Ok(shelf) => shelf,
            Err(error) => return self.complain(&error),
        };
        let left = shelf.as_mut().map(Shelf::take_left).unwrap_or_default();
        if let Some(first) = left.first() {
            let pane = self.where_typed(first);
            let (time, count) = (first.since().clock(), left.len().to_string());
            let args = [("time", time.as_str()), ("pane", &pane), ("count", &count)];
            let text = self.locale.say("drafts.waiting", &args);
            self.toast(Tone::Info, text);
        }
        self.drafts = Drafts { shelf, left, failed: false };
        self.offer_draft();
    }

    /// The pane of a draft, and what was open over it.
    fn where_typed(&self, typed: &Typed) -> String {
        let pane = self.locale.word(&format!("pane.{}", typed.pane)).to_owned();
        let layer = typed.place.split('|').next().unwrap_or_default();
        let over = format!("pane.{layer}");
        if layer == typed.pane || !self.locale.has(&over) {
            pane
        } else {
            format!("{pane} > {}", self.locale.word(&over))
        }
    }

    /// Writes down what is typed now, where it changed. Called often: at most a second may be lost.
    pub fn keep_drafts(&mut self) {
        self.panes.iter_mut().flatten().for_each(|pane| pane.beat());
        if self.drafts.shelf.is_none() {
            return;
        }
        let mut all = self.typed_now();
        all.extend(self.drafts.left.iter().cloned());
        let kept = self.drafts.shelf.as_mut().map_or(Ok(()), |shelf| shelf.keep(&all));
        let told = std::mem::replace(&mut self.drafts.failed, kept.is_err());
        // A full disk has a banner of its own, and what is typed is still on the screen. It is tried again.
        if let Err(error) = kept
            && !told
            && self.site.trouble().is_none()
        {
            self.complain(&error);
        }
    }

    /// The operator goes: what stands in the layers is given up, what waits for its place stays.
    pub(super) fn drop_drafts(&mut self) {
        if let Some(shelf) = &mut self.drafts.shelf {
            let _ = shelf.keep(&self.drafts.left);
        }
    }

    fn typed_now(&mut self) -> Vec<Typed> {
        let at = self.site.now().0;
        let mut all = Vec::new();
        let front = super::panes::PANES.get(self.front).map_or("", |tab| tab.id);
        let named =
            self.panes.iter_mut().zip(super::panes::PANES).filter_map(|(pane, tab)| Some((tab.id, pane.as_mut()?)));
        for (pane, layer) in named.chain(self.overlays.iter_mut().map(|layer| (front, layer))) {
            if let Some((place, value)) = layer.draft() {
                let place = format!("{}|{place}", layer.id());
                all.push(Typed { pane: pane.to_owned(), place, value, at });
            }
        }
        all
    }

    /// Gives the layer on top what was being typed there, if that is known.
    pub(super) fn offer_draft(&mut self) {
        if self.drafts.left.is_empty() {
            return;
        }
        let left = std::mem::take(&mut self.drafts.left);
        let mut kept = Vec::new();
        for typed in left {
            let Some(place) = self.place_of(&typed) else {
                kept.push(typed);
                continue;
            };
            match self.with_top(|layer, cx| layer.restore(&place, &typed.value, cx)) {
                Ok(true) => {
                    let time = typed.since().clock();
                    self.toast(Tone::Info, self.locale.say("drafts.restored", &[("time", &time)]));
                }
                Ok(false) => kept.push(typed),
                Err(error) => self.complain(&error),
            }
        }
        self.drafts.left = kept;
    }

    /// What a draft says about the layer on top; `None`: it belongs to another one.
    fn place_of(&mut self, typed: &Typed) -> Option<String> {
        let front = super::panes::PANES.get(self.front).map_or("", |tab| tab.id);
        let id = self.with_top(|layer, _| layer.id());
        let (layer, place) = typed.place.split_once('|')?;
        (typed.pane == front && layer == id).then(|| place.to_owned())
    }
}
