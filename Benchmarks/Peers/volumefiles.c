/* Makes small files as a volume keeps them: named by the SHA-1 of their bytes, read-only.
 *
 * volumefiles FOLDER COUNT STORES ROWS
 *
 * FOLDER has the 256 folders of the first byte. Writes into the file ROWS what COPY of PostgreSQL
 * takes: hash, size, and the array STORES. Prints RESULT files microseconds bytes 0 0. */
#include "peer.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

int main(int count, char **words)
{
    if (count != 5) {
        fprintf(stderr, "usage: volumefiles FOLDER COUNT STORES ROWS\n");
        return 64;
    }
    int root = open(words[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    long files = atol(words[2]), bytes = 0;
    FILE *rows = fopen(words[4], "w");
    if (root < 0 || rows == NULL || files < 1) {
        fail(words[1]);
    }
    double start = now();
    for (long file = 0; file < files; file++) {
        char text[64], name[64];
        unsigned char digest[EVP_MAX_MD_SIZE];
        int length = snprintf(text, sizeof text, "a file for the inventory, number %ld\n", file);
        if (EVP_Digest(text, (size_t)length, digest, NULL, EVP_sha1(), NULL) != 1) return 1;
        int used = snprintf(name, sizeof name, "%02x/", digest[0]);
        for (int byte = 0; byte < 20; byte++)
            used += snprintf(name + used, sizeof name - (size_t)used, "%02x", digest[byte]);
        int descriptor = openat(root, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0444);
        if (descriptor < 0 || write(descriptor, text, (size_t)length) != length) {
            fail(name);
        }
        close(descriptor);
        fprintf(rows, "\\\\x%s\t%d\t%s\n", name + 3, length, words[3]);
        bytes += length;
    }
    if (fclose(rows) != 0) return 1;
    printf("RESULT %ld %.0f %ld 0 0\n", files, (now() - start) * 1e6, bytes);
    return 0;
}
