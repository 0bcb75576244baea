/* A thousand patient clients at once: some read a large file slowly, the others write one slowly,
 * for a bounded time, which none of them is done in.
 *
 * crowd READ-PORT READ-PATH READERS WRITE-PORT WRITE-PATH WRITERS SECONDS BYTES-PER-TICK [HEADER...]
 *
 * Every tenth of a second each reads or writes so many bytes, as far as the other side lets it.
 * Prints RESULT connections microseconds bytes-moved errors 0. */
#include "peer.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { CONNECTIONS = 20000, ROOM = 1 << 20 };

static int connections[CONNECTIONS], is_over[CONNECTIONS];
static long got[CONNECTIONS];
static char buffer[ROOM];

/* Reads as the answer comes, or sends a chunk of a body whose end never comes. */
static long move(int number, int is_reader, long bytes)
{
    ssize_t count;
    if (is_reader) {
        count = recv(connections[number], buffer, (size_t)bytes, MSG_DONTWAIT);
        if (count > 0 && got[number] == 0 && strncmp(buffer, "HTTP/1.1 200", 12) != 0) {
            fprintf(stderr, "crowd: %.200s\n", buffer);
            return -1;
        }
    } else {
        char answer[512];
        ssize_t early = recv(connections[number], answer, sizeof answer - 1, MSG_DONTWAIT);
        if (early >= 0) {
            answer[early] = 0;
            fprintf(stderr, "crowd: an answer before the end: %s\n", answer);
            return -1;
        }
        count = send(connections[number], buffer, (size_t)bytes, MSG_DONTWAIT | MSG_NOSIGNAL);
    }
    if (count > 0) got[number] += count;
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    return count > 0 ? count : -1;
}

int main(int count, char **words)
{
    if (count < 9) {
        fprintf(stderr, "usage: crowd READ-PORT READ-PATH READERS WRITE-PORT WRITE-PATH WRITERS "
                        "SECONDS BYTES-PER-TICK [HEADER...]\n");
        return 64;
    }
    int readers = atoi(words[3]), writers = atoi(words[6]), seconds = atoi(words[7]);
    long bytes = atol(words[8]), moved = 0, errors = 0;
    int all = readers + writers;
    if (all < 1 || all > CONNECTIONS || seconds < 1 || seconds > 120 || bytes < 1 || bytes > ROOM)
        return 64;
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    int random = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    if (random < 0 || read(random, buffer, sizeof buffer) < 0) return 1;
    char headers[2048] = "";
    for (int word = 9; word < count; word++) {
        size_t used = strlen(headers);
        snprintf(headers + used, sizeof headers - used, "%s\r\n", words[word]);
    }
    double start = now();
    for (int number = 0; number < all; number++) {
        int is_reader = number < readers;
        connections[number] = connect_to(atoi(words[is_reader ? 1 : 4]));
        char head[4096];
        /* One chunk of 1 GiB, of which only a part is ever sent. */
        int length = is_reader
            ? snprintf(head, sizeof head, "GET %s HTTP/1.1\r\nHost: crowd\r\n\r\n", words[2])
            : snprintf(head, sizeof head,
                "POST %s HTTP/1.1\r\nHost: crowd\r\nTransfer-Encoding: chunked\r\n%s\r\n"
                "40000000\r\n", words[5], headers);
        if (send(connections[number], head, (size_t)length, MSG_NOSIGNAL) != length) return 1;
    }
    for (double tick = now(); tick < start + seconds;) {
        for (int number = 0; number < all; number++) {
            if (is_over[number]) continue;
            if (number >= readers) memcpy(buffer, &number, sizeof number);
            long step = move(number, number < readers, bytes);
            if (step < 0) {
                is_over[number] = 1;
                errors++;
            } else {
                moved += step;
            }
        }
        double pause = tick + 0.1 - now();
        tick += 0.1;
        if (pause > 0) usleep((useconds_t)(pause * 1e6));
    }
    printf("RESULT %d %.0f %ld %ld 0\n", all, (now() - start) * 1e6, moved, errors);
    return 0;
}
