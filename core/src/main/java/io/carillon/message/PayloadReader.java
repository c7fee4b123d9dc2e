package io.carillon.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * Reads what {@link PayloadWriter} has written, in the same order. Every method throws {@link
 * IOException} when the payload ends too early or a text is malformed. For one thread.
 */
public final class PayloadReader {

  private final DataInputStream in;

  public PayloadReader(Payload payload) {
    this(payload.bytes());
  }

  private PayloadReader(byte[] bytes) {
    this.in = new DataInputStream(new ByteArrayInputStream(bytes));
  }

  public int u8() throws IOException {
    return in.readUnsignedByte();
  }

  public int i32() throws IOException {
    return in.readInt();
  }

  public long i64() throws IOException {
    return in.readLong();
  }

  /** What {@link PayloadWriter#name} has written. */
  public String name() throws IOException {
    return in.readUTF();
  }

  /** What {@link PayloadWriter#text} has written. */
  public String text() throws IOException {
    return new String(bytes(), UTF_8);
  }

  /** A reader of what {@link PayloadWriter#block} has written. */
  public PayloadReader block() throws IOException {
    return new PayloadReader(bytes());
  }

  private byte[] bytes() throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new EOFException("length: " + length + " (expected: 0 to " + in.available() + ")");
    }
    return in.readNBytes(length);
  }

  /** Whether there is something left to read. */
  public boolean hasMore() throws IOException {
    return in.available() > 0;
  }
}
