/* Sends GET requests over kept-alive connections from one thread, for a bounded time, and has the
 * kernel throw the bodies away: it costs so little that the server is the limit, not the client.
 *
 * sip PORT CONNECTIONS SECONDS LIST
 *
 * LIST is a file with a request in each line: the path, and perhaps a range behind it. */
#include "peer.h"

#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { HEAD = 4096, LINES = 4096, CONNECTIONS = 4096, SAMPLES = 1 << 22, PATIENCE = 30000 };

struct connection {
    int socket;
    double sent;
    /* Bytes of the head that came so far; of the body, those that are still to come. */
    size_t have;
    long rest;
    char head[HEAD + 1];
};

static char *requests[LINES];
static int request_count, next_request;
static long done, errors, bytes;
static float latencies[SAMPLES];

static void read_list(const char *name)
{
    FILE *file = fopen(name, "re");
    char path[2048], range[256], line[2304], request[4096];
    if (file == NULL) fail(name);
    while (request_count < LINES && fgets(line, sizeof line, file) != NULL) {
        int words = sscanf(line, "%2047s %255s", path, range);
        if (words < 1) continue;
        snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s%s%s\r\n", path,
            words == 2 ? "Range: " : "", words == 2 ? range : "", words == 2 ? "\r\n" : "");
        requests[request_count] = strdup(request);
        if (requests[request_count++] == NULL) fail("memory");
    }
    fclose(file);
    if (request_count == 0) fail("the list is empty");
}

static void ask(struct connection *connection)
{
    const char *request = requests[next_request];
    size_t length = strlen(request);
    next_request = (next_request + 1) % request_count;
    connection->sent = now();
    connection->have = 0;
    connection->rest = -1;
    /* A request always fits into a socket that has nothing to send. */
    if (send(connection->socket, request, length, MSG_NOSIGNAL) != (ssize_t)length) fail("send");
}

static void dial(struct connection *connection, int port)
{
    int one = 1;
    connection->socket = connect_to(port);
    setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (fcntl(connection->socket, F_SETFL, O_NONBLOCK) != 0) fail("fcntl");
}

/* Takes in what has come of a head; whether it is whole. */
static int read_head(struct connection *connection)
{
    ssize_t count = recv(
        connection->socket, connection->head + connection->have, HEAD - connection->have, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    if (count <= 0) fail("receive");
    connection->have += (size_t)count;
    connection->head[connection->have] = 0;
    char *end = strstr(connection->head, "\r\n\r\n");
    if (end == NULL && connection->have < HEAD) return 0;
    char *length = strcasestr(connection->head, "\r\ncontent-length:");
    if (end == NULL || length == NULL || length > end) fail("an answer has no length, or a long head");
    int status = atoi(connection->head + 9);
    if (status != 200 && status != 206) {
        errors++;
        fprintf(stderr, "sip: %.*s\n", (int)(end - connection->head), connection->head);
    }
    long body = atol(length + 17);
    bytes += body;
    connection->rest = body - (long)(connection->head + connection->have - end - 4);
    return 1;
}

static void take(struct connection *connection)
{
    if (connection->rest < 0 && !read_head(connection)) return;
    while (connection->rest > 0) {
        /* With MSG_TRUNC TCP drops the bytes instead of copying them: tcp(7). */
        ssize_t count = recv(connection->socket, NULL, (size_t)connection->rest, MSG_TRUNC);
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (count <= 0) fail("receive");
        connection->rest -= count;
    }
    if (done < SAMPLES) latencies[done] = (float)(now() - connection->sent);
    done++;
    ask(connection);
}

int main(int count, char **words)
{
    int connections = count == 5 ? atoi(words[2]) : 0;
    if (connections < 1 || connections > CONNECTIONS) {
        fprintf(stderr, "usage: sip PORT CONNECTIONS SECONDS LIST\n");
        return 64;
    }
    read_list(words[4]);
    struct connection *all = calloc((size_t)connections, sizeof *all);
    int poll = epoll_create1(EPOLL_CLOEXEC);
    if (all == NULL || poll < 0) fail("memory");
    for (int index = 0; index < connections; index++) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &all[index]};
        dial(&all[index], atoi(words[1]));
        if (epoll_ctl(poll, EPOLL_CTL_ADD, all[index].socket, &event) != 0) fail("epoll");
    }
    double start = now(), end = start + atoi(words[3]);
    for (int index = 0; index < connections; index++) ask(&all[index]);
    while (now() < end) {
        struct epoll_event events[64];
        int ready = epoll_wait(poll, events, 64, PATIENCE);
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) fail("no answer came for 30 s");
        for (int index = 0; index < ready; index++) take(events[index].data.ptr);
    }
    print_result(done, now() - start, bytes, errors, latencies, SAMPLES);
    return 0;
}
