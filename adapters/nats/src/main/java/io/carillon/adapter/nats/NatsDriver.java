package io.carillon.adapter.nats;

import io.carillon.broker.Broker;
import io.carillon.config.Configuration;
import io.carillon.config.ImportTable;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import io.carillon.metrics.MetricSet;
import io.carillon.part.BrokerAddress;
import io.carillon.part.BrokerContext;
import io.carillon.part.BrokerDriver;
import io.carillon.part.BrokerTrial;
import io.carillon.part.Finding;
import io.carillon.part.LocalBroker;
import java.util.List;
import java.util.Optional;

/** Nodes connected by NATS. */
public final class NatsDriver implements BrokerDriver {

  @Override
  public String name() {
    return "nats";
  }

  @Override
  public String title() {
    return "NATS";
  }

  @Override
  public Place place() {
    return Place.OUTSIDE;
  }

  @Override
  public Optional<BrokerAddress> address() {
    return Optional.of(new BrokerAddress(NatsSettings.SERVERS, NatsAddress.SYNTAX.names()));
  }

  @Override
  public List<Setting<?>> settings() {
    return NatsSettings.ALL;
  }

  @Override
  public void check(Configuration values, List<Problem> problems) {
    NatsSettings.check(values, problems);
  }

  @Override
  public Optional<ImportTable> importTable(String server) {
    return switch (server) {
      case "sockudo", "soketi" -> Optional.of(ImportTable.read(NatsDriver.class, server + ".keys"));
      default -> Optional.empty();
    };
  }

  @Override
  public List<MetricSet<?>> metrics() {
    return List.of(NatsMetrics.SET, NatsMetrics.BARRIER);
  }

  /** The adapter logs the loss of its connection, once. */
  @Override
  public List<String> quietLoggers() {
    return List.of("io.nats");
  }

  @Override
  public Optional<LocalBroker> local() {
    return Optional.of(
        new LocalBroker(
            List.of("bin/carillon-broker", "nats"),
            "nats-server",
            port -> "nats://127.0.0.1:" + port));
  }

  @Override
  public Broker create(Configuration values, BrokerContext context) {
    return new NatsBroker(
        NatsSettings.config(values, context.cluster(), context.node()),
        context.nanoClock(),
        context.clock(),
        context.random());
  }

  @Override
  public List<Finding> probe(Configuration values, BrokerContext context) {
    NatsConfig config = NatsSettings.config(values, context.cluster(), context.node());
    return config.address().hosts().stream()
        .map(
            host ->
                BrokerTrial.find(
                    () -> NatsProbe.run(config, host, context),
                    "check the address, the firewall, and whether NATS runs"))
        .toList();
  }
}
