package io.carillon.adapter.nats;

import io.carillon.part.BrokerUri;
import io.carillon.part.BrokerUri.Host;
import io.carillon.part.BrokerUriSyntax;
import io.carillon.part.BrokerUriSyntax.Scheme;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The servers of NATS and the credentials, as {@code nats://} or {@code tls://} URLs give them. No
 * password and no token shows in {@link #toString()} or in any error.
 *
 * @param tls whether to speak TLS
 * @param hosts the servers, which are one server or one cluster of NATS; at least one
 * @param credentials the credentials in the URLs
 */
public record NatsAddress(boolean tls, List<Host> hosts, Credentials credentials) {

  static final BrokerUriSyntax SYNTAX =
      BrokerUriSyntax.of(new Scheme("nats", 4222), new Scheme("tls", 4222));

  public NatsAddress {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("NATS servers: none (expected: at least one)");
    }
  }

  /**
   * Reads one or several URLs, separated by commas. All have the same scheme. Credentials may stand
   * in the first one only, or in all of them alike.
   *
   * @throws IllegalArgumentException if the text can't be read; the message says what was expected
   */
  public static NatsAddress parse(String text) {
    return parse(List.of(text.split(",", -1)));
  }

  /**
   * Reads URLs, one for each server. A URL without a scheme has that of the first, and the first
   * without one has {@code nats}.
   */
  static NatsAddress parse(List<String> urls) {
    String first = urls.getFirst().strip();
    String scheme = first.contains("://") ? first.substring(0, first.indexOf("://")) : "nats";
    BrokerUri uri =
        SYNTAX.readAll(
            urls.stream()
                .map(String::strip)
                .map(url -> url.contains("://") ? url : scheme + "://" + url)
                .toList());
    if (!uri.path().isEmpty()) {
      throw new IllegalArgumentException(
          "more behind the host (expected: nats://user:password@host:port, or tls://)");
    }
    return new NatsAddress(uri.scheme().equals("tls"), uri.hosts(), credentials(uri));
  }

  /** A user without a password is a token. */
  private static Credentials credentials(BrokerUri uri) {
    String user = Objects.requireNonNullElse(uri.user(), "");
    @Nullable String password = uri.password();
    return password == null ? new Credentials("", "", user) : new Credentials(user, password, "");
  }

  /** The scheme of the URLs. */
  String scheme() {
    return tls ? "tls" : "nats";
  }

  /** The URLs with {@code ***} for the secret. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(scheme()).append("://").append(credentials.shown());
    for (int i = 0; i < hosts.size(); i++) {
      text.append(i == 0 ? "" : ",").append(hosts.get(i));
    }
    return text.toString();
  }

  /**
   * How a node proves to NATS which user it is.
   *
   * @param user the name; empty for none
   * @param password the user's password
   * @param token a token instead of a user; empty for none
   */
  public record Credentials(String user, String password, String token) {

    /** None: the server asks for none, or a client certificate is enough. */
    public static final Credentials NONE = new Credentials("", "", "");

    boolean hasSecret() {
      return !password.isEmpty() || !token.isEmpty();
    }

    private String shown() {
      if (!token.isEmpty()) {
        return "***@";
      }
      return user.isEmpty() ? "" : user + ":***@";
    }

    /** Nothing of it may be shown by accident. */
    @Override
    public String toString() {
      return shown();
    }
  }
}
