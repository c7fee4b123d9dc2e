package io.carillon.server.config;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/**
 * Whether a text is an IP address of this machine. Names are none but {@code localhost}: shells put
 * the machine's name into {@code HOST}, and no name service is asked.
 */
final class LocalAddress {

  private LocalAddress() {}

  static boolean is(String text) {
    String bare = text.strip();
    if (bare.startsWith("[") && bare.endsWith("]")) {
      bare = bare.substring(1, bare.length() - 1);
    }
    if (bare.equals("localhost")) {
      return true;
    }
    try {
      InetAddress address = InetAddress.ofLiteral(bare);
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (IllegalArgumentException | SocketException e) {
      return false;
    }
  }
}
