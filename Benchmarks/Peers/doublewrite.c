/* Writes files twice as durably as files can be written, for a bounded time: for each of two
 * folders a temporary file, fsync, rename, fsync of the folder that it is renamed into.
 *
 * doublewrite FOLDER FOLDER THREADS SIZE SECONDS
 *
 * Each folder gets 256 folders beforehand, as a volume has. Prints
 * RESULT files microseconds bytes 0 p99-in-microseconds. */
#include "peer.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SAMPLES = 1 << 20 };

static int roots[2], folders[2][256];
static size_t size;
static int seconds;
static double start;
static unsigned char *block;
static atomic_long number, samples;
static float latencies[SAMPLES];

static void write_once(int side, long file, const unsigned char *bytes)
{
    char temporary[64], name[64];
    snprintf(temporary, sizeof temporary, "t%ld", file);
    snprintf(name, sizeof name, "%ld", file);
    /* Spread like hashes. */
    int folder = folders[side][(unsigned long)file * 2654435761UL >> 8 & 255];
    int descriptor = openat(roots[side], temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
    if (descriptor < 0) fail("open");
    for (size_t done = 0; done < size;) {
        ssize_t count = write(descriptor, bytes + done, size - done);
        if (count <= 0) fail("write");
        done += (size_t)count;
    }
    if (fsync(descriptor) != 0) fail("fsync");
    close(descriptor);
    if (renameat(roots[side], temporary, folder, name) != 0) fail("rename");
    if (fsync(folder) != 0) fail("fsync of a folder");
}

static void *work(void *unused)
{
    (void)unused;
    unsigned char *bytes = malloc(size + 16);
    if (bytes == NULL) fail("memory");
    memcpy(bytes, block, size);
    double begun = now();
    while (begun < start + seconds) {
        long file = atomic_fetch_add(&number, 1);
        memcpy(bytes, &file, size < sizeof file ? size : sizeof file);
        write_once(0, file, bytes);
        write_once(1, file, bytes);
        double end = now();
        long sample = atomic_fetch_add(&samples, 1);
        if (sample < SAMPLES) latencies[sample] = (float)(end - begun);
        begun = end;
    }
    free(bytes);
    return NULL;
}

static void open_folders(int side, const char *path)
{
    if (mkdir(path, 0755) != 0 && errno != EEXIST) fail(path);
    roots[side] = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (roots[side] < 0) fail(path);
    for (int folder = 0; folder < 256; folder++) {
        char name[8];
        snprintf(name, sizeof name, "%02x", folder);
        if (mkdirat(roots[side], name, 0755) != 0 && errno != EEXIST) fail(name);
        folders[side][folder] = openat(roots[side], name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (folders[side][folder] < 0) fail(name);
    }
    if (syncfs(roots[side]) != 0) fail("syncfs");
}

int main(int count, char **words)
{
    if (count != 6) {
        fprintf(stderr, "usage: doublewrite FOLDER FOLDER THREADS SIZE SECONDS\n");
        return 64;
    }
    open_folders(0, words[1]);
    open_folders(1, words[2]);
    int threads = atoi(words[3]);
    size = strtoul(words[4], NULL, 10);
    seconds = atoi(words[5]);
    if (threads < 1 || threads > 256 || size < 1 || size > 1 << 30 || seconds < 1 || seconds > 60)
        return 64;
    block = malloc(size);
    int random = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    if (block == NULL || random < 0) fail("random bytes");
    for (size_t have = 0; have < size;) {
        ssize_t bytes = read(random, block + have, size - have);
        if (bytes <= 0) fail("random bytes");
        have += (size_t)bytes;
    }
    pthread_t handles[256];
    start = now();
    for (int thread = 0; thread < threads; thread++)
        if (pthread_create(&handles[thread], NULL, work, NULL) != 0) fail("thread");
    for (int thread = 0; thread < threads; thread++) pthread_join(handles[thread], NULL);
    double spent = now() - start;
    long done = atomic_load(&samples);
    print_result(done, spent, done * (long)size, 0, latencies, SAMPLES);
    return 0;
}
