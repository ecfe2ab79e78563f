// What Linux offers and `import Glibc` does not: macros, variadic calls, and calls behind _GNU_SOURCE.
#ifndef CLINUX_H
#define CLINUX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// What `clinux_spawn` starts. Descriptors are the parent's; -1 leaves the child without one.
struct clinux_spawn_request {
  const char *_Nonnull path;
  char *_Nullable const *_Nonnull argv;
  char *_Nullable const *_Nonnull envp;
  int standard_input;
  int standard_output;
  int standard_error;
  int descriptor3;
};

/// Starts a program, which leads a process group of its own. It dies by SIGKILL when the calling thread ends.
/// Returns 0 and the pid, or an errno.
int clinux_spawn(const struct clinux_spawn_request *_Nonnull request, pid_t *_Nonnull pid);

/// Whether a child was stopped, or went on, since this was asked the last time. It says 0 of a child that has ended.
int clinux_was_stopped(pid_t pid);
/// From now on, `*counter` grows by 1 whenever this process goes on after a stop.
void clinux_count_continuations(long *_Nonnull counter);

int clinux_pidfd_open(pid_t pid);
int clinux_memfd_create(const char *_Nonnull name);
/// Orphaned descendants become children of the caller, who can then find and end them.
int clinux_set_child_subreaper(void);
/// How late the kernel may let a sleeping thread wake up, so that wake-ups can be merged.
int clinux_set_timer_slack(unsigned long nanoseconds);
/// That of the calling thread, in nanoseconds, or -1.
long clinux_timer_slack(void);
/// A descriptor that reads SIGINT, SIGTERM and SIGHUP, which are blocked from now on in this and all later threads.
int clinux_interrupts(void);
/// The number of a signal read from `clinux_interrupts`, or 0 if there is none.
int clinux_read_interrupt(int descriptor);
/// CPUs that this process may run on, or -1.
int clinux_allowed_cpus(void);
int clinux_terminal_columns(int descriptor);
/// `NAME=value` texts, ended by a null pointer.
char *_Nullable *_Nonnull clinux_environment(void);
/// Writing to a closed pipe, or beyond a limit on file sizes, is an error from now on, not a death.
void clinux_survive_failed_writes(void);
/// From now on this process may outlive the thread that started it.
int clinux_outlive_parent(void);
/// Opens /dev/null where standard input, output or error is missing, so that no other file gets their numbers.
int clinux_fill_standard_descriptors(void);

/// A descriptor that reads SIGINT, SIGTERM, SIGHUP and SIGTSTP, which are blocked from now on, unless they are ignored.
int clinux_signals_to_pass_on(void);
/// Undoes that, for a child of the process that called it.
void clinux_restore_signals(void);
/// Leads a process group of its own from now on, and may still write to a terminal.
void clinux_leave_group(void);
/// Only SIGKILL and SIGSTOP reach this process from now on.
void clinux_block_all_signals(void);
/// Stops this process as Ctrl-Z does, and returns when it goes on.
void clinux_stop(void);
/// Ends this process by a signal, without a core file.
void clinux_die_of(int number) __attribute__((noreturn));
/// Like fork(), which isn't there for Swift. For a process with one thread.
pid_t clinux_fork(void);
/// The kernel sends a signal to this process when its parent ends. Fails with ESRCH if the parent is gone already.
int clinux_end_with_parent(int number, pid_t parent);
/// Changes the name that `killall` and `ps` go by; at most 15 bytes.
void clinux_set_name(const char *_Nonnull name);
/// Overwrites the arguments of this process, which `ps` and `pkill -f` read, between two addresses.
void clinux_set_command_line(uintptr_t start, uintptr_t end, const char *_Nonnull text);

/// An epoll instance, closed on exec.
int clinux_epoll_create(void);
/// A counter that wakes whoever waits for it, closed on exec, never blocking.
int clinux_eventfd(void);

/// What a descriptor is waited for, or is ready for.
static const int CLINUX_READABLE = 1;
static const int CLINUX_WRITABLE = 2;
static const int CLINUX_BROKEN = 4;

struct clinux_ready {
  int descriptor;
  int readiness;
};

int clinux_epoll_add(int epoll, int descriptor, int interest);
int clinux_epoll_change(int epoll, int descriptor, int interest);
int clinux_epoll_remove(int epoll, int descriptor);
/// Waits at most so many nanoseconds (-1: as long as it takes), and writes the descriptors that are ready.
int clinux_epoll_wait(int epoll, struct clinux_ready *_Nonnull ready, int capacity, int64_t nanoseconds);

static inline int clinux_exit_status(int status) { return (status & 0x7f) == 0 ? (status >> 8) & 0xff : -1; }
static inline int clinux_exit_signal(int status) { return status & 0x7f; }

/// Returns its argument, and the optimiser cannot know that it does: keeps a loop from becoming a formula.
static inline uint64_t clinux_opaque(uint64_t value) {
  __asm__ volatile("" : "+r"(value));
  return value;
}

#endif
