//! Archives written byte by byte, so that they may lie.
use std::path::PathBuf;

#[derive(Clone)]
pub struct RawEntry {
    pub name: Vec<u8>,
    /// In front of the bytes, where another name may stand.
    pub local_name: Option<Vec<u8>>,
    pub flags: u16,
    pub method: u16,
    /// As they stand in the archive.
    pub data: Vec<u8>,
    pub size: u64,
    pub mode: u32,
    pub crc: u32,
}

pub const UTF8: u16 = 1 << 11;

pub fn entry(name: &[u8], data: &[u8]) -> RawEntry {
    RawEntry {
        name: name.to_vec(),
        local_name: None,
        flags: 0,
        method: 0,
        data: data.to_vec(),
        size: data.len() as u64,
        mode: 0o100_644,
        crc: crc(data),
    }
}

/// Entries, and what the end says of their number when it lies.
pub fn bytes(entries: &[RawEntry], promised: Option<u16>) -> Vec<u8> {
    let (mut all, mut directory) = (Vec::new(), Vec::new());
    for e in entries {
        let offset = all.len() as u32;
        let local = e.local_name.as_ref().unwrap_or(&e.name);
        let long = e.size > u64::from(u32::MAX);
        let size = if long { u32::MAX } else { e.size as u32 };
        all.extend(b"PK\x03\x04\x14\0");
        all.extend([e.flags, e.method, 0, 0x21].iter().flat_map(|n| n.to_le_bytes()));
        all.extend([e.crc, e.data.len() as u32, size].iter().flat_map(|n| n.to_le_bytes()));
        all.extend([local.len() as u16, 0].iter().flat_map(|n| n.to_le_bytes()));
        all.extend(local);
        all.extend(&e.data);
        let mut extra = Vec::new();
        if long {
            extra.extend([1u16, 8].iter().flat_map(|n| n.to_le_bytes()));
            extra.extend(e.size.to_le_bytes());
        }
        directory.extend(b"PK\x01\x02\x14\x03\x14\0");
        directory.extend([e.flags, e.method, 0, 0x21].iter().flat_map(|n| n.to_le_bytes()));
        directory.extend([e.crc, e.data.len() as u32, size].iter().flat_map(|n| n.to_le_bytes()));
        directory.extend([e.name.len() as u16, extra.len() as u16, 0, 0, 0].iter().flat_map(|n| n.to_le_bytes()));
        directory.extend([e.mode << 16, offset].iter().flat_map(|n| n.to_le_bytes()));
        directory.extend(&e.name);
        directory.extend(&extra);
    }
    let count = promised.unwrap_or(entries.len() as u16);
    let (at, size) = (all.len() as u32, directory.len() as u32);
    all.extend(directory);
    all.extend(b"PK\x05\x06\0\0\0\0");
    all.extend([count, count].iter().flat_map(|n| n.to_le_bytes()));
    all.extend([size, at].iter().flat_map(|n| n.to_le_bytes()));
    all.extend([0, 0]);
    all
}

pub fn file(entries: &[RawEntry]) -> (tempfile::TempDir, PathBuf) {
    file_of(&bytes(entries, None))
}

pub fn file_of(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("handed.zip");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

pub fn crc(data: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { c >> 1 ^ 0xEDB8_8320 } else { c >> 1 })
    };
    !data.iter().fold(!0, step)
}
