/* Local only: puts a sandbox into its cgroups as an ordinary user, outlives it, and leaves nothing behind. */
#define _GNU_SOURCE
#include "artemis.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LIST_MAX 32
#define GRACE_US 1500000
#define CLEAN_US 3000000

static struct {
  long uid, gid;
  u64 deadline_ms;
  const char *folders[LIST_MAX], *writes[LIST_MAX], *joins[LIST_MAX], *opens[LIST_MAX], *oom, *cpu, *peak;
  int folder_count, write_count, join_count, open_count, made;
  char **command;
} plan = {.uid = -1, .gid = -1};

static bool add(const char **list, int *count, const char *value) {
  if (*count == LIST_MAX) return false;
  list[(*count)++] = value;
  return true;
}

static bool option(const char *name, const char *value) {
  if (!strcmp(name, "--uid")) return (plan.uid = atol(value)) > 0;
  if (!strcmp(name, "--gid")) return (plan.gid = atol(value)) > 0;
  if (!strcmp(name, "--deadline-ms")) return (plan.deadline_ms = strtoull(value, NULL, 10)) > 0;
  if (!strcmp(name, "--mkdir")) return add(plan.folders, &plan.folder_count, value);
  if (!strcmp(name, "--write")) return strchr(value, '=') && add(plan.writes, &plan.write_count, value);
  if (!strcmp(name, "--join")) return add(plan.joins, &plan.join_count, value);
  if (!strcmp(name, "--open")) return strchr(value, '=') && add(plan.opens, &plan.open_count, value);
  if (!strcmp(name, "--oom")) return (plan.oom = value) != NULL;
  if (!strcmp(name, "--cpu")) return (plan.cpu = value) != NULL;
  if (!strcmp(name, "--peak")) return (plan.peak = value) != NULL;
  return false;
}

static bool parse(int argc, char **argv) {
  for (int at = 0; at < argc; at += 2) {
    if (!strcmp(argv[at], "--")) {
      plan.command = argv + at + 1;
      return at + 1 < argc && plan.deadline_ms > 0;
    }
    if (at + 1 == argc || !option(argv[at], argv[at + 1])) return false;
  }
  return false;
}

static bool complain(const char *what, const char *where) {
  fprintf(stderr, "launch: %s %s: %s\n", what, where, strerror(errno));
  return false;
}

static bool write_value(const char *path, const char *value) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  ssize_t size = (ssize_t)strlen(value), put = write(file, value, (size_t)size);
  int kept = errno;
  close(file);
  errno = kept;
  return put == size;
}

static bool make_cgroups(void) {
  for (; plan.made < plan.folder_count; plan.made++)
    if (mkdir(plan.folders[plan.made], 0755) != 0) return complain("cannot make", plan.folders[plan.made]);
  for (int i = 0; i < plan.write_count; i++) {
    char path[4096];
    const char *equals = strchr(plan.writes[i], '=');
    snprintf(path, sizeof path, "%.*s", (int)(equals - plan.writes[i]), plan.writes[i]);
    if (!write_value(path, equals + 1)) return complain("cannot write", plan.writes[i]);
  }
  return true;
}

static bool become_user(void) {
  if (plan.uid < 0) return true;
  gid_t gid = (gid_t)(plan.gid > 0 ? plan.gid : plan.uid);
  uid_t uid = (uid_t)plan.uid;
  if (setgroups(0, NULL) != 0 || setresgid(gid, gid, gid) != 0 || setresuid(uid, uid, uid) != 0) return false;
  return setresuid(0, 0, 0) != 0 && getuid() == uid && geteuid() == uid; /* no way back */
}

_Noreturn static void become_command(const sigset_t *mask, pid_t launcher) {
  static char *no_environment[] = {NULL};
  for (int i = 0; i < plan.join_count; i++)
    if (!write_value(plan.joins[i], "0")) {
      complain("cannot join", plan.joins[i]);
      _exit(EXIT_BROKEN);
    }
  for (int i = 0; i < plan.open_count; i++) {
    const char *path = strchr(plan.opens[i], '=') + 1;
    int file = open(path, O_RDONLY), wanted = atoi(plan.opens[i]);
    if (file < 0 || dup2(file, wanted) < 0) {
      complain("cannot open", path);
      _exit(EXIT_BROKEN);
    }
    if (file != wanted) close(file);
  }
  if (!become_user()) {
    complain("cannot become", "an ordinary user");
    _exit(EXIT_BROKEN);
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != launcher || chdir("/") != 0) _exit(EXIT_BROKEN);
  umask(022);
  sigprocmask(SIG_SETMASK, mask, NULL);
  execve(plan.command[0], plan.command, no_environment);
  complain("cannot start", plan.command[0]);
  _exit(EXIT_BROKEN);
}

