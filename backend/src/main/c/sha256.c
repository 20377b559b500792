/* SHA-256 (FIPS 180-4) and HMAC (RFC 2104), so that the runner needs no library. */
#include "artemis.h"

#include <string.h>

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate(uint32_t x, int n) { return (x >> n) | (x << (32 - n)); }

static void mix(uint32_t state[8], const u8 *block) {
  uint32_t w[64], s[8];
  for (int i = 0; i < 16; i++)
    w[i] = (uint32_t)block[i * 4] << 24 | (uint32_t)block[i * 4 + 1] << 16 | (uint32_t)block[i * 4 + 2] << 8 |
           block[i * 4 + 3];
  for (int i = 16; i < 64; i++) {
    uint32_t a = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >> 3);
    uint32_t b = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >> 10);
    w[i] = w[i - 16] + a + w[i - 7] + b;
  }
  memcpy(s, state, sizeof s);
  for (int i = 0; i < 64; i++) {
    uint32_t e = rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25);
    uint32_t one = s[7] + e + ((s[4] & s[5]) ^ (~s[4] & s[6])) + K[i] + w[i];
    uint32_t a = rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22);
    uint32_t two = a + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
    memmove(s + 1, s, 7 * sizeof *s);
    s[4] += one;
    s[0] = one + two;
  }
  for (int i = 0; i < 8; i++) state[i] += s[i];
}

void sha256_begin(struct sha256 *hash) {
  static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  memcpy(hash->state, start, sizeof start);
  hash->bytes = 0;
}

void sha256_add(struct sha256 *hash, const void *data, size_t size) {
  const u8 *at = data;
  while (size > 0) {
    size_t used = hash->bytes % 64, part = 64 - used < size ? 64 - used : size;
    memcpy(hash->block + used, at, part);
    hash->bytes += part;
    at += part;
    size -= part;
    if (hash->bytes % 64 == 0) mix(hash->state, hash->block);
  }
}

void sha256_end(struct sha256 *hash, u8 out[32]) {
  u64 bits = hash->bytes * 8;
  u8 length[8], pad = 0x80, zero = 0;
  for (int i = 0; i < 8; i++) length[i] = (u8)(bits >> (56 - 8 * i));
  sha256_add(hash, &pad, 1);
  while (hash->bytes % 64 != 56) sha256_add(hash, &zero, 1);
  sha256_add(hash, length, 8);
  for (int i = 0; i < 32; i++) out[i] = (u8)(hash->state[i / 4] >> (24 - 8 * (i % 4)));
}

void hmac_sha256(const u8 key[32], const void *data, size_t size, u8 out[32]) {
  struct sha256 hash;
  u8 pad[64], inner[32];
  for (int i = 0; i < 64; i++) pad[i] = (u8)((i < 32 ? key[i] : 0) ^ 0x36);
  sha256_begin(&hash);
  sha256_add(&hash, pad, 64);
  sha256_add(&hash, data, size);
  sha256_end(&hash, inner);
  for (int i = 0; i < 64; i++) pad[i] = (u8)((i < 32 ? key[i] : 0) ^ 0x5c);
  sha256_begin(&hash);
  sha256_add(&hash, pad, 64);
  sha256_add(&hash, inner, 32);
  sha256_end(&hash, out);
}

void to_hex(const u8 *bytes, size_t size, char *out) {
  for (size_t i = 0; i < size; i++) {
    out[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
    out[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
  }
  out[2 * size] = 0;
}

static int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool from_hex(const char *text, size_t length, u8 *out) {
  for (size_t i = 0; i < length; i++)
    if (digit(text[i]) < 0) return false;
  for (size_t i = 0; i < length / 2; i++) out[i] = (u8)(digit(text[2 * i]) << 4 | digit(text[2 * i + 1]));
  return length % 2 == 0;
}
