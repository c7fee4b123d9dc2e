package io.carillon.server.doctor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A connection that asks one question, in hand-written bytes: an HTTP library would hide what a
 * proxy does to headers.
 */
final class HttpProbe implements AutoCloseable {

  static final String HANDSHAKE =
      """
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\
      """;

  /** The answer to that key (RFC 6455, section 1.3). */
  static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  private static final int MAX_LINES = 100;
  private static final int MAX_LINE = 8 << 10;
  private static final int MAX_BODY = 200;
  private static final int MAX_GREETING = 8 << 10;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;

  /**
   * A length of this value says that the next two bytes hold the length (RFC 6455, section 5.2).
   */
  private static final int TWO_BYTES = 126;

  private final Socket socket;
  private final DataInputStream in;

  HttpProbe(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /**
   * An answer.
   *
   * @param status the status line without its version
   * @param headers the headers' lines
   * @param said the beginning of the body, if it is plain text
   */
  record Head(String status, List<String> headers, String said) {

    int code() {
      String code = status.split(" ", 2)[0];
      return code.matches("\\d{3}") ? Integer.parseInt(code) : 0;
    }

    /** A header's value; empty when it is missing. */
    String header(String name) {
      return headers.stream()
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  Head request(String target, String authority, String headers) throws IOException {
    String request =
        "GET " + target + " HTTP/1.1\r\nHost: " + authority + "\r\n" + headers + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    String first = line();
    if (!first.startsWith("HTTP/1.")) {
      throw new IOException("the answer is no HTTP");
    }
    List<String> lines = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (lines.size() >= MAX_LINES) {
        throw new IOException("the answer has too many headers");
      }
      lines.add(line);
    }
    Head head = new Head(first.substring(first.indexOf(' ') + 1), lines, "");
    return head.header("Content-Type").startsWith("text/plain")
        ? new Head(head.status(), lines, body(head))
        : head;
  }

  private String body(Head head) throws IOException {
    String length = head.header("Content-Length");
    int most = length.matches("\\d{1,6}") ? Integer.parseInt(length) : 0;
    return new String(in.readNBytes(Math.min(most, MAX_BODY)), UTF_8).strip();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
      if (line.length() >= MAX_LINE) {
        throw new IOException("the answer has a line without end");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  /** The server's first message. */
  String firstFrame() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0F;
    int length = in.readUnsignedByte() & 0x7F;
    length = length == TWO_BYTES ? in.readUnsignedShort() : length;
    if (length > MAX_GREETING) {
      throw new IOException(
          "the greeting has %d bytes (expected: at most %d)".formatted(length, MAX_GREETING));
    }
    if (opcode == CLOSE && length >= 2) {
      throw new IOException(
          "the connection is closed without a greeting: %d %s"
              .formatted(in.readUnsignedShort(), new String(in.readNBytes(length - 2), UTF_8)));
    }
    if (opcode != TEXT) {
      throw new IOException("the first frame is no greeting but of kind " + opcode);
    }
    return new String(in.readNBytes(length), UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
