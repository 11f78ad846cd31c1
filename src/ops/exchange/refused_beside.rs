//! Where a screen puts the refused rows of a sheet.
use std::path::{Path, PathBuf};

/// `NAME.refused.csv` beside the sheet; with a number where that is taken: somebody may be mending it.
pub fn refused_beside(sheet: &Path) -> PathBuf {
    let name = sheet.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let place = |n: u32| match n {
        1 => sheet.with_file_name(format!("{name}.refused.csv")),
        n => sheet.with_file_name(format!("{name}.refused-{n}.csv")),
    };
    (1..1000).map(place).find(|path| !path.exists()).unwrap_or_else(|| place(1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let sheet = folder.path().join("表.csv");
        let first = refused_beside(&sheet);
        assert_eq!(first, folder.path().join("表.refused.csv"));
        std::fs::write(&first, "x").unwrap();
        assert_eq!(refused_beside(&sheet), folder.path().join("表.refused-2.csv"));
    }
}
