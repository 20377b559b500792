/* Process 1 of a sandbox: starts one program, watches it, ends everything, tells how it was. */
#define _GNU_SOURCE
#include "artemis.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/magic.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SAMPLE_US 50000
#define STORM_REFUSALS 10000
#define REFUSALS_US 10000000
#define STORM_US 2000000
#define REAP_US 5000000

static struct job job;
static struct cgroup cgroup;
static char work_folder[4096];

/* Writable too, and part of the disk limit but for what semaphores and the like need. */
#define SHARED_FOLDER "/dev/shm"
#define SHARED_FREE_BYTES ((u64)1 << 20)

static struct {
  pid_t program;
  int input, outputs[CHANNELS], signals;
  int listener;            /* hears who could bring a SIGXFSZ or a SIGKILL; -1: nobody does */
  bool file_size_believed; /* a SIGXFSZ can be the limit's alone */
  bool kill_heard;         /* a SIGKILL can be somebody's; where nobody listens that is not known */
  bool found; /* the cgroup was found, not given */
  bool control; /* standard input is the server's: closed means cancel */
  bool ended;
  int status;
  const char *reason; /* why we killed; NULL: we did not */
  u64 started_us, started_ms, ended_us, ended_ms, peak_bytes, peak_disk_bytes, peak_inodes, peak_tasks, leftovers;
  u64 storm_since_us, storm_cpu_us, storm_system_us, refusals_since_us, refusals_before;
  struct sample last;
  struct statvfs disk_at_start, shared_at_start;
  bool disk_known, disk_in_memory, shared_known, shared_in_memory;
  dev_t memory_devices[2];
  int memory_devices_count;
} run;

u64 clock_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (u64)now.tv_sec * 1000000 + (u64)now.tv_nsec / 1000;
}

u64 unix_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (u64)now.tv_sec * 1000 + (u64)now.tv_nsec / 1000000;
}

static int refuse(const char *reason) {
  char clean[REASON_MAX_BYTES];
  size_t size = 0;
  for (; reason[size] && size < sizeof clean - 1; size++)
    clean[size] = reason[size] >= ' ' && reason[size] <= '~' ? reason[size] : '?';
  clean[size] = 0;
  frames_line("refused %s", clean);
  frames_flush_all();
  return EXIT_REFUSED;
}

/* ---- the child ---- */

struct start_pipes {
  int input[2], outputs[CHANNELS][2], errors[2];
  long highest;  /* descriptors are below that */
  int *listener; /* in memory that both share; NULL: the child's descriptors are its own from the start */
};

static void raise_oom_score(void) {
  /* the kernel's out-of-memory killer shall take the program, not its runner; /proc/self opens only to the dumpable */
  prctl(PR_SET_DUMPABLE, 1);
  int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  if (write(file, "1000", 4) < 0) { /* then it is as likely as we are, and a thousand times larger */ }
  close(file);
}

_Noreturn static void child_failed(int errors, const char *what) {
  char text[REASON_MAX_BYTES];
  int size = snprintf(text, sizeof text, "cannot start %s: %s: %s", job.argv[0], what, strerror(errno));
  if (size > (int)sizeof text) size = sizeof text;
  if (write(errors, text, (size_t)size) < 0) { /* the parent sees the exit code */ }
  _exit(EXIT_BROKEN);
}

/* Until then the child's descriptors may be its parent's too: so the parent gets the listener, which needs no right and no message. */
static void own_descriptors(struct start_pipes *pipes) {
  if (pipes->listener && syscall(SYS_close_range, ~0u, ~0u, CLOSE_RANGE_UNSHARE) != 0)
    child_failed(pipes->errors[1], "descriptors");
}

