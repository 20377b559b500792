/* Reads a job strictly: what is not understood is refused. */
#define _GNU_SOURCE
#include "artemis.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct reader {
  const int *descriptors;
  size_t count, current;
  u8 *memory; /* reserved at its full size, so that pointers into it stay good */
  size_t filled, taken;
};

static bool fail(char *why, const char *what, const char *detail) {
  snprintf(why, REASON_MAX_BYTES, "%s%s%s", what, *detail ? ": " : "", detail);
  return false;
}

static bool need(struct reader *in, size_t bytes) {
  while (in->filled - in->taken < bytes) {
    if (in->filled == JOB_MAX_BYTES || in->current == in->count) return false;
    size_t room = JOB_MAX_BYTES - in->filled;
    ssize_t got = read(in->descriptors[in->current], in->memory + in->filled, room < 65536 ? room : 65536);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) in->current++;
    in->filled += (size_t)got;
  }
  return true;
}

/* A line up to LF, which becomes NUL. */
static char *line(struct reader *in, size_t longest) {
  for (size_t i = 0; i <= longest; i++) {
    if (!need(in, i + 1)) return NULL;
    if (in->memory[in->taken + i] == '\n') {
      char *at = (char *)in->memory + in->taken;
      at[i] = 0;
      in->taken += i + 1;
      return at;
    }
  }
  return NULL;
}

static bool number(const char *text, u64 most, u64 *out) {
  u64 value = 0;
  if (!*text || (*text == '0' && text[1])) return false;
  for (const char *at = text; *at; at++) {
    if (*at < '0' || *at > '9' || value > most) return false;
    value = value * 10 + (u64)(*at - '0');
  }
  *out = value;
  return value <= most;
}

struct limit {
  const char *name;
  size_t offset;
  u64 least, most;
};

#define LIMIT(field, least, most) {#field, offsetof(struct job, field), least, most}
static const struct limit LIMITS[] = {
    LIMIT(wall_ms, 1, 86400000),
    LIMIT(cpu_ms, 1, (u64)86400000 * 256),
    LIMIT(memory_bytes, 1 << 20, (u64)1 << 40),
    LIMIT(file_size_bytes, 1, (u64)1 << 40),
    LIMIT(disk_inodes, 0, (u64)1 << 32),
    LIMIT(disk_bytes, 0, (u64)1 << 40),
    LIMIT(processes, 1, 1 << 20),
    LIMIT(open_files, 4, 1 << 20),
    LIMIT(output_bytes, 2, 16 << 20),
    LIMIT(kept_bytes, 2, 16 << 20),
};
#define LIMIT_COUNT (sizeof LIMITS / sizeof *LIMITS)

static bool has_nul(struct piece value) { return memchr(value.at, 0, value.size) != NULL; }

static bool good_run(struct piece value) {
  if (value.size < 1 || value.size > NAME_MAX_BYTES) return false;
  for (size_t i = 0; i < value.size; i++) {
    char c = value.at[i];
    bool good = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
                c == '-';
    if (!good) return false;
  }
  return true;
}

enum { SEEN_RUN = 1, SEEN_NONCE = 2, SEEN_CWD = 4, SEEN_STDIN = 8, SEEN_MEMORY_BY = 16, SEEN_TERMINATION = 32, SEEN_POD = 64 };
#define SEEN_LIMIT(i) (1u << (8 + (i)))

static bool once(unsigned *seen, unsigned bit) {
  if (*seen & bit) return false;
  *seen |= bit;
  return true;
}

static bool take(struct job *job, const char *name, struct piece value, unsigned *seen) {
  if (!strcmp(name, "run")) {
    if (!once(seen, SEEN_RUN) || !good_run(value)) return false;
    memcpy(job->run, value.at, value.size + 1);
    return true;
  }
  if (!strcmp(name, "pod")) {
    if (!once(seen, SEEN_POD) || has_nul(value) || value.size < 1 || value.size > POD_MAX_BYTES) return false;
    memcpy(job->pod, value.at, value.size + 1);
    return true;
  }
  if (!strcmp(name, "nonce")) {
    if (!once(seen, SEEN_NONCE) || value.size != 64) return false;
    job->has_nonce = from_hex(value.at, 64, job->nonce);
    return job->has_nonce;
  }
  if (!strcmp(name, "arg")) {
    if (job->argc == JOB_MAX_LIST || has_nul(value) || (job->argc == 0 && value.at[0] != '/')) return false;
    job->argv[job->argc++] = value.at;
    return true;
  }
  if (!strcmp(name, "env")) {
    if (job->envc == JOB_MAX_LIST || has_nul(value) || value.at[0] == '=' || !strchr(value.at, '=')) return false;
    job->envp[job->envc++] = value.at;
    return true;
  }
  if (!strcmp(name, "cwd")) {
    if (!once(seen, SEEN_CWD) || has_nul(value) || value.at[0] != '/') return false;
    job->cwd = value.at;
    return true;
  }
  if (!strcmp(name, "file")) {
    if (job->file_count == JOB_MAX_LIST || !has_nul(value)) return false;
    job->files[job->file_count++] = value;
    return true;
  }
  if (!strcmp(name, "folder")) {
    if (job->folder_count == JOB_MAX_FOLDERS || has_nul(value)) return false;
    job->folders[job->folder_count++] = value.at;
    return true;
  }
  if (!strcmp(name, "stdin")) {
    job->input = value;
    return once(seen, SEEN_STDIN);
  }
  if (!strcmp(name, "memory_by")) {
    job->memory_by_runner = !strcmp(value.at, "runner");
    return once(seen, SEEN_MEMORY_BY) && (job->memory_by_runner || !strcmp(value.at, "cgroup"));
  }
  if (!strcmp(name, "termination")) {
    if (!once(seen, SEEN_TERMINATION) || has_nul(value) || value.at[0] != '/' || value.size > 256) return false;
    memcpy(job->termination, value.at, value.size + 1);
    return true;
  }
  for (size_t i = 0; i < LIMIT_COUNT; i++) {
    if (strcmp(name, LIMITS[i].name)) continue;
    u64 *to = (u64 *)(void *)((char *)job + LIMITS[i].offset);
    return once(seen, SEEN_LIMIT(i)) && number(value.at, LIMITS[i].most, to) && *to >= LIMITS[i].least;
  }
  return false;
}

