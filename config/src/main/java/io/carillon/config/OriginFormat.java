package io.carillon.config;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An origin as browsers write it, or a pattern of them as {@link
 * io.carillon.auth.AllowedOrigins.Only} describes it. An entry that would never match is refused,
 * with the form that matches.
 *
 * <p>Source: RFC 6454, 6.2 (ASCII serialization of an origin); the patterns are those of Sockudo,
 * "Origin Validation".
 */
public final class OriginFormat implements Format<String> {

  /** Longer origins don't exist, see {@link io.carillon.auth.AllowedOrigins.Only}. */
  private static final int MAX_LENGTH = 300;

  private static final String EXAMPLE = "https://*.app.example";

  /**
   * Lower case, without the default port's number, with nothing after it. Programs that bring pages
   * choose the part in the place of a host: Electron's pages are at {@code app://.}, for example.
   */
  private static final Pattern FORM =
      Pattern.compile(
          "null|([a-z][a-z0-9+.-]*://)?(\\[[0-9a-f:.]+]|(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*\\.?)"
              + "(:([0-9]{1,5}|\\*))?"
              + "|(?!https?://)[a-z][a-z0-9+.-]*://[a-z0-9.-]+(:[0-9]{1,5})?");

  /** What a user may have meant: a scheme, a host, a port, and parts that origins don't have. */
  private static final Pattern MEANT =
      Pattern.compile(
          "(?:([A-Za-z][A-Za-z0-9+.-]*)://)?([^/?#@\\s]+?)(?::([0-9]{1,5}|\\*))?(?:[/?#].*)?");

  /** Reserved for such networks (RFC 6761, RFC 6762), so a single label is not a public domain. */
  private static final Set<String> PRIVATE = Set.of("localhost", "test", "local", "internal");

  @Override
  public String read(String text) {
    Optional<String> form = text.length() > MAX_LENGTH ? Optional.empty() : formOf(text);
    if (form.isEmpty()) {
      throw new IllegalArgumentException();
    }
    String expected = form.get();
    if (!expected.equals(text)) {
      throw wrong(text, expected + ", as browsers write it");
    }
    int wildcard = text.indexOf("*.");
    if (wildcard >= 0) {
      checkParent(text, text.substring(wildcard + 2).replaceFirst(":.*", ""));
    }
    return text;
  }

  /** The form that matches what was meant; empty if it can't be guessed. */
  private static Optional<String> formOf(String text) {
    Matcher meant = MEANT.matcher(text.strip());
    if (text.equals("null") || !meant.matches()) {
      return Optional.of(text).filter("null"::equals);
    }
    String port = meant.group(3) == null ? "" : meant.group(3);
    String scheme = scheme(meant.group(1) == null ? "" : meant.group(1), port);
    String shownPort = port.isEmpty() || isDefault(scheme, port) ? "" : ":" + port;
    return host(scheme, meant.group(2))
        .map(host -> (scheme.isEmpty() ? "" : scheme + "://") + host + shownPort)
        .filter(form -> FORM.matcher(form).matches());
  }

  /** A page that opens a WebSocket was loaded over HTTP. */
  private static String scheme(String given, String port) {
    return switch (given.toLowerCase(Locale.ROOT)) {
      case "ws" -> "http";
      case "wss" -> "https";
      case "" -> port.equals("443") ? "https" : port.equals("80") ? "http" : "";
      default -> given.toLowerCase(Locale.ROOT);
    };
  }

  private static boolean isDefault(String scheme, String port) {
    return (scheme.equals("http") && port.equals("80"))
        || (scheme.equals("https") && port.equals("443"));
  }

  /** Browsers write names in other scripts as ASCII. A program's host need not be a name. */
  private static Optional<String> host(String scheme, String given) {
    String wildcard = given.startsWith("*.") ? "*." : "";
    String name = given.substring(wildcard.length());
    try {
      return Optional.of(
          wildcard + IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException noName) {
      return isOfTheWeb(scheme) ? Optional.empty() : Optional.of(given.toLowerCase(Locale.ROOT));
    }
  }

  private static boolean isOfTheWeb(String scheme) {
    return scheme.isEmpty() || scheme.equals("http") || scheme.equals("https");
  }

  /** Nobody means a whole public domain, or a part of an IP address. */
  private static void checkParent(String text, String parent) {
    String last = parent.substring(parent.lastIndexOf('.') + 1);
    boolean wide = last.equals(parent) && !PRIVATE.contains(parent);
    if (wide || last.isEmpty() || Character.isDigit(last.charAt(0))) {
      throw wrong(text, "a domain of two names or more behind *., such as " + EXAMPLE);
    }
  }

  private static WrongValueException wrong(String text, String expected) {
    return new WrongValueException("\"%s\" (expected: %s)".formatted(text, expected));
  }

  @Override
  public String write(String value) {
    return value;
  }

  @Override
  public String expectation() {
    return "as browsers write it, such as https://app.example: lower case, no path; or "
        + EXAMPLE
        + " for subdomains";
  }
}