_Noreturn static void become_program(struct start_pipes *pipes) {
  setsid();
  raise_oom_score();
  const char *failed = guard_limits(&job, cgroup.pids >= 0);
  if (!failed) failed = guard_system_calls(job.memory_by_runner, pipes->listener);
  if (!failed) failed = guard_open_files(&job);
  if (failed) child_failed(pipes->errors[1], failed);
  own_descriptors(pipes);
  /* none of these descriptors is below 4: main saw to it that 0 to 3 were taken */
  if (dup2(pipes->input[0], 0) < 0 || dup2(pipes->outputs[0][1], 1) < 0 || dup2(pipes->outputs[1][1], 2) < 0 ||
      dup3(pipes->errors[1], 3, O_CLOEXEC) < 0)
    child_failed(pipes->errors[1], "streams");
  if (syscall(SYS_close_range, 4u, ~0u, 0u) != 0) {
    long most = pipes->highest;
    for (int fd = 4; fd < most; fd++) close(fd);
  }
  if (chdir(work_folder) != 0) child_failed(3, "work folder");
  umask(022);
  signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve(job.argv[0], job.argv, job.envp);
  child_failed(3, "exec");
}

/* Like fork, but goes on once the program runs or is gone, and shares the descriptors until the child takes its own. Where kernels
   do not know how to do that, plainly fork. */
static pid_t fork_child(struct start_pipes *pipes) {
  void *shared = MAP_FAILED;
  if (syscall(SYS_close_range, ~0u, ~0u, 0u) == 0)
    shared = mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) return fork();
  pipes->listener = shared;
  *pipes->listener = -1;
  return (pid_t)syscall(SYS_clone, CLONE_FILES | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0);
}

static void nonblocking(int fd) { fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK); }

static bool in_memory(const char *folder) {
  struct statfs system;
  return statfs(folder, &system) == 0 && system.f_type == TMPFS_MAGIC;
}

static bool start_program(char why[REASON_MAX_BYTES]) {
  struct start_pipes pipes = {.highest = sysconf(_SC_OPEN_MAX), .listener = NULL};
  bool made = pipe2(pipes.input, O_CLOEXEC) == 0 && pipe2(pipes.outputs[0], O_CLOEXEC) == 0 &&
              pipe2(pipes.outputs[1], O_CLOEXEC) == 0 && pipe2(pipes.errors, O_CLOEXEC) == 0;
  run.disk_known = statvfs(work_folder, &run.disk_at_start) == 0;
  struct stat work, shared;
  run.shared_known = statvfs(SHARED_FOLDER, &run.shared_at_start) == 0 && stat(SHARED_FOLDER, &shared) == 0 &&
                     stat(work_folder, &work) == 0 && shared.st_dev != work.st_dev;
  run.disk_in_memory = run.disk_known && in_memory(work_folder);
  run.shared_in_memory = run.shared_known && in_memory(SHARED_FOLDER);
  if (run.disk_in_memory && stat(work_folder, &work) == 0) run.memory_devices[run.memory_devices_count++] = work.st_dev;
  if (run.shared_in_memory) run.memory_devices[run.memory_devices_count++] = shared.st_dev;
  cgroup_begin(&cgroup);
  run.program = made ? fork_child(&pipes) : -1;
  if (run.program < 0) {
    snprintf(why, REASON_MAX_BYTES, "cannot start a process: %s", strerror(errno));
    return false;
  }
  if (run.program == 0) become_program(&pipes);
  run.listener = -1;
  if (pipes.listener) {
    run.listener = *pipes.listener;
    munmap(pipes.listener, sizeof *pipes.listener);
  }
  run.file_size_believed = run.listener >= 0;
  close(pipes.input[0]);
  close(pipes.outputs[0][1]);
  close(pipes.outputs[1][1]);
  close(pipes.errors[1]);
  ssize_t said = read(pipes.errors[0], why, REASON_MAX_BYTES - 1);
  close(pipes.errors[0]);
  if (said > 0) {
    why[said] = 0;
    return false;
  }
  run.started_us = clock_us();
  run.started_ms = unix_ms();
  run.input = pipes.input[1];
  nonblocking(run.input);
  for (int i = 0; i < CHANNELS; i++) {
    run.outputs[i] = pipes.outputs[i][0];
    nonblocking(run.outputs[i]);
  }
  return true;
}

/* ---- watching ---- */

static void kill_for(const char *reason) {
  if (!run.reason && !run.ended) run.reason = reason;
}

