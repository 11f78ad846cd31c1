//! What a pane is: state, a list of actions that describe themselves, and a drawing that changes nothing.
use super::canvas::Canvas;
use super::chord::Chord;
use super::cx::Cx;
use super::input::Input;
use super::typed::Typed;
use super::widgets::field::{Field, Taken};
use super::widgets::table::Table;
use crate::model::{ApplicationId, Refusal};
use crate::ops::Changes;
use crate::ops::Result;
use ratatui::layout::Rect;
use serde_json::Value;

/// A full-screen pane. Adding one: a folder with its files, one line in `panes::PANES`, its keys and its words.
pub trait Pane: Sized + 'static {
    /// What it is opened on: nothing for a tab, an application for a part of its dossier.
    type About;
    /// Section in keymaps and locales, name of the tab.
    const ID: &'static str;
    /// Which records make it stale.
    const WATCHES: Changes;
    const ACTIONS: &'static [Action<Self>];
    /// Whether it is a page over a tab and not a tab itself; see [`Layer::is_page`].
    const IS_PAGE: bool = false;
    fn open(cx: &mut Cx<'_>, about: Self::About) -> Result<Self>;
    /// Reads the site again. Never touches what is being typed.
    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()>;
    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>);
    /// The text field that has the focus: gets characters before the keymap does.
    fn field(&mut self) -> Option<&mut Field> {
        None
    }
    /// Sees what is typed while no field has the focus, and may give the focus to one that then gets it.
    fn wake(&mut self, _input: &Input) {}
    /// Sees what is typed before the field that has the focus, and may use it up or refuse it.
    fn before_field(&mut self, _input: &Input, _cx: &mut Cx<'_>) -> Result<Taken> {
        Ok(Taken::No)
    }
    /// Whether many characters that came at once are typing here, or a scan gone astray; see [`Layer::takes_burst`].
    fn takes_burst(&mut self, _inputs: &[Input]) -> bool {
        self.field().is_some_and(|field| field.takes_letters())
    }
    /// After the field's text changed.
    fn edited(&mut self, _cx: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }
    /// The list that arrow keys move in.
    fn list(&mut self) -> Option<&mut Table> {
        None
    }
    /// After the selection moved.
    fn moved(&mut self, _cx: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }
    /// What is typed and not saved; by default the text of the field in focus.
    fn draft(&mut self) -> Option<Value> {
        self.field().and_then(|field| Typed::Line(field).value())
    }
    /// Puts a draft back; whether it belongs to what is on the screen now.
    fn restore(&mut self, value: &Value, cx: &mut Cx<'_>) -> Result<bool> {
        let put = self.field().filter(|field| field.is_empty()).is_some_and(|field| Typed::Line(field).put_back(value));
        if put {
            self.edited(cx)?;
        }
        Ok(put)
    }
    /// Whom an action would be about.
    fn person(&self) -> Option<ApplicationId> {
        None
    }
    /// Called about twice a second while it is open.
    fn beat(&mut self) {}
    /// After an overlay over the pane closed: takes up what was chosen there.
    fn resumed(&mut self, _cx: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }
    /// Before the operator goes: gives back what is held for them.
    fn leave(&mut self, _cx: &mut Cx<'_>) {}
    /// The tail of the breadcrumb: where inside the pane.
    fn crumb(&self, _cx: &Seen<'_>) -> String {
        String::new()
    }
}

/// What a drawing may read.
pub struct Seen<'a> {
    pub locale: &'a crate::text::Locale,
    pub keymap: &'a super::keymap::Keymap,
    pub now: crate::model::Stamp,
}

impl Seen<'_> {
    pub fn word(&self, key: &str) -> String {
        self.locale.word(key).to_owned()
    }

    pub fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.locale.say(key, args)
    }

    /// The first key of an action, for texts that say what to press.
    pub fn key(&self, pane: &str, action: &str) -> String {
        self.keymap.chords(pane, action).first().map(Chord::label).unwrap_or_default()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// In the hint bar and in help.
    Hint,
    /// In help and the palette only.
    Help,
}

