//! Actions that work in every pane: help, palette, tabs, undo, signing on, themes, languages, quitting.
use super::app::App;
use super::cx::Tone;
use super::overlays::picker::Picker;
use super::overlays::reason::Reason;
use super::overlays::report::Report;
use super::overlays::{change_policy, help, own_pin, palette, print_form, together_give, undo};
use super::pane::{Flow, Move};
use super::panes::{PAGES, PANES};
use super::theme::Theme;
use super::warning::Warning;
use crate::config::{Assets, typed_path};
use crate::model::{OpNo, Refusal};
use crate::ops::upkeep::{self, Credential};
use crate::ops::{Result, Site};
use crate::ops::{history, privacy};
use crate::text::{Lang, Locale};

pub struct Global {
    pub id: &'static str,
    pub run: fn(&mut App) -> Result<Flow>,
}

/// In the order in which help lists them.
pub const GLOBAL: &[Global] = &[
    Global { id: "app.help", run: help },
    Global { id: "app.palette", run: palette },
    Global { id: "app.next_pane", run: |app| go_by(app, 1) },
    Global { id: "app.previous_pane", run: |app| go_by(app, PANES.len().saturating_sub(1)) },
    Global { id: "app.pane_1", run: |app| go(app, 0) },
    Global { id: "app.pane_2", run: |app| go(app, 1) },
    Global { id: "app.pane_3", run: |app| go(app, 2) },
    Global { id: "app.pane_4", run: |app| go(app, 3) },
    Global { id: "app.pane_5", run: |app| go(app, 4) },
    Global { id: "app.pane_6", run: |app| go(app, 5) },
    Global { id: "app.pane_7", run: |app| go(app, 6) },
    Global { id: "app.pane_8", run: |app| go(app, 7) },
    Global { id: "app.pages", run: pages },
    Global { id: "app.print", run: |app| app.with_top(|_, cx| print_form::ask(cx)) },
    Global { id: "app.undo", run: |app| undo(app, history::next_undo) },
    Global { id: "app.redo", run: |app| undo(app, history::next_redo) },
    Global { id: "app.reveal", run: reveal },
    Global { id: "app.copy", run: copy },
    Global { id: "app.sign_on", run: sign_on },
    Global { id: "app.pin", run: |app| app.with_top(|_, cx| own_pin::ask(cx)) },
    Global { id: "app.choose_batch", run: choose_batch },
    Global { id: "app.open_batch", run: open_batch },
    Global { id: "app.change_policy", run: change_policy::ask },
    Global { id: "app.together", run: |app| app.with_top(|_, cx| together_give::ask(cx)) },
    Global { id: "app.theme", run: theme },
    Global { id: "app.language", run: language },
    Global { id: "app.redraw", run: |_| Ok(Flow::Stay) },
    Global { id: "app.quit", run: |_| Ok(Flow::Quit) },
];

/// `list.down` and its like.
pub fn as_move(id: &str) -> Option<Move> {
    Some(match id {
        "list.up" => Move::Up,
        "list.down" => Move::Down,
        "list.page_up" => Move::PageUp,
        "list.page_down" => Move::PageDown,
        "list.first" => Move::First,
        "list.last" => Move::Last,
        _ => return None,
    })
}

pub const MOVES: [&str; 6] = ["list.up", "list.down", "list.page_up", "list.page_down", "list.first", "list.last"];

fn help(app: &mut App) -> Result<Flow> {
    let global: Vec<_> = GLOBAL.iter().map(|g| g.id).chain(MOVES).collect();
    Ok(Flow::Open(app.with_top(|layer, cx| help::help(cx, layer.id(), &layer.actions(), &global))))
}

fn palette(app: &mut App) -> Result<Flow> {
    Ok(Flow::Open(app.with_top(|layer, cx| {
        let ids = layer.actions().iter().map(|l| l.id).chain(GLOBAL.iter().map(|g| g.id)).collect();
        palette::palette(cx, layer.id(), ids, PAGES.iter().map(|page| page.id))
    })))
}

fn go(app: &mut App, place: usize) -> Result<Flow> {
    app.overlays.clear();
    app.show(place);
    Ok(Flow::Stay)
}

fn go_by(app: &mut App, by: usize) -> Result<Flow> {
    app.overlays.clear();
    app.show((app.front + by) % PANES.len().max(1));
    Ok(Flow::Stay)
}

/// Which page to go to.
fn pages(app: &mut App) -> Result<Flow> {
    let items = PAGES.iter().map(|page| app.locale.word(&format!("pane.{}", page.id)).to_owned()).collect();
    let title = app.locale.word("pages.title").to_owned();
    Ok(Flow::Open(Picker::ask(
        title,
        items,
        0,
        Box::new(|_, place| Ok(PAGES.get(place).map_or(Flow::Close, |page| Flow::Page(page.id)))),
    )))
}

fn undo(app: &mut App, target: fn(&Site) -> Result<OpNo>) -> Result<Flow> {
    let op = target(&app.site)?;
    app.with_top(|_, cx| undo::ask(cx, op))
}

/// Number and telephone of whom the page is about. The journal knows who looked.
fn reveal(app: &mut App) -> Result<Flow> {
    let person = app.with_top(|layer, _| layer.person());
    let application = person.ok_or_else(|| Refusal::new(privacy::NOBODY))?;
    app.with_top(|_, cx| {
        let shown = cx.perform(&privacy::Reveal { application })?.out;
        let line = |key: &str, value: &str| format!("{}  {value}", cx.locale.word(key));
        let lines = vec![
            line(&shown.document.key(), &shown.id_number),
            line("privacy.phone", shown.phone.as_deref().unwrap_or("-")),
            String::new(),
            cx.locale.word("privacy.journaled").to_owned(),
        ];
        Ok(Flow::Open(Report::show(shown.name, lines)))
    })
}