static void reap(void) {
  int status;
  pid_t pid;
  while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
    if (pid != run.program) continue;
    run.ended = true;
    run.status = status;
    run.ended_us = clock_us();
    run.ended_ms = unix_ms();
  }
}

static void read_signals(void) {
  struct signalfd_siginfo info;
  while (read(run.signals, &info, sizeof info) == (ssize_t)sizeof info) {
    /* the program may send us SIGTERM too; then its pid is seen from here, or the code is not that of kill(2) from outside */
    bool from_outside = info.ssi_pid == 0 && (info.ssi_code == SI_USER || info.ssi_code == SI_KERNEL);
    if ((info.ssi_signo == SIGTERM || info.ssi_signo == SIGINT) && from_outside) kill_for("CANCELLED");
  }
  reap();
}

static void read_output(int channel) {
  static u8 bytes[65536];
  ssize_t got = read(run.outputs[channel], bytes, sizeof bytes);
  if (got > 0) {
    if (!frames_take(channel, bytes, (size_t)got, clock_us())) kill_for("OUTPUT_LIMIT");
  } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
    close(run.outputs[channel]);
    run.outputs[channel] = -1;
  }
}

static void read_listener(short events) {
  enum heard heard = events & POLLIN ? guard_hear(run.listener, run.program) : HEARD_NONE;
  if (heard != HEARD_NONE && heard != HEARD_KILL) run.file_size_believed = false;
  if (heard == HEARD_KILL || heard == HEARD_EITHER) run.kill_heard = true;
  if (heard == HEARD_NEVER || !(events & POLLIN) /* nobody is left */) {
    close(run.listener);
    run.listener = -1;
  }
}

static void write_input(void) {
  if (job.input.size > 0) {
    ssize_t put = write(run.input, job.input.at, job.input.size);
    if (put > 0) {
      job.input.at += put;
      job.input.size -= (size_t)put;
    } else if (put < 0 && errno != EAGAIN && errno != EINTR) {
      job.input.size = 0; /* it does not want more */
    }
  }
  if (job.input.size == 0) {
    close(run.input);
    run.input = -1;
    job_forget(&job);
  }
}

static bool disk_full(void) {
  struct statvfs now;
  if (!run.disk_known || statvfs(work_folder, &now) != 0) return false;
  return now.f_bavail == 0 || (now.f_files > 0 && now.f_ffree == 0);
}

struct used {
  u64 inodes, bytes;
};

static struct used used_since(const char *folder, const struct statvfs *start) {
  struct statvfs now;
  if (statvfs(folder, &now) != 0) return (struct used){0, 0};
  u64 inodes_before = start->f_files - start->f_ffree, inodes = now.f_files - now.f_ffree;
  u64 blocks_before = start->f_blocks - start->f_bfree, blocks = now.f_blocks - now.f_bfree;
  return (struct used){inodes > inodes_before ? inodes - inodes_before : 0,
                       blocks > blocks_before ? (blocks - blocks_before) * now.f_frsize : 0};
}

/* What counts against the disk limit now, and at most so far. */
static struct used disk_used(void) {
  struct used work = used_since(work_folder, &run.disk_at_start), shared = {0, 0};
  if (run.shared_known) shared = used_since(SHARED_FOLDER, &run.shared_at_start);
  u64 beyond = shared.bytes > SHARED_FREE_BYTES ? shared.bytes - SHARED_FREE_BYTES : 0;
  struct used all = {work.inodes + shared.inodes, work.bytes + beyond};
  if (all.bytes > run.peak_disk_bytes) run.peak_disk_bytes = all.bytes;
  if (all.inodes > run.peak_inodes) run.peak_inodes = all.inodes;
  return all;
}

/* The work folder alone is held by the size of its file system, where it has one of its own: then that is the limit. */
static void watch_disk(void) {
  if (!run.disk_known) return;
  struct used used = disk_used();
  if (job.disk_inodes > 0 && used.inodes > job.disk_inodes) kill_for("DISK_LIMIT");
  u64 most = job.disk_bytes > 0 ? job.disk_bytes : (u64)run.disk_at_start.f_blocks * run.disk_at_start.f_frsize;
  if (used.bytes > most) kill_for("DISK_LIMIT");
}

