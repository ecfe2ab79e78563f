#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int clinux_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int clinux_memfd_create(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int clinux_set_child_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

int clinux_set_timer_slack(unsigned long nanoseconds) { return prctl(PR_SET_TIMERSLACK, nanoseconds, 0, 0, 0); }

// The system call, not prctl(): that one returns an int.
long clinux_timer_slack(void) { return syscall(SYS_prctl, PR_GET_TIMERSLACK, 0, 0, 0, 0); }

// Blocks those of some signals that aren't ignored, and returns a descriptor that reads them. `before`, where it isn't
// null, gets the old mask.
static int signals_to_read(const int *numbers, int count, sigset_t *before) {
  sigset_t set;
  sigemptyset(&set);
  for (int i = 0; i < count; i++) {
    // A blocked signal is queued even where it is ignored, as nohup has it.
    struct sigaction now;
    if (sigaction(numbers[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN) sigaddset(&set, numbers[i]);
  }
  int error = pthread_sigmask(SIG_BLOCK, &set, before);
  if (error != 0) {
    errno = error;
    return -1;
  }
  return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int clinux_interrupts(void) {
  const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
  return signals_to_read(numbers, 3, NULL);
}

int clinux_read_interrupt(int descriptor) {
  struct signalfd_siginfo info;
  ssize_t count;
  do {
    count = read(descriptor, &info, sizeof info);
  } while (count < 0 && errno == EINTR);
  return count == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

int clinux_allowed_cpus(void) {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : -1;
}

int clinux_terminal_columns(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int clinux_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int clinux_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

static int epoll_set(int epoll, int operation, int descriptor, int interest) {
  struct epoll_event event = {.data.fd = descriptor};
  if (interest & CLINUX_READABLE) event.events |= EPOLLIN;
  if (interest & CLINUX_WRITABLE) event.events |= EPOLLOUT;
  return epoll_ctl(epoll, operation, descriptor, &event);
}

int clinux_epoll_add(int epoll, int descriptor, int interest) {
  return epoll_set(epoll, EPOLL_CTL_ADD, descriptor, interest);
}

int clinux_epoll_change(int epoll, int descriptor, int interest) {
  return epoll_set(epoll, EPOLL_CTL_MOD, descriptor, interest);
}

int clinux_epoll_remove(int epoll, int descriptor) { return epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, NULL); }

int clinux_epoll_wait(int epoll, struct clinux_ready *ready, int capacity, int64_t nanoseconds) {
  struct epoll_event events[256];
  if (capacity > 256) capacity = 256;
  // To the nanosecond: milliseconds alone would be 2 % of a wait of 50 ms.
  struct timespec limit = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  int count = epoll_pwait2(epoll, events, capacity, nanoseconds < 0 ? NULL : &limit, NULL);
  if (count < 0 && (errno == ENOSYS || errno == EPERM)) {
    // Linux before 5.11, or a sandbox that doesn't know it. Not too early: rounded up.
    int64_t milliseconds = (nanoseconds + 999999) / 1000000;
    count = epoll_wait(epoll, events, capacity, nanoseconds < 0 ? -1 : milliseconds > INT32_MAX ? INT32_MAX : (int)milliseconds);
  }
  for (int i = 0; i < count; i++) {
    ready[i].descriptor = events[i].data.fd;
    ready[i].readiness = (events[i].events & EPOLLIN ? CLINUX_READABLE : 0) |
                         (events[i].events & EPOLLOUT ? CLINUX_WRITABLE : 0) |
                         (events[i].events & (EPOLLERR | EPOLLHUP) ? CLINUX_BROKEN : 0);
  }
  return count;
}

char **clinux_environment(void) { return environ; }

void clinux_survive_failed_writes(void) {
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
}

int clinux_outlive_parent(void) { return prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0); }

int clinux_fill_standard_descriptors(void) {
  for (int number = 0; number < 3; number++) {
    if (fcntl(number, F_GETFD) >= 0) continue;
    // The lowest free number is this one: those below are open.
    if (open("/dev/null", O_RDWR) < 0) return -1;
  }
  return 0;
}

// Runs between vfork and exec, on the parent's memory and stack: it calls only what a signal handler may.
static int become(const struct clinux_spawn_request *request, pid_t parent) {
  const int wanted[4] = {request->standard_input, request->standard_output, request->standard_error,
                         request->descriptor3};
  int parked[4];
  for (int i = 0; i < 4; i++) {
    parked[i] = wanted[i] < 0 ? -1 : fcntl(wanted[i], F_DUPFD, 10);
    if (wanted[i] >= 0 && parked[i] < 0) return errno;
  }
  for (int i = 0; i < 4; i++) {
    if (parked[i] < 0) {
      close(i);
    } else if (dup2(parked[i], i) < 0) {
      return errno;
    }
  }
  if (close_range(4, ~0U, 0) != 0) return errno;
  if (setpgid(0, 0) != 0) return errno;
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return errno;
  if (getppid() != parent) return ESRCH;

  struct sigaction standard = {.sa_handler = SIG_DFL};
  for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);

  execvpe(request->path, request->argv, request->envp);
  return errno;
}

int clinux_spawn(const struct clinux_spawn_request *request, pid_t *pid) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t parent = getpid();
  volatile int error = 0;
  const pid_t child = vfork();
  if (child == 0) {
    error = become(request, parent);
    _exit(127);
  }
  const int vfork_error = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (child < 0) return vfork_error;
  if (error != 0) {
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {
    }
    return error;
  }
  *pid = child;
  return 0;
}

int clinux_was_stopped(pid_t pid) {
  int found = 0;
  while (1) {
    siginfo_t info;
    info.si_pid = 0;
    if (waitid(P_PID, (id_t)pid, &info, WSTOPPED | WCONTINUED | WNOHANG) != 0 || info.si_pid == 0) return found;
    found = 1;
  }
}

static long *continuations;

static void note_continuation(int number) {
  (void)number;
  __atomic_fetch_add(continuations, 1, __ATOMIC_RELAXED);
}

void clinux_count_continuations(long *counter) {
  continuations = counter;
  struct sigaction action = {.sa_handler = note_continuation, .sa_flags = SA_RESTART};
  sigaction(SIGCONT, &action, NULL);
}

// The signal mask that this process had before `clinux_signals_to_pass_on`.
static sigset_t mask_at_start;

int clinux_signals_to_pass_on(void) {
  const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGTSTP};
  return signals_to_read(numbers, 4, &mask_at_start);
}

