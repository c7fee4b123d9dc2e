package io.carillon.server;

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

/**
 * A bus that nodes of one process share. It stands in for the local driver.
 *
 * @param bus outlives the nodes
 */
record EmbeddedDriver(InMemoryBus bus) implements BrokerDriver {

  @Override
  public String name() {
    return LocalDriver.NAME;
  }

  @Override
  public String title() {
    return "the embedded broker";
  }

  @Override
  public Place place() {
    return Place.INSIDE;
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
    return List.of(Finding.ok("broker", "the nodes of this process share one"));
  }

  @Override
  public Broker create(Configuration values, BrokerContext context) {
    return bus.connect();
  }
}
