#define _GNU_SOURCE
#include "http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "client.h"

#define SECOND 1000000000ull
#define HEAD_BYTES 1024
#define ANSWER_BYTES 4096

const char *app_id = "app-id", *app_answer = "{}";
struct published published;
uint64_t publishing;

struct publisher {
  int fd;  // -1 where the server has ended its connection: the next request needs another
  uint32_t id;
  bool connected;
  uint64_t number;  // of its message, or of the next one while it rests
  uint64_t since;
  uint64_t missing;  // deliveries of its message, and the answer; 0 while it rests
  char answer[ANSWER_BYTES];
  size_t answer_length;
};

static struct publisher *publishers;
static uint32_t publisher_count;
static const uint16_t *to_ports;
static uint32_t to_port_count;
static int poller;
static const char *to_channel;
static uint64_t to_hearers;
static bool going;

static uint64_t clock_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

// Says the status and the body, in one line.
_Noreturn static void refused(const struct publisher *p, const char *what) {
  const char *end = memmem(p->answer, p->answer_length, "\r\n\r\n", 4);
  const char *line = memmem(p->answer, p->answer_length, "\r\n", 2);
  size_t body = end ? p->answer_length - (size_t)(end + 4 - p->answer) : 0;
  fail("publisher %u: %s: %.*s %.*s", p->id, what, line ? (int)(line - p->answer) : 0, p->answer,
       (int)(body > 300 ? 300 : body), end ? end + 4 : "");
}

// Connections -------------------------------------------------------------------------------------

static void listen_for(struct publisher *p, int operation, uint32_t events) {
  struct epoll_event e = {.events = events, .data.ptr = p};
  if (epoll_ctl(poller, operation, p->fd, &e) != 0) {
    fail("epoll: %s", strerror(errno));
  }
}

// Each has a source address of its own: one that reconnects for each request needs many ports.
static void connect_publisher(struct publisher *p) {
  p->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  int on = 1;
  setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(p->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  struct sockaddr_in from = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK + 512 + p->id)};
  struct sockaddr_in to = {.sin_family = AF_INET,
                           .sin_port = htons(to_ports[p->id % to_port_count]),
                           .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (p->fd < 0 || bind(p->fd, (struct sockaddr *)&from, sizeof from) != 0
      || (connect(p->fd, (struct sockaddr *)&to, sizeof to) != 0 && errno != EINPROGRESS)) {
    fail("publisher %u: connecting: %s", p->id, strerror(errno));
  }
  p->connected = false;
  published.connections++;
  listen_for(p, EPOLL_CTL_ADD, EPOLLOUT);
}

int http_open(uint32_t count, const uint16_t *ports, uint32_t port_count) {
  poller = epoll_create1(0);
  publishers = calloc(count, sizeof *publishers);
  publisher_count = count;
  to_ports = ports;
  to_port_count = port_count;
  for (uint32_t i = 0; i < count; i++) {
    publishers[i].id = i;
    publishers[i].number = i;
    connect_publisher(&publishers[i]);
  }
  return poller;
}

void http_close(void) {
  for (uint32_t i = 0; i < publisher_count; i++) {
    if (publishers[i].fd >= 0) {
      close(publishers[i].fd);
    }
  }
  close(poller);
  free(publishers);
  publishers = NULL;
  publisher_count = 0;
}

// Requests ----------------------------------------------------------------------------------------

static void digest(const char *text, size_t n, char *hex) {
  unsigned char md5[EVP_MAX_MD_SIZE];
  unsigned length;
  EVP_Digest(text, n, md5, &length, EVP_md5(), NULL);
  to_hex(md5, length, hex);
}

