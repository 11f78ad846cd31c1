//! A library of our own between the program and the system: it lets the n-th call that changes a file of the site fail.
use std::path::{Path, PathBuf};
use std::process::Command;

/// What becomes of the n-th call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Once,
    Forever,
    /// No room any more: half of the write is done.
    Full,
    /// The process dies in the middle of the call.
    Kill,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Once, Kind::Forever, Kind::Full, Kind::Kill];

    pub fn code(self) -> &'static str {
        match self {
            Kind::Once => "once",
            Kind::Forever => "forever",
            Kind::Full => "full",
            Kind::Kill => "kill",
        }
    }
}

pub struct Shim {
    library: PathBuf,
}

impl Shim {
    /// Builds it in `folder`; the words of what is missing otherwise.
    pub fn build(folder: &Path) -> Result<Shim, String> {
        if !cfg!(all(target_os = "linux", target_env = "gnu")) {
            return Err("only with the GNU C library".to_owned());
        }
        let library = folder.join("shim.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/shim.c");
        let made =
            Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).args([&library, &source]).arg("-ldl").output();
        match made {
            Err(error) => Err(format!("no C compiler: {error}")),
            Ok(output) if output.status.success() => Ok(Shim { library }),
            Ok(output) => panic!("{}", String::from_utf8_lossy(&output.stderr)),
        }
    }

    /// The n-th call on a file below `home` fails; `hit` is made when it does.
    pub fn arm(&self, command: &mut Command, (home, hit): (&Path, &Path), (n, kind): (u32, Kind)) {
        command.env("LD_PRELOAD", &self.library).env("SHIM_DIR", home).env("SHIM_HIT", hit);
        command.env("SHIM_N", n.to_string()).env("SHIM_KIND", kind.code());
    }
}
