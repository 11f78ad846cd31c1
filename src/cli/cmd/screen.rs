//! No command: the full-screen program.
use crate::cli::context::is_unproven;
use crate::cli::{Context, Exit};
use crate::model::{Code, Refusal};
use crate::ops::anchor;
use crate::ops::upkeep::pins_of;
use crate::ops::{Access, Pins};
use crate::ops::{Error, Face, Result, Site};
use crate::tui::{self, Settings};
use std::io::IsTerminal;
use std::time::Duration;

/// Somebody wants to run a command or copy files with a key that opens the screen.
pub const NO_TERMINAL: Code = Code("ssh.no_terminal");
pub const FOREIGN_CHARSET: Code = Code("environment.foreign_charset");

pub fn run(context: &mut Context) -> Result<Exit> {
    if let Some(charset) = context.environment.foreign_charset.as_deref().filter(|_| !context.options.force) {
        return Err(Refusal::new(FOREIGN_CHARSET).with("charset", charset).into());
    }
    if context.environment.ssh.is_some() && !std::io::stdin().is_terminal() {
        return Err(Refusal::new(NO_TERMINAL).into());
    }
    let access = if context.options.readonly { Access::ReadOnly } else { Access::ReadWrite };
    let (mut site, signed) = context.open(access)?;
    let doubt = site.doubt().map(|doubt| anchor::refusal(&doubt));
    let notice = match doubt {
        Some(refusal) if !site.is_read_only() => return Err(refusal.into()),
        doubt => doubt.map(|refusal| {
            let banner = if refusal.is(anchor::UNREADABLE) { "anchor.unread" } else { "anchor.banner" };
            context.out.locale.word(banner).to_owned()
        }),
    };
    site.set_face(Face::Tui, &context.environment.station);
    let pane = context.settings.pane.clone().unwrap_or_else(|| tui::home(&site.actor().roles).to_owned());
    show(context, site, &pane, notice, signed.err().or_else(|| context.ignored_command().map(Error::from)))
}

/// Opens the screen over a site. `notice` stands in the status line, `complaint` is the first message.
pub fn show(
    context: &Context,
    site: Site,
    pane: &str,
    notice: Option<String>,
    complaint: Option<Error>,
) -> Result<Exit> {
    // A name alone is not believed here, so nothing is shown to nobody either. Elsewhere whoever was named gives their PIN first:
    // typed into the pane in front it would be read by everybody.
    let nobody = site.actor().id.is_none();
    let unproven = complaint.as_ref().is_some_and(is_unproven);
    let closed = nobody && (pins_of(&site)? == Pins::Required || unproven);
    let locked = closed.then(|| context.options.operator.clone().unwrap_or_default());
    // What is asked for need not be complained of.
    let complaint = complaint.filter(|_| !(closed && unproven));
    let settings = Settings {
        pane: pane.to_owned(),
        theme: context.options.theme.clone().or_else(|| context.settings.theme.clone()),
        no_color: context.options.no_color || context.environment.no_color,
        ascii: context.options.ascii || context.settings.ascii,
        notice: notice.or_else(|| {
            let unset = context.environment.locale_unset;
            unset.then(|| context.out.locale.word("status.locale_unset").to_owned())
        }),
        complaint,
        idle: Duration::from_secs(context.settings.idle_minutes.minutes() * 60),
        locked,
    };
    tui::run(site, context.out.locale.clone(), settings).map_err(Error::file("terminal"))?;
    Ok(Exit::Done)
}
