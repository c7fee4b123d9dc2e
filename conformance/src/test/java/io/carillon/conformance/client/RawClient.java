package io.carillon.conformance.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.machine.Patience;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;

/**
 * A client that sends what no library would: its own bytes, on a plain socket. It reads answers of
 * HTTP and frames, each when it is asked to, and answers no ping. Used by one thread at a time.
 */
public final class RawClient implements AutoCloseable {

  private static final int PACE_MILLIS = 100;

  private final Socket socket;
  private final DataInputStream in;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Patience.LIMIT.toMillis());
  }

  /** Connects, and says nothing yet. */
  public static RawClient dial(URI url) {
    try {
      return new RawClient(new Socket(url.getHost(), url.getPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On a socket that is connected; over TLS, for one. */
  public static RawClient on(Socket connected) {
    try {
      return new RawClient(connected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request for a WebSocket, as every library sends it. */
  public static byte[] handshake(String target) {
    return """
    GET %s HTTP/1.1\r
    Host: localhost\r
    Upgrade: websocket\r
    Connection: Upgrade\r
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
    Sec-WebSocket-Version: 13\r
    \r
    """
        .formatted(target)
        .getBytes(ISO_8859_1);
  }

  /** Becomes a WebSocket and reads the greeting. */
  public RawClient open(String name) {
    send(handshake("/?name=" + name));
    assertThat(readHead()).startsWith("HTTP/1.1 101 ").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assertThat(readText()).isEqualTo("Welcome, " + name + "!");
    assertThat(readText()).isEqualTo("System: Subscribed to \"lobby\".");
    assertThat(readText()).startsWith("System: Send JSON messages");
    return this;
  }

  /** All of it at once. A server that has already closed may refuse it. */
  public RawClient send(byte[]... parts) {
    try {
      socket.getOutputStream().write(Frames.concat(parts));
    } catch (IOException alreadyClosed) {
      // What the server said before it closed is still to be read.
    }
    return this;
  }

  /**
   * Says it byte by byte, ten a second, and ignores what comes meanwhile.
   *
   * @return how many bytes could be said before the server hung up
   */
  public int drip(byte[] bytes) {
    int said = 0;
    try {
      socket.setSoTimeout(PACE_MILLIS);
      while (said < bytes.length) {
        socket.getOutputStream().write(bytes[said]);
        if (isHungUpWithin(PACE_MILLIS)) {
          return said;
        }
        said++;
      }
      return said;
    } catch (SocketException reset) {
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isHungUpWithin(int millis) throws IOException {
    long deadline = System.nanoTime() + millis * 1_000_000L;
    try {
      while (System.nanoTime() < deadline) {
        if (in.read() < 0) {
          return true;
        }
      }
      return false;
    } catch (SocketTimeoutException silence) {
      return false;
    }
  }

  /** The same in ISO 8859-1. */
  public RawClient send(String text) {
    return send(text.getBytes(ISO_8859_1));
  }

  /** An HTTP response's status line and headers. */
  public String readHead() {
    StringBuilder head = new StringBuilder();
    try {
      while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
        head.append((char) in.readUnsignedByte());
      }
    } catch (IOException e) {
      throw new AssertionError("no HTTP response but: " + head, e);
    }
    return head.toString();
  }

  /** An HTTP response's body of this many bytes. */
  public String readText(int length) {
    try {
      return new String(in.readNBytes(length), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An HTTP response's body, up to the end of the connection. */
  public String readBody() {
    try {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next frame, whatever it is. */
  public Frame readFrame() {
    try {
      return Frames.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next frame, which is text. */
  public String readText() {
    Frame frame = readFrame();
    assertThat(frame.opcode()).isEqualTo(Frames.TEXT);
    return frame.text();
  }

  /** The next frame, which closes the connection: its code. Then the server hangs up. */
  public int readClose() {
    Frame frame = readFrame();
    assertThat(frame.opcode()).as(frame::text).isEqualTo(Frames.CLOSE);
    assertThat(isHungUp()).isTrue();
    return frame.closeCode();
  }

  /** Waits for the end of the connection; whether nothing came before it. */
  public boolean isHungUp() {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads and forgets all there is until the server hangs up. */
  public void awaitHangUp() {
    long deadline = System.nanoTime() + Patience.LIMIT.toNanos();
    byte[] forgotten = new byte[8192];
    try {
      while (in.read(forgotten) >= 0) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("the server goes on talking");
        }
      }
    } catch (SocketException reset) {
      // That is an end, too.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says that no more will come, as a client does that is done. */
  public void endOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException alreadyClosed) {
      // Then there is nothing to end.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
