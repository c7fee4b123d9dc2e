package io.carillon.benchmark.view;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One client of a presence channel, as far as it has read. It knows as many members as the answer
 * to its subscription named, and one more with each {@code member_added}, one less with each {@code
 * member_removed}. It looks at the beginning of each message only, so that thousands of clients
 * cost little. For one thread.
 */
final class MemberClient {

  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int PREFIX = 192;
  private static final String ADDED = "{\"event\":\"pusher_internal:member_added\"";
  private static final String REMOVED = "{\"event\":\"pusher_internal:member_removed\"";
  private static final String SUBSCRIBED = "{\"event\":\"pusher_internal:subscription_succeeded\"";
  private static final String GREETING = "{\"event\":\"pusher:connection_established\"";
  private static final Pattern COUNT = Pattern.compile("\"count\\\\\":(\\d+)");
  private static final Pattern SOCKET = Pattern.compile("socket_id\\\\\":\\\\\"([0-9.]+)");

  private final int number;
  private final byte[] prefix = new byte[PREFIX];
  private int prefixLength;
  private String socketId = "";
  private int known;
  private int removed;
  private int lineBreaks;
  private int headerBytes;
  private int headerLength;
  private int kind;
  private long length;
  private long toSkip;

  /**
   * @param number tells the client from all others
   */
  MemberClient(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** The id that the server has given to the connection; empty before the greeting. */
  String socketId() {
    return socketId;
  }

  boolean isJoined() {
    return known > 0;
  }

  /** How many members it was told of, itself included. */
  int known() {
    return known;
  }

  /** How many members it was told were gone; nobody leaves, so each of them is a fault. */
  int removed() {
    return removed;
  }

  /**
   * Reads what has come.
   *
   * @throws IOException if the server refuses something or closes the connection
   */
  void take(ByteBuffer in) throws IOException {
    while (in.hasRemaining()) {
      if (lineBreaks < 2) {
        skipHead(in.get());
      } else if (toSkip > 0) {
        takePayload(in);
      } else {
        takeHeader(in.get() & 0xFF);
      }
    }
  }

  /** The HTTP answer to the handshake ends with an empty line. */
  private void skipHead(byte next) {
    lineBreaks = next == '\n' ? lineBreaks + 1 : next == '\r' ? lineBreaks : 0;
  }

  private void takeHeader(int next) throws IOException {
    if (headerBytes == 0) {
      kind = next;
      headerBytes = 1;
    } else if (headerBytes == 1) {
      headerLength = next == 127 ? 10 : next == 126 ? 4 : 2;
      length = next < 126 ? next : 0;
      headerBytes = 2;
    } else {
      length = (length << 8) | next;
      headerBytes++;
    }
    if (headerBytes > 1 && headerBytes == headerLength) {
      headerBytes = 0;
      toSkip = length;
      prefixLength = 0;
      if (length == 0) {
        onMessage();
      }
    }
  }

  private void takePayload(ByteBuffer in) throws IOException {
    int some = (int) Math.min(toSkip, in.remaining());
    int kept = Math.min(some, PREFIX - prefixLength);
    in.get(prefix, prefixLength, kept);
    prefixLength += kept;
    in.position(in.position() + some - kept);
    toSkip -= some;
    if (toSkip == 0) {
      onMessage();
    }
  }

  private void onMessage() throws IOException {
    if (kind == CLOSE) {
      throw new IOException("closed with " + (((prefix[0] & 0xFF) << 8) | (prefix[1] & 0xFF)));
    }
    if (kind != TEXT) {
      return;
    }
    if (starts(ADDED)) {
      known++;
      return;
    }
    if (starts(REMOVED)) {
      known--;
      removed++;
      return;
    }
    String text = new String(prefix, 0, prefixLength, US_ASCII);
    if (starts(SUBSCRIBED)) {
      known = Integer.parseInt(found(COUNT, text));
    } else if (starts(GREETING)) {
      socketId = found(SOCKET, text);
    } else {
      throw new IOException("unexpected: " + text);
    }
  }

  private boolean starts(String text) {
    if (prefixLength < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (prefix[i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static String found(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }
}