static bool complete(const struct job *job, unsigned seen, char *why) {
  if (!(seen & SEEN_RUN)) return fail(why, "job: missing", "run");
  if (!(seen & SEEN_CWD)) return fail(why, "job: missing", "cwd");
  if (!(seen & SEEN_MEMORY_BY)) return fail(why, "job: missing", "memory_by");
  if (job->argc == 0) return fail(why, "job: missing", "arg");
  for (size_t i = 0; i < LIMIT_COUNT; i++)
    if (!(seen & SEEN_LIMIT(i)) && LIMITS[i].offset != offsetof(struct job, kept_bytes))
      return fail(why, "job: missing", LIMITS[i].name);
  return true;
}

void job_read(struct job *job, const int *descriptors, size_t count, char why[REASON_MAX_BYTES]) {
  struct reader in = {.descriptors = descriptors, .count = count};
  unsigned seen = 0;
  memset(job, 0, sizeof *job);
  why[0] = 0;
  in.memory = mmap(NULL, JOB_MAX_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (in.memory == MAP_FAILED) {
    fail(why, "no memory for the job", "");
    return;
  }
  job->memory = in.memory;
  job->input.at = "";
  char *head = line(&in, 32);
  if (!head || strcmp(head, "artemis-job 1")) {
    fail(why, "job: not of version 1", "");
    return;
  }
  for (int fields = 0; fields < JOB_MAX_FIELDS; fields++) {
    u64 size = 0;
    char *name = line(&in, 64), *space = name ? strchr(name, ' ') : NULL;
    if (!space || !number(space + 1, JOB_MAX_BYTES, &size)) {
      fail(why, "job: bad or missing field header", "");
      return;
    }
    *space = 0;
    if (!need(&in, size + 1) || in.memory[in.taken + size] != '\n') {
      fail(why, "job: field is cut short", name);
      return;
    }
    struct piece value = {(char *)in.memory + in.taken, size};
    value.at[size] = 0;
    in.taken += size + 1;
    if (!strcmp(name, "end")) {
      if (size != 0) fail(why, "job: bad end", "");
      else if (!complete(job, seen, why)) return;
      else if (!job->kept_bytes) job->kept_bytes = job->output_bytes;
      else if (job->kept_bytes > job->output_bytes) fail(why, "job: more than output_bytes", "kept_bytes");
      return;
    }
    if (!take(job, name, value, &seen)) {
      fail(why, "job: unknown, repeated or bad field", name);
      return;
    }
  }
  fail(why, "job: too many fields", "");
}

/* Opens the folder that a path's last name stands in, making what is missing; *name becomes that last name. */
static int folder_of(int work, char *path, char **name) {
  int at = dup(work);
  for (;;) {
    char *slash = strchr(path, '/');
    if (slash) *slash = 0;
    if (!*path || !strcmp(path, ".") || !strcmp(path, "..")) errno = EINVAL;
    else if (!slash) {
      *name = path;
      return at;
    } else if (mkdirat(at, path, 0755) == 0 || errno == EEXIST) {
      int below = openat(at, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
      if (below >= 0) {
        close(at);
        at = below;
        path = slash + 1;
        continue;
      }
    }
    int kept = errno;
    close(at);
    errno = kept;
    return -1;
  }
}

static bool write_file(int work, struct piece file) {
  size_t length = strlen(file.at), left = file.size - length - 1;
  const char *content = file.at + length + 1;
  char *name = NULL;
  int folder = folder_of(work, file.at, &name);
  if (folder < 0) return false;
  int out = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
  int kept = errno;
  close(folder);
  errno = kept;
  if (out < 0) return false;
  while (left > 0) {
    ssize_t put = write(out, content, left);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) break;
    content += put;
    left -= (size_t)put;
  }
  kept = errno;
  close(out);
  errno = kept;
  return left == 0;
}

static bool make_folder(int work, char *path) {
  char *name = NULL;
  int above = folder_of(work, path, &name);
  if (above < 0) return false;
  bool made = mkdirat(above, name, 0755) == 0;
  int kept = errno;
  close(above);
  errno = kept;
  return made;
}

void job_write_files(const struct job *job, char why[REASON_MAX_BYTES]) {
  int work = open(job->cwd, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (work < 0) {
    fail(why, "work folder cannot be opened", strerror(errno));
    return;
  }
  for (size_t i = 0; i < job->folder_count && !why[0]; i++)
    if (!make_folder(work, job->folders[i]))
      snprintf(why, REASON_MAX_BYTES, "folder %zu cannot be made: %s", i, strerror(errno));
  for (size_t i = 0; i < job->file_count && !why[0]; i++) {
    if (!write_file(work, job->files[i])) {
      snprintf(why, REASON_MAX_BYTES, "file %zu cannot be written: %s", i, strerror(errno));
    }
  }
  close(work);
}

void job_forget(struct job *job) {
  if (job->memory) munmap(job->memory, JOB_MAX_BYTES);
  job->memory = NULL;
}
