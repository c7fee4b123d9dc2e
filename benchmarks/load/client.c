#define _GNU_SOURCE
#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"

#define RING 4096
#define NUMBER 12
#define MAX_TEXT (1 << 20)

// Bodies ------------------------------------------------------------------------------------------

static char *ring;
static uint64_t ring_number[RING];
static size_t length;
uint32_t publisher_lanes = 1;

void set_body_length(size_t wanted) {
  if (wanted < NUMBER) {
    fail("payload: %zu bytes (expected: at least %d)", wanted, NUMBER);
  }
  length = wanted;
  ring = realloc(ring, RING * wanted);
  memset(ring_number, 0xff, sizeof ring_number);
}

size_t body_length(void) { return length; }

const char *body_of(uint64_t n) {
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
  char *body = ring + (n % RING) * length;
  if (ring_number[n % RING] != n) {
    char number[NUMBER + 1];
    snprintf(number, sizeof number, "%0*lu", NUMBER, (unsigned long)n);
    memcpy(body, number, NUMBER);
    for (size_t i = NUMBER; i < length; i++) {
      body[i] = letters[(n * 31 + i) % (sizeof letters - 1)];
    }
    ring_number[n % RING] = n;
  }
  return body;
}

// Text that is no message -------------------------------------------------------------------------

static void collect(struct client *c, const uint8_t *bytes, size_t n) {
  if (c->text_length + n > c->text_capacity) {
    if (c->text_length + n > MAX_TEXT) {
      broken(c, "a text that doesn't end", (char *)bytes, n);
    }
    c->text_capacity = (uint32_t)(2 * (c->text_length + n));
    c->text = realloc(c->text, c->text_capacity);
  }
  memcpy(c->text + c->text_length, bytes, n);
  c->text_length += (uint32_t)n;
}

static void forget_text(struct client *c) {
  free(c->text);
  c->text = NULL;
  c->text_length = c->text_capacity = 0;
}

static void show(struct client *c) {
  bool ready = driver->heard(c, c->text ? c->text : "", c->text_length);
  forget_text(c);
  if (ready && c->stage == ENTERING) {
    entered(c);
  }
}

static void finish(struct client *c) {
  uint64_t number = c->next;
  if (c->expected) {
    c->expected[number % publisher_lanes] += publisher_lanes;
  } else {
    c->next++;
  }
  completed(c, number);
}

// The first message of a channel shows what its server puts around a body.
static bool learn(struct client *c) {
  const char *body = length ? memmem(c->text, c->text_length, body_of(c->next), length) : NULL;
  if (!body) {
    return false;
  }
  struct channel *ch = c->channel;
  size_t before = (size_t)(body - c->text), after = c->text_length - before - length;
  if (before > sizeof ch->prefix || after > sizeof ch->suffix) {
    broken(c, "much around a message", c->text, c->text_length);
  }
  memcpy(ch->prefix, c->text, before);
  memcpy(ch->suffix, body + length, after);
  ch->prefix_length = (uint32_t)before;
  ch->suffix_length = (uint32_t)after;
  ch->known = true;
  forget_text(c);
  finish(c);
  return true;
}

// Messages ----------------------------------------------------------------------------------------

static size_t compare(struct client *c, const uint8_t *bytes, size_t n, const char *with,
                      size_t from, size_t part) {
  size_t offset = c->at - from, some = part - offset < n ? part - offset : n;
  if (memcmp(bytes, with + offset, some) != 0) {
    fprintf(stderr, "expected message %lu, byte %u\n", (unsigned long)c->next, c->at);
    broken(c, "bytes that were not sent, or in another order", (const char *)bytes, n);
  }
  c->at += (uint32_t)some;
  return some;
}

// The number at the front of a body tells whose message it is; it must be that publisher's next one.
static size_t read_number(struct client *c, const uint8_t *bytes, size_t n, size_t body) {
  size_t offset = c->at - body, some = NUMBER - offset < n ? NUMBER - offset : n;
  c->next = offset == 0 ? 0 : c->next;
  for (size_t i = 0; i < some; i++) {
    if (bytes[i] < '0' || bytes[i] > '9') {
      broken(c, "no number in front of a body", (const char *)bytes, n);
    }
    c->next = c->next * 10 + (uint64_t)(bytes[i] - '0');
  }
  c->at += (uint32_t)some;
  if (c->at == body + NUMBER && c->expected[c->next % publisher_lanes] != c->next) {
    fprintf(stderr, "expected message %lu of its publisher\n",
            (unsigned long)c->expected[c->next % publisher_lanes]);
    broken(c, "a message that was not sent, or in another order", (const char *)bytes, n);
  }
  return some;
}

static size_t message_length(const struct channel *ch) {
  return ch->prefix_length + length + ch->suffix_length;
}

