#include <crypt.h>

// Swift cannot see the struct itself: its arrays are too long for tuples.
enum { sfs_crypt_data_size = sizeof(struct crypt_data) };
