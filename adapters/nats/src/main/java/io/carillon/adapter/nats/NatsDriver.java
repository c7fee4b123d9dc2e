package io.carillon.adapter.nats;

import io.carillon.adapter.nats.NatsAddress.Host;
import io.carillon.broker.Broker;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.config.Configuration;
import io.carillon.config.ImportTable;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import io.carillon.metrics.MetricSet;
import io.carillon.part.BrokerAddress;
import io.carillon.part.BrokerContext;
import io.carillon.part.BrokerDriver;
import io.carillon.part.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Nodes connected by NATS. */
public final class NatsDriver implements BrokerDriver {

  private static final String SUBJECT = "broker";

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
    return Optional.of(new BrokerAddress(NatsSettings.SERVERS, List.of("nats", "tls")));
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
    return List.of(NatsMetrics.SET);
  }

  /** The adapter logs the loss of its connection, once. */
  @Override
  public List<String> quietLoggers() {
    return List.of("io.nats");
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
    return config.address().hosts().stream().map(host -> probe(config, host, context)).toList();
  }

  private static Finding probe(NatsConfig config, Host host, BrokerContext context) {
    try {
      NatsProbe.run(config, host, context);
      return Finding.ok(SUBJECT, host + ": connected, subscribed, published and heard it");
    } catch (BrokerConfigurationException e) {
      return wrong(host, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      Optional<BrokerConfigurationException> wrong = Failures.configuration(e, config);
      return wrong.isPresent()
          ? wrong(host, String.valueOf(wrong.get().getMessage()))
          : Finding.fail(
              SUBJECT,
              host + ": " + Failures.reason(e),
              "a node would start, and wait for it; check the address, the firewall, and whether"
                  + " NATS runs");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.fail(SUBJECT, host + ": interrupted", "try again");
    }
  }

  private static Finding wrong(Host host, String message) {
    return Finding.fail(
        SUBJECT, host + ": " + message, "a node would not start; mend that and try again");
  }
}