/// One thing a pane can do. Words are the locale's `action.<id>`; keys come from the keymap.
pub struct Action<P> {
    pub id: &'static str,
    pub show: Show,
    /// Why not now. The same rule that the operation applies.
    pub ready: fn(&P, &Cx<'_>) -> Result<(), Refusal>,
    pub run: fn(&mut P, &mut Cx<'_>) -> Result<Flow>,
}

/// For actions that can always run.
pub fn always<P>(_: &P, _: &Cx<'_>) -> Result<(), Refusal> {
    Ok(())
}

/// What happens after a key. A closed set.
pub enum Flow {
    Stay,
    /// Closes this overlay.
    Close,
    /// Closes this overlay and opens another.
    Replace(Box<dyn Layer>),
    Open(Box<dyn Layer>),
    /// Closes this overlay and runs an action as if its key had been pressed.
    Act(&'static str),
    /// Closes overlays over the pane and opens the page with this id.
    Page(&'static str),
    /// Shows the pane with this id.
    Go(&'static str),
    /// Opens every pane anew: another operator or batch.
    Reopen,
    Quit,
}

/// An action as help, hints and the palette list it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    pub id: &'static str,
    pub show: Show,
}

/// Moves in a list, by actions `list.*`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
}

/// Anything on the screen that takes keys: a mounted pane or an overlay.
pub trait Layer {
    fn id(&self) -> &'static str;
    fn watches(&self) -> Changes {
        Changes::NONE
    }
    fn reload(&mut self, _cx: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }
    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>);
    fn actions(&self) -> Vec<Listed> {
        Vec::new()
    }
    fn ready(&self, _id: &str, _cx: &Cx<'_>) -> Result<(), Refusal> {
        Ok(())
    }
    /// `None` when this layer has no such action.
    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>>;
    /// Characters, pastes and editing keys, before the keymap.
    fn type_input(&mut self, _input: &Input, _cx: &mut Cx<'_>) -> Result<Taken> {
        Ok(Taken::No)
    }
    /// Whom an action would be about.
    fn person(&self) -> Option<ApplicationId> {
        None
    }
    /// Called about twice a second while it is open.
    fn beat(&mut self) {}
    /// Where somebody types here, and what it is about; nothing of what is secret, nor of what is kept in another way.
    fn typed(&mut self) -> Option<(String, Typed<'_>)> {
        None
    }
    /// After what was typed before a crash was put back.
    fn retyped(&mut self, _cx: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }
    /// What it is about and what is typed and not saved.
    fn draft(&mut self) -> Option<(String, Value)> {
        let (place, typed) = self.typed()?;
        Some((place, typed.value()?))
    }
    /// Puts a draft back; whether it belongs here.
    fn restore(&mut self, place: &str, value: &Value, cx: &mut Cx<'_>) -> Result<bool> {
        let fits = |(own, typed): (String, Typed<'_>)| own == place && typed.value().is_none() && typed.put_back(value);
        if !self.typed().is_some_and(fits) {
            return Ok(false);
        }
        self.retyped(cx)?;
        Ok(true)
    }
    fn go(&mut self, _to: Move, _cx: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }
    /// After the overlay above closed.
    fn resumed(&mut self, _cx: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }
    /// Before the operator goes: gives back what is held for them.
    fn leave(&mut self, _cx: &mut Cx<'_>) {}
    fn crumb(&self, _cx: &Seen<'_>) -> String {
        String::new()
    }
    /// Whether it takes the whole body, so that help, commands and the other panes stay in reach over it.
    fn is_page(&self) -> bool {
        false
    }
    /// Whether a text field has the focus, so that letters are text.
    fn is_typing(&mut self) -> bool {
        false
    }
    /// Whether many characters that came at once are typing here. Refused, all of them are dropped.
    fn takes_burst(&mut self, _inputs: &[Input]) -> bool {
        self.is_typing()
    }
}

/// A pane as a layer: finds the action in the pane's own list, so that no central match exists.
pub struct Mounted<P>(pub P);

impl<P: Pane> Layer for Mounted<P> {
    fn id(&self) -> &'static str {
        P::ID
    }

    fn watches(&self) -> Changes {
        P::WATCHES
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.0.reload(cx)
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        self.0.draw(canvas, area, cx);
    }

    fn actions(&self) -> Vec<Listed> {
        P::ACTIONS.iter().map(|a| Listed { id: a.id, show: a.show }).collect()
    }

    fn ready(&self, id: &str, cx: &Cx<'_>) -> Result<(), Refusal> {
        P::ACTIONS.iter().find(|a| a.id == id).map_or(Ok(()), |a| (a.ready)(&self.0, cx))
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        let action = P::ACTIONS.iter().find(|a| a.id == id)?;
        Some((action.ready)(&self.0, cx).map_err(Into::into).and_then(|()| (action.run)(&mut self.0, cx)))
    }

    fn type_input(&mut self, input: &Input, cx: &mut Cx<'_>) -> Result<Taken> {
        if self.0.field().is_none() {
            self.0.wake(input);
        }
        let before = self.0.before_field(input, cx)?;
        if before != Taken::No {
            return Ok(before);
        }
        let taken = self.0.field().map_or(Taken::No, |field| field.feed(input));
        if taken == Taken::Changed {
            self.0.edited(cx)?;
        }
        Ok(taken)
    }

    fn person(&self) -> Option<ApplicationId> {
        self.0.person()
    }

    fn beat(&mut self) {
        self.0.beat();
    }

    fn draft(&mut self) -> Option<(String, Value)> {
        Some((String::new(), self.0.draft()?))
    }

    fn restore(&mut self, _place: &str, value: &Value, cx: &mut Cx<'_>) -> Result<bool> {
        self.0.restore(value, cx)
    }

    fn go(&mut self, to: Move, cx: &mut Cx<'_>) -> Result<()> {
        if let Some(list) = self.0.list() {
            list.key(chord(to));
            self.0.moved(cx)?;
        }
        Ok(())
    }

    fn resumed(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.0.resumed(cx)
    }

    fn leave(&mut self, cx: &mut Cx<'_>) {
        self.0.leave(cx);
    }

    fn crumb(&self, cx: &Seen<'_>) -> String {
        self.0.crumb(cx)
    }

    fn is_page(&self) -> bool {
        P::IS_PAGE
    }

    fn is_typing(&mut self) -> bool {
        self.0.field().is_some_and(|field| field.takes_letters())
    }

    fn takes_burst(&mut self, inputs: &[Input]) -> bool {
        self.0.takes_burst(inputs)
    }
}

/// The table's own key for a move.
pub fn chord(to: Move) -> Chord {
    match to {
        Move::Up => Chord::Up,
        Move::Down => Chord::Down,
        Move::PageUp => Chord::PageUp,
        Move::PageDown => Chord::PageDown,
        Move::First => Chord::Home,
        Move::Last => Chord::End,
    }
}
