//! What every command gets: options, environment, words, and the way to open the site.
use super::Options;
use super::exit::Exit;
use super::out::{Form, Out};
use crate::config::{Assets, Environment, Home, Settings, process};
use crate::model::{Clock, Code, FixedClock, OpNo, Refusal, SystemClock};
use crate::ops::Access;
use crate::ops::anchor;
use crate::ops::together::{self, Witness};
use crate::ops::upkeep::{Credential, PIN_MISSING, PIN_NEEDED, PIN_UNCLAIMED, Way, keep, sign_on_by};
use crate::ops::{Error, Face, Result, Saved, Site};
use crate::text::{Lang, Locale, cause, explain};
use std::cell::{Cell, RefCell};
use std::path::Path;

pub const BAD_CLOCK: Code = Code("environment.bad_clock");
pub const UNKNOWN_LANG: Code = Code("environment.unknown_lang");
pub const UNKNOWN_THEME: Code = Code("environment.unknown_theme");
/// A remote command was asked for with a key that has a command of its own.
pub const COMMAND_IGNORED: Code = Code("ssh.command_ignored");
/// Leave was asked for; nobody has given it yet.
pub const ASKED: Code = Code("together.asked");
pub const NO_HOME: Code = Code("environment.no_home");

pub struct Context {
    pub options: Options,
    pub environment: Environment,
    pub out: Out,
    pub assets: Assets,
    pub settings: Settings,
    /// Whether the command may have changed the site.
    changes: Cell<bool>,
    /// Of the site that was opened last.
    saved: RefCell<Saved>,
}

/// A language or theme that was asked for and is not there: silence would look like obedience.
fn unknown_choice(options: &Options, assets: &Assets) -> Option<Refusal> {
    let lang = options.lang.as_deref().filter(|l| Lang::parse(l).is_none());
    let themes = || assets.names("themes", ".toml");
    let theme = options.theme.as_deref().filter(|t| !themes().iter().any(|name| name == t));
    let lang = lang.map(|l| Refusal::new(UNKNOWN_LANG).with("value", l));
    lang.or_else(|| theme.map(|t| Refusal::new(UNKNOWN_THEME).with("value", t).with("themes", themes().join(" "))))
}

impl Context {
    pub fn new(options: Options, environment: Environment) -> Result<Context, Exit> {
        let home = Home::locate(options.home.clone().or_else(|| environment.home.clone()));
        home.iter().for_each(|home| process::temporary_in(home.folder()));
        let assets = Assets::new(home.as_ref().map(Home::data));
        let file = home.as_ref().and_then(|h| std::fs::read_to_string(h.config()).ok()).unwrap_or_default();
        let (settings, fault) = match Settings::parse(&file) {
            Ok(settings) => (settings, None),
            Err(fault) => (Settings::default(), Some(fault)),
        };
        let wanted = options.lang.as_deref().or(environment.lang.as_deref()).or(settings.lang.as_deref());
        let lang = wanted.and_then(Lang::parse).unwrap_or_default();
        let (locale, _) = Locale::load(&assets, lang);
        let unknown = unknown_choice(&options, &assets);
        let form = match (options.json, options.plain) {
            (true, _) => Form::Json,
            (false, true) => Form::Plain,
            (false, false) => Form::Table,
        };
        let out = Out { locale, form, quiet: options.quiet };
        let context = Context {
            options,
            environment,
            out,
            assets,
            settings,
            changes: Cell::new(false),
            saved: RefCell::default(),
        };
        if let Some(fault) = fault {
            let path = home.map(|h| h.config().display().to_string()).unwrap_or_default();
            let line = fault.line.to_string();
            let args = [("path", path.as_str()), ("line", line.as_str()), ("what", fault.message.as_str())];
            context.out.say("cli.settings_fault", &args);
            return Err(Exit::Policy);
        }
        if let Some(refusal) = unknown {
            context.out.fail(&refusal.into());
            return Err(Exit::Usage);
        }
        if let Some(text) = &context.environment.bad_clock {
            let refusal = Refusal::new(BAD_CLOCK).with("value", text.as_str());
            context.out.fail(&refusal.into());
            return Err(Exit::Usage);
        }
        Ok(context)
    }

    pub fn home(&self) -> Result<Home> {
        let given = self.options.home.clone().or_else(|| self.environment.home.clone());
        Home::locate(given).ok_or_else(|| Refusal::new(NO_HOME).into())
    }

    /// What the other side of an SSH session wanted to run: the session's key says what runs, and nothing else does.
    pub fn ignored_command(&self) -> Option<Refusal> {
        let command = self.environment.ssh.as_ref()?.command.as_deref()?;
        let shown: String = command.chars().take(80).collect();
        Some(Refusal::new(COMMAND_IGNORED).with("command", shown))
    }

    pub fn clock(&self) -> Box<dyn Clock> {
        match self.environment.clock {
            Some(stamp) => Box::new(FixedClock::at(stamp)),
            None => Box::new(SystemClock),
        }
    }

    /// The site, for reading only: nobody needs to sign on. Whoever says who they are is believed, or told why not.
    pub fn look(&self) -> Result<Site> {
        let (site, signed) = self.open(Access::ReadWrite)?;
        if self.options.operator.is_some() {
            signed?;
        }
        self.warn_of_doubt(&site);
        Ok(site)
    }

    /// Another database of the site, such as a copy, with the same person signed on as far as it knows them. Nothing is
    /// written into it.
    pub fn open_beside(&self, file: &Path) -> Result<(Site, Result<()>)> {
        let marks = self.home()?.marks(self.settings.anchor.as_deref());
        let site = Site::open_at((file, &marks), Access::ReadOnly, self.assets.clone(), self.clock())?;
        self.signed_on(site)
    }

