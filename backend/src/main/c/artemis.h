/* artemis-runner: process 1 of every sandbox. The protocol is backend/docs/protocol.md. */
#ifndef ARTEMIS_H
#define ARTEMIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define EXIT_REFUSED 64
#define EXIT_BROKEN 70
#define NAME_MAX_BYTES 128
#define REASON_MAX_BYTES 512

typedef uint64_t u64;
typedef unsigned char u8;

/* sha256.c */
struct sha256 {
  uint32_t state[8];
  u64 bytes;
  u8 block[64];
};
void sha256_begin(struct sha256 *hash);
void sha256_add(struct sha256 *hash, const void *data, size_t size);
void sha256_end(struct sha256 *hash, u8 out[32]);
void hmac_sha256(const u8 key[32], const void *data, size_t size, u8 out[32]);
void to_hex(const u8 *bytes, size_t size, char *out);
bool from_hex(const char *text, size_t length, u8 *out);

/* job.c */
#define JOB_MAX_BYTES ((size_t)64 << 20)
#define JOB_MAX_FIELDS 4096
#define JOB_MAX_LIST 1024
#define JOB_MAX_FOLDERS 16
#define POD_MAX_BYTES 64

struct piece {
  char *at; /* NUL after its last byte */
  size_t size;
};

struct job {
  char run[NAME_MAX_BYTES + 1];
  char pod[POD_MAX_BYTES + 1]; /* empty: for whoever reads it */
  u8 nonce[32];
  bool has_nonce;
  char *argv[JOB_MAX_LIST + 1];
  size_t argc;
  char *envp[JOB_MAX_LIST + 1];
  size_t envc;
  char *cwd;
  struct piece files[JOB_MAX_LIST];
  size_t file_count;
  char *folders[JOB_MAX_FOLDERS];
  size_t folder_count;
  struct piece input;
  char termination[257];
  u64 wall_ms, cpu_ms, memory_bytes, file_size_bytes, disk_inodes, disk_bytes, processes, open_files, output_bytes, kept_bytes;
  bool memory_by_runner;
  u8 *memory; /* all of the above points into it */
};

/* Reads a job from these descriptors, one after another; with NULL in why it is good. */
void job_read(struct job *job, const int *descriptors, size_t count, char why[REASON_MAX_BYTES]);
/* Makes the job's folders and writes its files below its work folder, never through a link. */
void job_write_files(const struct job *job, char why[REASON_MAX_BYTES]);
/* Gives the memory of values back; what is left of the job are numbers and names. */
void job_forget(struct job *job);

/* guard.c: what the program may do. Called in the child, before exec; NULL or what failed. */
const char *guard_limits(const struct job *job, bool processes_counted);
/* With listener: at it is heard who could bring a SIGXFSZ or a SIGKILL; -1 where there is none. */
const char *guard_system_calls(bool deny_hidden_memory, int *listener);
/* After the system call filter, whose listener may need a descriptor above the limit. */
const char *guard_open_files(const struct job *job);
/* Hears one such call, which polling the listener told of, and lets it go on. None: it was killed meanwhile. Never: it cannot. */
enum heard { HEARD_FILE_SIZE, HEARD_KILL, HEARD_EITHER, HEARD_NONE, HEARD_NEVER };
enum heard guard_hear(int listener, pid_t program);

/* measure.c */
struct cgroup {
  int oom, cpu, peak, pids; /* descriptors, or -1 */
  u64 cpu_at_start, oom_at_start, refusals_at_start;
};

struct sample {
  u64 cpu_us;        /* of all processes so far */
  u64 system_us;     /* of which in the kernel; only where /proc was read */
  u64 memory_bytes;  /* now; 0 where /proc was not read */
  u64 tasks;         /* now; 0 where /proc was not read */
};

void cgroup_none(struct cgroup *cgroup);
void cgroup_find(struct cgroup *cgroup);
/* A wider limit than that is a node's or an image's, not this run's: it is forgotten, and the user's limit holds alone. */
void cgroup_pids_within(struct cgroup *cgroup, u64 most);
void cgroup_begin(struct cgroup *cgroup);
u64 cgroup_oom_kills(const struct cgroup *cgroup);
u64 cgroup_refusals(const struct cgroup *cgroup);
u64 cgroup_cpu_us(const struct cgroup *cgroup);
u64 cgroup_peak(const struct cgroup *cgroup);
/* Takes a sample; reads /proc only where the cgroup does not tell, or memory is asked for. */
void measure(const struct cgroup *cgroup, bool memory, struct sample *sample);
/* Memory with the files in it, without counting shared pages twice; above the limit also without counting twice what is mapped of
   the files of those file systems; slower. */
u64 measure_memory_exactly(u64 files_bytes, u64 limit, const dev_t *devices, int count);
/* The number after a key in a file of "key number" lines (or the whole file's number with NULL), else missing. */
u64 number_in(int descriptor, const char *key, u64 missing);

/* frames.c: everything that goes out */
#define CHANNELS 2
void frames_begin(u64 output_bytes, u64 kept_bytes);
bool frames_take(int channel, const u8 *bytes, size_t size, u64 now_us); /* false: over 64 times the cap */
void frames_due(u64 now_us);
int frames_wait_ms(u64 now_us);
bool frames_room(void);
bool frames_pending(void);
void frames_flush_some(void);
void frames_flush_all(void);
void frames_line(const char *format, ...) __attribute__((format(printf, 1, 2)));
void frames_tails(void);
u64 frames_sequence(void);
/* Appends " out_total=… …" for both channels. */
size_t frames_describe(char *to, size_t room);

/* run.c, launch.c */
int run_command(int argc, char **argv);
int launch_command(int argc, char **argv);

u64 clock_us(void);
u64 unix_ms(void);

#endif