void clinux_restore_signals(void) { pthread_sigmask(SIG_SETMASK, &mask_at_start, NULL); }

void clinux_leave_group(void) {
  signal(SIGTTOU, SIG_IGN);
  signal(SIGTTIN, SIG_IGN);
  setpgid(0, 0);
}

void clinux_block_all_signals(void) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, NULL);
}

void clinux_stop(void) {
  sigset_t stop, before;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  raise(SIGTSTP);
  // The process stands still here, until SIGCONT. Where no shell could send that, the kernel drops the signal.
  pthread_sigmask(SIG_UNBLOCK, &stop, &before);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void clinux_die_of(int number) {
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  signal(number, SIG_DFL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  raise(number);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  _exit(128 + number);
}

pid_t clinux_fork(void) { return fork(); }

int clinux_end_with_parent(int number, pid_t parent) {
  if (prctl(PR_SET_PDEATHSIG, number, 0, 0, 0) != 0) return -1;
  if (getppid() == parent) return 0;
  errno = ESRCH;
  return -1;
}

void clinux_set_name(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

void clinux_set_command_line(uintptr_t start, uintptr_t end, const char *text) {
  char *line = (char *)start;
  for (size_t i = 0; i < end - start; i++) line[i] = *text != 0 ? *text++ : 0;
}