/* Where nobody counts refused forks: long at the limit, and busier in the kernel than in itself. */
static void watch_tasks(u64 now_us) {
  if (run.last.tasks > run.peak_tasks) run.peak_tasks = run.last.tasks;
  if (cgroup.pids >= 0) {
    u64 refusals = cgroup_refusals(&cgroup);
    if (refusals > 0 && run.peak_tasks < job.processes) run.peak_tasks = job.processes; /* at fewer none is refused */
    if (now_us - run.refusals_since_us > REFUSALS_US) { /* whoever asks again now and then may go on asking */
      run.refusals_since_us = now_us;
      run.refusals_before = refusals;
    }
    if (refusals - run.refusals_before >= STORM_REFUSALS) kill_for("PROCESS_LIMIT");
    return;
  }
  if (run.last.tasks < job.processes) {
    run.storm_since_us = 0;
    return;
  }
  if (run.storm_since_us == 0) {
    run.storm_since_us = now_us;
    run.storm_cpu_us = run.last.cpu_us;
    run.storm_system_us = run.last.system_us;
    return;
  }
  u64 cpu = run.last.cpu_us - run.storm_cpu_us, system = run.last.system_us - run.storm_system_us;
  if (now_us - run.storm_since_us > STORM_US && cpu > STORM_US / 4 && system > cpu / 2) kill_for("PROCESS_LIMIT");
}

/* What was written where files are memory, which no process's own count tells. */
static u64 files_in_memory(void) {
  u64 bytes = 0;
  if (run.disk_in_memory) bytes += used_since(work_folder, &run.disk_at_start).bytes;
  if (run.shared_in_memory) bytes += used_since(SHARED_FOLDER, &run.shared_at_start).bytes;
  return bytes;
}

static void watch(u64 now_us) {
  measure(&cgroup, job.memory_by_runner, &run.last);
  u64 files = job.memory_by_runner ? files_in_memory() : 0;
  run.last.memory_bytes += files;
  if (run.last.memory_bytes > run.peak_bytes) run.peak_bytes = run.last.memory_bytes;
  if (run.last.cpu_us >= job.cpu_ms * 1000) kill_for("CPU_TIME");
  if (job.memory_by_runner && run.last.memory_bytes > job.memory_bytes &&
      measure_memory_exactly(files, job.memory_bytes, run.memory_devices, run.memory_devices_count) > job.memory_bytes)
    kill_for("OUT_OF_MEMORY");
  watch_tasks(now_us);
  watch_disk();
}

static int wait_ms(u64 now_us, u64 sample_at_us) {
  u64 wall_at = run.started_us + job.wall_ms * 1000, next = sample_at_us < wall_at ? sample_at_us : wall_at;
  int wait = next <= now_us ? 0 : (int)((next - now_us + 999) / 1000), frames = frames_wait_ms(now_us);
  return frames >= 0 && frames < wait ? frames : wait;
}

enum { SIGNALS, CONTROL, OUT, INPUT, LISTENER, FIRST_OUTPUT, POLLED = FIRST_OUTPUT + CHANNELS };

static void watch_until_end(void) {
  u64 sample_at_us = run.started_us + SAMPLE_US;
  while (!run.ended && !run.reason) {
    struct pollfd fds[POLLED] = {
        [SIGNALS] = {run.signals, POLLIN, 0},
        [CONTROL] = {run.control ? STDIN_FILENO : -1, 0, 0},
        [OUT] = {frames_pending() ? STDOUT_FILENO : -1, POLLOUT, 0},
        [INPUT] = {run.input, POLLOUT, 0},
        [LISTENER] = {run.listener, POLLIN, 0},
    };
    bool room = frames_room();
    for (int i = 0; i < CHANNELS; i++)
      fds[FIRST_OUTPUT + i] = (struct pollfd){room ? run.outputs[i] : -1, POLLIN, 0};
    if (poll(fds, POLLED, wait_ms(clock_us(), sample_at_us)) < 0 && errno != EINTR) {
      run.reason = "CANCELLED";
      return;
    }
    u64 now_us = clock_us();
    for (int i = 0; i < CHANNELS; i++)
      if (fds[FIRST_OUTPUT + i].revents) read_output(i);
    if (fds[INPUT].revents) write_input();
    if (fds[LISTENER].revents) read_listener(fds[LISTENER].revents);
    if (fds[SIGNALS].revents) read_signals();
    if (fds[CONTROL].revents) kill_for("CANCELLED");
    frames_due(now_us);
    frames_flush_some();
    if (!run.ended && now_us >= run.started_us + job.wall_ms * 1000) kill_for("WALL_TIMEOUT");
    if (!run.ended && now_us >= sample_at_us) {
      watch(now_us);
      sample_at_us = now_us + SAMPLE_US;
    }
  }
}

