package io.carillon.benchmark.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a broker's URL, for servers that take them one by one.
 *
 * @param url the whole URL, with its password
 * @param hosts each as {@code host:port}
 */
record BrokerAddress(String url, String user, String password, List<String> hosts) {

  private static final Pattern URL =
      Pattern.compile("[a-z+]+://(?:([^:@/]*)(?::([^@/]*))?@)?([^/?]+).*");

  /** The variables that {@link #fill} knows, beside {@code $BROKER_URL}. */
  private static final String HOSTS = "$BROKER_HOSTS";

  BrokerAddress {
    hosts = List.copyOf(hosts);
  }

  /**
   * Reads a URL of one or several hosts.
   *
   * @throws IllegalArgumentException if the text is not such a URL; the message does not contain it
   */
  static BrokerAddress of(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches() || !parts.group(3).contains(":")) {
      throw new IllegalArgumentException(
          "a broker's URL (expected: scheme://user:password@host:port)");
    }
    return new BrokerAddress(
        url,
        orEmpty(parts.group(1)),
        orEmpty(parts.group(2)),
        List.of(parts.group(3).split(",", -1)));
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  /** The ports on which the broker listens. */
  List<Integer> ports() {
    List<Integer> ports = new ArrayList<>();
    for (String host : hosts) {
      ports.add(Integer.parseInt(host.substring(host.lastIndexOf(':') + 1)));
    }
    return ports;
  }

  /** Puts the address into a setting, wherever the setting names a part of it. */
  String fill(String setting) {
    String first = hosts.getFirst();
    int colon = first.lastIndexOf(':');
    return setting
        .replace(HOSTS, String.join(",", hosts))
        .replace("$BROKER_HOST", first.substring(0, colon))
        .replace("$BROKER_PORT", first.substring(colon + 1))
        .replace("$BROKER_USER", user)
        .replace("$BROKER_PASSWORD", password)
        .replace("$BROKER_URL", url);
  }
}
