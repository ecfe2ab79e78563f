/// Multiplies square matrices: computing and memory traffic in one, in a proportion that `size` sets. Small matrices stay in
/// a core's own cache, so that workers don't meet; large ones make them share what memory can deliver.
///
/// Parameters: size (rows and columns, default 128), tasks (multiplications, default 64).
#include <concrun_workload.h>
#include <stdio.h>
#include <stdlib.h>

struct matrix {
  uint64_t size, tasks;
};

/// The three matrices of one worker.
struct session {
  uint64_t *a, *b, *product;
};

static uint64_t number(const char *parameters, const char *name, uint64_t otherwise) {
  const char *text = concrun_parameter(parameters, name);
  return text ? strtoull(text, NULL, 10) : otherwise;
}

static void *create(const char *parameters, char *error, size_t error_size) {
  struct matrix wanted = {number(parameters, "size", 128), number(parameters, "tasks", 64)};
  if (wanted.size < 1 || wanted.size > 8192) {
    snprintf(error, error_size, "size must be from 1 to 8192");
    return NULL;
  }
  struct matrix *work = malloc(sizeof *work);
  if (work) *work = wanted;
  return work;
}

static uint64_t count_tasks(void *work) { return ((struct matrix *)work)->tasks; }

static void close_session(void *work, void *opened) {
  (void)work;
  struct session *session = opened;
  free(session->a);
  free(session->b);
  free(session->product);
  free(session);
}

static void *open_session(void *work, uint32_t worker, char *error, size_t error_size) {
  size_t cells = ((struct matrix *)work)->size * ((struct matrix *)work)->size;
  struct session *session = calloc(1, sizeof *session);
  if (!session) return NULL;
  session->a = malloc(cells * sizeof(uint64_t));
  session->b = malloc(cells * sizeof(uint64_t));
  session->product = malloc(cells * sizeof(uint64_t));
  if (session->a && session->b && session->product) return session;
  snprintf(error, error_size, "no memory for the matrices of worker %u", worker);
  close_session(work, session);
  return NULL;
}

static concrun_status run_task(void *work, void *opened, uint64_t task, concrun_result *result, char *error,
                               size_t error_size) {
  (void)error, (void)error_size;
  const struct session *session = opened;
  uint64_t n = ((struct matrix *)work)->size;
  for (uint64_t i = 0; i < n * n; i++) {
    session->a[i] = i + task;
    session->b[i] = 2 * i + 1;
    session->product[i] = 0;
  }
  for (uint64_t i = 0; i < n; i++)
    for (uint64_t k = 0; k < n; k++)
      for (uint64_t j = 0; j < n; j++) session->product[i * n + j] += session->a[i * n + k] * session->b[k * n + j];
  for (uint64_t i = 0; i < n * n; i++) result->value = result->value * 31 + session->product[i];
  result->bytes = 3 * n * n * sizeof(uint64_t);
  return CONCRUN_OK;
}

CONCRUN_EXPORT const concrun_workload_v1 *concrun_workload(void) {
  static const concrun_workload_v1 workload = {
      .abi_version = CONCRUN_WORKLOAD_ABI_VERSION,
      .struct_size = sizeof workload,
      .name = "matrix",
      .create = create,
      .count_tasks = count_tasks,
      .open_session = open_session,
      .run_task = run_task,
      .close_session = close_session,
      .destroy = free,
  };
  return &workload;
}