/* ---- the end ---- */

static void end_all(void) {
  u64 until = clock_us() + REAP_US;
  if (run.ended) {
    siginfo_t none = {0};
    /* what outlived its program */
    if (waitid(P_ALL, 0, &none, WEXITED | WNOHANG | WNOWAIT) == 0) {
      struct sample now;
      measure(&(struct cgroup){-1, -1, -1, -1, 0, 0, 0}, false, &now);
      run.leftovers = now.tasks;
    }
  }
  for (;;) {
    kill(-1, SIGKILL); /* all in this process namespace but us */
    int status;
    pid_t pid = waitpid(-1, &status, WNOHANG);
    if (pid < 0 && errno == ECHILD) break;
    if (pid == run.program && !run.ended) {
      run.ended = true;
      run.status = status;
      run.ended_us = clock_us();
      run.ended_ms = unix_ms();
    }
    if (pid == 0) {
      if (clock_us() > until) break; /* stuck in the kernel; they die with this namespace */
      struct pollfd child = {run.signals, POLLIN, 0};
      poll(&child, 1, 10);
      struct signalfd_siginfo info;
      if (read(run.signals, &info, sizeof info) < 0) continue;
    }
  }
  if (run.ended_us == 0) {
    run.ended_us = clock_us();
    run.ended_ms = unix_ms();
  }
}

static void drain_outputs(void) {
  static u8 bytes[65536];
  for (int i = 0; i < CHANNELS; i++) {
    ssize_t got;
    while (run.outputs[i] >= 0 && (got = read(run.outputs[i], bytes, sizeof bytes)) > 0) {
      frames_take(i, bytes, (size_t)got, 0);
      if (!frames_room()) frames_flush_all();
    }
  }
}

static u64 files_seen, largest_file;

static int look_at_file(const char *path, const struct stat *file, int kind, struct FTW *where) {
  (void)path;
  (void)where;
  if (++files_seen > 10000) return -1;
  if (kind == FTW_F && (u64)file->st_size > largest_file) largest_file = (u64)file->st_size;
  return largest_file >= job.file_size_bytes; /* none can be larger */
}

/* At those that the program left; false where there is no telling. */
static bool look_at_files(void) {
  if (nftw(work_folder, look_at_file, 16, FTW_PHYS | FTW_MOUNT) != 1)
    nftw(SHARED_FOLDER, look_at_file, 16, FTW_PHYS | FTW_MOUNT);
  return files_seen > 0;
}

/* A shell relays its child's end as 128 + signal, and any program may end with that code or send itself that signal: that nobody
   was heard doing so, or a file that just fills the limit, tells them apart. */
static bool died_of_file_size(void) {
  if (WIFSIGNALED(run.status) && WTERMSIG(run.status) == SIGXFSZ && run.file_size_believed) return true;
  bool told = WIFSIGNALED(run.status) ? WTERMSIG(run.status) == SIGXFSZ : WEXITSTATUS(run.status) == 128 + SIGXFSZ;
  return told && largest_file == job.file_size_bytes;
}

