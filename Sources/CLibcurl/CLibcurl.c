#include "CLibcurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

static struct {
  CURLcode (*global_init)(long);
  char *(*version)(void);
  const char *(*easy_strerror)(CURLcode);
  CURL *(*easy_init)(void);
  void (*easy_reset)(CURL *);
  void (*easy_cleanup)(CURL *);
  CURLcode (*easy_perform)(CURL *);
  CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
  CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
  struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
  void (*slist_free_all)(struct curl_slist *);
  CURLM *(*multi_init)(void);
  CURLMcode (*multi_cleanup)(CURLM *);
  CURLMcode (*multi_add_handle)(CURLM *, CURL *);
  CURLMcode (*multi_remove_handle)(CURLM *, CURL *);
  CURLMcode (*multi_socket_action)(CURLM *, curl_socket_t, int, int *);
  CURLMsg *(*multi_info_read)(CURLM *, int *);
  CURLMcode (*multi_setopt)(CURLM *, CURLMoption, ...);
} curl;

static char problem[512];
static const char *failure;

/// OpenSSL's handler at exit races with threads that still use it. It reads this once, at its first initialisation.
static void keep_openssl_from_cleaning_up(void) {
  const uint64_t no_atexit = 0x00080000;
  int (*init)(uint64_t, const void *) = (int (*)(uint64_t, const void *))dlsym(RTLD_DEFAULT, "OPENSSL_init_crypto");
  void *library = init ? NULL : dlopen("libcrypto.so.3", RTLD_NOW | RTLD_NOLOAD);
  if (library) init = (int (*)(uint64_t, const void *))dlsym(library, "OPENSSL_init_crypto");
  if (init) init(no_atexit, NULL);
}

static void load(void) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    snprintf(problem, sizeof problem, "%s", dlerror());
    failure = problem;
    return;
  }
  const struct {
    void *function;
    const char *name;
  } wanted[] = {
      {&curl.global_init, "curl_global_init"},
      {&curl.version, "curl_version"},
      {&curl.easy_strerror, "curl_easy_strerror"},
      {&curl.easy_init, "curl_easy_init"},
      {&curl.easy_reset, "curl_easy_reset"},
      {&curl.easy_cleanup, "curl_easy_cleanup"},
      {&curl.easy_perform, "curl_easy_perform"},
      {&curl.easy_setopt, "curl_easy_setopt"},
      {&curl.easy_getinfo, "curl_easy_getinfo"},
      {&curl.slist_append, "curl_slist_append"},
      {&curl.slist_free_all, "curl_slist_free_all"},
      {&curl.multi_init, "curl_multi_init"},
      {&curl.multi_cleanup, "curl_multi_cleanup"},
      {&curl.multi_add_handle, "curl_multi_add_handle"},
      {&curl.multi_remove_handle, "curl_multi_remove_handle"},
      {&curl.multi_socket_action, "curl_multi_socket_action"},
      {&curl.multi_info_read, "curl_multi_info_read"},
      {&curl.multi_setopt, "curl_multi_setopt"},
  };
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    void *symbol = dlsym(library, wanted[i].name);
    if (!symbol) {
      snprintf(problem, sizeof problem, "libcurl.so.4 has no %s", wanted[i].name);
      failure = problem;
      return;
    }
    *(void **)wanted[i].function = symbol;
  }
  keep_openssl_from_cleaning_up();
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) failure = "curl_global_init failed";
}

const char *clibcurl_load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return failure;
}

const char *clibcurl_version(void) { return curl.version(); }
const char *clibcurl_error_text(CURLcode code) { return curl.easy_strerror(code); }

CURL *clibcurl_easy_init(void) { return curl.easy_init(); }
void clibcurl_easy_reset(CURL *easy) { curl.easy_reset(easy); }
void clibcurl_easy_cleanup(CURL *easy) { curl.easy_cleanup(easy); }
CURLcode clibcurl_easy_perform(CURL *easy) { return curl.easy_perform(easy); }

CURLcode clibcurl_set_long(CURL *easy, CURLoption option, long value) { return curl.easy_setopt(easy, option, value); }

CURLcode clibcurl_set_size(CURL *easy, CURLoption option, curl_off_t value) {
  return curl.easy_setopt(easy, option, value);
}

