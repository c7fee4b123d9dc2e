package io.carillon.protocol.topics;

import io.carillon.dialect.Listener;
import io.carillon.dialect.OptionValues;
import io.carillon.dialect.SubscribeDialect;
import io.carillon.dialect.SubscribeHelp;
import java.net.URI;
import java.util.List;

/** Topics of {@code carillon subscribe}. */
final class TopicsSubscribing implements SubscribeDialect {

  @Override
  public SubscribeHelp help() {
    return new SubscribeHelp("to topics", "a node, such as ws://127.0.0.1:8080", "topics", "");
  }

  @Override
  public Listener listener(URI url, List<String> channels, OptionValues options) {
    return new TopicsListener(channels);
  }
}