static void judge(u64 oom_kills) {
  if (run.reason) return;
  int signal_number = WIFSIGNALED(run.status) ? WTERMSIG(run.status) : 0;
  /* who goes on without the process that was killed ends by itself, and so does the shell that relays its end as 137 */
  bool killed = signal_number == SIGKILL && !run.kill_heard;
  bool cpu_used = run.last.cpu_us >= job.cpu_ms * 1000;
  if (signal_number == SIGXCPU && cpu_used) run.reason = "CPU_TIME";
  else if (died_of_file_size()) run.reason = "FILE_SIZE";
  else if (signal_number == SIGBUS && disk_full()) run.reason = "DISK_LIMIT";
  else if (oom_kills > 0 && killed) run.reason = "OUT_OF_MEMORY";
  else if (signal_number == SIGKILL && cpu_used) run.reason = "CPU_TIME";
}

static void write_termination(const char *mac, const char *record) {
  if (!job.termination[0]) return;
  int file = open(job.termination, O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC);
  if (file < 0) return; /* the line says the same */
  dprintf(file, "%s %s\n", mac, record);
  close(file);
}

static void tell_end(void) {
  char record[1200], mac_hex[65], disk[24] = "-", inodes[24] = "-", file[24] = "-", tasks[24] = "-";
  u8 mac[32];
  struct rusage children;
  u64 oom_kills = cgroup_oom_kills(&cgroup), peak = cgroup_peak(&cgroup);
  measure(&cgroup, false, &run.last);
  getrusage(RUSAGE_CHILDREN, &children);
  bool peak_known = peak > 0;
  if (!peak_known) peak = run.peak_bytes > (u64)children.ru_maxrss * 1024 ? run.peak_bytes : (u64)children.ru_maxrss * 1024;
  if (!job.memory_by_runner && peak > job.memory_bytes) peak = job.memory_bytes; /* the rest was the runner's own */
  if (run.disk_known) {
    disk_used();
    snprintf(disk, sizeof disk, "%llu", (unsigned long long)run.peak_disk_bytes);
    if (run.disk_at_start.f_files > 0) snprintf(inodes, sizeof inodes, "%llu", (unsigned long long)run.peak_inodes);
  }
  if (run.peak_tasks > 0) snprintf(tasks, sizeof tasks, "%llu", (unsigned long long)run.peak_tasks);
  bool files_known = look_at_files();
  judge(oom_kills);
  /* whatever is left: one was to become larger */
  if (run.reason && !strcmp(run.reason, "FILE_SIZE")) largest_file = job.file_size_bytes;
  if (files_known) snprintf(file, sizeof file, "%llu", (unsigned long long)largest_file);
  frames_tails();
  const char *ending = run.reason ? "killed" : WIFSIGNALED(run.status) ? "signalled" : "exited";
  size_t size = (size_t)snprintf(
      record, sizeof record,
      "v=1 run=%s seq=%llu ending=%s code=%d signal=%d reason=%s wall_us=%llu cpu_us=%llu memory_bytes=%llu "
      "started_ms=%llu ended_ms=%llu oom_kills=%llu leftovers=%llu disk_bytes=%s inodes=%s file_bytes=%s tasks=%s cpu_by=%s memory_by=%s",
      job.run, (unsigned long long)frames_sequence(), ending, WIFEXITED(run.status) ? WEXITSTATUS(run.status) : 0,
      WIFSIGNALED(run.status) ? WTERMSIG(run.status) : 0, run.reason ? run.reason : "-",
      (unsigned long long)(run.ended_us - run.started_us), (unsigned long long)run.last.cpu_us, (unsigned long long)peak,
      (unsigned long long)run.started_ms, (unsigned long long)run.ended_ms, (unsigned long long)oom_kills,
      (unsigned long long)run.leftovers, disk, inodes, file, tasks, cgroup.cpu >= 0 ? "cgroup" : "proc", peak_known ? "cgroup" : "proc");
  size += frames_describe(record + size, sizeof record - size);
  hmac_sha256(job.nonce, record, size, mac);
  to_hex(mac, 32, mac_hex);
  frames_line("end %s %s", mac_hex, record);
  frames_flush_all();
  write_termination(mac_hex, record);
}

/* ---- from the command line ---- */