// Bytes of messages, one after the other.
static void verify(struct client *c, const uint8_t *bytes, size_t n) {
  const struct channel *ch = c->channel;
  const size_t body = ch->prefix_length, suffix = body + length, end = suffix + ch->suffix_length;
  while (n > 0) {
    size_t some;
    if (c->at < body) {
      some = compare(c, bytes, n, ch->prefix, 0, body);
    } else if (c->expected && c->at < body + NUMBER) {
      some = read_number(c, bytes, n, body);
    } else if (c->at < suffix) {
      some = compare(c, bytes, n, body_of(c->next), body, length);
    } else {
      some = compare(c, bytes, n, ch->suffix, suffix, ch->suffix_length);
    }
    bytes += some;
    n -= some;
    if (c->at == end) {
      c->at = 0;
      finish(c);
    }
  }
}

// A stream of lines and messages.
static void take_stream(struct client *c, const uint8_t *bytes, size_t n) {
  while (n > 0) {
    bool message = c->stage == READY && c->text_length == 0 && c->channel && c->channel->known
                   && (c->at > 0 || *bytes == (uint8_t)c->channel->prefix[0]);
    if (message) {
      size_t left = message_length(c->channel) - c->at, some = left < n ? left : n;
      verify(c, bytes, some);
      bytes += some;
      n -= some;
      continue;
    }
    const uint8_t *newline = memchr(bytes, '\n', n);
    size_t some = newline ? (size_t)(newline - bytes) + 1 : n;
    collect(c, bytes, some);
    bytes += some;
    n -= some;
    if (newline) {
      show(c);
    }
  }
}

// Sending -----------------------------------------------------------------------------------------

size_t frame(uint8_t opcode, const char *text, size_t n, char *out) {
  static uint32_t masks = 0x9e3779b9;
  masks = masks * 1664525 + 1013904223;
  uint8_t mask[4];
  memcpy(mask, &masks, 4);
  size_t at = 0;
  out[at++] = (char)(0x80 | opcode);
  if (n < 126) {
    out[at++] = (char)(0x80 | n);
  } else if (n < 65536) {
    out[at++] = (char)(0x80 | 126);
    out[at++] = (char)(n >> 8);
    out[at++] = (char)n;
  } else {
    out[at++] = (char)(0x80 | 127);
    for (int i = 56; i >= 0; i -= 8) {
      out[at++] = (char)(n >> i);
    }
  }
  memcpy(out + at, mask, 4);
  at += 4;
  for (size_t i = 0; i < n; i++) {
    out[at + i] = (char)(text[i] ^ mask[i & 3]);
  }
  return at + n;
}

static void send_frame(struct client *c, uint8_t opcode, const char *text, size_t n) {
  char out[n + 14];
  write_bytes(c, out, frame(opcode, text, n, out));
}

void say(struct client *c, const char *text, size_t n) {
  send_frame(c, driver->stream ? 2 : 1, text, n);
}

static void pong(struct client *c) {
  char *text = c->text;
  uint32_t n = c->text_length;
  c->text = NULL;
  c->text_length = c->text_capacity = 0;
  send_frame(c, 10, text, n);
  free(text);
}

// Frames ------------------------------------------------------------------------------------------

static void begin_frame(struct client *c) {
  uint8_t *h = c->header;
  uint64_t payload = h[1] & 0x7f;
  if (payload == 126) {
    payload = (uint64_t)h[2] << 8 | h[3];
  } else if (payload == 127) {
    payload = 0;
    for (int i = 2; i < 10; i++) {
      payload = payload << 8 | h[i];
    }
  }
  c->left = payload;
  c->opcode = h[0] & 0x0f;
  c->header_length = 0;
  bool message = c->stage == READY && c->opcode <= 2 && c->channel && c->channel->known
                 && payload == message_length(c->channel);
  c->other = driver->stream ? c->opcode > 2 : !message;
}

static void end_frame(struct client *c) {
  if (!c->other) {
    return;
  }
  switch (c->opcode) {
    case 8:
      broken(c, "closed by the server", c->text, c->text_length);
    case 9:
      pong(c);
      return;
    case 10:
      forget_text(c);
      return;
  }
  struct channel *ch = c->stage == READY ? c->channel : NULL;
  if (ch && c->text && !ch->known && learn(c)) {
    return;
  }
  if (ch && ch->known && c->text_length == message_length(ch)) {
    // Its beginning came before another client had heard the first message of this channel.
    verify(c, (uint8_t *)c->text, c->text_length);
    forget_text(c);
    return;
  }
  show(c);
}

static size_t header_size(const uint8_t *h, size_t have) {
  if (have < 2) {
    return 2;
  }
  uint8_t n = h[1] & 0x7f;
  return n == 126 ? 4 : n == 127 ? 10 : 2;
}

void take(struct client *c, uint8_t *bytes, size_t n) {
  while (n > 0) {
    if (c->left == 0) {
      c->header[c->header_length++] = *bytes++;
      n--;
      if (c->header_length < header_size(c->header, c->header_length)) {
        continue;
      }
      begin_frame(c);
      if (c->left > 0) {
        continue;
      }
    }
    size_t some = c->left < n ? (size_t)c->left : n;
    if (c->other) {
      collect(c, bytes, some);
    } else if (driver->stream) {
      take_stream(c, bytes, some);
    } else {
      verify(c, bytes, some);
    }
    bytes += some;
    n -= some;
    c->left -= some;
    if (c->left == 0) {
      end_frame(c);
    }
  }
}

