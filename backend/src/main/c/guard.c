/* Resource limits and the system calls that the program does not get. */
#define _GNU_SOURCE
#include "artemis.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Threads of glibc reserve much address space that they never touch; memory itself is watched by sampling. */
#define ADDRESS_SPACE_ROOM ((u64)512 << 20)
/* Where the pids cgroup counts, it must be met first, since it alone tells how often it refused. */
#define BEHIND_CGROUP 16

static bool limit(int resource, u64 soft, u64 hard) {
  struct rlimit value = {soft, hard};
  return setrlimit(resource, &value) == 0;
}

const char *guard_limits(const struct job *job, bool processes_counted) {
  u64 cpu = (job->cpu_ms + 999) / 1000 + 1, processes = job->processes + 1 + (processes_counted ? BEHIND_CGROUP : 0);
  struct rlimit old;
  /* 1 and not 0: a pattern that pipes cores into a program of the host's is stopped by that value alone (core(5)) */
  if (!limit(RLIMIT_CORE, 1, 1) && !limit(RLIMIT_CORE, 0, 0)) return "core limit";
  if (!limit(RLIMIT_RTPRIO, 0, 0)) return "real-time limit";
  if (!limit(RLIMIT_NICE, 0, 0)) return "priority limit";
  if (!limit(RLIMIT_CPU, cpu, cpu + 1)) return "CPU limit";
  if (!limit(RLIMIT_FSIZE, job->file_size_bytes, job->file_size_bytes)) return "file size limit";
  if (!limit(RLIMIT_MSGQUEUE, 0, 0)) return "message queue limit";
  if (!limit(RLIMIT_MEMLOCK, 0, 0)) return "locked memory limit";
  if (getrlimit(RLIMIT_NPROC, &old) != 0) return "process limit";
  if (old.rlim_max < processes) processes = old.rlim_max;
  if (!limit(RLIMIT_NPROC, processes, processes)) return "process limit";
  u64 space = job->memory_bytes + ADDRESS_SPACE_ROOM;
  if (job->memory_by_runner && !limit(RLIMIT_AS, space, space)) return "address space limit";
  return NULL;
}

const char *guard_open_files(const struct job *job) {
  struct rlimit old;
  if (getrlimit(RLIMIT_NOFILE, &old) != 0) return "open files limit";
  u64 files = job->open_files < old.rlim_max ? job->open_files : old.rlim_max;
  return limit(RLIMIT_NOFILE, files, files) ? NULL : "open files limit";
}

#if defined(__x86_64__)
#define THIS_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCH AUDIT_ARCH_AARCH64
#else
#error "the system call filter knows x86_64 and aarch64"
#endif

/* Numbers of newer kernels that older headers lack; the same on both. */
#ifndef SYS_clone3
#define SYS_clone3 435
#endif
#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif
#ifndef SYS_process_madvise
#define SYS_process_madvise 440
#endif
#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif
#ifndef SYS_quotactl_fd
#define SYS_quotactl_fd 443
#endif
#ifndef SYS_memfd_secret
#define SYS_memfd_secret 447
#endif
#ifndef SYS_process_mrelease
#define SYS_process_mrelease 448
#endif
#ifndef SYS_set_mempolicy_home_node
#define SYS_set_mempolicy_home_node 450
#endif

#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif

/* SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV */
#define SLEEP_UNBROKEN (1u << 5)

/* What a kernel has beyond was not thought of here: it is said not to exist. */
#define LAST_KNOWN SYS_fchmodat2

static const int FORBIDDEN[] = {
    /* other processes */
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, SYS_pidfd_getfd, SYS_process_madvise,
    SYS_process_mrelease, SYS_migrate_pages, SYS_move_pages, SYS_perf_event_open,
    /* mounts and namespaces */
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns, SYS_open_tree, SYS_move_mount,
    SYS_fsopen, SYS_fsconfig, SYS_fsmount, SYS_fspick, SYS_mount_setattr, SYS_open_by_handle_at,
    SYS_name_to_handle_at, SYS_fanotify_init, SYS_quotactl, SYS_quotactl_fd,
    /* the kernel */
    SYS_bpf, SYS_userfaultfd, SYS_kexec_load, SYS_kexec_file_load, SYS_init_module, SYS_finit_module,
    SYS_delete_module, SYS_reboot, SYS_swapon, SYS_swapoff, SYS_syslog, SYS_acct, SYS_settimeofday, SYS_clock_settime,
    SYS_adjtimex, SYS_clock_adjtime, SYS_sethostname, SYS_setdomainname, SYS_vhangup, SYS_lookup_dcookie,
    SYS_memfd_secret, SYS_set_mempolicy_home_node, SYS_nfsservctl,
    /* objects of the kernel that no limit counts */
    SYS_msgget, SYS_semget,
    /* keys */
    SYS_keyctl, SYS_add_key, SYS_request_key,
#if defined(__x86_64__)
    SYS_iopl, SYS_ioperm, SYS_modify_ldt, SYS_create_module, SYS_get_kernel_syms, SYS_query_module, SYS_uselib,
    SYS__sysctl, SYS_sysfs, SYS_ustat,
#endif
};