static bool cgroup_option(const char *option) {
  static const char *names[] = {"oom=", "cpu=", "peak=", "pids="};
  int *places[] = {&cgroup.oom, &cgroup.cpu, &cgroup.peak, &cgroup.pids};
  for (int i = 0; i < 4; i++) {
    size_t length = strlen(names[i]);
    if (strncmp(option, names[i], length)) continue;
    int fd = atoi(option + length);
    if (fd < 4 || fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) return false;
    *places[i] = fd;
    return true;
  }
  return false;
}

static bool options(int argc, char **argv, int *files) {
  cgroup_none(&cgroup);
  int at = 0;
  for (; at < argc && !strncmp(argv[at], "--", 2); at += 2) {
    if (at + 1 == argc) return false;
    if (!strcmp(argv[at], "--cgroup") && !strcmp(argv[at + 1], "auto")) {
      cgroup_find(&cgroup);
      run.found = true;
    } else if (strcmp(argv[at], "--cgroup-fd") || !cgroup_option(argv[at + 1])) return false;
  }
  *files = at;
  return true;
}

static bool take_job(int argc, char **argv, char why[REASON_MAX_BYTES]) {
  int inputs[64];
  if (argc > 64) {
    snprintf(why, REASON_MAX_BYTES, "too many job files");
    return false;
  }
  for (int i = 0; i < argc; i++) {
    inputs[i] = open(argv[i], O_RDONLY | O_CLOEXEC);
    if (inputs[i] < 0) {
      snprintf(why, REASON_MAX_BYTES, "job file cannot be read: %s", strerror(errno));
      return false;
    }
  }
  run.control = argc == 0;
  int input = STDIN_FILENO;
  job_read(&job, run.control ? &input : inputs, run.control ? 1 : (size_t)argc, why);
  for (int i = 0; i < argc; i++) close(inputs[i]);
  const char *nonce = getenv("ARTEMIS_NONCE");
  if (!why[0] && !job.has_nonce)
    job.has_nonce = nonce && strlen(nonce) == 64 && from_hex(nonce, 64, job.nonce);
  if (!why[0] && !job.has_nonce) snprintf(why, REASON_MAX_BYTES, "job: no nonce");
  /* a cluster may start a second pod for a Job: what the first one was given is not for it */
  const char *pod = getenv("ARTEMIS_POD");
  if (!why[0] && strcmp(job.pod, pod ? pod : "") != 0) snprintf(why, REASON_MAX_BYTES, "job: for another pod");
  if (!why[0] && strlen(job.cwd) >= sizeof work_folder) snprintf(why, REASON_MAX_BYTES, "job: cwd is too long");
  if (why[0]) return false;
  if (run.found) cgroup_pids_within(&cgroup, job.processes + 8);
  strcpy(work_folder, job.cwd);
  return true;
}

static void catch_signals(void) {
  sigset_t caught;
  sigemptyset(&caught);
  sigaddset(&caught, SIGCHLD);
  sigaddset(&caught, SIGTERM);
  sigaddset(&caught, SIGINT);
  sigprocmask(SIG_BLOCK, &caught, NULL);
  run.signals = signalfd(-1, &caught, SFD_CLOEXEC | SFD_NONBLOCK);
  signal(SIGPIPE, SIG_IGN);
}

int run_command(int argc, char **argv) {
  char why[REASON_MAX_BYTES] = "";
  int files = 0;
  prctl(PR_SET_DUMPABLE, 0);
  if (getpid() != 1) return refuse("the runner must be process 1 of its sandbox");
  if (!options(argc, argv, &files)) return refuse("bad options");
  catch_signals();
  if (!take_job(argc - files, argv + files, why)) return refuse(why);
  job_write_files(&job, why);
  if (why[0]) return refuse(why);
  nonblocking(STDOUT_FILENO);
  frames_begin(job.output_bytes, job.kept_bytes);
  if (!start_program(why)) return refuse(why);
  frames_line("start %s %llu", job.run, (unsigned long long)run.started_ms);
  frames_flush_some();
  watch_until_end();
  end_all();
  drain_outputs();
  tell_end();
  return 0;
}
