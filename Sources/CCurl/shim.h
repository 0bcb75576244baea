#pragma once

#include <curl/curl.h>
#include <netdb.h>
#include <sys/socket.h>

// libcurl's options are set and asked for by functions with any arguments, which Swift cannot call.
// These have fixed ones; each is for the options of its type.

/// Sets an option that takes a `long`: numbers, switches, bits.
static inline CURLcode sfs_curl_set_number(CURL *easy, CURLoption option, long value)
{
    return curl_easy_setopt(easy, option, value);
}

/// Sets an option that takes a string; libcurl copies it.
static inline CURLcode sfs_curl_set_text(CURL *easy, CURLoption option, const char *value)
{
    return curl_easy_setopt(easy, option, value);
}

/// Sets an option that takes a pointer: contexts of call-backs, lists of headers.
static inline CURLcode sfs_curl_set_pointer(CURL *easy, CURLoption option, void *value)
{
    return curl_easy_setopt(easy, option, value);
}

/// Sets the body of a POST request; libcurl copies it.
static inline CURLcode sfs_curl_set_body(CURL *easy, const void *bytes, size_t length)
{
    CURLcode status = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
    return status != CURLE_OK ? status : curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes);
}

/// Sets a call-back that takes bytes of a head or a body.
static inline CURLcode sfs_curl_set_receiver(
    CURL *easy, CURLoption option, size_t (*receive)(char *, size_t, size_t, void *))
{
    return curl_easy_setopt(easy, option, receive);
}

/// Sets the call-back that opens a socket for an address.
static inline CURLcode sfs_curl_set_socket_opener(CURL *easy, curl_opensocket_callback open)
{
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open);
}

/// A fact that is a `long`; -1 when libcurl does not tell.
static inline long sfs_curl_get_number(CURL *easy, CURLINFO fact)
{
    long value = -1;
    return curl_easy_getinfo(easy, fact, &value) == CURLE_OK ? value : -1;
}

/// A fact that is a `curl_off_t`; -1 when it is unknown.
static inline curl_off_t sfs_curl_get_offset(CURL *easy, CURLINFO fact)
{
    curl_off_t value = -1;
    return curl_easy_getinfo(easy, fact, &value) == CURLE_OK ? value : -1;
}

/// A fact that is a string, which lives until the next transfer; NULL when there is none.
static inline const char *sfs_curl_get_text(CURL *easy, CURLINFO fact)
{
    char *value = NULL;
    return curl_easy_getinfo(easy, fact, &value) == CURLE_OK ? value : NULL;
}

/// Writes the IPv4 or IPv6 address that libcurl is about to connect to; 0 when it did.
static inline int sfs_curl_address_text(
    const struct curl_sockaddr *address, char *text, socklen_t capacity)
{
    if (address->family != AF_INET && address->family != AF_INET6) {
        return EAI_FAMILY;
    }
    return getnameinfo(
        &address->addr, address->addrlen, text, capacity, NULL, 0, NI_NUMERICHOST);
}
