package io.carillon.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message's content: some bytes and how to read them. The bytes are shared, not copied: no code
 * writes to them after construction.
 */
public final class Payload {

  /** How the bytes are to be read. The wire code of each is part of the envelope's format. */
  public enum Type {
    /** UTF-8 text. */
    TEXT(0),
    /** Any bytes. */
    BINARY(1),
    /** A JSON value in UTF-8. */
    JSON(2);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    /** The number that stands for this type in an envelope. */
    public int code() {
      return code;
    }
  }

  private final Type type;
  private final byte[] bytes;

  private Payload(Type type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  /** A payload over these bytes. The caller must not write to them afterwards. */
  public static Payload of(Type type, byte[] bytes) {
    return new Payload(type, bytes);
  }

  /** A text payload; each lone surrogate becomes U+FFFD. */
  public static Payload text(String text) {
    return new Payload(Type.TEXT, UnicodeText.utf8(text));
  }

  public Type type() {
    return type;
  }

  /** The bytes themselves, not a copy: read only. */
  public byte[] bytes() {
    return bytes;
  }

  /** The length in bytes. */
  public int size() {
    return bytes.length;
  }

  /** The bytes read as UTF-8; malformed input becomes U+FFFD. */
  public String asText() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that && type == that.type && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + Arrays.hashCode(bytes);
  }

  /** Type and size; never the content, which belongs to the users. */
  @Override
  public String toString() {
    return type + "[" + bytes.length + " bytes]";
  }
}
