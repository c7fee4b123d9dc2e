package io.carillon.adapter.nats;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.adapter.nats.NatsAddress.Credentials;
import io.carillon.adapter.nats.NatsAddress.Host;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link NatsAddress}es. No error here quotes a part that a typing error may have made a
 * password.
 */
final class NatsAddressParser {

  private static final String EXPECTED = "(expected: nats://user:password@host:port, or tls://)";

  private NatsAddressParser() {}

  /**
   * @param urls one for each server, with or without a scheme; a URL without a scheme has that of
   *     the first, and the first without one has {@code nats}
   */
  static NatsAddress parse(List<String> urls) {
    List<Host> hosts = new ArrayList<>();
    @Nullable String scheme = null;
    Credentials credentials = Credentials.NONE;
    for (String text : urls) {
      String url = text.strip();
      int colon = url.indexOf("://");
      String own = colon < 0 ? null : url.substring(0, colon).toLowerCase(Locale.ROOT);
      if (own != null && !own.equals("nats") && !own.equals("tls")) {
        throw new IllegalArgumentException("NATS URL: another scheme " + EXPECTED);
      }
      if (scheme != null && own != null && !scheme.equals(own)) {
        throw new IllegalArgumentException(
            "NATS URLs: the scheme differs between them (expected: the same in all)");
      }
      scheme = scheme == null ? (own == null ? "nats" : own) : scheme;
      String rest = colon < 0 ? url : url.substring(colon + 3);
      int at = rest.lastIndexOf('@');
      if (at >= 0) {
        credentials = merged(credentials, credentials(rest.substring(0, at)), hosts.isEmpty());
      }
      hosts.add(host(rest.substring(at + 1)));
    }
    return new NatsAddress("tls".equals(scheme), hosts, credentials);
  }

  private static Credentials merged(Credentials first, Credentials next, boolean isFirst) {
    if (!isFirst && !first.equals(next)) {
      throw new IllegalArgumentException(
          "NATS URLs: the credentials differ between them (expected: the same in all, or in the"
              + " first only)");
    }
    return next;
  }

  /** A user information without a colon is a token. */
  private static Credentials credentials(String userInfo) {
    if (userInfo.chars().anyMatch(c -> c == '/' || c == '@' || c == '?' || c == '#')) {
      throw new IllegalArgumentException(
          "NATS URL: a special character in the user or password (expected: percent-encoded,"
              + " @ as %40, / as %2F, ? as %3F, # as %23)");
    }
    int colon = userInfo.indexOf(':');
    return colon < 0
        ? new Credentials("", "", decode(userInfo))
        : new Credentials(
            decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1)), "");
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "NATS URL: a malformed percent escape (expected: %XX, UTF-8; % itself as %25)", e);
    }
  }

  /** Does not quote the port: if the host is missing, it is a part of the password. */
  private static Host host(String text) {
    String bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    int nameEnd = bare.startsWith("[") ? bare.indexOf(']') + 1 : bare.indexOf(':');
    if (bare.startsWith("[") && nameEnd == 0) {
      throw new IllegalArgumentException("NATS host: no ] behind [ (expected: [IPv6]:port)");
    }
    String name = nameEnd < 0 ? bare : bare.substring(0, nameEnd);
    String port = nameEnd < 0 ? "" : bare.substring(nameEnd);
    if (name.isEmpty() || name.chars().anyMatch(c -> c == '/' || c == '?' || c == '#')) {
      throw new IllegalArgumentException("NATS URL: no host " + EXPECTED);
    }
    if (!port.isEmpty() && !port.matches(":[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "NATS port: not a port (expected: host:port with 1 to 65535, an IPv6 address in [])");
    }
    return new Host(
        name.startsWith("[") ? name.substring(1, name.length() - 1) : name,
        port.isEmpty() ? NatsAddress.PORT : Integer.parseInt(port.substring(1)));
  }
}
