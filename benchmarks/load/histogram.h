// Latencies in nanoseconds, in buckets that are as wide as a 1024th of their value, as HdrHistogram's.
#pragma once

#include <stdint.h>
#include <string.h>

#define SUB_BITS 10
#define SUB_BUCKETS (1u << SUB_BITS)

struct histogram {
  uint64_t counts[(64 - SUB_BITS) * SUB_BUCKETS];
  uint64_t total, max;
};

static inline uint32_t bucket_of(uint64_t value) {
  if (value < 2 * SUB_BUCKETS) {
    return (uint32_t)value;
  }
  uint32_t shift = 63 - SUB_BITS - (uint32_t)__builtin_clzll(value);
  return shift * SUB_BUCKETS + (uint32_t)(value >> shift);
}

static inline uint64_t value_of(uint32_t bucket) {
  if (bucket < 2 * SUB_BUCKETS) {
    return bucket;
  }
  uint32_t shift = bucket / SUB_BUCKETS - 1;
  return (uint64_t)(bucket - shift * SUB_BUCKETS) << shift;
}

static inline void record(struct histogram *h, uint64_t value) {
  h->counts[bucket_of(value)]++;
  h->total++;
  if (value > h->max) {
    h->max = value;
  }
}

static inline void clear(struct histogram *h) { memset(h, 0, sizeof *h); }

static inline uint64_t percentile(const struct histogram *h, double percent) {
  uint64_t wanted = (uint64_t)((double)h->total * percent / 100.0 + 0.5), seen = 0;
  for (uint32_t i = 0; i < sizeof h->counts / sizeof *h->counts; i++) {
    seen += h->counts[i];
    if (seen >= wanted && h->counts[i]) {
      return value_of(i);
    }
  }
  return h->max;
}
