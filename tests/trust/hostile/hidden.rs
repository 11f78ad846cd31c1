//! F13: whatever lies in the database, no hidden character reaches a terminal, a page, a workbook or a list.
use super::world::{World, attacks};
use calamine::{Data, Reader, Xlsx};
use clap::CommandFactory;
use kaowu::model::clean::{is_unsafe, visible};
use kaowu::model::{ApplicationId, Role};
use kaowu::ops::Site;
use kaowu::ops::demo::Stage;
use kaowu::ops::exchange::lists::{Identity, LISTS, Manner, Style};
use kaowu::ops::prints::{FORMS, Format, Scope};
use kaowu::text::Lang;
use kaowu::tui::chord::Chord;
use kaowu::tui::input::Input;
use kaowu::tui::panes::{PAGES, PANES};
use std::io::Cursor;
use std::process::{Command, Stdio};

/// The mark of something that was made visible.
const SHOWN: &str = "‹U+";

/// The same as it is sent: the cursor is placed anew behind a character of uncertain width.
const SENT: &str = "U+";

#[track_caller]
fn is_safe(what: &str, text: &str) {
    let found: Vec<_> = text.chars().filter(|c| is_unsafe(*c) && !matches!(c, '\n' | '\t')).collect();
    assert!(found.is_empty(), "{what} sends {found:?}");
}

#[test]
fn the_corpus_holds_every_kind_of_attack() {
    let all = attacks().concat();
    let ranges =
        [0..=0x1F, 0x7F..=0x9F, 0x200B..=0x200F, 0x202A..=0x202E, 0x2066..=0x2069, 0xFEFF..=0xFEFF, 0xFFF9..=0xFFFB];
    for range in ranges.into_iter().chain([0xE0000..=0xE007F, 0xFE00..=0xFE0F]) {
        assert!(all.chars().any(|c| range.contains(&u32::from(c))), "{range:X?}");
    }
    is_safe("made visible", &visible(&all));
}

/// Every tab and every page over it, with help, lists of choices and a look at the first row.
#[test]
fn no_pane_or_page_sends_it() {
    let world = World::poisoned(Stage::Published, &attacks(), false);
    let key = |chord| Input::Key(chord);
    let look =
        [key(Chord::Down), key(Chord::Enter), key(Chord::Tab), key(Chord::Down), key(Chord::Esc), key(Chord::Esc)];
    let over =
        [key(Chord::F(1)), key(Chord::Esc), key(Chord::F(2)), key(Chord::Esc), Input::Text('P'), key(Chord::Esc)];
    let mut shown = 0;
    for lang in Lang::ALL {
        for pane in PANES {
            let mut seat = world.seat(lang, pane.id);
            let mut sent = seat.draw();
            for input in look.iter().chain(&over).chain(&look) {
                seat.app.step(input);
                sent += &seat.draw();
            }
            shown += usize::from(sent.contains(SENT));
        }
        let mut seat = world.seat(lang, PANES[0].id);
        for n in 0..PAGES.len() {
            let mut sent = String::new();
            let open = [key(Chord::Ctrl('v'))].into_iter().chain(vec![key(Chord::Down); n]).chain([key(Chord::Enter)]);
            for input in open.chain(look.clone()).chain(over.clone()).chain([key(Chord::Esc), key(Chord::Esc)]) {
                seat.app.step(&input);
                sent += &seat.draw();
            }
            shown += usize::from(sent.contains(SENT));
        }
    }
    // What is not shown here has no free text at this stage.
    assert!(shown > Lang::ALL.len() * 8, "{shown}");
}

/// Text of every cell of a workbook, and of everything else in it that is text.
fn cells(bytes: Vec<u8>) -> Vec<String> {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let mut all = names.clone();
    for name in names {
        assert!(book.worksheet_formula(&name).unwrap().is_empty(), "{name} calculates");
        for cell in book.worksheet_range(&name).unwrap().cells() {
            match cell.2 {
                Data::String(text) => all.push(text.clone()),
                Data::Empty => {}
                other => panic!("{name}: {other:?}"),
            }
        }
    }
    all
}

fn scopes(site: &Site) -> Vec<Scope> {
    let panels =
        kaowu::ops::prints::choices::panels(site, kaowu::ops::prints::Form::find("panel-sheet").unwrap()).unwrap();
    let one = Scope::people(&[ApplicationId(1), ApplicationId(2)]);
    let panel = panels.into_iter().next().map(|name| Scope { panel: Some(name), ..Scope::default() });
    [Scope::default(), one, Scope { number: Some(1), ..Scope::default() }].into_iter().chain(panel).collect()
}