/// A checked copy of the whole site, to wherever there is room.
fn copy(app: &mut App) -> Result<Flow> {
    let (title, body) = (app.locale.word("keeping.ask").to_owned(), app.locale.word("keeping.ask_body").to_owned());
    let file = upkeep::backup_name(app.site.now());
    let folder = app.site.file().map(upkeep::folder_of).unwrap_or_default();
    let start = folder.join(file).display().to_string();
    let then = |cx: &mut super::cx::Cx<'_>, text: String| {
        let copied = upkeep::back_up(cx.site, &typed_path(&text))?;
        let (path, operations) = (copied.path.display().to_string(), copied.operations.to_string());
        cx.say(Tone::Good, "keeping.copied", &[("path", &path), ("operations", &operations)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::edit(title, body, &start, Box::new(then))))
}

fn sign_on(app: &mut App) -> Result<Flow> {
    let operators: Vec<_> = upkeep::operators(&app.site)?.into_iter().filter(|o| !o.disabled).collect();
    let items = operators.iter().map(|o| {
        let roles: Vec<_> = o.role_list().iter().map(|r| app.locale.word(&r.key()).to_owned()).collect();
        format!("{}  {}", o.name, roles.join(" "))
    });
    let items = items.collect();
    let title = app.locale.word("sign_on.title").to_owned();
    app.leave();
    Ok(Flow::Open(Picker::ask(
        title,
        items,
        0,
        Box::new(move |cx, place| {
            let Some(operator) = operators.into_iter().nth(place) else { return Ok(Flow::Close) };
            if operator.pin.is_none() {
                return signed_on(cx, &operator.name, None);
            }
            let (title, body) = (cx.locale.word("sign_on.pin").to_owned(), operator.name.clone());
            let then = move |cx: &mut super::cx::Cx<'_>, pin: String| signed_on(cx, &operator.name, Some(&pin));
            Ok(Flow::Open(Reason::ask_secret(title, body, Box::new(then))))
        }),
    )))
}

fn signed_on(cx: &mut super::cx::Cx<'_>, name: &str, pin: Option<&str>) -> Result<Flow> {
    upkeep::sign_on(cx.site, &Credential::Named { name, pin, os_user: None })?;
    cx.say(Tone::Good, "sign_on.done", &[("name", name)]);
    Ok(Flow::Reopen)
}

fn choose_batch(app: &mut App) -> Result<Flow> {
    let batches = crate::ops::batch::batches(&app.site)?;
    let items = batches.iter().map(|b| format!("{}  {}", b.code, b.name)).collect();
    let title = app.locale.word("choose_batch.title").to_owned();
    Ok(Flow::Open(Picker::ask(
        title,
        items,
        0,
        Box::new(move |cx, place| {
            if let Some(batch) = batches.get(place) {
                cx.site.choose_batch(Some(&batch.code))?;
            }
            Ok(Flow::Reopen)
        }),
    )))
}

/// Asks for the policy, then opens a batch named after its notice.
fn open_batch(app: &mut App) -> Result<Flow> {
    let policies = crate::ops::policies::available(Some(&app.site), app.site.assets())?;
    let policies: Vec<_> = policies.into_iter().filter(|p| p.faults == 0).collect();
    let items = policies.iter().map(|p| format!("{}  {}", p.code, p.title)).collect();
    let title = app.locale.word("open_batch.title").to_owned();
    Ok(Flow::Open(Picker::ask(
        title,
        items,
        0,
        Box::new(move |cx, place| {
            let Some(chosen) = policies.get(place).cloned() else { return Ok(Flow::Close) };
            let (code, name) = (chosen.code, chosen.title);
            let policy = crate::ops::policies::find(Some(&*cx.site), cx.site.assets(), &code)?;
            let done = cx.perform(&crate::ops::batch::Open { code: code.clone(), name, policy })?;
            cx.site.choose_batch(Some(&code))?;
            let op = done.op.map_or(0, |n| n.0).to_string();
            cx.say(Tone::Good, "open_batch.done", &[("code", &code), ("op", &op)]);
            Ok(Flow::Reopen)
        }),
    )))
}

/// The next of the themes there are.
fn theme(app: &mut App) -> Result<Flow> {
    let assets = app.site.assets();
    let names = assets.names("themes", ".toml");
    let at = names.iter().position(|n| *n == app.theme_name).map_or(0, |n| n + 1);
    let name = names.get(at % names.len().max(1)).cloned().unwrap_or_else(|| "default".to_owned());
    let (theme, warnings) = load_theme(assets, &name);
    app.theme = theme;
    app.toast(Tone::Info, app.locale.say("theme.now", &[("name", &name)]));
    app.warn(&warnings);
    app.theme_name = name;
    Ok(Flow::Stay)
}

pub fn load_theme(assets: &Assets, name: &str) -> (Theme, Vec<Warning>) {
    Theme::load(name, &|name| assets.read(&format!("themes/{name}.toml")))
}

fn language(app: &mut App) -> Result<Flow> {
    let next = if app.locale.lang() == Lang::Chinese { Lang::English } else { Lang::Chinese };
    app.locale = Locale::load(app.site.assets(), next).0;
    app.reopen();
    Ok(Flow::Stay)
}
