/* Everything that goes out: output in framed lines, the first part as it comes, the last part at the end. */
#define _GNU_SOURCE
#include "artemis.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PIECE_BYTES 5400
#define LINE_MAX_BYTES 8191
#define OUT_BYTES (512 * 1024)
#define OUT_ENOUGH (256 * 1024) /* above this the program's pipes are not read: back-pressure */
#define TIMES_CAP 64

struct channel {
  const char *name;
  u64 total, head_cap, ring_cap, ring_total;
  u8 *ring;
  struct sha256 hash;
  u8 piece[PIECE_BYTES]; /* gathered, not yet sent */
  size_t gathered;
  u64 sent; /* offset behind what was sent */
};

static struct channel channels[CHANNELS];
static u64 most, sequence, lines, next_due_us;
static char out[OUT_BYTES];
static size_t out_from, out_to;
static bool broken; /* nobody reads any more */

/* At most kept_bytes of each channel go out; output_bytes times TIMES_CAP of one end the program. */
void frames_begin(u64 output_bytes, u64 kept_bytes) {
  static const char *names[CHANNELS] = {"out", "err"};
  most = output_bytes * TIMES_CAP;
  for (int i = 0; i < CHANNELS; i++) {
    channels[i].name = names[i];
    channels[i].head_cap = kept_bytes - kept_bytes / 2;
    channels[i].ring_cap = kept_bytes / 2;
    sha256_begin(&channels[i].hash);
  }
}

bool frames_room(void) { return out_to - out_from < OUT_ENOUGH; }
bool frames_pending(void) { return out_to > out_from; }
u64 frames_sequence(void) { return sequence; }

void frames_flush_some(void) {
  while (out_from < out_to) {
    ssize_t put = write(STDOUT_FILENO, out + out_from, out_to - out_from);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0 && errno == EAGAIN) return;
    if (put < 0) {
      broken = true;
      out_from = out_to = 0;
      return;
    }
    out_from += (size_t)put;
  }
  out_from = out_to = 0;
}

void frames_flush_all(void) {
  for (frames_flush_some(); out_from < out_to; frames_flush_some()) {
    struct pollfd ready = {STDOUT_FILENO, POLLOUT, 0};
    poll(&ready, 1, -1);
  }
}

static void put_line(const char *line, size_t size) {
  if (broken) return;
  if (OUT_BYTES - out_to < size) {
    memmove(out, out + out_from, out_to - out_from);
    out_to -= out_from;
    out_from = 0;
  }
  if (OUT_BYTES - out_to < size) frames_flush_all();
  memcpy(out + out_to, line, size);
  out_to += size;
}

void frames_line(const char *format, ...) {
  char line[LINE_MAX_BYTES + 1];
  int head = snprintf(line, sizeof line, "%llu ", (unsigned long long)sequence++);
  va_list arguments;
  va_start(arguments, format);
  int size = head + vsnprintf(line + head, sizeof line - (size_t)head - 1, format, arguments);
  va_end(arguments);
  if (size > LINE_MAX_BYTES - 1) size = LINE_MAX_BYTES - 1;
  line[size++] = '\n';
  put_line(line, (size_t)size);
}

static size_t base64(const u8 *in, size_t size, char *to) {
  static const char *letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  size_t at = 0;
  for (size_t i = 0; i < size; i += 3) {
    size_t left = size - i;
    uint32_t word = (uint32_t)in[i] << 16 | (left > 1 ? (uint32_t)in[i + 1] << 8 : 0) | (left > 2 ? in[i + 2] : 0);
    to[at++] = letters[word >> 18];
    to[at++] = letters[word >> 12 & 63];
    to[at++] = left > 1 ? letters[word >> 6 & 63] : '=';
    to[at++] = left > 2 ? letters[word & 63] : '=';
  }
  return at;
}

static void send_bytes(struct channel *channel, const u8 *bytes, size_t size, u64 offset) {
  char line[LINE_MAX_BYTES + 1];
  size_t at = (size_t)snprintf(line, 80, "%llu %s %llu ", (unsigned long long)sequence++, channel->name,
                               (unsigned long long)offset);
  at += base64(bytes, size, line + at);
  line[at++] = '\n';
  sha256_add(&channel->hash, bytes, size);
  put_line(line, at);
  lines++;
}

