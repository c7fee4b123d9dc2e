package io.carillon.part;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.part.BrokerUri.Host;
import io.carillon.part.BrokerUriSyntax.Scheme;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link BrokerUri}. Written by hand, because {@link java.net.URI} knows no list of hosts
 * and quotes the whole text, password included, when it fails.
 *
 * @param rest the text behind {@code ://}
 */
record BrokerUriReader(BrokerUriSyntax syntax, Scheme scheme, String rest) {

  BrokerUri read() {
    int end = authorityEnd();
    requireEscaped(end);
    String authority = rest.substring(0, end);
    int at = authority.lastIndexOf('@');
    String login = at < 0 ? "" : authority.substring(0, at);
    int colon = login.indexOf(':');
    String user = decode("user", colon < 0 ? login : login.substring(0, colon));
    @Nullable String password = colon < 0 ? null : decode("password", login.substring(colon + 1));
    String tail = rest.substring(end);
    int question = tail.indexOf('?');
    return new BrokerUri(
        scheme.name(),
        user.isEmpty() ? null : user,
        password,
        hosts(authority.substring(at + 1)),
        path(question < 0 ? tail : tail.substring(0, question)),
        query(question < 0 ? "" : tail.substring(question + 1)));
  }

  private int authorityEnd() {
    for (int i = 0; i < rest.length(); i++) {
      if ("/?#".indexOf(rest.charAt(i)) >= 0) {
        return i;
      }
    }
    return rest.length();
  }

  /** An @ after the authority, or two of them, mean that the password holds unescaped syntax. */
  private void requireEscaped(int end) {
    boolean stray = rest.indexOf('@', end) >= 0 || rest.indexOf('@') != rest.lastIndexOf('@');
    if (stray || rest.indexOf('#') >= 0) {
      throw new IllegalArgumentException(
          "a character of the user or password that has a meaning in URIs (expected: @ as %40, / as"
              + " %2F, ? as %3F, # as %23)");
    }
    if (rest.indexOf('?') >= 0 && syntax.parameters().isEmpty()) {
      throw new IllegalArgumentException(
          "a query (expected: none; a ? in a password is written %3F)");
    }
  }

  private List<Host> hosts(String list) {
    List<Host> hosts = new ArrayList<>();
    for (String host : list.split(",", -1)) {
      hosts.add(host(host));
    }
    return hosts;
  }

  private Host host(String text) {
    int end;
    String name;
    if (text.startsWith("[")) {
      end = text.indexOf(']') + 1;
      if (end == 0) {
        throw new IllegalArgumentException("no ] behind [ (expected: [IPv6]:port)");
      }
      name = text.substring(1, end - 1);
    } else {
      int colon = text.indexOf(':');
      end = colon < 0 ? text.length() : colon;
      name = text.substring(0, end);
    }
    String port = text.substring(end);
    return new Host(
        name.isEmpty() ? usualHost() : decode("host", name),
        port.isEmpty() || port.equals(":") ? scheme.port() : port(port));
  }

  private String usualHost() {
    @Nullable String host = syntax.host();
    if (host == null) {
      throw new IllegalArgumentException("no host (expected: a name or an address)");
    }
    return host;
  }

  /** Does not quote the text: if the host is missing, the text is the password. */
  private static int port(String text) {
    int port = text.matches(":[0-9]{1,5}") ? Integer.parseInt(text.substring(1)) : 0;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "not a port (expected: host:port with 1 to 65535, an IPv6 address in [])");
    }
    return port;
  }

  private static List<String> path(String text) {
    List<String> segments = new ArrayList<>();
    for (String segment : text.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(decode("path", segment));
      }
    }
    return segments;
  }

  private Map<String, String> query(String text) {
    Map<String, String> values = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        if (!syntax.parameters().contains(name)) {
          throw new IllegalArgumentException(
              "query parameter \"%s\" (expected: %s)"
                  .formatted(name, String.join(", ", syntax.parameters())));
        }
        String value = equals < 0 ? "" : decode(name, pair.substring(equals + 1));
        if (value.isEmpty() || values.put(name, value) != null) {
          throw new IllegalArgumentException(
              "query parameter %s: without value or twice (expected: %s=...)"
                  .formatted(name, name));
        }
      }
    }
    return values;
  }

  /** Percent-decodes; a plus sign stays a plus sign. */
  private static String decode(String what, String text) {
    byte[] raw = text.getBytes(UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        decoded.write(raw[i]);
        continue;
      }
      int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw malformed(what);
      }
      decoded.write(high << 4 | low);
      i += 2;
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw malformed(what);
    }
  }

  private static IllegalArgumentException malformed(String what) {
    return new IllegalArgumentException(
        what + ": a malformed percent escape (expected: %XX, UTF-8; % itself as %25)");
  }
}
