#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "client.h"
#include "histogram.h"
#include "http.h"
#include "load.h"

#define SECOND 1000000000ull
#define PATIENCE (30 * SECOND)
#define CONNECTING_AT_ONCE 128
#define READ_BYTES (256 << 10)
#define INTENDED 65536  // how many messages of a channel may be under way in an open loop

const struct driver *driver = &plain;

static uint16_t ports[16];
static uint32_t port_count;
static const char *path;
static uint32_t client_count = 1, listening = UINT32_MAX, channel_count = 1, sources = 4;
static pid_t pids[64];
static int pid_count;

static struct client *clients;
static struct channel *channels;
static int epoll;
static bool over_http;

// What a command waits for.
static uint64_t wanted_entries, wanted;
static uint64_t *intended;  // when the messages should have been sent, by their numbers
static bool timing;
static struct histogram latencies;
static uint64_t heard, now;

// Ends ------------------------------------------------------------------------------------------

_Noreturn void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("load: ", stderr);
  vfprintf(stderr, format, arguments);
  fputs("\n", stderr);
  exit(1);
}

_Noreturn void broken(const struct client *c, const char *what, const char *text, size_t length) {
  fprintf(stderr, "load: client %u of %s: %s: %.*s\n", c->id,
          c->channel ? c->channel->name : "no channel", what, (int)(length > 300 ? 300 : length),
          text);
  exit(2);
}

// Time ------------------------------------------------------------------------------------------