static void send_piece(struct channel *channel) {
  if (channel->gathered == 0) return;
  send_bytes(channel, channel->piece, channel->gathered, channel->sent);
  channel->sent += channel->gathered;
  channel->gathered = 0;
}

/* A program that prints byte by byte must not become a line a byte: pieces wait a little, the longer the more lines there were. */
static u64 patience_us(void) { return lines < 1000 ? 20000 : lines < 5000 ? 200000 : 2000000; }

void frames_due(u64 now_us) {
  if (now_us < next_due_us) return;
  bool any = false;
  for (int i = 0; i < CHANNELS; i++) {
    any |= channels[i].gathered > 0;
    send_piece(&channels[i]);
  }
  if (any) next_due_us = now_us + patience_us();
}

int frames_wait_ms(u64 now_us) {
  if (channels[0].gathered == 0 && channels[1].gathered == 0) return -1;
  return now_us >= next_due_us ? 0 : (int)((next_due_us - now_us + 999) / 1000);
}

static void to_ring(struct channel *channel, const u8 *bytes, size_t size) {
  if (!channel->ring) channel->ring = malloc(channel->ring_cap);
  if (!channel->ring) return;
  if (size > channel->ring_cap) {
    channel->ring_total += size - channel->ring_cap;
    bytes += size - channel->ring_cap;
    size = channel->ring_cap;
  }
  while (size > 0) {
    u64 at = channel->ring_total % channel->ring_cap;
    size_t part = channel->ring_cap - at < size ? channel->ring_cap - at : size;
    memcpy(channel->ring + at, bytes, part);
    channel->ring_total += part;
    bytes += part;
    size -= part;
  }
}

bool frames_take(int which, const u8 *bytes, size_t size, u64 now_us) {
  struct channel *channel = &channels[which];
  while (size > 0 && channel->total < channel->head_cap) {
    size_t part = PIECE_BYTES - channel->gathered;
    if (part > size) part = size;
    if (part > channel->head_cap - channel->total) part = channel->head_cap - channel->total;
    memcpy(channel->piece + channel->gathered, bytes, part);
    channel->gathered += part;
    channel->total += part;
    bytes += part;
    size -= part;
    if (channel->gathered == PIECE_BYTES) send_piece(channel);
  }
  channel->total += size;
  if (size > 0) to_ring(channel, bytes, size);
  frames_due(now_us);
  return channel->total <= most;
}

static u64 ring_bytes(const struct channel *channel) {
  if (!channel->ring) return 0;
  return channel->ring_total < channel->ring_cap ? channel->ring_total : channel->ring_cap;
}

void frames_tails(void) {
  for (int i = 0; i < CHANNELS; i++) {
    struct channel *channel = &channels[i];
    send_piece(channel);
    u64 left = ring_bytes(channel);
    u64 start = channel->ring_total - left, offset = channel->total - left;
    while (left > 0) {
      u64 at = start % channel->ring_cap;
      u64 part = left < PIECE_BYTES ? left : PIECE_BYTES;
      if (part > channel->ring_cap - at) part = channel->ring_cap - at;
      send_bytes(channel, channel->ring + at, part, offset);
      start += part;
      offset += part;
      left -= part;
    }
  }
}

size_t frames_describe(char *to, size_t room) {
  size_t size = 0;
  for (int i = 0; i < CHANNELS; i++) {
    struct channel *channel = &channels[i];
    u8 hash[32];
    char hex[65];
    sha256_end(&channel->hash, hash);
    to_hex(hash, 32, hex);
    u64 head = channel->sent;
    size += (size_t)snprintf(to + size, room - size, " %s_total=%llu %s_kept=%llu %s_head=%llu %s_sha256=%s", channel->name,
                             (unsigned long long)channel->total, channel->name,
                             (unsigned long long)(head + ring_bytes(channel)), channel->name, (unsigned long long)head,
                             channel->name, hex);
  }
  return size;
}