static void send_request(struct publisher *p) {
  char body[body_length() + 256], request[sizeof body + HEAD_BYTES], to_sign[512], query[256];
  char hex[HEX_LENGTH];
  int n = sprintf(body, "{\"name\":\"m\",\"channel\":\"%s\",\"data\":\"%.*s\"}", to_channel,
                  (int)body_length(), body_of(p->number));
  digest(body, (size_t)n, hex);
  snprintf(query, sizeof query, "auth_key=%s&auth_timestamp=%ld&auth_version=1.0&body_md5=%s",
           app_key, (long)time(NULL), hex);
  int signed_length =
      snprintf(to_sign, sizeof to_sign, "POST\n/apps/%s/events\n%s", app_id, query);
  signature(to_sign, (size_t)signed_length, hex);
  int length = snprintf(request, sizeof request,
                        "POST /apps/%s/events?%s&auth_signature=%s HTTP/1.1\r\nHost: localhost:%d\r\n"
                        "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
                        app_id, query, hex, to_ports[p->id % to_port_count], n, body);
  p->answer_length = 0;
  if (send(p->fd, request, (size_t)length, MSG_NOSIGNAL) != length) {
    fail("publisher %u: sending: %s", p->id, strerror(errno));
  }
}

static void begin_publish(struct publisher *p) {
  p->missing = to_hearers + 1;
  p->since = clock_now();
  if (p->fd < 0) {
    connect_publisher(p);
  } else if (p->connected) {
    send_request(p);
  }
}

void http_start(uint32_t count, const char *channel, uint64_t hearers) {
  to_channel = channel;
  to_hearers = hearers;
  going = true;
  for (uint32_t i = 0; i < count; i++) {
    publishing++;
    begin_publish(&publishers[i]);
  }
}

void http_stop(void) { going = false; }

static void one_less(struct publisher *p) {
  if (--p->missing > 0) {
    return;
  }
  p->number += publisher_count;
  if (going) {
    begin_publish(p);
  } else {
    publishing--;
  }
}

uint64_t http_heard(uint64_t number) {
  struct publisher *p = &publishers[number % publisher_count];
  if (p->number != number || p->missing == 0) {
    fail("message %lu was heard, and publisher %u is at %lu", (unsigned long)number, p->id,
         (unsigned long)p->number);
  }
  uint64_t since = p->since;
  one_less(p);
  return since;
}

// Answers -----------------------------------------------------------------------------------------

// Whether all of it is there; it must be what is expected, byte by byte behind the head.
static bool is_answered(struct publisher *p) {
  char *end = memmem(p->answer, p->answer_length, "\r\n\r\n", 4);
  if (!end) {
    return false;
  }
  *end = 0;
  const char *length = strcasestr(p->answer, "\r\nContent-Length:");
  bool good = strncmp(p->answer, "HTTP/1.1 200", 12) == 0 && length;
  *end = '\r';
  size_t expected = strlen(app_answer), have = p->answer_length - (size_t)(end + 4 - p->answer);
  if (!good || strtoul(length + 17, NULL, 10) != expected || have > expected
      || memcmp(end + 4, app_answer, have) != 0) {
    refused(p, "another answer than expected");
  }
  return have == expected;
}

static void answered(struct publisher *p) {
  published.answered++;
  record(&published.latencies, clock_now() - p->since);
  char *end = memmem(p->answer, p->answer_length, "\r\n\r\n", 4);
  *end = 0;
  if (strcasestr(p->answer, "\r\nConnection: close")) {
    close(p->fd);
    p->fd = -1;
  }
  one_less(p);
}

static void connected(struct publisher *p) {
  int error;
  socklen_t size = sizeof error;
  getsockopt(p->fd, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error) {
    fail("publisher %u: connecting: %s", p->id, strerror(error));
  }
  p->connected = true;
  listen_for(p, EPOLL_CTL_MOD, EPOLLIN);
  if (p->missing > 0) {
    send_request(p);
  }
}

static void readable(struct publisher *p) {
  ssize_t n = recv(p->fd, p->answer + p->answer_length, ANSWER_BYTES - p->answer_length, 0);
  if (n <= 0) {
    refused(p, n == 0 ? "connection ended" : strerror(errno));
  }
  p->answer_length += (size_t)n;
  if (p->missing == 0 || p->answer_length == ANSWER_BYTES) {
    refused(p, "more than an answer");
  }
  if (is_answered(p)) {
    answered(p);
  }
}

void http_turn(void) {
  struct epoll_event events[64];
  int n = epoll_wait(poller, events, 64, 0);
  for (int i = 0; i < n; i++) {
    struct publisher *p = events[i].data.ptr;
    if (p->connected) {
      readable(p);
    } else {
      connected(p);
    }
  }
}
