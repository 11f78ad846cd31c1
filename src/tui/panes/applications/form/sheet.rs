//! What the page and its overlays share: the form as typed, and its draft.
use crate::model::ApplicationId;
use crate::ops::applications::form::{Draft, Judged, Kept, Layout, Piece, Typed, check, layout, stored};
use crate::ops::{Result, Site};
use crate::tui::cx::{Cx, Tone};
use std::cell::{Cell, RefCell};

pub struct Sheet {
    pub typed: RefCell<Typed>,
    /// The application that is edited; `None` for a new one.
    pub about: Option<ApplicationId>,
    /// The form as it is stored.
    pub before: Option<Typed>,
    pub layout: Layout,
    /// As the page opens without a draft.
    start: Typed,
    draft: Option<Draft>,
    /// The draft could not be written; told once.
    unkept: Cell<bool>,
    /// An entry and the value chosen for it in an overlay.
    pub picked: RefCell<Option<(String, String)>>,
    /// It is stored: what to say as the page closes.
    pub saved: RefCell<Option<String>>,
}

impl Sheet {
    pub fn new(site: &Site, about: Option<ApplicationId>, draft: Option<Draft>, left: Option<Kept>) -> Result<Sheet> {
        let before = about.map(|id| stored(site, id)).transpose()?;
        let start = before.clone().unwrap_or_else(Typed::blank);
        // A draft is what was changed; what others have stored meanwhile stays.
        let typed = left.map(|kept| match (&kept.seen, &before) {
            (Some(seen), Some(now)) => kept.typed.rebased(seen, now),
            _ => kept.typed,
        });
        let typed = typed.unwrap_or_else(|| start.clone());
        Ok(Sheet {
            typed: RefCell::new(typed),
            start,
            about,
            before,
            layout: layout(site.assets())?,
            draft,
            unkept: Cell::new(false),
            picked: RefCell::default(),
            saved: RefCell::default(),
        })
    }

    pub fn judged(&self, site: &Site) -> Result<Judged> {
        check(site, &self.layout, &self.typed.borrow(), self.before.as_ref())
    }

    pub fn set(&self, code: &str, value: &str, cx: &mut Cx<'_>) {
        // The codes are the form's own.
        let _ = self.typed.borrow_mut().set(code, value);
        self.keep(cx);
    }

    pub fn change_piece(&self, at: usize, change: impl FnOnce(&mut Piece), cx: &mut Cx<'_>) {
        if let Some(piece) = self.typed.borrow_mut().evidence.get_mut(at) {
            change(piece);
        }
        self.keep(cx);
    }

    /// Whether anything is typed that is not stored.
    pub fn is_changed(&self) -> bool {
        self.start != *self.typed.borrow()
    }

    pub fn has_draft(&self) -> bool {
        self.draft.is_some() && !self.unkept.get()
    }

    /// Writes the draft. A disk that takes nothing is told once and does not stop the typing.
    pub fn keep(&self, cx: &mut Cx<'_>) {
        let Some(draft) = &self.draft else { return };
        if !self.is_changed() {
            return draft.forget();
        }
        let kept = Kept::new(cx.site, self.about, self.before.clone(), self.typed.borrow().clone());
        match draft.keep(&kept) {
            Ok(()) => self.unkept.set(false),
            Err(_) if self.unkept.replace(true) => {}
            Err(error) => {
                cx.complain(&error);
                cx.say(Tone::Warn, "form_page.unkept", &[]);
            }
        }
    }

    /// The form is stored; there is nothing to keep any more.
    pub fn stored(&self, told: String) {
        self.forget();
        self.saved.replace(Some(told));
    }

    pub fn forget(&self) {
        self.draft.iter().for_each(Draft::forget);
    }
}
