package io.carillon.adapter.rabbitmq;

import io.carillon.adapter.rabbitmq.RabbitMqProbe.Result;
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
import io.carillon.part.WireMode;
import java.util.List;
import java.util.Optional;

/** Nodes connected by RabbitMQ. */
public final class RabbitMqDriver implements BrokerDriver {

  @Override
  public String name() {
    return "rabbitmq";
  }

  @Override
  public String title() {
    return "RabbitMQ";
  }

  @Override
  public Place place() {
    return Place.OUTSIDE;
  }

  @Override
  public Optional<BrokerAddress> address() {
    return Optional.of(new BrokerAddress(RabbitMqSettings.URL, AmqpUri.SYNTAX.names()));
  }

  @Override
  public List<Setting<?>> settings() {
    return RabbitMqSettings.ALL;
  }

  @Override
  public void check(Configuration values, List<Problem> problems) {
    RabbitMqSettings.check(values, problems);
  }

  @Override
  public Optional<Setting<WireMode>> wire() {
    return Optional.of(RabbitMqSettings.WIRE);
  }

  @Override
  public Optional<ImportTable> importTable(String server) {
    return server.equals("sockudo")
        ? Optional.of(ImportTable.read(RabbitMqDriver.class, "sockudo.keys"))
        : Optional.empty();
  }

  @Override
  public List<MetricSet<?>> metrics() {
    return List.of(RabbitMqMetrics.SET, RabbitMqMetrics.BARRIER);
  }

  /** The adapter logs the loss of its connection, once. */
  @Override
  public List<String> quietLoggers() {
    return List.of("com.rabbitmq");
  }

  @Override
  public Optional<LocalBroker> local() {
    return Optional.of(
        new LocalBroker(
            List.of("bin/carillon-rabbitmq"),
            "rabbitmq-server",
            port -> "amqp://guest:guest@127.0.0.1:" + port));
  }

  @Override
  public Broker create(Configuration values, BrokerContext context) {
    return new RabbitMqBroker(
        RabbitMqSettings.config(values, context.cluster(), context.node()),
        context.foreignForm(),
        context.nanoClock(),
        context.clock(),
        context.random());
  }

  @Override
  public List<Finding> probe(Configuration values, BrokerContext context) {
    RabbitMqConfig config = RabbitMqSettings.config(values, context.cluster(), context.node());
    return List.of(
        BrokerTrial.find(
            () -> finding(config.uri().toString(), RabbitMqProbe.run(config)),
            "check the address, the firewall, whether RabbitMQ runs, and that amqps:// names its"
                + " port with TLS and amqp:// the one without"));
  }

  private static Finding finding(String address, Result result) {
    return switch (result) {
      case Result.Passed _ ->
          Finding.ok(
              BrokerTrial.SUBJECT,
              address + ": connected twice, declared, bound, published and heard it");
      case Result.Blocked(String reason) ->
          Finding.fail(
              BrokerTrial.SUBJECT,
              "%s: RabbitMQ has an alarm and blocks publishers: %s".formatted(address, reason),
              "a node would start, but it would refuse publishes; free memory or disk there, or"
                  + " raise its watermark (rabbitmq-diagnostics alarms)");
      case Result.Failed(String reason) ->
          Finding.fail(
              BrokerTrial.SUBJECT,
              address + ": connected, but " + reason,
              "a node would start, and try again and again; see RabbitMQ's log");
    };
  }
}
