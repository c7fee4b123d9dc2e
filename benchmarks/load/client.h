// One connection: reading frames, and comparing every byte of every message with what was sent.
#pragma once

#include "load.h"

// The body of message number n; the same bytes for every channel, its number first.
const char *body_of(uint64_t n);
void set_body_length(size_t length);
size_t body_length(void);

// How many publishers there are where clients have an expectation of each; number n comes from n % publishers.
extern uint32_t publisher_lanes;

// Bytes that came after the upgrade.
void take(struct client *, uint8_t *bytes, size_t n);

// Called for each message that has come as it was sent.
void completed(struct client *, uint64_t number);

// The client is ready.
void entered(struct client *);

// One masked frame; answers its length, at most 14 bytes more than the text's.
size_t frame(uint8_t opcode, const char *text, size_t length, char *out);

// Sends now what the socket takes, and the rest when it takes more.
void write_bytes(struct client *, const char *bytes, size_t n);

extern const struct driver *driver;