#[test]
fn no_form_prints_it() {
    let (mut made, mut shown) = (0, 0);
    for stage in [Stage::Exam, Stage::Certified] {
        let world = World::poisoned(stage, &attacks(), false);
        let site = world.site(Role::Coordinator);
        for form in FORMS {
            for scope in scopes(&site) {
                let Ok(page) = form.print(&site, &scope, Format::Html) else { continue };
                let html = String::from_utf8(page.bytes).unwrap();
                is_safe(form.name, &html);
                made += 1;
                shown += usize::from(html.contains(SHOWN));
                if let Ok(book) = form.print(&site, &scope, Format::Xlsx) {
                    cells(book.bytes).iter().for_each(|text| is_safe(form.name, text));
                }
            }
        }
    }
    assert!(made > 50 && shown > 30, "{made} {shown}");
}

#[test]
fn no_list_holds_it() {
    let world = World::poisoned(Stage::Certified, &attacks(), false);
    let site = world.site(Role::Coordinator);
    let words = |key: &str| key.to_owned();
    let (mut made, mut shown) = (0, 0);
    for list in LISTS {
        for style in [Style::People, Style::PeopleGb18030] {
            let manner = Manner { style, identity: Identity::Masked, words: &words };
            let Ok((bytes, _)) = list.write(&site, &manner, Vec::new()) else { continue };
            let text = match style {
                Style::PeopleGb18030 => encoding_rs::GB18030.decode_without_bom_handling(&bytes).0.into_owned(),
                _ => String::from_utf8(bytes).unwrap().trim_start_matches('\u{FEFF}').to_owned(),
            };
            is_safe(list.what, &text.replace("\r\n", "\n"));
            made += 1;
            shown += usize::from(text.contains(SHOWN));
        }
        let manner = Manner { style: Style::People, identity: Identity::Masked, words: &words };
        let mut file = Cursor::new(Vec::new());
        if list.write_xlsx(&site, &manner, &mut file).is_ok() {
            cells(file.into_inner()).iter().for_each(|text| is_safe(list.what, text));
        }
    }
    assert!(made > 40 && shown > 20, "{made} {shown}");
}

/// Every command there is, as a look only; those that want more than their name say so, which is printing as well.
#[test]
fn no_command_prints_it() {
    let world = World::poisoned(Stage::Published, &attacks(), false);
    let mut leaves = Vec::new();
    walk(&kaowu::cli::Cli::command(), &mut Vec::new(), &mut leaves);
    assert!(leaves.len() > 100, "{}", leaves.len());
    let mut shown = 0;
    for leaf in &leaves {
        let (status, out, err) = run(&world, leaf, &["--readonly"]);
        is_safe(&leaf.join(" "), &format!("{out}{err}"));
        shown += usize::from(out.contains(SHOWN));
        if status == 0 && !out.is_empty() {
            let (_, out, err) = run(&world, leaf, &["--readonly", "--json"]);
            is_safe(&leaf.join(" "), &format!("{out}{err}"));
        }
    }
    assert!(shown > 10, "{shown}");
    // What is typed comes back: from the parser of arguments, too.
    // Every attack at one place, and all of them together at every place.
    let typed: Vec<String> = attacks().into_iter().filter(|a| !a.contains('\0')).collect();
    let all = typed.concat();
    let places = |text: &str| {
        [vec![], vec!["log", "--since"], vec!["log", "--wrong"], vec!["batch"]]
            .map(|before| before.into_iter().chain([text]).map(str::to_owned).collect::<Vec<_>>())
    };
    let each = typed.iter().enumerate().map(|(n, attack)| places(attack)[n % 4].clone());
    for args in each.chain(places(&all)) {
        let (_, out, err) = run(&world, &args, &[]);
        is_safe(&format!("{args:?}"), &format!("{out}{err}"));
    }
}

fn walk(command: &clap::Command, path: &mut Vec<String>, leaves: &mut Vec<Vec<String>>) {
    let mut inside = command.get_subcommands().peekable();
    if inside.peek().is_none() && !path.is_empty() {
        // These make files of their own and read no site.
        if !["demo", "completions", "man"].contains(&path[0].as_str()) {
            leaves.push(path.clone());
        }
        return;
    }
    for sub in inside {
        path.push(sub.get_name().to_owned());
        walk(sub, path, leaves);
        path.pop();
    }
}

fn run(world: &World, args: &[String], more: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kaowu"));
    command.env_clear().env("KAOWU_HOME", world.folder()).env("KAOWU_CLOCK", world.now.to_string());
    command.env("LANG", "zh_CN.UTF-8").current_dir(world.home.path()).stdin(Stdio::null());
    let done = command.args(args).args(more).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap_or(-1), text(done.stdout), text(done.stderr))
}
