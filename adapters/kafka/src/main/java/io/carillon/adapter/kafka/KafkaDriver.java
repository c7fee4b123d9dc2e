package io.carillon.adapter.kafka;

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
import java.util.List;
import java.util.Optional;

/** Nodes connected by Kafka. */
public final class KafkaDriver implements BrokerDriver {

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public String title() {
    return "Kafka";
  }

  @Override
  public Place place() {
    return Place.OUTSIDE;
  }

  @Override
  public Optional<BrokerAddress> address() {
    return Optional.of(new BrokerAddress(KafkaSettings.BROKERS, List.of("kafka")));
  }

  @Override
  public List<Setting<?>> settings() {
    return KafkaSettings.ALL;
  }

  @Override
  public void check(Configuration values, List<Problem> problems) {
    KafkaSettings.check(values, problems);
  }

  @Override
  public Optional<ImportTable> importTable(String server) {
    return server.equals("sockudo")
        ? Optional.of(ImportTable.read(KafkaDriver.class, server + ".keys"))
        : Optional.empty();
  }

  @Override
  public List<MetricSet<?>> metrics() {
    return List.of(KafkaMetrics.SET);
  }

  /** The adapter logs the loss of its connection, once; the clients would log each attempt. */
  @Override
  public List<String> quietLoggers() {
    return List.of("org.apache.kafka");
  }

  @Override
  public Broker create(Configuration values, BrokerContext context) {
    return new KafkaBroker(
        KafkaSettings.config(values, context.cluster(), context.node()),
        context.nanoClock(),
        context.clock(),
        context.random());
  }

  @Override
  public List<Finding> probe(Configuration values, BrokerContext context) {
    KafkaConfig config = KafkaSettings.config(values, context.cluster(), context.node());
    return List.of(
        BrokerTrial.find(
            new KafkaTrial(config, context),
            "check the address, the listener that the brokers advertise, the firewall, and whether"
                + " Kafka runs"));
  }
}
