//! What the file system under a database is.
use std::path::Path;

/// What the system says of the file system a path lies on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disk {
    /// Bytes that may still be written.
    pub free: u64,
    /// Its name, where locks of several machines cannot be trusted.
    pub network: Option<&'static str>,
}

/// Magic numbers of statfs(2).
const NETWORKS: &[(i64, &str)] = &[
    (0x6969, "nfs"),
    (0xff53_4d42, "cifs"),
    (0xfe53_4d42, "smb2"),
    (0x517b, "smb"),
    (0x564c, "ncp"),
    (0x5346_414f, "afs"),
    (0x0102_1997, "9p"),
    (0x00c3_6400, "ceph"),
];

/// `None` where the system cannot say.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)] // statfs(2): the standard library has no call for it.
pub fn disk(path: &Path) -> Option<Disk> {
    use std::os::unix::ffi::OsStrExt;
    let path = std::ffi::CString::new(path.as_os_str().as_bytes()).ok()?;
    let mut answer = std::mem::MaybeUninit::<libc::statfs>::zeroed();
    // SAFETY: the path ends in NUL and the buffer is a whole statfs; it is read only after success.
    let answer = unsafe {
        if libc::statfs(path.as_ptr(), answer.as_mut_ptr()) != 0 {
            return None;
        }
        answer.assume_init()
    };
    #[allow(clippy::unnecessary_cast)] // its width differs between machines
    let kind = answer.f_type as i64;
    #[allow(clippy::unnecessary_cast)] // as above
    let free = (answer.f_bavail as u64).saturating_mul(u64::try_from(answer.f_bsize).unwrap_or(0));
    let network = NETWORKS.iter().find(|(magic, _)| *magic == kind & 0xffff_ffff).map(|(_, name)| *name);
    Some(Disk { free, network })
}

#[cfg(not(target_os = "linux"))]
pub fn disk(_path: &Path) -> Option<Disk> {
    None
}

#[cfg(test)]
mod tests {
    #[test]
    #[cfg(target_os = "linux")]
    fn a_local_folder_has_room_and_is_no_network() {
        let here = super::disk(std::path::Path::new("/tmp")).unwrap();
        assert!(here.free > 0 && here.network.is_none());
        assert!(super::disk(std::path::Path::new("/no/such/folder")).is_none());
    }
}