/* Said not to exist, so that libraries take their older way. clone3 hides its flags from a filter. */
static const int ABSENT[] = {SYS_clone3, SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register};

/* Memory that neither RLIMIT_AS nor resident sets show. */
static const int HIDDEN_MEMORY[] = {SYS_memfd_create, SYS_shmget};

/* Calls whose first argument is a process: process 1 is the runner, of the same user, and must be left alone. */
static const int ON_PROCESS[] = {SYS_prlimit64, SYS_sched_setaffinity, SYS_sched_setscheduler, SYS_sched_setparam,
                                 SYS_sched_setattr};

#define NAMESPACES \
  (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)

#define RULES_MAX 512
static struct sock_filter rules[RULES_MAX];
static unsigned short rule_count;

static void rule(unsigned short code, uint32_t k, u8 if_true, u8 if_false) {
  if (rule_count < RULES_MAX) rules[rule_count++] = (struct sock_filter){code, if_true, if_false, k};
}

static void load(size_t offset) { rule(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0); }
static void result(uint32_t action) { rule(BPF_RET | BPF_K, action, 0, 0); }
static uint32_t refuse(int error) { return SECCOMP_RET_ERRNO | (uint32_t)error; }

/* Low half; both machines are little endian. */
static size_t argument(int index) { return offsetof(struct seccomp_data, args) + 8 * (size_t)index; }

static void deny(const int *calls, size_t count, int error) {
  for (size_t i = 0; i < count; i++) {
    rule(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)calls[i], 0, 1);
    result(refuse(error));
  }
}

