/* What all processes of the sandbox used: from its cgroup where that is told, else from /proc. */
#define _GNU_SOURCE
#include "artemis.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/sysmacros.h>
#include <unistd.h>

u64 number_in(int descriptor, const char *key, u64 missing) {
  char text[4096], *at = text;
  if (descriptor < 0) return missing;
  ssize_t got = pread(descriptor, text, sizeof text - 1, 0);
  if (got <= 0) return missing;
  text[got] = 0;
  if (!key) return *at >= '0' && *at <= '9' ? strtoull(at, NULL, 10) : missing;
  size_t length = strlen(key);
  for (; at && *at; at = strchr(at, '\n'), at = at ? at + 1 : NULL)
    if (!strncmp(at, key, length) && at[length] == ' ') return strtoull(at + length + 1, NULL, 10);
  return missing;
}

void cgroup_none(struct cgroup *cgroup) { *cgroup = (struct cgroup){-1, -1, -1, -1, 0, 0, 0}; }

static int first_of(int known, const char *one, const char *other) {
  if (known >= 0) return known;
  int found = open(one, O_RDONLY | O_CLOEXEC);
  return found >= 0 ? found : open(other, O_RDONLY | O_CLOEXEC);
}

void cgroup_find(struct cgroup *cgroup) {
  cgroup->oom = first_of(cgroup->oom, "/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control");
  cgroup->cpu = first_of(cgroup->cpu, "/sys/fs/cgroup/cpu.stat", "/sys/fs/cgroup/cpuacct/cpuacct.usage");
  cgroup->peak = first_of(cgroup->peak, "/sys/fs/cgroup/memory.peak", "/sys/fs/cgroup/memory/memory.max_usage_in_bytes");
  cgroup->pids = first_of(cgroup->pids, "/sys/fs/cgroup/pids.events", "/sys/fs/cgroup/pids/pids.events");
}

void cgroup_pids_within(struct cgroup *cgroup, u64 most) {
  int file = first_of(-1, "/sys/fs/cgroup/pids.max", "/sys/fs/cgroup/pids/pids.max");
  u64 there = number_in(file, NULL, UINT64_MAX);
  if (file >= 0) close(file);
  if (there <= most || cgroup->pids < 0) return;
  close(cgroup->pids);
  cgroup->pids = -1;
}

u64 cgroup_cpu_us(const struct cgroup *cgroup) {
  u64 nanoseconds = number_in(cgroup->cpu, NULL, UINT64_MAX); /* v1 */
  return nanoseconds != UINT64_MAX ? nanoseconds / 1000 : number_in(cgroup->cpu, "usage_usec", 0);
}

u64 cgroup_oom_kills(const struct cgroup *cgroup) {
  return number_in(cgroup->oom, "oom_kill", 0) - cgroup->oom_at_start;
}

u64 cgroup_refusals(const struct cgroup *cgroup) {
  return number_in(cgroup->pids, "max", 0) - cgroup->refusals_at_start;
}

u64 cgroup_peak(const struct cgroup *cgroup) { return number_in(cgroup->peak, NULL, 0); }

void cgroup_begin(struct cgroup *cgroup) {
  cgroup->cpu_at_start = cgroup_cpu_us(cgroup);
  cgroup->oom_at_start = number_in(cgroup->oom, "oom_kill", 0);
  cgroup->refusals_at_start = number_in(cgroup->pids, "max", 0);
}

struct process {
  int pid;
  u64 born, user, system, waited_for, threads, resident;
};

