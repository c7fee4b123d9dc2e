/* RFC 6455 as far as a bare server needs it: the handshake, whole frames in and out. */
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

enum opcode { TEXT = 0x1, CLOSE = 0x8, PING = 0x9, PONG = 0xA };

struct bytes {
  uint8_t *data;
  size_t length, capacity;
};

static void append(struct bytes *to, const void *data, size_t length) {
  if (to->length + length > to->capacity) {
    to->capacity = 2 * to->capacity > to->length + length ? 2 * to->capacity : to->length + length;
    if (!(to->data = realloc(to->data, to->capacity))) abort();
  }
  memcpy(to->data + to->length, data, length);
  to->length += length;
}

static void release(struct bytes *bytes) {
  free(bytes->data);
  *bytes = (struct bytes){0};
}

static void append_frame(struct bytes *to, enum opcode opcode, const uint8_t *payload, size_t length) {
  uint8_t head[10] = {0x80 | opcode};
  size_t size = 2;
  if (length < 126) {
    head[1] = length;
  } else {
    int digits = length < 65536 ? 2 : 8;
    head[1] = digits == 2 ? 126 : 127;
    for (int i = 0; i < digits; i++) head[size++] = (uint64_t)length >> (8 * (digits - 1 - i));
  }
  append(to, head, size);
  append(to, payload, length);
}

static void unmask(uint8_t *data, size_t length, const uint8_t *mask) {
  uint64_t wide, word;
  memcpy(&wide, mask, 4);
  memcpy((uint8_t *)&wide + 4, mask, 4);
  size_t i = 0;
  for (; i + 8 <= length; i += 8) {
    memcpy(&word, data + i, 8);
    word ^= wide;
    memcpy(data + i, &word, 8);
  }
  for (; i < length; i++) data[i] ^= mask[i & 3];
}

struct frame {
  enum opcode opcode;
  uint8_t *payload;
  size_t length;
};

/* Reads a client's frame and unmasks it: how long it is in all, 0 where it is not there wholly, -1 where
 * it is none. */
static ssize_t read_frame(struct frame *frame, uint8_t *data, size_t available, size_t longest) {
  if (available < 2) return 0;
  if ((data[0] & 0xF0) != 0x80 || !(data[1] & 0x80)) return -1;
  uint64_t length = data[1] & 0x7F;
  size_t head = length < 126 ? 2 : length == 126 ? 4 : 10;
  if (available < head) return 0;
  if (head > 2) length = 0;
  for (size_t i = 2; i < head; i++) length = length << 8 | data[i];
  if (length > longest) return -1;
  if (available < head + 4 + length) return 0;
  *frame = (struct frame){data[0] & 0xF, data + head + 4, length};
  unmask(frame->payload, length, data + head);
  return head + 4 + length;
}

/* Reads a request and writes its answer: how long the request is, 0 where it is not there wholly, -1 where
 * it asks for no WebSocket. */
static ssize_t read_handshake(uint8_t *data, size_t length, struct bytes *answer) {
  static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", header[] = "\r\nsec-websocket-key:";
  uint8_t *end = memmem(data, length, "\r\n\r\n", 4);
  if (!end) return length < 8192 ? 0 : -1;
  *end = 0;
  char *key = strcasestr((char *)data, header);
  if (!key) return -1;
  key += strlen(header);
  key += strspn(key, " ");
  char text[64 + sizeof guid], accept[64], response[256];
  int size = snprintf(text, sizeof text, "%.*s%s", (int)strcspn(key, " \r"), key, guid);
  if (size != 24 + (int)strlen(guid)) return -1;
  uint8_t digest[SHA_DIGEST_LENGTH];
  SHA1((uint8_t *)text, size, digest);
  EVP_EncodeBlock((uint8_t *)accept, digest, sizeof digest);
  size = snprintf(response, sizeof response,
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: %s\r\n\r\n", accept);
  append(answer, response, size);
  return end + 4 - data;
}
