package io.carillon.server.transport;

import io.carillon.http.ClientAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses of a request's {@link ForwardedHeader}, read from the right, because each proxy
 * appends the address that it sees: only the right end was written by the node's own proxies. The
 * left end may be anything that a client has sent, and cannot change how the right end is read. One
 * chain for one request; used by one thread.
 */
final class ForwardedChain {

  private static final int MAX_ELEMENT = 512;

  /** An address with an optional port, as proxies write it; IPv6 in brackets. */
  private static final Pattern NODE =
      Pattern.compile(
          "(?:\\[([0-9A-Fa-f:.]{2,45})]|([0-9.]{7,15}))(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]{1,64}))?");

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** One pair of an element of {@code Forwarded} (RFC 7239 section 4). */
  private static final Pattern PAIR =
      Pattern.compile(
          "\\G[ \t]*("
              + TOKEN
              + ")=(?:("
              + TOKEN
              + ")|\"([^\"\\\\]*(?:\\\\.[^\"\\\\]*)*)\")[ \t]*(?:;|$)");

  private final ForwardedHeader header;
  private final String line;

  /** Elements from here on are read; negative when all are. */
  private int end;

  private boolean broken;

  /**
   * @param line the header's values, with commas between them
   */
  ForwardedChain(ForwardedHeader header, String line) {
    this.header = header;
    this.line = line;
    this.end = line.isEmpty() ? -1 : line.length();
  }

  /**
   * The address before the one that was read last.
   *
   * @return empty at the left end, and from the first element on that is no address
   */
  Optional<ClientAddress> next() {
    String element = broken ? "" : cutLast();
    if (element.isEmpty()) {
      return Optional.empty();
    }
    Optional<ClientAddress> address =
        element.length() > MAX_ELEMENT
            ? Optional.empty()
            : switch (header) {
              case X_FORWARDED_FOR -> ClientAddress.parse(element).or(() -> ofNode(element));
              case FORWARDED -> nodeOf(element).flatMap(ForwardedChain::ofNode);
            };
    broken = address.isEmpty();
    return address;
  }

  /** Whether the last element that was read is no address. */
  boolean isBroken() {
    return broken;
  }

  /** The last element that is not empty (RFC 9110 section 5.6.1); empty if there is none left. */
  private String cutLast() {
    String element = "";
    while (element.isEmpty() && end >= 0) {
      int comma = lastComma();
      element = line.substring(comma + 1, end).strip();
      end = comma;
    }
    return element;
  }

  private int lastComma() {
    int at = end - 1;
    while (at >= 0 && line.charAt(at) != ',') {
      at = header == ForwardedHeader.FORWARDED && line.charAt(at) == '"' ? opening(at) : at;
      at--;
    }
    return Math.max(at, -1);
  }

  /** Where a quoted text begins that ends here; negative if it does not begin. */
  private int opening(int closing) {
    int at = closing - 1;
    while (at >= 0 && (line.charAt(at) != '"' || (at > 0 && line.charAt(at - 1) == '\\'))) {
      at--;
    }
    return at;
  }

  /** The text of the parameter {@code for}, which has to be there once. */
  private static Optional<String> nodeOf(String element) {
    Matcher pair = PAIR.matcher(element);
    String node = null;
    int read = 0;
    while (read < element.length() && pair.find()) {
      read = pair.end();
      if (pair.group(1).toLowerCase(Locale.ROOT).equals("for")) {
        if (node != null) {
          return Optional.empty();
        }
        node = pair.group(2) == null ? pair.group(3) : pair.group(2);
      }
    }
    return read < element.length() ? Optional.empty() : Optional.ofNullable(node);
  }

  private static Optional<ClientAddress> ofNode(String text) {
    Matcher node = NODE.matcher(text);
    if (!node.matches()) {
      return Optional.empty();
    }
    String ipv6 = node.group(1);
    return ClientAddress.parse(ipv6 == null ? node.group(2) : ipv6);
  }
}
