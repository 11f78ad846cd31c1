//! Opening the form: anew, on a stored application, or on what a crash left.
use super::{ApplicationForm, Sheet};
use crate::model::ApplicationId;
use crate::ops::Result;
use crate::ops::applications::form::{Draft, Kept, may_type};
use crate::ops::applications::{by_id, may_change};
use crate::tui::cx::Cx;
use crate::tui::overlays::picker::Picker;
use crate::tui::pane::Flow;

/// A new application, or the draft that waits.
pub fn fresh(cx: &Cx<'_>) -> Result<Flow> {
    may_type(cx.site)?;
    let draft = Draft::open(cx.site, None)?;
    start(cx, draft, None)
}

/// The form of a stored application.
pub fn edit(cx: &Cx<'_>, application: ApplicationId) -> Result<Flow> {
    may_type(cx.site)?;
    may_change(&by_id(cx.site, application)?)?;
    let draft = Draft::open(cx.site, Some(application))?;
    start(cx, draft, Some(application))
}

fn start(cx: &Cx<'_>, mut draft: Option<Draft>, about: Option<ApplicationId>) -> Result<Flow> {
    match draft.as_mut().and_then(Draft::take_left) {
        Some(left) => Ok(ask(cx, draft, left, about)),
        None => open(cx, draft, about, None),
    }
}

fn open(cx: &Cx<'_>, draft: Option<Draft>, about: Option<ApplicationId>, left: Option<Kept>) -> Result<Flow> {
    let sheet = Sheet::new(cx.site, about, draft, left)?;
    Ok(Flow::Open(ApplicationForm::open(cx, sheet)?))
}

/// Go on with the draft, or throw it away. Esc leaves it where it is.
fn ask(cx: &Cx<'_>, draft: Option<Draft>, left: Kept, about: Option<ApplicationId>) -> Flow {
    let name = match left.typed.get("name") {
        "" => cx.locale.word("form_page.nameless").to_owned(),
        name => name.to_owned(),
    };
    let (since, count) = (left.since(), left.typed.filled().to_string());
    let when = if since.day() == cx.site.now().day() { since.clock() } else { since.minute() };
    let title = cx.locale.say("form_page.left", &[("name", &name), ("when", &when), ("count", &count)]);
    let items = ["form_page.go_on", "form_page.throw_away"].map(|key| cx.locale.word(key).to_owned());
    let then = move |cx: &mut Cx<'_>, place: usize| {
        if place == 0 {
            let about = left.about();
            if let Some(id) = about {
                may_change(&by_id(cx.site, id)?)?;
            }
            return open(cx, draft, about, Some(left));
        }
        draft.iter().for_each(Draft::forget);
        open(cx, draft, about, None)
    };
    Flow::Open(Picker::ask(title, items.to_vec(), 0, Box::new(then)))
}
