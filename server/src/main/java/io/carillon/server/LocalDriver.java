package io.carillon.server;

import static java.util.stream.Collectors.joining;

import io.carillon.broker.Broker;
import io.carillon.broker.InMemoryBus;
import io.carillon.config.Configuration;
import io.carillon.config.Setting;
import io.carillon.part.BrokerAddress;
import io.carillon.part.BrokerContext;
import io.carillon.part.BrokerDriver;
import io.carillon.part.Finding;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** No broker: the node works alone, on a bus of its own. */
final class LocalDriver implements BrokerDriver {

  static final String NAME = "local";

  private static final Logger log = LoggerFactory.getLogger(LocalDriver.class);

  private final List<BrokerAddress> brokers;

  /**
   * @param brokers the drivers that could connect it to others
   */
  LocalDriver(List<BrokerAddress> brokers) {
    this.brokers = List.copyOf(brokers);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "no broker";
  }

  @Override
  public Place place() {
    return Place.NOWHERE;
  }

  @Override
  public Optional<BrokerAddress> address() {
    return Optional.empty();
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public List<Finding> probe(Configuration values, BrokerContext context) {
    String keys = brokers.stream().map(broker -> broker.setting().key()).collect(joining(" or "));
    return List.of(
        Finding.warn(
            "broker",
            "none is configured, so a node works alone",
            "give %s (or %s) to connect nodes".formatted(keys, variables())));
  }

  @Override
  public Broker create(Configuration values, BrokerContext context) {
    String uris =
        brokers.stream()
            .map(broker -> broker.schemes().getFirst() + "://...")
            .collect(joining(" or "));
    log.warn(
        "No broker is configured: this node works alone, and clients of other nodes are not"
            + " reached. Give --broker {} (or {}) to connect nodes.",
        uris,
        variables());
    return new InMemoryBus().connect();
  }

  private String variables() {
    return brokers.stream().map(BrokerAddress::variable).collect(joining(" or "));
  }
}
