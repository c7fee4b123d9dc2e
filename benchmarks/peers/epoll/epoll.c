/*
 * A bare WebSocket server on Linux's epoll: what fan-out costs where nothing else is done. One thread,
 * one channel a connection, no authorisation, heartbeats or fragments.
 *
 *   epoll PORT naive        one send() for each message and subscriber, at once
 *   epoll PORT coalesced    one send() for each subscriber and turn of the loop, with all its messages
 *
 * Clients send S<channel> to subscribe, and are answered with the same, and P<channel> <payload> to
 * publish; each subscriber gets <payload>. All of it in text frames.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include "websocket.h"

enum { BUCKETS = 65536, EVENTS = 1024, MAX_NAME = 255, MAX_PENDING = 64 << 20, READ_SIZE = 1 << 20 };

struct connection {
  int fd, upgraded, waits_for_room;
  struct bytes in;  /* the beginning of what has not come wholly yet */
  struct bytes out; /* what the socket has not taken yet */
  struct channel *channel;
  size_t position; /* in its channel's subscribers */
};

struct channel {
  struct channel *next_in_bucket, *next_touched;
  int is_touched;
  struct bytes turn; /* the frames that its subscribers have not been sent */
  struct connection **subscribers;
  size_t count, capacity;
  size_t name_length;
  char name[];
};

static struct channel *channels[BUCKETS], *touched;
static int poller, coalesced;
static uint8_t input[READ_SIZE];

static void watch(struct connection *c, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = c};
  if (epoll_ctl(poller, operation, c->fd, &event) < 0) abort();
}

/* Its own event then closes it: whoever sends may be in the middle of its channel. */
static void doom(struct connection *c) { shutdown(c->fd, SHUT_RDWR); }

static void write_out(struct connection *c, const uint8_t *data, size_t length) {
  if (!c->out.length) {
    ssize_t sent = send(c->fd, data, length, MSG_NOSIGNAL);
    if (sent == (ssize_t)length) return;
    if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK) return doom(c);
    if (sent > 0) data += sent, length -= sent;
  }
  if (c->out.length + length > MAX_PENDING) return doom(c);
  append(&c->out, data, length);
  if (!c->waits_for_room) watch(c, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
  c->waits_for_room = 1;
}

/* Returns false where the connection is lost. */
static int write_pending(struct connection *c) {
  ssize_t sent = send(c->fd, c->out.data, c->out.length, MSG_NOSIGNAL);
  if (sent < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
  c->out.length -= sent;
  memmove(c->out.data, c->out.data + sent, c->out.length);
  if (c->out.length) return 1;
  release(&c->out);
  watch(c, EPOLL_CTL_MOD, EPOLLIN);
  c->waits_for_room = 0;
  return 1;
}

static void reply(struct connection *c, enum opcode opcode, const uint8_t *payload, size_t length) {
  struct bytes frame = {0};
  append_frame(&frame, opcode, payload, length);
  write_out(c, frame.data, frame.length);
  release(&frame);
}

static struct channel *channel_of(const uint8_t *name, size_t length) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < length; i++) hash = (hash ^ name[i]) * 16777619u;
  struct channel **bucket = &channels[hash % BUCKETS];
  for (struct channel *c = *bucket; c; c = c->next_in_bucket)
    if (c->name_length == length && !memcmp(c->name, name, length)) return c;
  struct channel *c = calloc(1, sizeof *c + length);
  if (!c) abort();
  memcpy(c->name, name, length);
  c->name_length = length;
  c->next_in_bucket = *bucket;
  return *bucket = c;
}

/* Sends what a channel has for its subscribers, and forgets it. */
static void flush_channel(struct channel *channel) {
  if (!channel->turn.length) return;
  for (size_t i = 0; i < channel->count; i++)
    write_out(channel->subscribers[i], channel->turn.data, channel->turn.length);
  channel->turn.length = 0;
}

static void leave(struct connection *c) {
  struct channel *channel = c->channel;
  if (!channel) return;
  struct connection *last = channel->subscribers[--channel->count];
  channel->subscribers[last->position = c->position] = last;
  c->channel = NULL;
}

static void join(struct connection *c, struct channel *channel) {
  flush_channel(channel); /* What was said before is not for the newcomer. */
  leave(c);
  if (channel->count == channel->capacity) {
    channel->capacity = channel->capacity ? 2 * channel->capacity : 8;
    channel->subscribers = realloc(channel->subscribers, channel->capacity * sizeof c);
    if (!channel->subscribers) abort();
  }
  c->channel = channel;
  channel->subscribers[c->position = channel->count++] = c;
}

