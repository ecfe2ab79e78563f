/// A workload for concrun in C, C++, or any language that makes shared libraries.
///
/// A workload is a number of tasks, each done once, by whichever worker takes it. The library says how to do one; what a
/// worker is (a thread, a process, a task of an event loop) and how many there are is the experiment's question.
///
///     #include <concrun_workload.h>
///
///     static uint64_t count_tasks(void *work) { return 100; }
///     ...
///     CONCRUN_EXPORT const concrun_workload_v1 *concrun_workload(void) {
///       static const concrun_workload_v1 workload = {
///           .abi_version = CONCRUN_WORKLOAD_ABI_VERSION, .struct_size = sizeof workload, .name = "mine",
///           .create = create, .count_tasks = count_tasks, .run_task = run_task};
///       return &workload;
///     }
///
///     cc -O2 -shared -fPIC -o mine.so mine.c
///
/// and, in the experiment file:
///
///     workloads:
///       mine: { plugin: native, library: ./mine.so, parameters: { rounds: 1000 } }
///
/// The library is loaded by the process of a trial and by the worker processes that it starts, never by concrun itself: if
/// it crashes, that is one row of the results. What it prints to its standard output goes to standard error.
#ifndef CONCRUN_WORKLOAD_H
#define CONCRUN_WORKLOAD_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CONCRUN_WORKLOAD_ABI_VERSION 1
#define CONCRUN_EXPORT __attribute__((visibility("default")))

/// What became of a task.
typedef enum concrun_status {
  CONCRUN_OK = 0,
  CONCRUN_FAILED = 1,
  /// Failed because something took too long: counted apart.
  CONCRUN_TIMEOUT = 2
} concrun_status;

/// What a task came to. All zero when the task begins; looked at only where it is CONCRUN_OK.
typedef struct concrun_result {
  /// How much was moved or worked on: makes bytes_per_s.
  uint64_t bytes;
  /// What the task computed, in 64 bits. It must be the same for this task in every trial, under every strategy: a trial
  /// whose values differ from those of others is marked `wrong`. 0 where there is nothing to compare.
  uint64_t value;
} concrun_result;

/// What a library offers. Members marked optional may be NULL.
///
/// `error` is room for a message, error_size bytes of it, to be filled as by snprintf(error, error_size, ...) when
/// something fails; it is one sentence for the user, without a line break.
typedef struct concrun_workload_v1 {
  /// CONCRUN_WORKLOAD_ABI_VERSION.
  uint32_t abi_version;
  /// sizeof(concrun_workload_v1).
  uint32_t struct_size;
  /// What messages call it.
  const char *name;

  /// Makes the work: called once in each process that does some of it, before the clock starts, worker processes
  /// excepted, which are started within it.
  ///
  /// `parameters` is what stands under `parameters:` in the experiment file, as a JSON object; it is valid during the call
  /// only. The same parameters must make the same work. Returns whatever the other functions need; NULL is failure.
  void *(*create)(const char *parameters, char *error, size_t error_size);

  /// How many tasks there are, at least one. They are numbered from 0.
  uint64_t (*count_tasks)(void *work);

  /// Optional: makes what one worker needs for itself and must not share, such as a connection or a buffer. Called when the
  /// worker starts, on its thread, within the clock. Workers are numbered from 0. NULL is failure, and ends the trial.
  void *(*open_session)(void *work, uint32_t worker, char *error, size_t error_size);

  /// Does a task, taking as long as it takes. Workers that are threads call this at the same time, each with a session of
  /// its own (NULL without open_session): what they share through `work` is yours to protect. Workers of an event loop
  /// share a thread; a task that waits stops them all, as any blocking library does there.
  concrun_status (*run_task)(void *work, void *session, uint64_t task, concrun_result *result, char *error,
                             size_t error_size);

  /// Optional: called when the worker has ended, by the thread that ran it or a later one.
  void (*close_session)(void *work, void *session);

  /// Optional: called when a process has no more use for the work. Not where it crashed, or was killed.
  void (*destroy)(void *work);
} concrun_workload_v1;

/// The one symbol that a library exports. What it returns must stay valid for as long as the process lives.
CONCRUN_EXPORT const concrun_workload_v1 *concrun_workload(void);

/// For those who don't bring a JSON parser: where a parameter's value begins in the text that `create` is given, or NULL
/// if it isn't there. Read a number with strtod or strtoull, and compare true and false by their first letter; a text
/// begins with its quote.
static inline const char *concrun_parameter(const char *parameters, const char *name) {
  size_t length = strlen(name);
  int depth = 0;
  for (const char *c = parameters; *c; c++) {
    if (*c == '{' || *c == '[') depth++;
    if (*c == '}' || *c == ']') depth--;
    if (*c != '"') continue;
    const char *start = ++c;
    while (*c && *c != '"') c += *c == '\\' && c[1] ? 2 : 1;
    if (!*c) return NULL;
    if (depth == 1 && c[1] == ':' && (size_t)(c - start) == length && !memcmp(start, name, length)) return c + 2;
  }
  return NULL;
}

#ifdef __cplusplus
}
#endif

#endif
