#pragma once
#include <stdint.h>

/// What SO_PEERCRED answers: `struct ucred`, which the Glibc module does not show.
struct sfs_peer_credentials {
    int32_t process;
    uint32_t user;
    uint32_t group;
};