static void pause_briefly(void) {
  struct timespec two = {0, 2000000};
  nanosleep(&two, NULL);
}

/* Kills what is in the cgroups; true when nothing is. */
static bool kill_members(void) {
  bool empty = true;
  for (int i = 0; i < plan.made; i++) {
    char path[4096];
    snprintf(path, sizeof path, "%s/cgroup.procs", plan.folders[i]);
    FILE *members = fopen(path, "re");
    if (!members) continue;
    for (int pid; fscanf(members, "%d", &pid) == 1;) {
      empty = false;
      if (pid > 1 && pid != getpid()) kill(pid, SIGKILL);
    }
    fclose(members);
  }
  return empty;
}

static void remove_cgroups(void) {
  u64 until = clock_us() + CLEAN_US;
  while (!kill_members() && clock_us() < until) pause_briefly();
  while (plan.made > 0) {
    const char *folder = plan.folders[plan.made - 1];
    if (rmdir(folder) == 0 || errno == ENOENT) plan.made--;
    else if (clock_us() > until) {
      complain("cannot remove", folder);
      return;
    } else pause_briefly();
  }
}

static int opened(const char *path) { return path ? open(path, O_RDONLY | O_CLOEXEC) : -1; }

/* Until the command has ended, the server has hung up, or time is over. */
static int wait_for(pid_t command, int signals) {
  u64 deadline = clock_us() + plan.deadline_ms * 1000;
  bool watched = true;
  for (int status;;) {
    pid_t pid = waitpid(command, &status, WNOHANG);
    if (pid == command) return status;
    u64 now = clock_us();
    if (now >= deadline) {
      kill(command, SIGKILL);
      kill_members();
      deadline = now + 1000000;
    }
    struct pollfd fds[2] = {{signals, POLLIN, 0}, {watched ? STDIN_FILENO : -1, 0, 0}};
    poll(fds, 2, (int)((deadline - now) / 1000 + 1));
    struct signalfd_siginfo info;
    while (read(signals, &info, sizeof info) == (ssize_t)sizeof info)
      if (info.ssi_signo != SIGCHLD) deadline = clock_us();
    if (fds[1].revents) {
      /* the runner sees it too and tells what there was to tell */
      watched = false;
      u64 hung_up = clock_us();
      if (deadline > hung_up + GRACE_US) deadline = hung_up + GRACE_US;
    }
  }
}

int launch_command(int argc, char **argv) {
  sigset_t caught, old;
  if (!parse(argc, argv)) {
    fprintf(stderr, "launch: bad options\n");
    return EXIT_REFUSED;
  }
  setsid();  /* Ctrl-C at a terminal is for the server, which ends its runs in order */
  sigemptyset(&caught);
  sigaddset(&caught, SIGCHLD);
  sigaddset(&caught, SIGTERM);
  sigaddset(&caught, SIGINT);
  sigaddset(&caught, SIGHUP);
  sigprocmask(SIG_BLOCK, &caught, &old);
  signal(SIGPIPE, SIG_IGN);
  int signals = signalfd(-1, &caught, SFD_CLOEXEC | SFD_NONBLOCK);
  pid_t self = getpid(), command = make_cgroups() ? fork() : -1;
  if (command == 0) {
    signal(SIGPIPE, SIG_DFL);
    become_command(&old, self);
  }
  int status = EXIT_BROKEN << 8;
  if (command > 0) status = wait_for(command, signals);
  struct cgroup facts;
  cgroup_none(&facts);
  facts.oom = opened(plan.oom);
  facts.cpu = opened(plan.cpu);
  facts.peak = opened(plan.peak);
  u64 kills = cgroup_oom_kills(&facts), cpu_us = cgroup_cpu_us(&facts), peak = cgroup_peak(&facts);
  remove_cgroups();
  fcntl(STDOUT_FILENO, F_SETFL, fcntl(STDOUT_FILENO, F_GETFL) & ~O_NONBLOCK);
  dprintf(STDOUT_FILENO, "launch %d %d %llu %llu %llu\n", WIFEXITED(status) ? WEXITSTATUS(status) : 0,
          WIFSIGNALED(status) ? WTERMSIG(status) : 0, (unsigned long long)kills,
          (unsigned long long)cpu_us, (unsigned long long)peak);
  return 0;
}
