#define _GNU_SOURCE
#include "socket.h"

#include <errno.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

ssize_t sfs_send(int socket, const void *bytes, size_t length, int more) {
    ssize_t sent;
    do {
        sent = send(socket, bytes, length,
                    MSG_DONTWAIT | MSG_NOSIGNAL | (more ? MSG_MORE : 0));
    } while (sent < 0 && errno == EINTR);
    return sent;
}

ssize_t sfs_send_file(int socket, int file, int64_t offset, size_t length) {
    off_t position = offset;
    ssize_t sent;
    do {
        sent = sendfile(socket, file, &position, length);
    } while (sent < 0 && errno == EINTR);
    return sent;
}

ssize_t sfs_read_cached(int file, void *buffer, size_t length, int64_t offset) {
    struct iovec part = {.iov_base = buffer, .iov_len = length};
    ssize_t count;
    do {
        count = preadv2(file, &part, 1, offset, RWF_NOWAIT);
    } while (count < 0 && errno == EINTR);
    if (count < 0 && errno == EOPNOTSUPP) {
        do {
            count = pread(file, buffer, length, offset);
        } while (count < 0 && errno == EINTR);
    }
    return count;
}
