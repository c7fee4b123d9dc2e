package io.carillon.server.transport;

import io.carillon.http.ClientAddress;
import java.util.Optional;

/**
 * A block of IP addresses, as in 10.0.0.0/8 (CIDR, RFC 4632).
 *
 * @param base its first address
 * @param bits how many leading bits its addresses have in common
 */
public record Network(ClientAddress base, int bits) {

  public Network {
    int length = 8 * base.ip().getAddress().length;
    if (bits < 0 || bits > length) {
      throw new IllegalArgumentException("bits: " + bits + " (expected: 0 to " + length + ")");
    }
    if (!base.equals(firstOf(base, bits))) {
      throw new IllegalArgumentException(
          "%s/%d (expected: %s/%d)".formatted(base, bits, firstOf(base, bits), bits));
    }
  }

  /**
   * Reads an address, or an address and a number of bits.
   *
   * @throws IllegalArgumentException if the text is neither, or the address has further bits
   */
  public static Network of(String text) {
    int slash = text.indexOf('/');
    Optional<ClientAddress> base = ClientAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (base.isEmpty()) {
      throw new IllegalArgumentException(text);
    }
    return new Network(
        base.get(),
        slash < 0
            ? 8 * base.get().ip().getAddress().length
            : Integer.parseInt(text.substring(slash + 1)));
  }

  /** Whether an address is in this block. An IPv4 address is in no block of IPv6. */
  boolean contains(ClientAddress address) {
    byte[] ours = base.ip().getAddress();
    byte[] theirs = address.ip().getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int i = 0; i < ours.length; i++) {
      if (((ours[i] ^ theirs[i]) & maskOf(i, bits)) != 0) {
        return false;
      }
    }
    return true;
  }

  private static ClientAddress firstOf(ClientAddress address, int bits) {
    byte[] bytes = address.ip().getAddress();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] &= (byte) maskOf(i, bits);
    }
    return ClientAddress.of(bytes);
  }

  /** The bits of a byte that belong to the block. */
  private static int maskOf(int index, int bits) {
    int ofByte = Math.clamp(bits - 8L * index, 0, 8);
    return 0xFF << (8 - ofByte) & 0xFF;
  }

  @Override
  public String toString() {
    return base + "/" + bits;
  }
}
