//! Backups, restore drill, disk full, read-only; what is masked.
