// The wire protocols: how one enters a channel, and how one publishes to it.
#define _GNU_SOURCE
#include <openssl/hmac.h>
#include <stdio.h>
#include <string.h>

#include "load.h"

const char *app_key = "app-key", *app_secret = "app-secret";

static bool starts(const char *text, size_t length, const char *with) {
  size_t n = strlen(with);
  return length >= n && memcmp(text, with, n) == 0;
}

static bool contains(const char *text, size_t length, const char *what) {
  return memmem(text, length, what, strlen(what)) != NULL;
}

static void say_line(struct client *c, const char *format, const char *a) {
  char text[256];
  say(c, text, (size_t)snprintf(text, sizeof text, format, a));
}

// plain: the form of the small servers beside this one -------------------------------------------

static void plain_opened(struct client *c) {
  if (c->channel) {
    say_line(c, "S%s", c->channel->name);
  } else {
    c->stage = READY;
  }
}

static bool plain_heard(struct client *c, char *text, size_t length) {
  if (c->stage == ENTERING && length > 1 && text[0] == 'S') {
    return true;
  }
  broken(c, "an unexpected frame", text, length);
}

static size_t plain_publish(const struct channel *ch, const char *body, size_t n, char *out) {
  return (size_t)sprintf(out, "P%s %.*s", ch->name, (int)n, body);
}

const struct driver plain = {.name = "plain",
                             .path = "/",
                             .echo = true,
                             .opened = plain_opened,
                             .heard = plain_heard,
                             .publish = plain_publish};

// topics: Carillon's own -------------------------------------------------------------------------

static bool topics_heard(struct client *c, char *text, size_t length) {
  if (c->stage == ENTERING) {
    if (starts(text, length, "System: Send JSON messages")) {
      if (!c->channel) {
        return true;
      }
      say_line(c, "{\"action\":\"subscribe\",\"topic\":\"%s\"}", c->channel->name);
      return false;
    }
    if (starts(text, length, "System: Subscribed to ")) {
      return c->channel && contains(text, length, c->channel->name);
    }
    if (starts(text, length, "Welcome, ")) {
      return false;
    }
  }
  broken(c, "an unexpected notice", text, length);
}

static size_t topics_publish(const struct channel *ch, const char *body, size_t n, char *out) {
  return (size_t)sprintf(out, "{\"action\":\"publish\",\"topic\":\"%s\",\"message\":\"%.*s\"}",
                         ch->name, (int)n, body);
}

const struct driver topics = {.name = "topics",
                              .path = "/?name=computer",
                              .echo = true,
                              .heard = topics_heard,
                              .publish = topics_publish};

// nats: the NATS client protocol inside of WebSocket frames ---------------------------------------

static bool nats_heard(struct client *c, char *line, size_t length) {
  if (starts(line, length, "INFO ")) {
    char text[256];
    int n = snprintf(text, sizeof text, "CONNECT {\"verbose\":false,\"pedantic\":false}\r\n");
    if (c->channel) {
      n += snprintf(text + n, sizeof text - (size_t)n, "SUB %s 1\r\n", c->channel->name);
    }
    n += snprintf(text + n, sizeof text - (size_t)n, "PING\r\n");
    say(c, text, (size_t)n);
    return false;
  }
  if (starts(line, length, "PING")) {
    say(c, "PONG\r\n", 6);
    return false;
  }
  if (starts(line, length, "PONG")) {
    return true;
  }
  broken(c, "an unexpected line", line, length);
}

static size_t nats_publish(const struct channel *ch, const char *body, size_t n, char *out) {
  return (size_t)sprintf(out, "PUB %s %zu\r\n%.*s\r\n", ch->name, n, (int)n, body);
}

static void nats_surround(struct channel *ch, size_t body) {
  ch->prefix_length = (uint32_t)sprintf(ch->prefix, "MSG %s 1 %zu\r\n", ch->name, body);
  ch->suffix_length = (uint32_t)sprintf(ch->suffix, "\r\n");
}

