package io.carillon.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The IP address of a client or a proxy, in one form for each address: an IPv4 address that is
 * mapped into IPv6 is that IPv4 address, and an IPv6 address has no zone. So two addresses are
 * equal if they are of the same machine.
 *
 * @param ip the address
 */
public record ClientAddress(InetAddress ip) {

  /** The address of a request that has come by no connection. */
  public static final ClientAddress NONE = of(new byte[4]);

  /** Networks give a customer at least so many bits of IPv6 (RFC 6177), so limits count these. */
  private static final int SITE_BYTES = 8;

  /** The longest text of an IPv6 address. */
  private static final int MAX_LENGTH = 45;

  /** Four numbers without leading zeros, which some programs read as octal numbers. */
  private static final Pattern IPV4 =
      Pattern.compile(
          "(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}", Pattern.DOTALL);

  private static final Pattern IPV6 = Pattern.compile("(?=[^:]*:[^:]*:)[0-9A-Fa-f:.]+");

  public ClientAddress {
    ip = ofBytes(ip.getAddress());
  }

  /**
   * @param bytes the 4 or 16 bytes of an address
   */
  public static ClientAddress of(byte[] bytes) {
    return new ClientAddress(ofBytes(bytes));
  }

  /** The address of a socket's other end; {@link #NONE} if it has no IP address. */
  public static ClientAddress of(SocketAddress socket) {
    return socket instanceof InetSocketAddress internet && internet.getAddress() != null
        ? new ClientAddress(internet.getAddress())
        : NONE;
  }

  /**
   * Reads an address as text. Asks no name server.
   *
   * @return empty for anything but a whole IPv4 address of four numbers, or an IPv6 address without
   *     brackets and zone
   */
  public static Optional<ClientAddress> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    boolean isAddress = IPV4.matcher(text).matches() || IPV6.matcher(text).matches();
    try {
      return isAddress
          ? Optional.of(new ClientAddress(InetAddress.ofLiteral(text)))
          : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** Makes an IPv4 address of one that is mapped into IPv6, and removes the zone. */
  private static InetAddress ofBytes(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
    }
  }

  /**
   * The addresses that one client can easily choose between, which a limit counts as one: an IPv4
   * address alone, or the /64 of an IPv6 address.
   */
  public ClientAddress site() {
    if (ip instanceof Inet4Address) {
      return this;
    }
    byte[] bytes = ip.getAddress();
    Arrays.fill(bytes, SITE_BYTES, bytes.length, (byte) 0);
    return of(bytes);
  }

  /** The address as text, as in a log line. */
  @Override
  public String toString() {
    return ip.getHostAddress();
  }
}
