/* Sends requests over kept-alive connections, one thread each, for a bounded time.
 *
 * load PORT CONNECTIONS SECONDS METHOD PATH SIZE|@FILE [HEADER...]
 *
 * The body is SIZE bytes that no two requests have in common, or those of FILE. A '%' in PATH
 * becomes a number that no two requests have in common. Prints, as the script for wrk does,
 * RESULT requests microseconds bytes errors p99-in-microseconds. */
#include "peer.h"

#include <fcntl.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { BLOCK = 1 << 20, SAMPLES = 1 << 20 };

static int port, seconds;
static const char *method, *path;
static char headers[4096];
static size_t size;
static unsigned char *block;
static int is_fixed;
static double start;
static atomic_long number, errors, bytes, samples;
static float latencies[SAMPLES];

static int connect_to_server(void)
{
    int one = 1;
    struct timeval limit = {.tv_sec = 30};
    int connection = connect_to(port);
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    return connection;
}

static void send_all(int connection, struct iovec *parts, int count)
{
    while (count > 0) {
        ssize_t sent = writev(connection, parts, count);
        if (sent < 0) {
            if (errno == EINTR) continue;
            fail("send");
        }
        while (count > 0 && (size_t)sent >= parts->iov_len) {
            sent -= (ssize_t)parts->iov_len;
            parts++;
            count--;
        }
        if (count > 0) {
            parts->iov_base = (char *)parts->iov_base + sent;
            parts->iov_len -= (size_t)sent;
        }
    }
}

/* Reads one answer and returns its status. */
static int receive(int connection, char *buffer, size_t room)
{
    size_t have = 0;
    char *end = NULL;
    while (end == NULL) {
        if (have + 1 >= room) fail("the head of the answer is too long");
        ssize_t count = recv(connection, buffer + have, room - 1 - have, 0);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) fail("receive");
        have += (size_t)count;
        buffer[have] = 0;
        end = strstr(buffer, "\r\n\r\n");
    }
    int status = atoi(buffer + 9);
    char *length = strcasestr(buffer, "\r\ncontent-length:");
    size_t body = length != NULL && length < end ? strtoul(length + 17, NULL, 10) : 0;
    if (status >= 400) fprintf(stderr, "load: %.1000s\n", buffer);
    size_t rest = (size_t)(end + 4 - buffer) + body - have;
    while (rest > 0) {
        ssize_t count = recv(connection, buffer, rest < room ? rest : room, 0);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) fail("receive");
        rest -= (size_t)count;
    }
    return status;
}

static int build(char *head, size_t room, long request)
{
    char target[1024];
    const char *mark = strchr(path, '%');
    if (mark == NULL)
        snprintf(target, sizeof target, "%s", path);
    else
        snprintf(target, sizeof target, "%.*s%ld%s", (int)(mark - path), path, request, mark + 1);
    return snprintf(head, room,
        "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: %zu\r\n%s\r\n",
        method, target, port, size, headers);
}

static void *work(void *unused)
{
    (void)unused;
    int connection = connect_to_server();
    char *buffer = malloc(1 << 20);
    size_t block_size = is_fixed ? size : BLOCK;
    unsigned char *body = malloc(block_size);
    if (buffer == NULL || body == NULL) fail("memory");
    memcpy(body, block, block_size);
    char head[8192];
    double sent = now();
    while (sent < start + seconds) {
        long request = atomic_fetch_add(&number, 1);
        int length = build(head, sizeof head, request);
        struct iovec parts[2] = {{head, (size_t)length}, {body, 0}};
        size_t rest = size;
        int count = 1;
        do {
            size_t piece = rest < block_size ? rest : block_size;
            /* Every piece of every request differs from all others. */
            if (!is_fixed && piece >= 16) {
                long mark[2] = {request * 1000003 + (long)rest, getpid()};
                memcpy(body, mark, sizeof mark);
            }
            parts[1].iov_base = body;
            parts[1].iov_len = piece;
            send_all(connection, count == 1 ? parts : parts + 1, count == 1 ? 2 : 1);
            count = 2;
            rest -= piece;
        } while (rest > 0);
        int status = receive(connection, buffer, 1 << 20);
        double end = now();
        if (status < 200 || status > 299) atomic_fetch_add(&errors, 1);
        long sample = atomic_fetch_add(&samples, 1);
        if (sample < SAMPLES) latencies[sample] = (float)(end - sent);
        atomic_fetch_add(&bytes, (long)size);
        sent = end;
    }
    close(connection);
    free(buffer);
    free(body);
    return NULL;
}

static void make_block(const char *text)
{
    is_fixed = text[0] == '@';
    int file = open(is_fixed ? text + 1 : "/dev/urandom", O_RDONLY | O_CLOEXEC);
    if (file < 0) fail(text);
    struct stat status;
    if (is_fixed && fstat(file, &status) != 0) fail(text);
    size = is_fixed ? (size_t)status.st_size : strtoul(text, NULL, 10);
    size_t wanted = is_fixed ? size : BLOCK, have = 0;
    block = malloc(wanted + 1);
    if (block == NULL) fail("memory");
    while (have < wanted) {
        ssize_t count = read(file, block + have, wanted - have);
        if (count <= 0) fail(text);
        have += (size_t)count;
    }
    close(file);
}

int main(int count, char **words)
{
    if (count < 7) {
        fprintf(stderr, "usage: load PORT CONNECTIONS SECONDS METHOD PATH SIZE|@FILE [HEADER...]\n");
        return 64;
    }
    port = atoi(words[1]);
    int connections = atoi(words[2]);
    seconds = atoi(words[3]);
    method = words[4];
    path = words[5];
    make_block(words[6]);
    for (int word = 7; word < count; word++) {
        size_t used = strlen(headers);
        snprintf(headers + used, sizeof headers - used, "%s\r\n", words[word]);
    }
    if (connections < 1 || connections > 256 || seconds < 0 || seconds > 60) return 64;
    pthread_t threads[256];
    start = now();
    for (int thread = 0; thread < connections; thread++)
        if (pthread_create(&threads[thread], NULL, work, NULL) != 0) fail("thread");
    for (int thread = 0; thread < connections; thread++) pthread_join(threads[thread], NULL);
    double spent = now() - start;
    print_result(atomic_load(&samples), spent, atomic_load(&bytes), atomic_load(&errors),
        latencies, SAMPLES);
    return 0;
}