CURLcode clibcurl_set_text(CURL *easy, CURLoption option, const char *value) {
  return curl.easy_setopt(easy, option, value);
}

CURLcode clibcurl_set_pointer(CURL *easy, CURLoption option, void *value) {
  return curl.easy_setopt(easy, option, value);
}

CURLcode clibcurl_set_protocols(CURL *easy) {
  CURLcode code = curl.easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  if (code != CURLE_UNKNOWN_OPTION) return code;
  // Before 7.85 they were numbers.
  CURL_IGNORE_DEPRECATION(
      code = curl.easy_setopt(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
      if (code == CURLE_OK) code =
          curl.easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));)
  return code;
}

CURLcode clibcurl_set_answer(CURL *easy, int (*begin)(void *, char *, char *, int, int),
                             size_t (*header)(const char *, size_t, size_t, void *),
                             size_t (*body)(const char *, size_t, size_t, void *), void *context) {
  CURLcode code = curl.easy_setopt(easy, CURLOPT_WRITEFUNCTION, body);
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_WRITEDATA, context);
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_HEADERFUNCTION, header);
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_HEADERDATA, context);
  // Before 7.80 there was none: then a server that says nothing looks like one that can't be reached.
  if (code == CURLE_OK && curl.easy_setopt(easy, CURLOPT_PREREQFUNCTION, begin) == CURLE_OK) {
    code = curl.easy_setopt(easy, CURLOPT_PREREQDATA, context);
  }
  return code;
}

CURLcode clibcurl_set_close(CURL *easy, int (*body)(void *, curl_socket_t), void *context) {
  CURLcode code = curl.easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, body);
  return code != CURLE_OK ? code : curl.easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, context);
}

CURLcode clibcurl_set_open(CURL *easy, curl_socket_t (*body)(void *, curlsocktype, struct curl_sockaddr *),
                           void *context) {
  CURLcode code = curl.easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, body);
  return code != CURLE_OK ? code : curl.easy_setopt(easy, CURLOPT_OPENSOCKETDATA, context);
}

long clibcurl_get_long(CURL *easy, CURLINFO info) {
  long value = 0;
  return curl.easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

curl_off_t clibcurl_get_size(CURL *easy, CURLINFO info) {
  curl_off_t value = 0;
  return curl.easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

const char *clibcurl_get_text(CURL *easy, CURLINFO info) {
  const char *value = NULL;
  return curl.easy_getinfo(easy, info, &value) == CURLE_OK ? value : NULL;
}

struct curl_slist *clibcurl_append(struct curl_slist *list, const char *text) { return curl.slist_append(list, text); }
void clibcurl_free(struct curl_slist *list) { curl.slist_free_all(list); }

CURLM *clibcurl_multi_init(void) { return curl.multi_init(); }
void clibcurl_multi_cleanup(CURLM *multi) { curl.multi_cleanup(multi); }
CURLMcode clibcurl_multi_add(CURLM *multi, CURL *easy) { return curl.multi_add_handle(multi, easy); }
CURLMcode clibcurl_multi_remove(CURLM *multi, CURL *easy) { return curl.multi_remove_handle(multi, easy); }

CURLMcode clibcurl_multi_action(CURLM *multi, curl_socket_t socket, int readiness) {
  int running;
  return curl.multi_socket_action(multi, socket, readiness, &running);
}

CURL *clibcurl_multi_ended(CURLM *multi, CURLcode *code) {
  int left;
  for (CURLMsg *message; (message = curl.multi_info_read(multi, &left));) {
    if (message->msg != CURLMSG_DONE) continue;
    *code = message->data.result;
    return message->easy_handle;
  }
  return NULL;
}

CURLMcode clibcurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl.multi_setopt(multi, option, value);
}

CURLMcode clibcurl_multi_set_sockets(CURLM *multi, int (*body)(CURL *, curl_socket_t, int, void *, void *),
                                     void *context) {
  CURLMcode code = curl.multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, body);
  return code != CURLM_OK ? code : curl.multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
}

CURLMcode clibcurl_multi_set_timer(CURLM *multi, int (*body)(CURLM *, long, void *), void *context) {
  CURLMcode code = curl.multi_setopt(multi, CURLMOPT_TIMERFUNCTION, body);
  return code != CURLM_OK ? code : curl.multi_setopt(multi, CURLMOPT_TIMERDATA, context);
}
