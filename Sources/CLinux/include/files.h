#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// File system calls that the Glibc module of Swift does not show. Unless said otherwise a function
// returns -1 and sets errno when it fails, and is not restarted after a signal.

/// What statx(2) tells of a file. Times are in nanoseconds since 1970.
struct sfs_file_status {
    uint64_t device;
    uint64_t inode;
    uint64_t links;
    int64_t size;
    int64_t modified;
    int64_t changed;
    int64_t birth;
    uint32_t mode;
    /// 0 when the file system does not know when files were made.
    int32_t has_birth;
};

/// openat2(2) with RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS: `path` can neither leave `folder` nor
/// go through a symbolic link. O_CLOEXEC is always set. Where the kernel has no openat2(2) a path
/// of one component still works, and others fail with ENOSYS.
int sfs_open_beneath(int folder, const char *path, int flags, mode_t mode);

/// Renames, and fails with EEXIST when the new name is taken.
int sfs_rename_exclusively(
    int from_folder, const char *from, int to_folder, const char *to);

/// Facts of `path` in `folder`, or of `folder` itself when `path` is "". Does not follow links.
int sfs_look_at(int folder, const char *path, struct sfs_file_status *status);

/// Type and size of `path` in `folder`, and nothing else of it: the cheapest look there is. Does not
/// follow links. `mode` gets the type bits only.
int sfs_glance_at(int folder, const char *path, uint32_t *mode, int64_t *size);

/// Reads entries of a folder as the kernel lays them out (getdents64(2)): the number of bytes, 0 at
/// the end.
ssize_t sfs_read_entries(int folder, void *buffer, size_t capacity);

/// Reserves room for `length` bytes without changing the size of the file.
int sfs_reserve(int file, int64_t length);

/// Starts to write dirty pages of a part of the file to the disk and does not wait for the end.
int sfs_start_writing(int file, int64_t offset, int64_t length);

/// Waits for what of the file is on its way to the disk, and fails when any of it could not be
/// written since this descriptor was opened or last told so. Starts nothing, flushes nothing.
int sfs_wait_written(int file);

/// Brings all that the file system of `folder` holds to the disk: bytes, names, attributes.
int sfs_sync_file_system(int folder);

/// Forgets the clean pages of the whole file, so that the next read comes from the disk.
int sfs_drop_cache(int file);

/// Tells the kernel that the file will be read from its start to its end.
int sfs_expect_sequential(int file);

/// Takes the exclusive lock of an open file or folder; EWOULDBLOCK when another one has it.
int sfs_lock(int file);

/// Gives the lock back, also for a process that was forked meanwhile and has not yet called exec;
/// to close the file would leave it locked until then.
void sfs_unlock(int file);

/// Reads the extended attribute `name`; its length, or -1 with ENODATA when there is none.
ssize_t sfs_get_attribute(int file, const char *name, void *value, size_t capacity);

/// Writes the extended attribute `name`, whether there was one or not.
int sfs_set_attribute(int file, const char *name, const void *value, size_t length);

/// The number of the kind of file system that `file` is on, as statfs(2) gives it.
int64_t sfs_file_system_type(int file);
