//! The power goes off: what the disk holds at a moment is copied while writers work on it, and the copy is started.
//!
//! The disk is an ext4 in a file on a btrfs, both on loop devices. The copy shares the file's blocks, so it is the disk as
//! it was at one moment: what had not been synced is not in it. The control writes without syncing each commit and must
//! lose, or the test does not bite.
use crate::Length;
use crate::acks::{self, Told};
use crate::homes;
use crate::report::{Held, Report};
use crate::writer::{Pace, Place};
use kaowu::ops::demo::people::Dice;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

const WRITERS: usize = 8;
const CUTS: usize = 200;
/// Another number of cuts, to try the lane itself.
const FEWER: &str = "FAULTS_CUTS";
const CONTROL_CUTS: usize = 20;
/// After so many cuts a fresh site: a check walks the whole journal.
const FRESH: usize = 20;
/// Milliseconds between two cuts.
const PAUSES: [usize; 2] = [50, 450];

/// Runs a tool; its words when it fails.
fn tool(name: &str, args: &[&str]) -> Result<(), String> {
    let output = Command::new(name).args(args).output().map_err(|error| format!("{name}: {error}"))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!("{name}: {}", String::from_utf8_lossy(&output.stderr).trim())),
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A file system in a file, mounted; let go of with the value.
struct Mounted(PathBuf);

impl Mounted {
    fn at(image: &Path, place: PathBuf) -> Result<Mounted, String> {
        std::fs::create_dir_all(&place).map_err(|e| e.to_string())?;
        tool("mount", &["-o", "loop", text(image), text(&place)])?;
        Ok(Mounted(place))
    }

    fn made(image: &Path, place: PathBuf, (size, make): (u64, &[&str])) -> Result<Mounted, String> {
        std::fs::File::create(image).and_then(|file| file.set_len(size)).map_err(|e| e.to_string())?;
        tool(make[0], &[&make[1..], &[text(image)]].concat())?;
        Mounted::at(image, place)
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if tool("umount", &[text(&self.0)]).is_err() {
            let _ = tool("umount", &["-l", text(&self.0)]);
        }
    }
}

/// The disk that loses its power, and the one that keeps the copies. The order is that of letting go.
struct Disks {
    disk: Mounted,
    outer: Mounted,
    folder: tempfile::TempDir,
}

impl Disks {
    fn new() -> Result<Disks, String> {
        let folder = tempfile::tempdir().unwrap();
        let below = |name: &str| folder.path().join(name);
        let outer = Mounted::made(&below("outer.img"), below("outer"), (3 << 30, &["mkfs.btrfs", "-q"]))?;
        let image = outer.0.join("disk.img");
        let disk = Mounted::made(&image, below("disk"), (256 << 20, &["mkfs.ext4", "-q", "-F"]))?;
        Ok(Disks { disk, outer, folder })
    }

    fn home(&self) -> PathBuf {
        self.disk.0.join("home")
    }

    /// Here nothing is cut.
    fn acks(&self) -> PathBuf {
        self.folder.path().join("acks")
    }

    /// The site as the disk holds it now, in a folder that can be written.
    fn cut(&self) -> Result<(Mounted, PathBuf), String> {
        let copy = self.outer.0.join("cut.img");
        let _ = std::fs::remove_file(&copy);
        tool("cp", &["--reflink=always", text(&self.outer.0.join("disk.img")), text(&copy)])?;
        let mounted = Mounted::at(&copy, self.folder.path().join("cut"))?;
        let home = mounted.0.join("home");
        Ok((mounted, home))
    }
}

#[derive(Default)]
struct Found {
    cuts: usize,
    acknowledged: usize,
    lost: Vec<String>,
    /// Cuts after which something was lost.
    bitten: usize,
    damaged: Vec<String>,
}

pub fn run(report: &mut Report, _length: Length) {
    let disks = match Disks::new() {
        Ok(disks) => disks,
        Err(missing) => return report.skip(&format!("no loop device or file system here: {missing}")),
    };
    let made = disks.folder.path().join("made");
    homes::seated(&made, 4 * crate::writer::WRITERS);
    let cuts = std::env::var(FEWER).ok().and_then(|n| n.parse().ok()).unwrap_or(CUTS);
    let found = storm(&disks, &made, (Pace::Storm, cuts));
    report.figure("cuts", found.cuts);
    report.figure("acknowledged before a cut", found.acknowledged);
    report.figure("lost", found.lost.len());
    report.figure("damaged", found.damaged.len());
    report.must(Held::from(found.cuts >= cuts), "too few cuts");
    report.fail_all(found.lost);
    report.fail_all(found.damaged);
    let control = storm(&disks, &made, (Pace::Careless, CONTROL_CUTS));
    report.figure("control: cuts", control.cuts);
    report.figure("control: acknowledged before a cut", control.acknowledged);
    report.figure("control: lost", control.lost.len());
    report.figure("control: cuts that lost something", control.bitten);
    report.must(Held::from(!control.lost.is_empty()), "the control loses nothing: the test does not bite");
}

fn storm(disks: &Disks, made: &Path, (pace, cuts): (Pace, usize)) -> Found {
    let (mut found, mut dice) = (Found::default(), Dice::new(7));
    while found.cuts < cuts && found.damaged.len() < 5 {
        let mut children = begin(disks, made, pace);
        for _ in 0..FRESH.min(cuts - found.cuts) {
            let pause = PAUSES[0] + dice.below(PAUSES[1]);
            std::thread::sleep(Duration::from_millis(u64::try_from(pause).unwrap()));
            // What was acknowledged before the cut begins; later ones may be in it or not.
            let told = acks::read(&disks.acks());
            look(disks, &told, pace, &mut found);
        }
        for child in &mut children {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        found.acknowledged += acks::count(&acks::read(&disks.acks()));
        eprintln!("power: {} cuts, {} acknowledged, {} lost", found.cuts, found.acknowledged, found.lost.len());
    }
    found
}

/// A fresh site on the disk, and writers on it.
fn begin(disks: &Disks, made: &Path, pace: Pace) -> Vec<Child> {
    let (home, acks) = (disks.home(), disks.acks());
    let _ = std::fs::remove_dir_all(&home);
    let _ = std::fs::remove_dir_all(&acks);
    homes::copy(made, &home);
    std::fs::create_dir(&acks).unwrap();
    tool("sync", &[]).unwrap();
    let place = |number| Place { home: home.clone(), acks: acks.clone(), number, pace };
    let children = (0..WRITERS).map(|number| place(number).spawn()).collect();
    while acks::count(&acks::read(&acks)) == 0 {
        std::thread::sleep(Duration::from_millis(10));
    }
    children
}

/// One cut, and what is left after it.
fn look(disks: &Disks, told: &[Told], pace: Pace, found: &mut Found) {
    found.cuts += 1;
    let (_mounted, home) = match disks.cut() {
        Ok(cut) => cut,
        Err(error) => return found.damaged.push(error),
    };
    let lost = acks::lost(&home, told);
    found.bitten += usize::from(!lost.is_empty());
    found.lost.extend(lost);
    if pace == Pace::Storm {
        let bad = acks::unwhole(&home);
        found.damaged.extend(bad.into_iter().map(|what| format!("cut {}: {what}", found.cuts)));
    }
}
