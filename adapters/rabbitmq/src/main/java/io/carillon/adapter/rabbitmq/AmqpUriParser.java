package io.carillon.adapter.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.adapter.rabbitmq.AmqpUri.Host;
import io.carillon.adapter.rabbitmq.AmqpUri.Options;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@link AmqpUri}s. The parser is written by hand, because {@link java.net.URI} knows no list
 * of hosts and quotes the whole text, password included, when it fails. No error here quotes a part
 * that a typing error may have made a password.
 */
final class AmqpUriParser {

  private static final String DEFAULT_USER = "guest";
  private static final String DEFAULT_HOST = "localhost";

  private AmqpUriParser() {}

  static AmqpUri parse(String text) {
    String[] parts = text.strip().split(",(?=amqps?://)", -1);
    AmqpUri first = parseOne(parts[0]);
    List<Host> hosts = new ArrayList<>(first.hosts());
    for (int i = 1; i < parts.length; i++) {
      AmqpUri next = parseOne(parts[i]);
      requireSame("scheme", first.tls(), next.tls());
      requireSame("user", first.user(), next.user());
      requireSame("password", first.password(), next.password());
      requireSame("virtual host", first.virtualHost(), next.virtualHost());
      requireSame("query", first.options(), next.options());
      hosts.addAll(next.hosts());
    }
    return new AmqpUri(
        first.tls(), hosts, first.user(), first.password(), first.virtualHost(), first.options());
  }

  private static void requireSame(String what, Object first, Object next) {
    if (!first.equals(next)) {
      throw new IllegalArgumentException(
          "AMQP URIs: the " + what + " differs between them (expected: the same in all)");
    }
  }

  private static AmqpUri parseOne(String uri) {
    boolean tls = uri.startsWith("amqps://");
    if (!tls && !uri.startsWith("amqp://")) {
      throw new IllegalArgumentException(
          "AMQP URI: another scheme or none (expected: amqp://... or amqps://...)");
    }
    String rest = uri.substring(uri.indexOf("://") + 3);
    int authorityEnd = indexOfAny(rest, "/?#");
    requireEscaped(rest, authorityEnd);
    String authority = rest.substring(0, authorityEnd);
    int at = authority.lastIndexOf('@');
    String userInfo = at < 0 ? "" : authority.substring(0, at);
    int colon = userInfo.indexOf(':');
    String user = decode("user", colon < 0 ? userInfo : userInfo.substring(0, colon));
    String password = colon < 0 ? DEFAULT_USER : decode("password", userInfo.substring(colon + 1));
    String tail = rest.substring(authorityEnd);
    int question = tail.indexOf('?');
    String path = question < 0 ? tail : tail.substring(0, question);
    Options options =
        question < 0 ? Options.NONE : AmqpUriQuery.parse(tail.substring(question + 1), tls);
    return new AmqpUri(
        tls,
        hosts(authority.substring(at + 1), tls),
        user.isEmpty() ? DEFAULT_USER : user,
        password,
        virtualHost(path),
        options);
  }

  /** An @ after the authority, or two of them, mean that the password holds unescaped syntax. */
  private static void requireEscaped(String rest, int authorityEnd) {
    boolean strayAt =
        rest.indexOf('@', authorityEnd) >= 0 || rest.indexOf('@') != rest.lastIndexOf('@');
    if (strayAt || rest.indexOf('#') >= 0) {
      throw new IllegalArgumentException(
          "AMQP URI: a character of the user, password or virtual host must be percent-encoded"
              + " (@ as %40, / as %2F, ? as %3F, # as %23)");
    }
  }

  private static List<Host> hosts(String list, boolean tls) {
    List<Host> hosts = new ArrayList<>();
    for (String host : list.split(",", -1)) {
      hosts.add(host(host, tls ? AmqpUri.TLS_PORT : AmqpUri.PORT));
    }
    return hosts;
  }

  private static Host host(String text, int defaultPort) {
    int nameEnd;
    String name;
    if (text.startsWith("[")) {
      nameEnd = text.indexOf(']') + 1;
      if (nameEnd == 0) {
        throw new IllegalArgumentException("AMQP host: no ] behind [ (expected: [IPv6]:port)");
      }
      name = text.substring(1, nameEnd - 1);
    } else {
      int colon = text.indexOf(':');
      nameEnd = colon < 0 ? text.length() : colon;
      name = text.substring(0, nameEnd);
    }
    String port = text.substring(nameEnd);
    return new Host(
        name.isEmpty() ? DEFAULT_HOST : decode("host", name),
        port.isEmpty() || port.equals(":") ? defaultPort : port(port));
  }

  /** Does not quote the text: if the host is missing, the text is the password. */
  private static int port(String text) {
    if (!text.matches(":[0-9]{1,5}") || Integer.parseInt(text.substring(1)) > 65_535) {
      throw new IllegalArgumentException(
          "AMQP port: not a port (expected: host:port with 1 to 65535, an IPv6 address in [])");
    }
    return Integer.parseInt(text.substring(1));
  }

  /** An empty path, "/", "//" and "/%2F" all mean the default virtual host "/". */
  private static String virtualHost(String path) {
    if (path.isEmpty() || path.equals("/") || path.equals("//")) {
      return "/";
    }
    if (path.indexOf('/', 1) >= 0) {
      throw new IllegalArgumentException(
          "AMQP virtual host: \"" + path + "\" (expected: one segment, a / in it as %2F)");
    }
    return decode("virtual host", path.substring(1));
  }

  /** Percent-decodes; a plus sign stays a plus sign. */
  static String decode(String what, String text) {
    byte[] raw = text.getBytes(UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        decoded.write(raw[i]);
        continue;
      }
      if (i + 2 >= raw.length) {
        throw malformed(what);
      }
      int high = Character.digit(raw[++i], 16);
      int low = Character.digit(raw[++i], 16);
      if (high < 0 || low < 0) {
        throw malformed(what);
      }
      decoded.write(high << 4 | low);
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw malformed(what);
    }
  }

  private static IllegalArgumentException malformed(String what) {
    return new IllegalArgumentException(
        "AMQP " + what + ": a malformed percent escape (expected: %XX, UTF-8; % itself as %25)");
  }

  private static int indexOfAny(String text, String characters) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }
}
