#define _GNU_SOURCE
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>

// Debian 12's glibc has no openat2; its number is the same on every architecture.
#ifndef SYS_openat2
#define SYS_openat2 437
#endif

static int is_name(const char *path)
{
    return strchr(path, '/') == NULL && strcmp(path, "..") != 0;
}

int sfs_open_beneath(int folder, const char *path, int flags, mode_t mode)
{
    struct open_how how;
    memset(&how, 0, sizeof how);
    how.flags = (uint64_t)(unsigned int)flags | O_CLOEXEC;
    // openat2, unlike open, refuses a mode when nothing can be created.
    how.mode = (flags & O_CREAT) != 0 ? mode : 0;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;
    int file = (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
    if (file < 0 && errno == ENOSYS && is_name(path)) {
        // A client may run on older or emulated kernels; for one component this does the same.
        file = openat(folder, path, flags | O_NOFOLLOW | O_CLOEXEC, mode);
    }
    return file;
}

int sfs_rename_exclusively(
    int from_folder, const char *from, int to_folder, const char *to)
{
    return renameat2(from_folder, from, to_folder, to, RENAME_NOREPLACE);
}

static int64_t nanoseconds(struct statx_timestamp time)
{
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

int sfs_look_at(int folder, const char *path, struct sfs_file_status *status)
{
    struct statx facts;
    int flags = AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW | AT_STATX_SYNC_AS_STAT;
    if (statx(folder, path, flags, STATX_BASIC_STATS | STATX_BTIME, &facts) != 0) {
        return -1;
    }
    status->device = (uint64_t)facts.stx_dev_major << 32 | facts.stx_dev_minor;
    status->inode = facts.stx_ino;
    status->links = facts.stx_nlink;
    status->size = (int64_t)facts.stx_size;
    status->modified = nanoseconds(facts.stx_mtime);
    status->changed = nanoseconds(facts.stx_ctime);
    status->has_birth = (facts.stx_mask & STATX_BTIME) != 0;
    status->birth = status->has_birth ? nanoseconds(facts.stx_btime) : 0;
    status->mode = facts.stx_mode;
    return 0;
}

int sfs_glance_at(int folder, const char *path, uint32_t *mode, int64_t *size)
{
    struct statx facts;
    int flags = AT_SYMLINK_NOFOLLOW | AT_STATX_SYNC_AS_STAT;
    if (statx(folder, path, flags, STATX_TYPE | STATX_SIZE, &facts) != 0) return -1;
    *mode = facts.stx_mode & S_IFMT;
    *size = (int64_t)facts.stx_size;
    return 0;
}

ssize_t sfs_read_entries(int folder, void *buffer, size_t capacity)
{
    return syscall(SYS_getdents64, folder, buffer, capacity);
}

int sfs_reserve(int file, int64_t length)
{
    return fallocate(file, FALLOC_FL_KEEP_SIZE, 0, length);
}

int sfs_start_writing(int file, int64_t offset, int64_t length)
{
    return sync_file_range(file, offset, length, SYNC_FILE_RANGE_WRITE);
}

int sfs_wait_written(int file)
{
    return sync_file_range(file, 0, 0, SYNC_FILE_RANGE_WAIT_BEFORE);
}

int sfs_sync_file_system(int folder)
{
    return syncfs(folder);
}

int sfs_drop_cache(int file)
{
    int failure = posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    if (failure != 0) {
        errno = failure;
        return -1;
    }
    return 0;
}

int sfs_expect_sequential(int file)
{
    int failure = posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
    if (failure != 0) {
        errno = failure;
        return -1;
    }
    return 0;
}

int sfs_lock(int file)
{
    return flock(file, LOCK_EX | LOCK_NB);
}

void sfs_unlock(int file)
{
    flock(file, LOCK_UN);
}

ssize_t sfs_get_attribute(int file, const char *name, void *value, size_t capacity)
{
    return fgetxattr(file, name, value, capacity);
}

int sfs_set_attribute(int file, const char *name, const void *value, size_t length)
{
    return fsetxattr(file, name, value, length, 0);
}

int64_t sfs_file_system_type(int file) {
    struct statfs facts;
    return fstatfs(file, &facts) == 0 ? (int64_t)facts.f_type : -1;
}
