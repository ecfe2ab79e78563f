// libcurl without linking it: that would cost every start of concrun 8 ms and 40 libraries. The headers give the types; the
// functions are found by dlopen when they are first asked for, and the variadic ones are given a type here.
#ifndef CLIBCURL_H
#define CLIBCURL_H

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <stddef.h>

/// Finds libcurl and initialises it, once. Returns null, or what went wrong. To be called before everything below.
const char *_Nullable clibcurl_load(void);

/// Of libcurl and the libraries that it uses, in one line.
const char *_Nonnull clibcurl_version(void);
const char *_Nonnull clibcurl_error_text(CURLcode code);

CURL *_Nullable clibcurl_easy_init(void);
/// All options as they were at first; connections stay.
void clibcurl_easy_reset(CURL *_Nonnull easy);
void clibcurl_easy_cleanup(CURL *_Nonnull easy);
CURLcode clibcurl_easy_perform(CURL *_Nonnull easy);
CURLcode clibcurl_set_long(CURL *_Nonnull easy, CURLoption option, long value);
CURLcode clibcurl_set_size(CURL *_Nonnull easy, CURLoption option, curl_off_t value);
CURLcode clibcurl_set_text(CURL *_Nonnull easy, CURLoption option, const char *_Nullable value);
CURLcode clibcurl_set_pointer(CURL *_Nonnull easy, CURLoption option, void *_Nullable value);
/// HTTP and HTTPS, and nothing else, redirects included.
CURLcode clibcurl_set_protocols(CURL *_Nonnull easy);
/// What is told of an answer: that a request is about to be sent, each line of its header, each part of its body.
CURLcode clibcurl_set_answer(CURL *_Nonnull easy,
                             int (*_Nonnull begin)(void *_Nonnull context, char *_Nullable to, char *_Nullable from,
                                                   int toPort, int fromPort),
                             size_t (*_Nonnull header)(const char *_Nonnull bytes, size_t size, size_t count,
                                                       void *_Nonnull context),
                             size_t (*_Nonnull body)(const char *_Nonnull bytes, size_t size, size_t count,
                                                     void *_Nonnull context),
                             void *_Nonnull context);
CURLcode clibcurl_set_close(CURL *_Nonnull easy, int (*_Nonnull body)(void *_Nonnull context, curl_socket_t socket),
                            void *_Nonnull context);
/// Asks for the sockets of connections; others, such as those of the resolver, libcurl makes by itself.
CURLcode clibcurl_set_open(CURL *_Nonnull easy,
                           curl_socket_t (*_Nonnull body)(void *_Nonnull context, curlsocktype purpose,
                                                          struct curl_sockaddr *_Nonnull address),
                           void *_Nonnull context);
/// 0 where libcurl doesn't know.
long clibcurl_get_long(CURL *_Nonnull easy, CURLINFO info);
curl_off_t clibcurl_get_size(CURL *_Nonnull easy, CURLINFO info);
/// Null where libcurl doesn't know.
const char *_Nullable clibcurl_get_text(CURL *_Nonnull easy, CURLINFO info);

/// Null where there is no memory; the list stays as it was.
struct curl_slist *_Nullable clibcurl_append(struct curl_slist *_Nullable list, const char *_Nonnull text);
void clibcurl_free(struct curl_slist *_Nullable list);

CURLM *_Nullable clibcurl_multi_init(void);
void clibcurl_multi_cleanup(CURLM *_Nonnull multi);
CURLMcode clibcurl_multi_add(CURLM *_Nonnull multi, CURL *_Nonnull easy);
CURLMcode clibcurl_multi_remove(CURLM *_Nonnull multi, CURL *_Nonnull easy);
CURLMcode clibcurl_multi_action(CURLM *_Nonnull multi, curl_socket_t socket, int readiness);
/// The next transfer that has ended, and how; null when there is none.
CURL *_Nullable clibcurl_multi_ended(CURLM *_Nonnull multi, CURLcode *_Nonnull code);
CURLMcode clibcurl_multi_set_long(CURLM *_Nonnull multi, CURLMoption option, long value);
CURLMcode clibcurl_multi_set_sockets(CURLM *_Nonnull multi,
                                     int (*_Nonnull body)(CURL *_Nonnull easy, curl_socket_t socket, int what,
                                                          void *_Nonnull context, void *_Nullable ofSocket),
                                     void *_Nonnull context);
CURLMcode clibcurl_multi_set_timer(CURLM *_Nonnull multi,
                                   int (*_Nonnull body)(CURLM *_Nonnull multi, long milliseconds,
                                                        void *_Nonnull context),
                                   void *_Nonnull context);

#endif
