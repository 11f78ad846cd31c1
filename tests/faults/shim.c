/* Loaded before the C library: the n-th call that changes one of the site's files fails.
 *
 * SHIM_DIR   only files below this folder count
 * SHIM_N     which call, from 1
 * SHIM_KIND  once: EIO, once; forever: EIO from then on; full: half of the write, then ENOSPC for all that takes room;
 *            kill: half of the write, then the process dies; a write within one sector is not cut in half
 * SHIM_HIT   a file that is made when it happened
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum kind { NONE, ONCE, FOREVER, FULL, KILL };
/* What a call does: FULL lets through what takes no room. */
enum does { WRITES, SYNCS, CUTS, NAMES };

static char dir[PATH_MAX];
static size_t dir_length;
static long fails_at;
static enum kind kind;
static const char *hit;
static atomic_long calls;

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
    const char *d = getenv("SHIM_DIR"), *n = getenv("SHIM_N"), *k = getenv("SHIM_KIND");
    hit = getenv("SHIM_HIT");
    if (!d || !n || !k || !hit || !realpath(d, dir)) return;
    dir_length = strlen(dir);
    fails_at = atol(n);
    kind = !strcmp(k, "once") ? ONCE : !strcmp(k, "forever") ? FOREVER : !strcmp(k, "full") ? FULL
         : !strcmp(k, "kill") ? KILL : NONE;
}

static int below(const char *path) { return kind != NONE && !strncmp(path, dir, dir_length) && path[dir_length] == '/'; }

static int on_site(int fd) {
    char link[64], path[PATH_MAX];
    if (kind == NONE) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return below(path);
}

static int path_on_site(const char *path) {
    char whole[PATH_MAX], folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash) *slash = 0; else strcpy(folder, ".");
    if (!realpath(slash == folder ? "/" : folder, whole)) return 0;
    strncat(whole, "/", sizeof whole - strlen(whole) - 1);
    return below(whole);
}

/* 0: go on; 1: fail; 2: do half of it first. */
static int fails(enum does what) {
    long now = atomic_fetch_add(&calls, 1) + 1;
    if (now < fails_at) return 0;
    if (now == fails_at) {
        int fd = syscall(SYS_openat, AT_FDCWD, hit, O_CREAT | O_WRONLY, 0600);
        if (fd >= 0) syscall(SYS_close, fd);
    }
    switch (kind) {
    case ONCE: errno = EIO; return now == fails_at;
    case FOREVER: errno = EIO; return 1;
    case FULL:
        if (what == SYNCS || what == CUTS || what == NAMES) return 0;
        errno = ENOSPC;
        return now == fails_at ? 2 : 1;
    case KILL:
        if (what == WRITES) return 2;
        kill(getpid(), SIGKILL);
        return 1;
    default: return 0;
    }
}

/* Whether a write stays within one sector that is there: such a one is done whole or not at all, and takes no room. */
static int in_sector(int fd, size_t count, off64_t at) {
    off64_t end = at + (off64_t)count;
    off64_t now = syscall(SYS_lseek, fd, 0, SEEK_CUR), length = syscall(SYS_lseek, fd, 0, SEEK_END);
    syscall(SYS_lseek, fd, now, SEEK_SET);
    return count > 0 && end <= length && at / 512 == (end - 1) / 512;
}

/* A write that came half through: told as short, or the end of the process. */
static ssize_t half(ssize_t done) {
    if (kind == KILL) kill(getpid(), SIGKILL);
    return done;
}

ssize_t write(int fd, const void *data, size_t count) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = next("write");
    int how = on_site(fd) ? fails(WRITES) : 0;
    if (how == 2 && !(fcntl(fd, F_GETFL) & O_APPEND) && in_sector(fd, count, syscall(SYS_lseek, fd, 0, SEEK_CUR))) {
        if (kind == KILL) kill(getpid(), SIGKILL);
        return real(fd, data, count);
    }
    if (how == 1 || (how == 2 && count < 2 && kind == FULL)) return -1;
    return how == 2 ? half(real(fd, data, count / 2)) : real(fd, data, count);
}

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = next("pwrite64");
    int how = on_site(fd) ? fails(WRITES) : 0;
    if (how == 2 && in_sector(fd, count, at)) {
        if (kind == KILL) kill(getpid(), SIGKILL);
        return real(fd, data, count, at);
    }
    if (how == 1 || (how == 2 && count < 2 && kind == FULL)) return -1;
    return how == 2 ? half(real(fd, data, count / 2, at)) : real(fd, data, count, at);
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t at) { return pwrite64(fd, data, count, at); }

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t count, unsigned int flags) {
    static ssize_t (*real)(int, off64_t *, int, off64_t *, size_t, unsigned int);
    if (!real) real = next("copy_file_range");
    int how = on_site(out) ? fails(WRITES) : 0;
    if (how == 1) return -1;
    return how == 2 ? half(real(in, from, out, to, count / 2, flags)) : real(in, from, out, to, count, flags);
}

#define SIMPLE(name, what) \
    int name(int fd) { \
        static int (*real)(int); \
        if (!real) real = next(#name); \
        return on_site(fd) && fails(what) ? -1 : real(fd); \
    }
SIMPLE(fsync, SYNCS)
SIMPLE(fdatasync, SYNCS)

int ftruncate64(int fd, off64_t size) {
    static int (*real)(int, off64_t);
    if (!real) real = next("ftruncate64");
    return on_site(fd) && fails(CUTS) ? -1 : real(fd, size);
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int rename(const char *from, const char *to) {
    static int (*real)(const char *, const char *);
    if (!real) real = next("rename");
    return kind != NONE && path_on_site(to) && fails(NAMES) ? -1 : real(from, to);
}
