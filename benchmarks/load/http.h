// Publishers over the HTTP API of the Pusher protocol: connections that are kept, with one request
// under way on each. A publisher goes on when its request is answered and all have heard its message.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "histogram.h"
#include "load.h"

extern const char *app_id, *app_answer;

// What publishers have done so far.
struct published {
  uint64_t answered;     // with 200 and the expected body
  uint64_t connections;  // that were opened
  struct histogram latencies;
};

extern struct published published;

// How many publishers don't rest: a request is under way, or its message.
extern uint64_t publishing;

// Connects so many, a power of two, to these ports in turns; answers a descriptor that is readable when
// http_turn has something to do. Publisher p sends the messages p, p + count, p + 2 count and so on.
int http_open(uint32_t count, const uint16_t *ports, uint32_t port_count);
void http_close(void);

// Publishers that rest begin, the first so many of them; each goes on until http_stop. hearers hear a message.
void http_start(uint32_t count, const char *channel, uint64_t hearers);
void http_stop(void);
void http_turn(void);

// A message was heard by one more; answers when its request was sent.
uint64_t http_heard(uint64_t number);