static void publish(struct channel *channel, const uint8_t *payload, size_t length) {
  if (coalesced && !channel->is_touched) {
    channel->is_touched = 1;
    channel->next_touched = touched;
    touched = channel;
  }
  append_frame(&channel->turn, TEXT, payload, length);
  if (!coalesced) flush_channel(channel);
}

static void end_turn(void) {
  for (; touched; touched = touched->next_touched) {
    touched->is_touched = 0;
    flush_channel(touched);
  }
}

/* Returns false where the connection is to be closed. */
static int on_message(struct connection *c, enum opcode opcode, const uint8_t *data, size_t length) {
  if (opcode == PONG) return 1;
  if (opcode == PING) return reply(c, PONG, data, length), 1;
  if (opcode == CLOSE) return reply(c, CLOSE, data, length < 2 ? 0 : 2), 0;
  if (opcode != TEXT || length < 2) return 0;
  const uint8_t *space = memchr(data, ' ', length);
  size_t name = (space ? (size_t)(space - data) : length) - 1;
  if (!name || name > MAX_NAME) return 0;
  if (*data == 'S' && !space) return join(c, channel_of(data + 1, name)), reply(c, TEXT, data, length), 1;
  if (*data != 'P' || !space) return 0;
  publish(channel_of(data + 1, name), space + 1, data + length - space - 1);
  return 1;
}

/* Returns how much of the input one frame was: 0 where it is not there wholly, -1 to close. */
static ssize_t on_frame(struct connection *c, uint8_t *data, size_t length) {
  struct frame frame;
  ssize_t size = read_frame(&frame, data, length, READ_SIZE - 14);
  if (size > 0 && !on_message(c, frame.opcode, frame.payload, frame.length)) return -1;
  return size;
}

/* As on_frame, for the request that makes the connection a WebSocket. */
static ssize_t on_request(struct connection *c, uint8_t *data, size_t length) {
  struct bytes answer = {0};
  ssize_t size = read_handshake(data, length, &answer);
  c->upgraded = size > 0;
  if (c->upgraded) write_out(c, answer.data, answer.length);
  release(&answer);
  return size;
}

/* Returns false where the connection is to be closed. */
static int on_readable(struct connection *c) {
  size_t length = c->in.length, used = 0;
  if (length) memcpy(input, c->in.data, length);
  ssize_t got = recv(c->fd, input + length, READ_SIZE - length, 0);
  if (got < 0) return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
  if (got == 0) return 0;
  length += got;
  for (ssize_t step; used < length; used += step) {
    step = (c->upgraded ? on_frame : on_request)(c, input + used, length - used);
    if (step < 0) return 0;
    if (step == 0) break;
  }
  release(&c->in);
  if (used < length) append(&c->in, input + used, length - used);
  return 1;
}

static void close_connection(struct connection *c) {
  leave(c);
  release(&c->in);
  release(&c->out);
  close(c->fd);
  free(c);
}

static void accept_all(int listener) {
  for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    struct connection *c = calloc(1, sizeof *c);
    if (!c) abort();
    c->fd = fd;
    watch(c, EPOLL_CTL_ADD, EPOLLIN);
  }
}

int main(int argc, char **argv) {
  if (argc != 3 || (strcmp(argv[2], "naive") && strcmp(argv[2], "coalesced"))) {
    fprintf(stderr, "epoll PORT naive|coalesced\n");
    return 1;
  }
  coalesced = !strcmp(argv[2], "coalesced");
  signal(SIGPIPE, SIG_IGN);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 4096)) {
    perror("listen");
    return 1;
  }
  poller = epoll_create1(0);
  struct epoll_event listening = {.events = EPOLLIN}, events[EVENTS];
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &listening);
  printf("ready\n");
  fflush(stdout);
  for (;;) {
    int count = epoll_wait(poller, events, EVENTS, -1);
    for (int i = 0; i < count; i++) {
      struct connection *c = events[i].data.ptr;
      if (!c) {
        accept_all(listener);
      } else if ((events[i].events & EPOLLOUT && !write_pending(c)) ||
                 (events[i].events & ~EPOLLOUT && !on_readable(c))) {
        close_connection(c);
      }
    }
    end_turn();
  }
}