static bool read_process(int proc, const char *pid, struct process *process) {
  char path[32], text[1024];
  snprintf(path, sizeof path, "%.16s/stat", pid);
  int file = openat(proc, path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  ssize_t got = read(file, text, sizeof text - 1);
  close(file);
  if (got <= 0) return false;
  text[got] = 0;
  char *at = strrchr(text, ')'); /* the name before it is the program's to choose */
  if (!at) return false;
  u64 child_user = 0, child_system = 0;
  long long resident = 0;
  int read_fields = sscanf(at + 2,
                           "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu %llu %llu %*d %*d %llu %*d %llu %*u %lld",
                           (unsigned long long *)&process->user, (unsigned long long *)&process->system,
                           (unsigned long long *)&child_user, (unsigned long long *)&child_system,
                           (unsigned long long *)&process->threads, (unsigned long long *)&process->born, &resident);
  process->pid = atoi(pid);
  process->waited_for = child_user + child_system;
  process->resident = resident > 0 ? (u64)resident : 0;
  return read_fields == 7;
}

#define PROCESSES_MAX 4096

/* Those of the last sample, by ascending pid, as /proc lists them: a parent that ignores SIGCHLD hides its children's time
   from the counters of the kernel, so what was seen of a process that is gone is added up here as well. */
static struct process before[PROCESSES_MAX];
static size_t before_count;
static u64 gone_ticks;

static int by_pid(const void *a, const void *b) {
  return ((const struct process *)a)->pid - ((const struct process *)b)->pid;
}

static void remember(struct process *now, size_t count) {
  qsort(now, count, sizeof *now, by_pid);
  for (size_t old = 0, new = 0; old < before_count; old++) {
    while (new < count && now[new].pid < before[old].pid) new++;
    bool lives = new < count && now[new].pid == before[old].pid && now[new].born == before[old].born;
    if (!lives) gone_ticks += before[old].user + before[old].system;
  }
  memcpy(before, now, count * sizeof *now);
  before_count = count;
}

static u64 micros(struct timeval time) { return (u64)time.tv_sec * 1000000 + (u64)time.tv_usec; }

static void measure_proc(struct sample *sample) {
  static struct process now[PROCESSES_MAX];
  size_t count = 0;
  u64 own = 0, waited_for = 0, system = 0, tick_us = 1000000 / (u64)sysconf(_SC_CLK_TCK), page = (u64)sysconf(_SC_PAGESIZE);
  DIR *proc = opendir("/proc");
  if (proc) {
    for (struct dirent *entry; (entry = readdir(proc)) && count < PROCESSES_MAX;) {
      struct process *process = &now[count];
      if (entry->d_name[0] < '1' || entry->d_name[0] > '9' || !strcmp(entry->d_name, "1")) continue;
      if (!read_process(dirfd(proc), entry->d_name, process)) continue;
      own += process->user + process->system;
      system += process->system;
      waited_for += process->waited_for;
      sample->tasks += process->threads;
      sample->memory_bytes += process->resident * page;
      count++;
    }
    closedir(proc);
  }
  remember(now, count);
  struct rusage reaped;
  getrusage(RUSAGE_CHILDREN, &reaped);
  u64 counted = micros(reaped.ru_utime) + micros(reaped.ru_stime) + (own + waited_for) * tick_us;
  u64 seen = (gone_ticks + own) * tick_us;
  sample->cpu_us = counted > seen ? counted : seen;
  sample->system_us = micros(reaped.ru_stime) + system * tick_us;
}

void measure(const struct cgroup *cgroup, bool memory, struct sample *sample) {
  *sample = (struct sample){0, 0, 0, 0};
  if (memory || cgroup->cpu < 0 || cgroup->pids < 0) measure_proc(sample);
  if (cgroup->cpu >= 0) sample->cpu_us = cgroup_cpu_us(cgroup) - cgroup->cpu_at_start;
}

/* What the processes have of memory, shared pages by their parts, and how much of it is files of the given file systems. */
struct mapped {
  u64 bytes, files;
};

static bool is_one_of(dev_t device, const dev_t *devices, int count) {
  for (int n = 0; n < count; n++)
    if (devices[n] == device) return true;
  return false;
}

/* False where the process is none that may be looked into, or gone. */
static bool add_mappings(int proc, const char *pid, const dev_t *devices, int count, struct mapped *mapped) {
  char path[40], line[512];
  snprintf(path, sizeof path, "%.16s/smaps", pid);
  int file = openat(proc, path, O_RDONLY | O_CLOEXEC);
  FILE *maps = file < 0 ? NULL : fdopen(file, "r");
  if (!maps) {
    if (file >= 0) close(file);
    return false;
  }
  bool begins = true, of_files = false, any = false;
  unsigned long long pss = 0;
  while (fgets(line, sizeof line, maps)) {
    unsigned major, minor;
    unsigned long long kilobytes;
    if (begins && sscanf(line, "%*x-%*x %*4s %*x %x:%x", &major, &minor) == 2) {
      of_files = is_one_of(makedev(major, minor), devices, count);
    } else if (begins && sscanf(line, "Pss: %llu kB", &kilobytes) == 1) {
      any = true;
      pss = kilobytes;
      mapped->bytes += pss * 1024;
    } else if (begins && of_files && sscanf(line, "Anonymous: %llu kB", &kilobytes) == 1 && pss > kilobytes) {
      mapped->files += (pss - kilobytes) * 1024; /* without copies of the file's pages, which are the process's own */
    }
    begins = strchr(line, '\n') != NULL; /* a name may be longer than a line, and say anything */
  }
  fclose(maps);
  return any;
}

static bool add_pss(int proc, const char *pid, u64 *bytes) {
  char path[40], text[1024];
  snprintf(path, sizeof path, "%.16s/smaps_rollup", pid);
  int file = openat(proc, path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  ssize_t got = read(file, text, sizeof text - 1);
  close(file);
  text[got > 0 ? got : 0] = 0;
  const char *at = strstr(text, "\nPss:");
  if (at) *bytes += strtoull(at + 5, NULL, 10) * 1024;
  return at;
}

/* With what is mapped of the files counted twice: more than it is, or as much, and cheap. */
static u64 most_memory(u64 files_bytes) {
  u64 total = files_bytes, page = (u64)sysconf(_SC_PAGESIZE);
  DIR *proc = opendir("/proc");
  if (!proc) return 0;
  for (struct dirent *entry; (entry = readdir(proc));) {
    struct process process;
    if (entry->d_name[0] < '1' || entry->d_name[0] > '9' || !strcmp(entry->d_name, "1")) continue;
    if (!add_pss(dirfd(proc), entry->d_name, &total) && read_process(dirfd(proc), entry->d_name, &process))
      total += process.resident * page;
  }
  closedir(proc);
  return total;
}

u64 measure_memory_exactly(u64 files_bytes, u64 limit, const dev_t *devices, int count) {
  u64 most = most_memory(files_bytes);
  if (most <= limit) return most;
  struct mapped mapped = {0, 0};
  u64 page = (u64)sysconf(_SC_PAGESIZE);
  DIR *proc = opendir("/proc");
  if (!proc) return 0;
  for (struct dirent *entry; (entry = readdir(proc));) {
    struct process process;
    if (entry->d_name[0] < '1' || entry->d_name[0] > '9' || !strcmp(entry->d_name, "1")) continue;
    /* one that hides, which any program may, has all that it has for itself */
    if (!add_mappings(dirfd(proc), entry->d_name, devices, count, &mapped) &&
        read_process(dirfd(proc), entry->d_name, &process))
      mapped.bytes += process.resident * page;
  }
  closedir(proc);
  return mapped.bytes + (files_bytes > mapped.files ? files_bytes - mapped.files : 0);
}
