package io.carillon.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes the payload of a control message, field by field; {@link PayloadReader} reads it. Numbers
 * are big-endian. For one thread.
 */
public final class PayloadWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private interface Write {
    void run() throws IOException;
  }

  private PayloadWriter write(Write one) {
    try {
      one.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A name of more than 65,535 bytes.
    }
    return this;
  }

  public PayloadWriter u8(int value) {
    return write(() -> out.writeByte(value));
  }

  public PayloadWriter i32(int value) {
    return write(() -> out.writeInt(value));
  }

  public PayloadWriter i64(long value) {
    return write(() -> out.writeLong(value));
  }

  /**
   * A short text, with every character as it is, lone surrogates included.
   *
   * @throws UncheckedIOException when it takes more than 65,535 bytes
   */
  public PayloadWriter name(String value) {
    return write(() -> out.writeUTF(value));
  }

  /** A text of any length, as UTF-8. */
  public PayloadWriter text(String value) {
    return block(value.getBytes(UTF_8));
  }

  /** Bytes behind their number, which a reader can step over. */
  public PayloadWriter block(byte[] value) {
    return write(
        () -> {
          out.writeInt(value.length);
          out.write(value);
        });
  }

  /** How many bytes are written. */
  public int size() {
    return out.size();
  }

  /** What is written so far. */
  public byte[] bytes() {
    return bytes.toByteArray();
  }

  /** What is written so far, as a payload. */
  public Payload payload() {
    return Payload.of(Payload.Type.BINARY, bytes());
  }
}
