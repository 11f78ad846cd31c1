//! PINs, lock-out, idle, keys, a real sshd.
