/* What the peer programs have in common. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

/* Seconds on a clock that only goes forward. */
static inline double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static inline void fail(const char *what)
{
    fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what, strerror(errno));
    exit(1);
}

/* A connection to a server on this machine. */
static inline int connect_to(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection < 0 || connect(connection, (struct sockaddr *)&address, sizeof address) != 0)
        fail("connect");
    return connection;
}

static inline int compare_latencies(const void *left, const void *right)
{
    float a = *(const float *)left, b = *(const float *)right;
    return a < b ? -1 : a > b;
}

/* Prints, as the script for wrk does, RESULT requests microseconds bytes errors
 * p99-in-microseconds. Of the `done` requests `latencies` has those that there was room for. */
static inline void print_result(
    long done, double seconds, long bytes, long errors, float *latencies, long room)
{
    long kept = done < room ? done : room;
    qsort(latencies, (size_t)kept, sizeof *latencies, compare_latencies);
    printf("RESULT %ld %.0f %ld %ld %.0f\n", done, seconds * 1e6, bytes, errors,
        kept > 0 ? (double)latencies[kept * 99 / 100] * 1e6 : 0.0);
}
