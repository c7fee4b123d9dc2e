package io.carillon.broker;

import io.carillon.message.Channel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Encodes channels as broker addresses, so that no name is ever read as syntax.
 *
 * <p>Everything except {@code [A-Za-z0-9_=@,;-]} is percent-encoded, byte by byte of its UTF-8
 * form. A name whose encoded form is longer than {@value #MAX_ENCODED} bytes becomes {@code ~} and
 * the base32 of the SHA-256 of the plain name; receivers compare the full name on delivery. A
 * channel without an app is its encoded name alone; a channel of an app is {@code app.name}. The
 * two can't be equal, because a dot inside a name is encoded.
 */
public final class ChannelNames {

  /** The longest encoded name, in bytes; AMQP's routing keys end at 255. */
  static final int MAX_ENCODED = 200;

  /** The longest encoded app id, in bytes. */
  static final int MAX_ENCODED_APP = 50;

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final char[] BASE32 = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
  private static final boolean[] PLAIN = new boolean[128];

  static {
    String plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_=@,;-";
    for (int i = 0; i < plain.length(); i++) {
      PLAIN[plain.charAt(i)] = true;
    }
  }

  private ChannelNames() {}

  /** The channel's address in a broker: at most 251 bytes of ASCII. */
  public static String address(Channel channel) {
    String name = encode(channel.name(), MAX_ENCODED);
    return channel.app().isEmpty() ? name : encode(channel.app(), MAX_ENCODED_APP) + "." + name;
  }

  private static String encode(String name, int limit) {
    if (name.length() <= limit && isPlain(name)) {
      return name;
    }
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    StringBuilder encoded = new StringBuilder(Math.min(3 * utf8.length, limit + 3));
    for (byte b : utf8) {
      if (b >= 0 && PLAIN[b]) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
      }
      if (encoded.length() > limit) {
        return digest(utf8, limit);
      }
    }
    return encoded.toString();
  }

  private static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 128 || !PLAIN[c]) {
        return false;
      }
    }
    return true;
  }

  private static String digest(byte[] utf8, int limit) {
    String digest = "~" + base32(sha256(utf8));
    return digest.substring(0, Math.min(limit, digest.length()));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** RFC 4648 section 6, lower case, without padding. */
  private static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder((bytes.length * 8 + 4) / 5);
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = (buffer << 8) | (b & 0xFF);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32[(buffer >> bits) & 31]);
      }
      buffer &= (1 << bits) - 1;
    }
    if (bits > 0) {
      text.append(BASE32[(buffer << (5 - bits)) & 31]);
    }
    return text.toString();
  }
}