const struct driver nats = {.name = "nats",
                            .path = "/",
                            .stream = true,
                            .echo = true,
                            .heard = nats_heard,
                            .publish = nats_publish,
                            .surround = nats_surround};

// pusher: the Pusher protocol 7, client events on private channels ----------------------------------

void to_hex(const unsigned char *bytes, unsigned length, char *hex) {
  static const char digits[] = "0123456789abcdef";
  for (unsigned i = 0; i < length; i++) {
    hex[2 * i] = digits[bytes[i] >> 4];
    hex[2 * i + 1] = digits[bytes[i] & 15];
  }
  hex[2 * length] = 0;
}

void signature(const char *text, size_t length, char *hex) {
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned mac_length;
  HMAC(EVP_sha256(), app_secret, (int)strlen(app_secret), (const unsigned char *)text, length, mac,
       &mac_length);
  to_hex(mac, mac_length, hex);
}

static void pusher_subscribe(struct client *c, const char *text, size_t length) {
  const char *id = memmem(text, length, "socket_id\\\":\\\"", 14);
  if (!id) {
    broken(c, "no socket id", text, length);
  }
  id += 14;
  const char *end = memchr(id, '\\', (size_t)(text + length - id));
  if (!end) {
    broken(c, "no end of the socket id", text, length);
  }
  char signed_text[128], message[512], hex[HEX_LENGTH];
  int n = snprintf(signed_text, sizeof signed_text, "%.*s:private-%s", (int)(end - id), id,
                   c->channel->name);
  signature(signed_text, (size_t)n, hex);
  n = snprintf(message, sizeof message,
               "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"private-%s\",\"auth\":\"%s:%s\"}}",
               c->channel->name, app_key, hex);
  say(c, message, (size_t)n);
}

static bool pusher_heard(struct client *c, char *text, size_t length) {
  if (contains(text, length, "pusher:connection_established")) {
    if (!c->channel) {
      return true;
    }
    pusher_subscribe(c, text, length);
    return false;
  }
  if (contains(text, length, "pusher_internal:subscription_succeeded")) {
    return true;
  }
  if (contains(text, length, "pusher:ping")) {
    static const char pong[] = "{\"event\":\"pusher:pong\",\"data\":{}}";
    say(c, pong, sizeof pong - 1);
    return false;
  }
  if (contains(text, length, "subscription_count")) {
    return false;
  }
  broken(c, "an unexpected event", text, length);
}

static size_t pusher_publish(const struct channel *ch, const char *body, size_t n, char *out) {
  return (size_t)sprintf(
      out, "{\"event\":\"client-m\",\"channel\":\"private-%s\",\"data\":{\"m\":\"%.*s\"}}", ch->name,
      (int)n, body);
}

const struct driver pusher = {
    .name = "pusher",
    .path = "/app/%s?protocol=7&client=load&version=8.0.0",
    .heard = pusher_heard,
    .publish = pusher_publish};

// socketio: Engine.IO 4, Socket.IO 5; "s" joins a room, "p" publishes to it, "m" is heard --------

static bool socketio_heard(struct client *c, char *text, size_t length) {
  switch (length ? text[0] : 0) {
    case '0':
      say(c, "40", 2);
      return false;
    case '2':
      say(c, "3", 1);
      return false;
  }
  if (starts(text, length, "40")) {
    if (!c->channel) {
      return true;
    }
    say_line(c, "42[\"s\",\"%s\"]", c->channel->name);
    return false;
  }
  if (starts(text, length, "42[\"s\"")) {
    return true;
  }
  broken(c, "an unexpected packet", text, length);
}

static size_t socketio_publish(const struct channel *ch, const char *body, size_t n, char *out) {
  return (size_t)sprintf(out, "42[\"p\",\"%s\",\"%.*s\"]", ch->name, (int)n, body);
}

const struct driver socketio = {.name = "socketio",
                                .path = "/socket.io/?EIO=4&transport=websocket",
                                .echo = true,
                                .heard = socketio_heard,
                                .publish = socketio_publish};
