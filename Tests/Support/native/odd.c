/// A library that does as it is told: well, or badly. Its parameters say how tasks behave; macros, what it offers.
#include <concrun_workload.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#ifndef VERSION
#define VERSION CONCRUN_WORKLOAD_ABI_VERSION
#endif
#ifndef SIZE
#define SIZE sizeof(concrun_workload_v1)
#endif

struct odd {
  uint64_t tasks;
  /// What the task `bad` does.
  char how;
  uint64_t bad;
};

static uint64_t number(const char *parameters, const char *name, uint64_t otherwise) {
  const char *text = concrun_parameter(parameters, name);
  return text ? strtoull(text, NULL, 10) : otherwise;
}

/// `how` is told by its first letter: fine, segfault, abort, exit, hang, error, late, mute, nonsense.
static void *create(const char *parameters, char *error, size_t error_size) {
  if (concrun_parameter(parameters, "refuse")) {
    snprintf(error, error_size, "refused, given %s", parameters);
    return NULL;
  }
  struct odd *odd = malloc(sizeof *odd);
  const char *how = concrun_parameter(parameters, "how");
  odd->how = how ? how[1] : 'f';
  odd->tasks = number(parameters, "tasks", 20);
  odd->bad = number(parameters, "bad", 3);
  if (odd->how == 'c') raise(SIGSEGV);
  return odd;
}

static uint64_t count_tasks(void *work) { return ((struct odd *)work)->tasks; }

/// A session is a worker's number, on the heap: one that is used after it was closed, or by two, is noticed.
static void *open_session(void *work, uint32_t worker, char *error, size_t error_size) {
  if (((struct odd *)work)->how == 'o') {
    snprintf(error, error_size, "no session for worker %u", worker);
    return NULL;
  }
  long *session = malloc(sizeof *session);
  *session = 1;
  return session;
}

static void close_session(void *work, void *session) {
  (void)work;
  *(long *)session = 0;
  free(session);
}

static concrun_status run_task(void *work, void *session, uint64_t task, concrun_result *result, char *error,
                               size_t error_size) {
  const struct odd *odd = work;
  if (*(long *)session != 1) abort();
  result->value = task * task;
  result->bytes = 10;
  printf("task %llu\n", (unsigned long long)task);
  if (task != odd->bad) return CONCRUN_OK;
  switch (odd->how) {
  case 's': raise(SIGSEGV); break;
  case 'a': abort();
  case 'x': exit(0);
  case 'h': for (;;) pause();
  case 'e': snprintf(error, error_size, "no luck with %llu", (unsigned long long)task); return CONCRUN_FAILED;
  case 'l': snprintf(error, error_size, "it took too long"); return CONCRUN_TIMEOUT;
  case 'm': return CONCRUN_FAILED;
  case 'n': return (concrun_status)77;
  }
  return CONCRUN_OK;
}

static void destroy(void *work) {
  char how = ((struct odd *)work)->how;
  free(work);
  if (how == 'd') fprintf(stderr, "destroyed\n");
}

CONCRUN_EXPORT const concrun_workload_v1 *concrun_workload(void) {
#ifdef NOTHING
  return NULL;
#else
  static const concrun_workload_v1 workload = {
      .abi_version = VERSION,
      .struct_size = SIZE,
      .name = "odd",
      .create = create,
      .count_tasks = count_tasks,
      .open_session = open_session,
#ifndef NO_RUN
      .run_task = run_task,
#endif
      .close_session = close_session,
      .destroy = destroy,
  };
  return &workload;
#endif
}
