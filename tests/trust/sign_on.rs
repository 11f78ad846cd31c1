//! PINs, lock-out, idle, keys, a real sshd.
mod idle;
mod keys;
mod pins;
mod sshd;
