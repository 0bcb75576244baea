/* Asks PostgreSQL for many hashes in one statement, again and again for a bounded time: the
 * statement and the parameter of a catalog's look-up, and nothing around them.
 *
 * lookup CONNINFO LIST SECONDS STATEMENT
 *
 * LIST has a hash in hexadecimal digits in each line. Prints
 * RESULT statements microseconds rows errors 0. */
#include "peer.h"

#include <libpq-fe.h>
#include <stdint.h>

enum { HASHES = 10000, BYTEA = 17 };

static void put(char **place, uint32_t value)
{
    uint32_t ordered = htonl(value);
    memcpy(*place, &ordered, 4);
    *place += 4;
}

/* The binary form of a bytea[]: dimensions, has nulls, type, count, lower bound, elements. */
static int encode(const char *path, char *array, int *hashes)
{
    FILE *list = fopen(path, "r");
    if (list == NULL) return -1;
    char *place = array, line[256];
    put(&place, 1);
    put(&place, 0);
    put(&place, BYTEA);
    char *count = place;
    put(&place, 0);
    put(&place, 1);
    while (*hashes < HASHES && fgets(line, sizeof line, list) != NULL) {
        size_t digits = strspn(line, "0123456789abcdef");
        if (digits == 0 || digits > 128) continue;
        put(&place, (uint32_t)digits / 2);
        for (size_t digit = 0; digit + 1 < digits; digit += 2) {
            unsigned byte = 0;
            sscanf(line + digit, "%2x", &byte);
            *place++ = (char)byte;
        }
        ++*hashes;
    }
    fclose(list);
    put(&count, (uint32_t)*hashes);
    return (int)(place - array);
}

int main(int count, char **words)
{
    if (count != 5) {
        fprintf(stderr, "usage: lookup CONNINFO LIST SECONDS STATEMENT\n");
        return 64;
    }
    static char array[HASHES * 68 + 20];
    int hashes = 0, length = encode(words[2], array, &hashes);
    int seconds = atoi(words[3]);
    if (length < 0 || hashes == 0 || seconds < 1 || seconds > 60) return 64;
    PGconn *connection = PQconnectdb(words[1]);
    if (PQstatus(connection) != CONNECTION_OK) {
        fprintf(stderr, "lookup: %s", PQerrorMessage(connection));
        return 1;
    }
    PGresult *prepared = PQprepare(connection, "lookup", words[4], 0, NULL);
    if (PQresultStatus(prepared) != PGRES_COMMAND_OK) {
        fprintf(stderr, "lookup: %s", PQerrorMessage(connection));
        return 1;
    }
    PQclear(prepared);
    const char *values[1] = {array};
    int lengths[1] = {length}, formats[1] = {1};
    long statements = 0, rows = 0;
    double start = now(), end = start;
    while (end < start + seconds) {
        PGresult *result =
            PQexecPrepared(connection, "lookup", 1, values, lengths, formats, 1);
        if (PQresultStatus(result) != PGRES_TUPLES_OK) {
            fprintf(stderr, "lookup: %s", PQerrorMessage(connection));
            return 1;
        }
        /* A statement may answer for many hashes in one row, but not for none. */
        if (PQntuples(result) == 0) {
            fprintf(stderr, "lookup: none of %d hashes was found\n", hashes);
            return 1;
        }
        rows += PQntuples(result);
        statements++;
        PQclear(result);
        end = now();
    }
    PQfinish(connection);
    printf("RESULT %ld %.0f %ld 0 0\n", statements, (end - start) * 1e6, rows);
    return 0;
}