    /// The same, for reading only.
    pub fn look_beside(&self, file: &Path) -> Result<Site> {
        self.open_beside(file).map(|(site, _)| site)
    }

    /// What was found of a database that does not fit its mark, and that nothing can be written.
    fn warn_of_doubt(&self, site: &Site) {
        if let Some(doubt) = site.doubt() {
            let what = explain(&self.out.locale, &anchor::refusal(&doubt).into());
            self.out.say("anchor.warning", &[("what", &what.message)]);
        }
    }

    /// The site for going on although it is in doubt.
    pub fn site_in_doubt(&self) -> Result<Site> {
        let (mut site, signed) = self.open(Access::ReadWrite)?;
        signed?;
        site.set_witness(self.witness()?);
        Ok(site)
    }

    /// The site with the operator signed on, for changing it.
    pub fn site(&self) -> Result<Site> {
        let access = if self.options.readonly { Access::ReadOnly } else { Access::ReadWrite };
        let (mut site, signed) = self.open(access)?;
        if site.is_read_only() {
            self.warn_of_doubt(&site);
        } else if let Some(doubt) = site.doubt() {
            return Err(anchor::refusal(&doubt).into());
        }
        signed?;
        site.set_witness(self.witness()?);
        self.changes.set(access == Access::ReadWrite);
        Ok(site)
    }

    /// After a command that may have changed the site: the regular copy, when it is due. A copy that cannot be made is
    /// told, and is no fault of the command.
    pub fn keep(&self) {
        if !self.changes.get() {
            return;
        }
        let made = self.home().and_then(|home| keep(&home.database(), self.clock().now()));
        if let Err(error) = made {
            self.out.say("keeping.copy_failed", &[("what", &cause(&self.out.locale, &error))]);
        }
    }

    /// The last operation that the command saved.
    pub fn saved(&self) -> Option<OpNo> {
        self.saved.borrow().last()
    }

    /// A new site in this home, or the one that is there.
    pub fn create(&self, home: &Home) -> Result<Site> {
        let marks = home.marks(self.settings.anchor.as_deref());
        Site::create_at((&home.database(), &marks), self.assets.clone(), self.clock())
    }

    /// The site, and whether signing on went well.
    pub fn open(&self, access: Access) -> Result<(Site, Result<()>)> {
        let home = self.home()?;
        let marks = home.marks(self.settings.anchor.as_deref());
        let site = Site::open_at((&home.database(), &marks), access, self.assets.clone(), self.clock())?;
        self.saved.replace(site.saved().clone());
        self.signed_on(site)
    }

    fn signed_on(&self, mut site: Site) -> Result<(Site, Result<()>)> {
        site.set_face(Face::Cli, &self.environment.station);
        site.choose_batch(self.options.batch.as_deref().or(self.environment.batch.as_deref()))?;
        let signed = self.sign_on(&mut site);
        Ok((site, signed))
    }

    fn sign_on(&self, site: &mut Site) -> Result<()> {
        let os_user = self.environment.os_user.as_deref();
        let way = self.environment.ssh.as_ref().map_or(Way::Console, |ssh| Way::Ssh(&ssh.keys));
        let Some(name) = self.options.operator.as_deref() else {
            return sign_on_by(site, &Credential::OsUser(os_user.unwrap_or_default()), way);
        };
        let pin = self.pin()?;
        sign_on_by(site, &Credential::Named { name, pin: pin.as_deref(), os_user }, way)
    }

    /// The first line of the PIN file, if one is named.
    pub fn pin(&self) -> Result<Option<String>> {
        self.options.pin_file.as_deref().map_or(Ok(None), first_line)
    }

    /// Signs what wants hands with the PINs that were named; without a second person it is asked for, and the command
    /// comes again once somebody gave leave.
    fn witness(&self) -> Result<Option<Witness>> {
        let Some(own) = self.pin()? else { return Ok(None) };
        let second = self.second()?;
        Ok(Some(Box::new(move |site, wanted| match &second {
            _ if wanted.roles.is_empty() => together::ask(site, wanted, &own).map(|_| ()),
            Some((name, pin)) => together::both(site, wanted, &own, (name, pin)),
            None => {
                let number = together::ask(site, wanted, &own)?;
                let mark = wanted.mark();
                Err(Refusal::new(ASKED).with("number", number).with("mark", mark).into())
            }
        })))
    }

    /// The other person and their PIN. An empty file is not asking for somebody elsewhere.
    fn second(&self) -> Result<Option<(String, String)>> {
        let (Some(name), Some(file)) = (&self.options.second, &self.options.second_pin_file) else { return Ok(None) };
        match first_line(file)? {
            Some(pin) => Ok(Some((name.clone(), pin))),
            None => Err(Refusal::new(PIN_NEEDED).with("name", name.as_str()).into()),
        }
    }

    /// The reason, or an empty one that the operation itself refuses.
    pub fn reason(&self) -> String {
        self.options.reason.clone().unwrap_or_default()
    }
}

/// A name without its PIN: nobody is signed on, and nothing was claimed falsely.
pub(super) fn is_unproven(error: &Error) -> bool {
    let unproven = [PIN_NEEDED, PIN_MISSING, PIN_UNCLAIMED];
    error.refusal().is_some_and(|refusal| unproven.iter().any(|code| refusal.is(*code)))
}

fn first_line(path: &Path) -> Result<Option<String>> {
    let text = std::fs::read_to_string(path).map_err(Error::file(path))?;
    Ok(text.lines().next().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()))
}