/* For call: refused when its argument equals value. */
static void deny_equal(int call, int index, uint32_t value, int error) {
  rule(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 4);
  load(argument(index));
  rule(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
  result(refuse(error));
  load(offsetof(struct seccomp_data, nr));
}

/* For call: refused when its argument is none of these. */
static void deny_others(int call, int index, const uint32_t *values, u8 count, int error) {
  rule(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, (u8)(count + 3));
  load(argument(index));
  for (u8 i = 0; i < count; i++) rule(BPF_JMP | BPF_JEQ | BPF_K, values[i], (u8)(count - i), 0);
  result(refuse(error));
  load(offsetof(struct seccomp_data, nr));
}

/* For call: refused unless its type of socket, flags aside, is a stream or a datagram. */
static void deny_socket_types(int call) {
  rule(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 6);
  load(argument(1));
  rule(BPF_ALU | BPF_AND | BPF_K, 0xf, 0, 0);
  rule(BPF_JMP | BPF_JEQ | BPF_K, SOCK_STREAM, 2, 0);
  rule(BPF_JMP | BPF_JEQ | BPF_K, SOCK_DGRAM, 1, 0);
  result(refuse(ESOCKTNOSUPPORT));
  load(offsetof(struct seccomp_data, nr));
}

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define TELL SECCOMP_RET_USER_NOTIF

/* For call: told when its argument, of which only the bits of mask count, equals value. */
static void tell_equal(int call, int index, uint32_t mask, uint32_t value) {
  rule(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 5);
  load(argument(index));
  rule(BPF_ALU | BPF_AND | BPF_K, mask, 0, 0);
  rule(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
  result(TELL);
  load(offsetof(struct seccomp_data, nr));
}

/* For call: told when these two arguments equal these two values. */
static void tell_both(int call, int index, uint32_t value, int other, uint32_t other_value) {
  rule(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 6);
  load(argument(index));
  rule(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 3);
  load(argument(other));
  rule(BPF_JMP | BPF_JEQ | BPF_K, other_value, 0, 1);
  result(TELL);
  load(offsetof(struct seccomp_data, nr));
}

/* For call: told when this argument, an address, is given, and another equals value (or any with a negative index). */
static void tell_given(int call, int index, int other, uint32_t value) {
  bool any = other < 0;
  rule(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, any ? 6 : 8);
  if (!any) {
    load(argument(other));
    rule(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 5);
  }
  load(argument(index));
  rule(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 2);
  load(argument(index) + 4);
  rule(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0);
  result(TELL);
  load(offsetof(struct seccomp_data, nr));
}

/* Whatever can bring the program a SIGXFSZ that is not the limit's, or a SIGKILL that is not the kernel's for want of memory: who
   sends it, whose signal is chosen (timers have theirs in memory, where a filter cannot look: all of them), and who sets a limit of
   its own. Not there: message queues, whose limit is zero, and the signal at a parent's death, since the program's parent is the
   runner. */
static void tell_signals(void) {
  static const uint32_t signals[] = {SIGXFSZ, SIGKILL}, limits[] = {RLIMIT_FSIZE, RLIMIT_CPU};
  for (size_t i = 0; i < COUNT(signals); i++) {
    tell_equal(SYS_kill, 1, ~0u, signals[i]);
    tell_equal(SYS_tkill, 1, ~0u, signals[i]);
    tell_equal(SYS_tgkill, 2, ~0u, signals[i]);
    tell_equal(SYS_rt_sigqueueinfo, 1, ~0u, signals[i]);
    tell_equal(SYS_rt_tgsigqueueinfo, 2, ~0u, signals[i]);
    tell_equal(SYS_pidfd_send_signal, 1, ~0u, signals[i]);
    tell_equal(SYS_clone, 0, 0xff /* CSIGNAL: to the parent, at the end */, signals[i]);
    tell_both(SYS_fcntl, 1, F_SETSIG, 2, signals[i]);
    tell_given(SYS_setrlimit, 1, 0, limits[i]);
    tell_given(SYS_prlimit64, 2, 1, limits[i]);
  }
  tell_given(SYS_timer_create, 1, -1, 0);
}

static enum heard by_signal(uint32_t number) {
  return number == SIGXFSZ ? HEARD_FILE_SIZE : number == SIGKILL ? HEARD_KILL : HEARD_EITHER;
}

static enum heard by_limit(uint32_t resource) {
  return resource == RLIMIT_FSIZE ? HEARD_FILE_SIZE : resource == RLIMIT_CPU ? HEARD_KILL : HEARD_EITHER;
}

/* Which signal one of those calls can bring. */
static enum heard meant_by(const struct seccomp_data *call) {
  switch (call->nr) {
    case SYS_kill:
    case SYS_tkill:
    case SYS_rt_sigqueueinfo:
    case SYS_pidfd_send_signal: return by_signal((uint32_t)call->args[1]);
    case SYS_tgkill:
    case SYS_rt_tgsigqueueinfo:
    case SYS_fcntl: return by_signal((uint32_t)call->args[2]);
    case SYS_clone: return by_signal((uint32_t)call->args[0] & 0xff);
    case SYS_setrlimit: return by_limit((uint32_t)call->args[0]);
    case SYS_prlimit64: return by_limit((uint32_t)call->args[1]);
    default: return HEARD_EITHER;
  }
}

static const char *make_rules(bool deny_hidden_memory, bool told) {
  static const uint32_t families[] = {AF_UNIX, AF_INET, AF_INET6};
  static const uint32_t only_process[] = {0}; /* PRIO_PROCESS */
  static const uint32_t only_io_process[] = {1}; /* IOPRIO_WHO_PROCESS */
  static const uint32_t only_ask[] = {0xffffffff};
  rule_count = 0;
  load(offsetof(struct seccomp_data, arch));
  rule(BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCH, 1, 0);
  result(SECCOMP_RET_KILL_PROCESS);
  load(offsetof(struct seccomp_data, nr));
#if defined(__x86_64__)
  rule(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1); /* x32 */
  result(SECCOMP_RET_KILL_PROCESS);
#endif
  rule(BPF_JMP | BPF_JGT | BPF_K, LAST_KNOWN, 0, 1);
  result(refuse(ENOSYS));
  deny(FORBIDDEN, COUNT(FORBIDDEN), EPERM);
  deny(ABSENT, COUNT(ABSENT), ENOSYS);
  if (deny_hidden_memory) deny(HIDDEN_MEMORY, COUNT(HIDDEN_MEMORY), ENOSYS);
  for (size_t i = 0; i < COUNT(ON_PROCESS); i++) deny_equal(ON_PROCESS[i], 0, 1, EPERM);
  deny_equal(SYS_setpriority, 1, 1, EPERM);
  deny_others(SYS_setpriority, 0, only_process, 1, EPERM);
  deny_equal(SYS_ioprio_set, 1, 1, EPERM);
  deny_others(SYS_ioprio_set, 0, only_io_process, 1, EPERM);
  deny_equal(SYS_ioctl, 1, TIOCSTI, EPERM);
  deny_equal(SYS_ioctl, 1, 0x541C /* TIOCLINUX */, EPERM);
  deny_others(SYS_socket, 0, families, COUNT(families), EAFNOSUPPORT);
  deny_others(SYS_socketpair, 0, families, 1, EAFNOSUPPORT);
  deny_socket_types(SYS_socket);
  deny_socket_types(SYS_socketpair);
  deny_others(SYS_personality, 0, only_ask, 1, EPERM);
  rule(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4);
  load(argument(0));
  rule(BPF_JMP | BPF_JSET | BPF_K, NAMESPACES, 0, 1);
  result(refuse(EPERM));
  load(offsetof(struct seccomp_data, nr));
  if (told) tell_signals();
  result(SECCOMP_RET_ALLOW);
  return rule_count == RULES_MAX ? "system call filter is too long" : NULL;
}

/* A listener of ours, or -1 where there can be none: an older kernel, a filter above us that has its own, no descriptor left. */
static int install_told(bool deny_hidden_memory) {
  /* then the sleep is not broken by signals once we heard of it; kernels before 5.19 do not know how */
  static const unsigned flags[] = {SECCOMP_FILTER_FLAG_NEW_LISTENER | SLEEP_UNBROKEN, SECCOMP_FILTER_FLAG_NEW_LISTENER};
  if (make_rules(deny_hidden_memory, true)) return -1;
  struct sock_fprog program = {rule_count, rules};
  long listener = -1;
  for (size_t i = 0; i < COUNT(flags) && listener < 0; i++)
    listener = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags[i], &program);
  return (int)listener;
}

const char *guard_system_calls(bool deny_hidden_memory, int *listener) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return "no_new_privs";
  if (listener && (*listener = install_told(deny_hidden_memory)) >= 0) return NULL;
  const char *failed = make_rules(deny_hidden_memory, false);
  if (failed) return failed;
  struct sock_fprog program = {rule_count, rules};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0 ? "system call filter" : NULL;
}

