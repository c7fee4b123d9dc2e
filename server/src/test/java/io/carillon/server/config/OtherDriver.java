package io.carillon.server.config;

import io.carillon.broker.Broker;
import io.carillon.broker.InMemoryBus;
import io.carillon.config.Configuration;
import io.carillon.config.Formats;
import io.carillon.config.Setting;
import io.carillon.part.BrokerAddress;
import io.carillon.part.BrokerContext;
import io.carillon.part.BrokerDriver;
import io.carillon.part.Finding;
import io.carillon.server.Parts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A second kind of broker beside the program's. */
public final class OtherDriver implements BrokerDriver {

  public static final Setting<String> URL =
      Setting.of("adapter.other.url", Formats.text("other://host"))
          .variable("OTHER_URL")
          .flag("--broker")
          .says("Where it is.");

  /** The program's parts and this driver. */
  public static Parts beside() {
    Parts parts = Parts.standard();
    return new Parts(
        Stream.concat(parts.drivers().stream(), Stream.of(new OtherDriver())).toList(),
        parts.frontEnds(),
        parts.rules());
  }

  @Override
  public String name() {
    return "other";
  }

  @Override
  public String title() {
    return "Other";
  }

  @Override
  public Place place() {
    return Place.OUTSIDE;
  }

  @Override
  public Optional<BrokerAddress> address() {
    return Optional.of(new BrokerAddress(URL, List.of("other")));
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(URL);
  }

  @Override
  public List<Finding> probe(Configuration values, BrokerContext context) {
    return List.of();
  }

  @Override
  public Broker create(Configuration values, BrokerContext context) {
    return new InMemoryBus().connect();
  }
}
