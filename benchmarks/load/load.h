// Many WebSocket clients in one thread, cheaper than the servers that they measure.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum stage { CONNECTING, UPGRADING, ENTERING, READY };

// One topic, room or subject. Its first subscriber is its publisher.
struct channel {
  char name[32];
  struct client *publisher;
  uint32_t subscribers;
  uint64_t published;  // how many messages so far; the number of the next one
  // What a server puts around the body of a message, the same for every subscriber.
  bool known;
  char prefix[192], suffix[64];
  uint32_t prefix_length, suffix_length;
};

struct client {
  int fd;
  uint32_t id;
  struct channel *channel;  // null when it only connects
  enum stage stage;
  // The frame that is being read.
  uint8_t header[14];
  uint8_t header_length;
  uint8_t opcode;
  bool other;  // no message of a channel: it is collected, and shown to the driver
  uint64_t left;
  // The message that is expected next, and how many of its bytes have come.
  uint64_t next;
  uint32_t at;
  // Where messages come from several publishers, what is expected next of each; null for one order.
  uint64_t *expected;
  // Collected bytes: an answer to the upgrade, a frame that is no message.
  char *text;
  uint32_t text_length, text_capacity;
  // Not taken by the socket yet.
  char *unsent;
  size_t unsent_length;
};

// One wire protocol.
struct driver {
  const char *name;
  const char *subprotocol;  // null for none
  const char *path;         // %s is the key
  bool stream;              // messages don't respect frames, lines end with \r\n
  bool echo;                // a publisher hears itself
  // After the upgrade; null for nothing to do.
  void (*opened)(struct client *);
  // A frame, or a line, that is no message. True when the client is ready.
  bool (*heard)(struct client *, char *text, size_t length);
  // Writes the text of one publish; answers its length.
  size_t (*publish)(const struct channel *, const char *body, size_t length, char *out);
  // Sets what surrounds a body of this length; null where it is learnt from the first message.
  void (*surround)(struct channel *, size_t body);
};

extern const struct driver plain, topics, nats, pusher, socketio;
extern const char *app_key, *app_secret;

// Bytes in lower-case hexadecimal digits, and a text's HMAC-SHA256 with the app's secret.
#define HEX_LENGTH 129
void to_hex(const unsigned char *bytes, unsigned length, char *hex);
void signature(const char *text, size_t length, char *hex);

// Sends one masked text frame (binary for stream drivers).
void say(struct client *, const char *text, size_t length);

// Ends the program: the server did what it must not do.
_Noreturn void broken(const struct client *, const char *what, const char *text, size_t length);
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