/* The kernel asks for zeros in what it writes to, and writes no more than these are. */
union notice {
  struct seccomp_notif asked;
  struct seccomp_notif_resp answer;
};

/* A timer and a limit reach the process that makes them alone, unless it names another. */
static bool reaches_itself_alone(const struct seccomp_data *call) {
  switch (call->nr) {
    case SYS_timer_create:
    case SYS_setrlimit: return true;
    case SYS_prlimit64: return (pid_t)call->args[0] == 0;
    default: return false;
  }
}

/* Whether a thread that waits for us is one of another process than the program; no, where that cannot be seen. */
static bool is_of_another(int listener, u64 id, pid_t thread, pid_t program) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/task/%d", (int)program, (int)thread);
  struct stat there;
  if (stat("/proc/1", &there) != 0 || stat(path, &there) == 0 || errno != ENOENT) return false;
  return ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0; /* it waits still, so its number is its own */
}

enum heard guard_hear(int listener, pid_t program) {
  union notice notice;
  memset(&notice, 0, sizeof notice);
  if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &notice) != 0) return errno == ENOENT || errno == EINTR ? HEARD_NONE : HEARD_NEVER;
  u64 id = notice.asked.id;
  enum heard heard = meant_by(&notice.asked.data);
  if (reaches_itself_alone(&notice.asked.data) && is_of_another(listener, id, (pid_t)notice.asked.pid, program)) heard = HEARD_NONE;
  memset(&notice, 0, sizeof notice);
  notice.answer.id = id;
  notice.answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
  ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &notice);
  return heard;
}
