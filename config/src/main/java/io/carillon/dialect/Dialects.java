package io.carillon.dialect;

import static java.util.stream.Collectors.toSet;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The dialects of a program.
 *
 * @param all in the order in which people read of them. They are asked in the reverse order whose a
 *     URL is, so the one that takes every URL comes first
 */
public record Dialects(List<Dialect> all) {

  public Dialects {
    all = List.copyOf(all);
  }

  /**
   * The dialect of a URL.
   *
   * @throws IllegalArgumentException if no dialect takes such a URL
   */
  public Dialect of(URI url) {
    return all.reversed().stream()
        .filter(dialect -> dialect.isFor(url))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no protocol has such a URL"));
  }

  /** The recognition of a message by the other dialects; empty if no dialect recognises it. */
  public Optional<Recognition> recognise(String message, Dialect but) {
    return all.stream()
        .filter(other -> !other.equals(but))
        .flatMap(other -> other.recognise(message).stream())
        .findFirst();
  }

  /** The dialects that can publish, in the same order. */
  public List<PublishDialect> publishing() {
    return all.stream().flatMap(dialect -> dialect.publishing().stream()).toList();
  }

  /** The dialects that can subscribe, in the same order. */
  public List<SubscribeDialect> subscribing() {
    return all.stream().flatMap(dialect -> dialect.subscribing().stream()).toList();
  }

  /** The variables that have secrets for the dialects' options. */
  public Set<String> variables() {
    return Stream.concat(
            publishing().stream().flatMap(dialect -> dialect.options().stream()),
            subscribing().stream().flatMap(dialect -> dialect.options().stream()))
        .flatMap(option -> option.secret().stream())
        .map(CommandOption.Secret::variable)
        .collect(toSet());
  }
}
