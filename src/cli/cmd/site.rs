//! `kaowu site`: keys of this site and of others, the region's key, histories that came apart.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::exchange::site::{self as bundle, AcceptFork, Distrust, Folder, Trust};
use crate::ops::exchange::{region_key, tokens};
use crate::ops::{Result, site_key};
use std::path::{Path, PathBuf};

/// Keys and other sites: whose bundles may come in (密钥与往来考点)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Keys of this site, and of those that are trusted
    #[command(subcommand)]
    Key(Key),
    /// The key by which the sites of a region compare identity numbers without telling them
    #[command(subcommand, name = "region-key")]
    Region(Region),
    /// Bundles that do not follow from what their site gave before
    Forks,
    /// The other site was asked: its history as of that bundle counts; wants --reason
    AcceptFork {
        /// Number of the fork
        fork: i64,
    },
}

#[derive(Debug, clap::Subcommand)]
enum Key {
    /// This site's public keys and their fingerprint; made at first need
    Show {
        /// Write them as a card for other sites
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Trust the keys of another site from its card, or from a bundle that it signed
    Trust {
        /// Card or bundle
        card: PathBuf,
        /// The two groups of the fingerprint that were left out, from paper or over the telephone
        #[arg(long, value_name = "GROUPS", default_value = "")]
        groups: String,
    },
    /// Bundles of this site do not come in any more; wants --reason
    Distrust {
        /// Code of the site
        site: String,
    },
    /// Every key that is or was trusted
    List,
}

#[derive(Debug, clap::Subcommand)]
enum Region {
    /// Make the key; one site of the region does that, once
    Make,
    /// The key's name, by which two sites see whether they have the same
    Show,
    /// Write the key, signed, so that only one other site can open it; two people do that
    Give {
        /// A site that is trusted, or a card
        #[arg(long, value_name = "SITE|FILE")]
        to: String,
        /// Of a card that is not trusted: the two groups of its fingerprint that were left out
        #[arg(long, value_name = "GROUPS", default_value = "")]
        groups: String,
        /// A new file
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Take the key that a site gave which is trusted; two people do that
    Take {
        /// The file
        file: PathBuf,
    },
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Key(Key::Show { out }) => show(context, out.as_deref()),
        What::Key(Key::Trust { card, groups }) => trust(context, &card, groups),
        What::Key(Key::Distrust { site }) => distrust(context, site),
        What::Key(Key::List) => list(context),
        What::Region(what) => region(context, what),
        What::Forks => forks(context),
        What::AcceptFork { fork } => accept(context, fork),
    }
}

/// Opens a bundle with this home's keys; with `groups` somebody vouches for whose it is.
pub fn bundle(context: &Context, path: &Path, groups: Option<&str>) -> Result<Folder> {
    let keys = site_key::loaded(&context.home()?)?;
    let mut folder = match &keys {
        Some(keys) => bundle::open_ours(path, &keys.open)?,
        None => bundle::open(path)?,
    };
    groups.filter(|typed| !typed.trim().is_empty()).map(|typed| folder.vouch(typed)).transpose()?;
    Ok(folder)
}

fn show(context: &Context, out: Option<&Path>) -> Result<Exit> {
    let home = context.home()?;
    let site = if home.database().exists() { Some(context.look()?) } else { None };
    let keys = site_key::in_home(&home)?;
    let row = site.as_ref().map(|site| site.row()).transpose()?;
    let card = bundle::own(&keys, row.as_ref());
    if let Some(path) = out {
        bundle::hand_out(&card, path)?;
    }
    if context.out.is_json() {
        context.out.json(&card);
        return Ok(Exit::Done);
    }
    let groups = site_key::in_groups(&card.fingerprint());
    let said = [("key.sign", &card.sign_key), ("key.lock", &card.lock_key), ("key.fingerprint", &groups)];
    for (key, value) in said {
        context.out.line(&format!("{}: {value}", context.out.locale.word(key)));
    }
    Ok(Exit::Done)
}

fn trust(context: &mut Context, path: &Path, groups: String) -> Result<Exit> {
    let card = bundle::card(path)?;
    let site = card.site.clone();
    let done = context.site()?.perform(&Trust { card, groups })?;
    context.out.say("cli.site_key.trusted", &[("site", &site), ("op", &number(done.op.map_or(0, |n| n.0)))]);
    Ok(Exit::Done)
}

fn distrust(context: &mut Context, site: String) -> Result<Exit> {
    let reason = context.reason();
    let done = context.site()?.perform(&Distrust { site: site.clone(), reason })?;
    context.out.say("cli.site_key.ended", &[("site", &site), ("op", &number(done.op.map_or(0, |n| n.0)))]);
    Ok(Exit::Done)
}

fn list(context: &Context) -> Result<Exit> {
    let all = bundle::known(&context.look()?)?;
    let out = &context.out;
    let rows: Vec<_> = all
        .iter()
        .map(|k| {
            let state = if k.ended_at.is_some() { "key.ended" } else { "key.trusted" };
            let state = out.locale.word(state).to_owned();
            vec![k.site.clone(), k.name.clone(), state, site_key::in_groups(&k.fingerprint), k.lock_key.clone()]
        })
        .collect();
    let keys = ["column.site", "column.name", "column.state", "key.fingerprint", "key.lock"];
    out.table(&all, &keys.map(Col::Left), &rows);
    Ok(Exit::Done)
}

fn region(context: &mut Context, what: Region) -> Result<Exit> {
    let mut site = context.site()?;
    let ((key, op), said) = match what {
        Region::Make => (region_key::make(&mut site)?, "cli.region_key.made"),
        Region::Show => ((region_key::held(&site)?, None), "cli.region_key.shown"),
        Region::Give { to, groups, out } => {
            (region_key::give(&mut site, (&to, &groups), &out)?, "cli.region_key.given")
        }
        Region::Take { file } => (region_key::take(&mut site, &file)?, "cli.region_key.taken"),
    };
    context.out.say(said, &[("key", &key.name()), ("op", &number(op.map_or(0, |n| n.0)))]);
    Ok(Exit::Done)
}

/// `merge tokens`: who has applied at another site too.
pub fn doubles(context: &Context, list: &Path) -> Result<Exit> {
    let found = tokens::doubles(&context.site()?, list)?;
    let out = &context.out;
    let place = |occupation: &str, level: &str| format!("{occupation}/{level}");
    let rows: Vec<_> = found
        .iter()
        .map(|d| {
            let (ours, theirs) = (place(&d.occupation, &d.level), place(&d.other_occupation, &d.other_level));
            let there = format!("{} #{}", d.other_site, d.other_application);
            vec![d.application.to_string(), d.name.clone(), d.id_number.clone(), ours, there, theirs]
        })
        .collect();
    let columns =
        ["column.application", "column.name", "column.id_number", "column.ours", "column.site", "column.there"];
    out.table(&found, &columns.map(Col::Left), &rows);
    let same = found.iter().filter(|d| d.same).count();
    out.say("cli.region_key.doubles", &[("count", &found.len().to_string()), ("same", &same.to_string())]);
    Ok(if found.is_empty() { Exit::Done } else { Exit::Refused })
}

fn forks(context: &Context) -> Result<Exit> {
    let all = bundle::forks(&context.look()?)?;
    let out = &context.out;
    let rows: Vec<_> = all
        .iter()
        .map(|f| {
            let state = out.locale.word(&format!("fork_state.{}", f.state.code())).to_owned();
            let known = format!("{} {}", f.known_operation, short(&f.known_head));
            let here = format!("{} {}", f.operation, short(&f.head));
            vec![number(f.id), f.site.clone(), state, known, here, f.at.to_string()]
        })
        .collect();
    let columns = ["column.fork", "column.site", "column.state", "column.known", "column.there", "column.at"];
    out.table(&all, &columns.map(Col::Left), &rows);
    Ok(Exit::Done)
}

fn accept(context: &mut Context, fork: i64) -> Result<Exit> {
    let reason = context.reason();
    let done = context.site()?.perform(&AcceptFork { fork, reason })?;
    let op = number(done.op.map_or(0, |n| n.0));
    context.out.say("cli.fork.accepted", &[("fork", &number(fork)), ("bundles", &done.out.to_string()), ("op", &op)]);
    Ok(Exit::Done)
}

fn number(n: i64) -> String {
    n.to_string()
}

/// The first two groups of a digest.
fn short(digest: &str) -> &str {
    digest.get(..8).unwrap_or(digest)
}
