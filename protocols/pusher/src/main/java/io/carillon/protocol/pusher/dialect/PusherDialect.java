package io.carillon.protocol.pusher.dialect;

import io.carillon.dialect.Dialect;
import io.carillon.dialect.Greeting;
import io.carillon.dialect.PublishDialect;
import io.carillon.dialect.Recognition;
import io.carillon.dialect.SubscribeDialect;
import io.carillon.protocol.pusher.AppUrl;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** How commands speak the Pusher protocol: with the URL of an app. */
public final class PusherDialect implements Dialect {

  /** The form of an app's URL, for messages. */
  static final String APP_URL = "ws://host:port/app/KEY";

  @Override
  public boolean isFor(URI url) {
    return AppUrl.parse(url).isPresent();
  }

  @Override
  public String handshakeQuery(String query) {
    return AppUrl.handshakeQuery(query);
  }

  @Override
  public Greeting greeting(
      String message, URI url, Function<String, Optional<Recognition>> others) {
    String key = AppUrl.parse(url).map(AppUrl::key).orElse("");
    return PusherGreeting.judge(message, key, others);
  }

  @Override
  public Optional<Recognition> recognise(String message) {
    return PusherGreeting.recognise(message);
  }

  @Override
  public Optional<PublishDialect> publishing() {
    return Optional.of(new PusherPublishing());
  }

  @Override
  public Optional<SubscribeDialect> subscribing() {
    return Optional.of(new PusherSubscribing());
  }
}
