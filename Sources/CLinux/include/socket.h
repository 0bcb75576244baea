#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Sending on sockets that do not wait. Functions return the number of bytes, or -1 with errno; EAGAIN
// means that there is no room (or, for a read, nothing in memory) now. None raises SIGPIPE.

/// Sends bytes. With `more` set the kernel may keep the end of them until what follows fills a packet.
ssize_t sfs_send(int socket, const void *bytes, size_t length, int more);

/// Sends bytes of a file straight from the kernel's cache, which waits for the disk where they are
/// not there.
ssize_t sfs_send_file(int socket, int file, int64_t offset, size_t length);

/// Reads what of a file is in the kernel's cache, and never waits for a disk. A file system that
/// cannot tell is read in the ordinary way.
ssize_t sfs_read_cached(int file, void *buffer, size_t length, int64_t offset);
