package io.carillon.part;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The URIs that a kind of broker has.
 *
 * @param schemes their schemes, the usual one first
 * @param host the host of a URI that names none; null if a URI has to name one
 * @param parameters the names that a query may have; none for URIs without a query
 */
public record BrokerUriSyntax(
    List<Scheme> schemes, @Nullable String host, List<String> parameters) {

  /**
   * A scheme.
   *
   * @param name in lower case
   * @param port the port of a host that gives none
   */
  public record Scheme(String name, int port) {}

  public BrokerUriSyntax {
    schemes = List.copyOf(schemes);
    parameters = List.copyOf(parameters);
  }

  /** URIs that name their hosts and have no query. */
  public static BrokerUriSyntax of(Scheme... schemes) {
    return new BrokerUriSyntax(List.of(schemes), null, List.of());
  }

  /** The names of the schemes. */
  public List<String> names() {
    return schemes.stream().map(Scheme::name).toList();
  }

  /**
   * Reads a URI.
   *
   * @throws IllegalArgumentException if the text can't be read; the message says what was expected,
   *     and quotes no part that a typing error may have made a password
   */
  public BrokerUri read(String text) {
    String uri = text.strip();
    int end = uri.indexOf("://");
    String name = end < 0 ? "" : uri.substring(0, end).toLowerCase(Locale.ROOT);
    for (Scheme scheme : schemes) {
      if (scheme.name().equals(name)) {
        return new BrokerUriReader(this, scheme, uri.substring(end + 3)).read();
      }
    }
    throw new IllegalArgumentException(
        "another scheme or none (expected: %s://...)".formatted(String.join("://..., ", names())));
  }

  /**
   * Reads the URIs of several servers of one broker. They differ only in their hosts; the user with
   * its password may also stand in the first one alone.
   *
   * @param texts at least one
   * @throws IllegalArgumentException if they can't be read or contradict each other; as above
   */
  public BrokerUri readAll(List<String> texts) {
    BrokerUri first = read(texts.getFirst());
    List<BrokerUri.Host> hosts = new ArrayList<>(first.hosts());
    for (String text : texts.subList(1, texts.size())) {
      BrokerUri next = read(text);
      requireSame("scheme", first.scheme(), next.scheme());
      if (next.user() != null || next.password() != null) {
        requireSame("user", first.user(), next.user());
        requireSame("password", first.password(), next.password());
      }
      requireSame("path", first.path(), next.path());
      requireSame("query", first.query(), next.query());
      hosts.addAll(next.hosts());
    }
    return new BrokerUri(
        first.scheme(), first.user(), first.password(), hosts, first.path(), first.query());
  }

  private static void requireSame(String part, @Nullable Object first, @Nullable Object next) {
    if (!Objects.equals(first, next)) {
      throw new IllegalArgumentException(
          "the %s differs between the URIs (expected: the same in all)".formatted(part));
    }
  }
}
