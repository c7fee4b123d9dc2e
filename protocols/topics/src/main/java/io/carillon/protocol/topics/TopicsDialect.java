package io.carillon.protocol.topics;

import io.carillon.dialect.Dialect;
import io.carillon.dialect.Greeting;
import io.carillon.dialect.PublishDialect;
import io.carillon.dialect.Recognition;
import io.carillon.dialect.SubscribeDialect;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** How commands speak the topics protocol. It is spoken at every path. */
final class TopicsDialect implements Dialect {

  private static final String WELCOME = "Welcome, ";

  @Override
  public boolean isFor(URI url) {
    return true;
  }

  @Override
  public Greeting greeting(
      String message, URI url, Function<String, Optional<Recognition>> others) {
    if (message.startsWith(WELCOME)) {
      return new Greeting.Welcome(message);
    }
    return others
        .apply(message)
        .map(other -> new Greeting.Wrong(other.text(), other.advice()))
        .orElseGet(
            () ->
                new Greeting.Wrong(
                    message, "a node says \"Welcome, ...!\"; see what answers at this address"));
  }

  @Override
  public Optional<Recognition> recognise(String message) {
    return message.startsWith(WELCOME)
        ? Optional.of(
            new Recognition(
                "the topics protocol answers, \"" + message + "\"",
                "for topics the URL is ws://host:port",
                "a node answers by the topics protocol (%s); for topics give its URL,"
                        .formatted(message)
                    + " ws://host:port"))
        : Optional.empty();
  }

  @Override
  public Optional<PublishDialect> publishing() {
    return Optional.of(new TopicsPublishing());
  }

  @Override
  public Optional<SubscribeDialect> subscribing() {
    return Optional.of(new TopicsSubscribing());
  }
}