static uint64_t clock_nanos(clockid_t id) {
  struct timespec t;
  if (clock_gettime(id, &t) != 0) {
    fail("a clock: %s", strerror(errno));
  }
  return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

// User and system time of the servers' processes.
static double server_cpu(void) {
  uint64_t sum = 0;
  for (int i = 0; i < pid_count; i++) {
    clockid_t id;
    if (clock_getcpuclockid(pids[i], &id) != 0) {
      fail("process %d is gone", pids[i]);
    }
    sum += clock_nanos(id);
  }
  return (double)sum / SECOND;
}

static double load_cpu(void) { return (double)clock_nanos(CLOCK_PROCESS_CPUTIME_ID) / SECOND; }

// Sockets ---------------------------------------------------------------------------------------

static void watch(struct client *c, int operation, uint32_t events) {
  struct epoll_event e = {.events = events, .data.ptr = c};
  if (epoll_ctl(epoll, operation, c->fd, &e) != 0) {
    fail("epoll: %s", strerror(errno));
  }
}

static void lost(struct client *c) { broken(c, "connection lost", strerror(errno), strlen(strerror(errno))); }

void write_bytes(struct client *c, const char *bytes, size_t n) {
  ssize_t sent = 0;
  if (c->unsent_length == 0) {
    sent = send(c->fd, bytes, n, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) {
      lost(c);
    }
    sent = sent < 0 ? 0 : sent;
  }
  if ((size_t)sent < n) {
    size_t rest = n - (size_t)sent;
    if (c->unsent_length == 0) {
      watch(c, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
    }
    c->unsent = realloc(c->unsent, c->unsent_length + rest);
    memcpy(c->unsent + c->unsent_length, bytes + sent, rest);
    c->unsent_length += rest;
  }
}

static void write_unsent(struct client *c) {
  ssize_t sent = send(c->fd, c->unsent, c->unsent_length, MSG_NOSIGNAL);
  if (sent < 0) {
    if (errno != EAGAIN) {
      lost(c);
    }
    return;
  }
  c->unsent_length -= (size_t)sent;
  memmove(c->unsent, c->unsent + sent, c->unsent_length);
  if (c->unsent_length == 0) {
    free(c->unsent);
    c->unsent = NULL;
    watch(c, EPOLL_CTL_MOD, EPOLLIN);
  }
}

// Clients go round the servers, so that the subscribers of a channel are on all of them.
static uint16_t port_of(const struct client *c) {
  return ports[c->id / (channel_count ? channel_count : 1) % port_count];
}

static void connect_client(struct client *c) {
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (c->fd < 0) {
    fail("a socket: %s", strerror(errno));
  }
  int on = 1;
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  struct sockaddr_in from = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK + 256 + c->id % sources)};
  if (bind(c->fd, (struct sockaddr *)&from, sizeof from) != 0) {
    fail("a source address: %s", strerror(errno));
  }
  struct sockaddr_in to = {.sin_family = AF_INET,
                           .sin_port = htons(port_of(c)),
                           .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (connect(c->fd, (struct sockaddr *)&to, sizeof to) != 0 && errno != EINPROGRESS) {
    fail("connecting to port %d: %s", port_of(c), strerror(errno));
  }
  watch(c, EPOLL_CTL_ADD, EPOLLOUT);
}

static void connected(struct client *c) {
  int error;
  socklen_t size = sizeof error;
  getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error) {
    fail("connecting to port %d: %s", port_of(c), strerror(error));
  }
  c->stage = UPGRADING;
  watch(c, EPOLL_CTL_MOD, EPOLLIN);
  char request[512];
  int n = snprintf(request, sizeof request,
                   "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nUpgrade: websocket\r\n"
                   "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                   path, port_of(c));
  write_bytes(c, request, (size_t)n);
}

void entered(struct client *c) {
  c->stage = READY;
  wanted_entries--;
}

static void upgrade(struct client *c, uint8_t *bytes, size_t n) {
  uint8_t *end = memmem(bytes, n, "\r\n\r\n", 4);
  if (!end) {
    broken(c, "half an answer to the upgrade", (char *)bytes, n);
  }
  if (!memmem(bytes, n, " 101 ", 5)
      || !memmem(bytes, n, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", 28)) {
    broken(c, "no upgrade", (char *)bytes, n);
  }
  c->stage = ENTERING;
  if (driver->opened) {
    driver->opened(c);
    if (c->stage == READY) {
      entered(c);
    }
  }
  end += 4;
  take(c, end, n - (size_t)(end - bytes));
}

// Messages --------------------------------------------------------------------------------------

void completed(struct client *c, uint64_t number) {
  (void)c;
  heard++;
  wanted--;
  if (over_http) {
    uint64_t since = http_heard(number);
    record(&latencies, now > since ? now - since : 0);
  } else if (timing) {
    uint64_t since = intended[number % INTENDED];
    record(&latencies, now > since ? now - since : 0);
  }
}

static void readable(struct client *c) {
  static uint8_t bytes[READ_BYTES];
  ssize_t n = recv(c->fd, bytes, sizeof bytes, 0);
  if (n == 0) {
    broken(c, "connection ended", "", 0);
  }
  if (n < 0) {
    if (errno == EAGAIN) {
      return;
    }
    lost(c);
  }
  now = clock_nanos(CLOCK_MONOTONIC);
  if (c->stage == UPGRADING) {
    upgrade(c, bytes, (size_t)n);
  } else {
    take(c, bytes, (size_t)n);
  }
}

// One turn: waits at most so long; answers whether anything came.
static bool turn(int milliseconds) {
  struct epoll_event events[512];
  int n = epoll_wait(epoll, events, 512, milliseconds);
  for (int i = 0; i < n; i++) {
    struct client *c = events[i].data.ptr;
    if (!c) {
      http_turn();
      continue;
    }
    if (c->stage == CONNECTING) {
      connected(c);
      continue;
    }
    if (events[i].events & EPOLLOUT) {
      write_unsent(c);
    }
    if (events[i].events & ~(uint32_t)EPOLLOUT) {
      readable(c);
    }
  }
  return n > 0;
}

static void await(const uint64_t *count, uint64_t down_to, const char *what) {
  uint64_t since = clock_nanos(CLOCK_MONOTONIC), last = *count;
  while (*count > down_to) {
    turn(1000);
    uint64_t t = clock_nanos(CLOCK_MONOTONIC);
    if (*count != last) {
      last = *count;
      since = t;
    } else if (t - since > PATIENCE) {
      fail("no progress for 30 s: %lu %s are missing", (unsigned long)*count, what);
    }
  }
}

static uint32_t hearers(const struct channel *ch) { return ch->subscribers - !driver->echo; }

// Publishes so many messages to a channel, in one write; they should have been sent at this time.
static void publish(struct channel *ch, uint32_t batch, uint64_t time) {
  static char *out, *text;
  static size_t capacity;
  size_t most = (body_length() + 256) * batch;
  if (most > capacity) {
    capacity = most;
    out = realloc(out, most);
    text = realloc(text, most);
  }
  size_t n = 0;
  for (uint32_t i = 0; i < batch; i++) {
    size_t length = driver->publish(ch, body_of(ch->published), body_length(), text);
    n += frame(driver->stream ? 2 : 1, text, length, out + n);
    intended[ch->published % INTENDED] = time;
    ch->published++;
  }
  wanted += (uint64_t)hearers(ch) * batch;
  write_bytes(ch->publisher, out, n);
}

// The first message of a length shows what the server puts around it.
static void prepare(size_t payload) {
  if (payload == body_length()) {
    return;
  }
  set_body_length(payload);
  timing = false;
  for (uint32_t i = 0; i < channel_count; i++) {
    channels[i].known = driver->surround;
    if (driver->surround) {
      driver->surround(&channels[i], payload);
    }
  }
}

// Commands --------------------------------------------------------------------------------------

static void connect_all(void) {
  uint64_t start = clock_nanos(CLOCK_MONOTONIC);
  double server = server_cpu(), load = load_cpu();
  wanted_entries = client_count;
  for (uint32_t i = 0; i < client_count; i++) {
    connect_client(&clients[i]);
    uint64_t waiting = wanted_entries - (client_count - i - 1);
    if (waiting >= CONNECTING_AT_ONCE) {
      await(&wanted_entries, wanted_entries - 1, "clients");
    }
  }
  await(&wanted_entries, 0, "clients");
  printf("{\"event\":\"connected\",\"clients\":%u,\"seconds\":%.6f,\"server_cpu_seconds\":%.6f,"
         "\"load_cpu_seconds\":%.6f}\n",
         client_count, (double)(clock_nanos(CLOCK_MONOTONIC) - start) / SECOND,
         server_cpu() - server, load_cpu() - load);
}

struct measure {
  uint64_t start, heard;
  double server, load;
};

static struct measure begin(void) {
  clear(&latencies);
  timing = true;
  return (struct measure){clock_nanos(CLOCK_MONOTONIC), heard, server_cpu(), load_cpu()};
}

static void report(const char *event, struct measure m, size_t payload, uint64_t batch,
                   uint64_t rounds) {
  double server = server_cpu() - m.server, load = load_cpu() - m.load;
  timing = false;
  printf("{\"event\":\"%s\",\"payload\":%zu,\"batch\":%lu,\"rounds\":%lu,\"deliveries\":%lu,"
         "\"seconds\":%.6f,\"server_cpu_seconds\":%.6f,\"load_cpu_seconds\":%.6f,"
         "\"p50_us\":%.1f,\"p99_us\":%.1f,\"p999_us\":%.1f,\"max_us\":%.1f}\n",
         event, payload, (unsigned long)batch, (unsigned long)rounds,
         (unsigned long)(heard - m.heard),
         (double)(clock_nanos(CLOCK_MONOTONIC) - m.start) / SECOND, server, load,
         (double)percentile(&latencies, 50) / 1e3, (double)percentile(&latencies, 99) / 1e3,
         (double)percentile(&latencies, 99.9) / 1e3, (double)latencies.max / 1e3);
}

static void round_of(uint32_t batch) {
  uint64_t time = clock_nanos(CLOCK_MONOTONIC);
  for (uint32_t i = 0; i < channel_count; i++) {
    publish(&channels[i], batch, time);
  }
  await(&wanted, 0, "deliveries");
}

static void rounds(size_t payload, uint32_t batch, double seconds) {
  prepare(payload);
  round_of(1);
  struct measure m = begin();
  uint64_t n = 0, end = m.start + (uint64_t)(seconds * SECOND);
  do {
    round_of(batch);
    n++;
  } while (clock_nanos(CLOCK_MONOTONIC) < end);
  report("rounds", m, payload, batch, n);
}

// Messages are due at fixed times, whether or not earlier ones have arrived.
static void open_loop(size_t payload, double rate, double seconds) {
  if (channel_count != 1) {
    fail("open: %u channels (expected: 1)", channel_count);
  }
  prepare(payload);
  round_of(1);
  struct measure m = begin();
  uint64_t total = (uint64_t)(rate * seconds), sent = 0;
  while (sent < total) {
    uint64_t due = m.start + (uint64_t)((double)sent * SECOND / rate);
    uint64_t t = clock_nanos(CLOCK_MONOTONIC);
    if (t >= due) {
      publish(&channels[sent % channel_count], 1, due);
      sent++;
      turn(0);
    } else {
      struct timespec left = {0, (long)(due - t)};
      struct pollfd fd = {.fd = epoll, .events = POLLIN};
      if (due - t < SECOND) {
        ppoll(&fd, 1, &left, NULL);
      }
      turn(0);
    }
  }
  await(&wanted, 0, "deliveries");
  report("open", m, payload, 1, total);
}

// Clients expect the messages of so many publishers, all from the beginning; or of one order again, for 0.
static void expect_publishers(uint32_t count) {
  publisher_lanes = count ? count : 1;
  for (uint32_t i = 0; i < client_count; i++) {
    struct client *c = &clients[i];
    if (!c->channel) {
      continue;
    }
    free(c->expected);
    c->expected = count ? calloc(count, sizeof *c->expected) : NULL;
    for (uint32_t p = 0; p < count; p++) {
      c->expected[p] = p;
    }
    c->next = count ? 0 : c->channel->published;
  }
  // What is around a body differs from that of a client's message.
  for (uint32_t i = 0; i < channel_count; i++) {
    channels[i].known = false;
  }
}

static void publish_over_http(uint32_t publishers, const char *channel, uint64_t hearing,
                              double seconds) {
  uint64_t end = clock_nanos(CLOCK_MONOTONIC) + (uint64_t)(seconds * SECOND);
  wanted = UINT64_MAX;  // Publishers know what they wait for.
  http_start(publishers, channel, hearing);
  do {
    turn(1000);
  } while (clock_nanos(CLOCK_MONOTONIC) < end);
  http_stop();
  await(&publishing, 0, "publications");
  wanted = 0;
}

static void report_published(struct measure m, size_t payload, uint32_t publishers) {
  uint64_t start = m.start, end = clock_nanos(CLOCK_MONOTONIC);
  printf("{\"event\":\"published_over_http\",\"payload\":%zu,\"connections\":%u,\"publishes\":%lu,"
         "\"connects\":%lu,\"deliveries\":%lu,\"seconds\":%.6f,\"server_cpu_seconds\":%.6f,"
         "\"load_cpu_seconds\":%.6f,\"answer_p50_us\":%.1f,\"answer_p99_us\":%.1f,"
         "\"p50_us\":%.1f,\"p99_us\":%.1f}\n",
         payload, publishers, (unsigned long)published.answered,
         (unsigned long)published.connections, (unsigned long)(heard - m.heard),
         (double)(end - start) / SECOND, server_cpu() - m.server, load_cpu() - m.load,
         (double)percentile(&published.latencies, 50) / 1e3,
         (double)percentile(&published.latencies, 99) / 1e3, (double)percentile(&latencies, 50) / 1e3,
         (double)percentile(&latencies, 99) / 1e3);
}

// Publishes over kept connections to the HTTP API: to the channel of all listeners, or of nobody.
static void http(size_t payload, uint32_t publishers, double seconds) {
  if (channel_count > 1 || driver != &pusher || publishers == 0
      || (publishers & (publishers - 1)) != 0 || publishers > 64) {
    fail("http: %u connections, %u channels, driver %s (expected: 1, 2, 4 ... 64, at most 1, pusher)",
         publishers, channel_count, driver->name);
  }
  char channel[64];
  snprintf(channel, sizeof channel, "private-%s", channel_count ? channels[0].name : "nobody");
  uint64_t hearing = channel_count ? channels[0].subscribers : 0;
  prepare(payload);
  expect_publishers(publishers);
  over_http = true;
  struct epoll_event e = {.events = EPOLLIN};
  int fd = http_open(publishers, ports, port_count);
  epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e);
  publish_over_http(1, channel, hearing, 0);  // Shows what is around a body.
  memset(&published, 0, sizeof published);
  struct measure m = begin();
  publish_over_http(publishers, channel, hearing, seconds);
  report_published(m, payload, publishers);
  http_close();
  over_http = timing = false;
  expect_publishers(0);
}

static void hear(size_t payload, uint64_t count) {
  prepare(payload);
  uint64_t deliveries = 0;
  for (uint32_t i = 0; i < channel_count; i++) {
    deliveries += channels[i].subscribers * count;
  }
  wanted += deliveries;  // Less what has already come.
  await(&wanted, deliveries - 1, "deliveries");
  uint64_t first = clock_nanos(CLOCK_REALTIME);
  await(&wanted, 0, "deliveries");
  printf("{\"event\":\"heard\",\"deliveries\":%lu,\"first_unix_nanos\":%lu,\"last_unix_nanos\":%lu}\n",
         (unsigned long)deliveries, (unsigned long)first,
         (unsigned long)clock_nanos(CLOCK_REALTIME));
}

static void publish_only(size_t payload, uint32_t count) {
  prepare(payload);
  uint64_t time = clock_nanos(CLOCK_REALTIME), before = wanted;
  publish(&channels[0], count, clock_nanos(CLOCK_MONOTONIC));
  wanted = before;  // The command "hear" waits for them.
  printf("{\"event\":\"published\",\"unix_nanos\":%lu}\n", (unsigned long)time);
}

static void commands(void) {
  char line[256];
  while (true) {
    fflush(stdout);
    // Sockets are served between commands too.
    struct pollfd fds[2] = {{.fd = 0, .events = POLLIN}, {.fd = epoll, .events = POLLIN}};
    poll(fds, 2, -1);
    if (fds[1].revents) {
      turn(0);
    }
    if (!fds[0].revents) {
      continue;
    }
    if (!fgets(line, sizeof line, stdin)) {
      return;
    }
    size_t payload;
    uint32_t count;
    double rate, seconds;
    if (sscanf(line, "rounds %zu %u %lf", &payload, &count, &seconds) == 3) {
      rounds(payload, count, seconds);
    } else if (sscanf(line, "open %zu %lf %lf", &payload, &rate, &seconds) == 3) {
      open_loop(payload, rate, seconds);
    } else if (sscanf(line, "http %zu %u %lf", &payload, &count, &seconds) == 3) {
      http(payload, count, seconds);
    } else if (sscanf(line, "hear %zu %u", &payload, &count) == 2) {
      hear(payload, count);
    } else if (sscanf(line, "publish %zu %u", &payload, &count) == 2) {
      publish_only(payload, count);
    } else if (strcmp(line, "quit\n") == 0) {
      return;
    } else {
      fail("unknown command (expected: rounds, open, http, hear, publish, quit): %s", line);
    }
  }
}

static void set_up(void) {
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  if (client_count + 16 > files.rlim_cur) {
    fail("%u clients and %lu files (take several processes)", client_count,
         (unsigned long)files.rlim_cur);
  }
  setvbuf(stdin, NULL, _IONBF, 0);
  epoll = epoll_create1(0);
  clients = calloc(client_count, sizeof *clients);
  channels = calloc(channel_count + 1, sizeof *channels);
  intended = calloc(INTENDED, sizeof *intended);
  if (listening > client_count) {
    listening = client_count;
  }
  for (uint32_t i = 0; i < channel_count; i++) {
    snprintf(channels[i].name, sizeof channels[i].name, "c%u", i);
  }
  for (uint32_t i = 0; i < client_count; i++) {
    struct client *c = &clients[i];
    c->id = i;
    if (channel_count > 0 && i < listening) {
      c->channel = &channels[i % channel_count];
      // Publishers are on all servers, too.
      if (c->channel->subscribers++ == i % channel_count % port_count) {
        c->channel->publisher = c;
      }
    }
  }
  for (uint32_t i = 0; i < channel_count; i++) {
    if (!channels[i].publisher) {
      fail("%s has %u subscribers (expected: one on each server)", channels[i].name,
           channels[i].subscribers);
    }
  }
}

int main(int argc, char **argv) {
  static const struct option options[] = {
      {"driver", 1, 0, 'd'},  {"port", 1, 0, 'p'},       {"path", 1, 0, 'u'},
      {"clients", 1, 0, 'n'}, {"listening", 1, 0, 'l'},  {"channels", 1, 0, 'c'},
      {"sources", 1, 0, 's'}, {"server-pid", 1, 0, 'P'}, {"key", 1, 0, 'k'},
      {"secret", 1, 0, 'S'},  {"payload", 1, 0, 'b'},    {"app", 1, 0, 'a'},
      {"answer", 1, 0, 'A'},  {0}};
  size_t payload = 0;
  const struct driver *drivers[] = {&plain, &topics, &nats, &pusher, &socketio, NULL};
  int option;
  while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
    switch (option) {
      case 'd':
        driver = NULL;
        for (int i = 0; drivers[i]; i++) {
          driver = strcmp(drivers[i]->name, optarg) == 0 ? drivers[i] : driver;
        }
        if (!driver) {
          fail("--driver %s (expected: plain, topics, nats, pusher or socketio)", optarg);
        }
        break;
      case 'p':
        for (char *p = strtok(optarg, ","); p && port_count < 16; p = strtok(NULL, ",")) {
          ports[port_count++] = (uint16_t)atoi(p);
        }
        break;
      case 'u':
        path = optarg;
        break;
      case 'n':
        client_count = (uint32_t)atoi(optarg);
        break;
      case 'l':
        listening = (uint32_t)atoi(optarg);
        break;
      case 'c':
        channel_count = (uint32_t)atoi(optarg);
        break;
      case 's':
        sources = (uint32_t)atoi(optarg);
        break;
      case 'P':
        for (char *p = strtok(optarg, ","); p && pid_count < 64; p = strtok(NULL, ",")) {
          pids[pid_count++] = atoi(p);
        }
        break;
      case 'k':
        app_key = optarg;
        break;
      case 'S':
        app_secret = optarg;
        break;
      case 'a':
        app_id = optarg;
        break;
      case 'A':
        app_answer = optarg;
        break;
      case 'b':
        payload = (size_t)atol(optarg);
        break;
      default:
        return 1;
    }
  }
  if (port_count == 0) {
    fail("--port is required");
  }
  static char with_key[256];
  if (!path) {
    snprintf(with_key, sizeof with_key, driver->path, app_key);
    path = with_key;
  }
  set_up();
  connect_all();
  if (payload) {
    prepare(payload);  // Messages may come before the command that waits for them.
  }
  commands();
}
