package io.carillon.adapter.redis;

import io.carillon.broker.Broker;
import io.carillon.config.Configuration;
import io.carillon.config.ImportConversion;
import io.carillon.config.ImportTable;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import io.carillon.metrics.MetricSet;
import io.carillon.part.BrokerAddress;
import io.carillon.part.BrokerAddress.Without;
import io.carillon.part.BrokerContext;
import io.carillon.part.BrokerDriver;
import io.carillon.part.BrokerTrial;
import io.carillon.part.Finding;
import io.carillon.part.LocalBroker;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Nodes connected by one Redis server, or by the master that sentinels name. */
public final class RedisDriver implements BrokerDriver {

  /** The other servers whose keys of Redis have a meaning here. */
  private static final Set<String> SERVERS = Set.of("soketi", "sockudo");

  private static final ImportConversion SHARDED =
      ImportConversion.of(
          "sharded",
          "true is `sharded`, false is `classic`",
          text -> text.equals("true") ? "sharded" : "classic");

  private static final ImportConversion UNCHECKED =
      ImportConversion.of("accept", "true is `none`", text -> text.equals("true") ? "none" : "");

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public String title() {
    return "Redis";
  }

  @Override
  public Place place() {
    return Place.OUTSIDE;
  }

  @Override
  public Optional<BrokerAddress> address() {
    return Optional.of(
        new BrokerAddress(RedisSettings.URL, RedisAddress.SCHEMES, Without.OTHER_KEYS));
  }

  @Override
  public List<Setting<?>> settings() {
    return RedisSettings.ALL;
  }

  @Override
  public void check(Configuration values, List<Problem> problems) {
    RedisSettings.check(values, problems);
  }

  @Override
  public Optional<ImportTable> importTable(String server) {
    return SERVERS.contains(server)
        ? Optional.of(ImportTable.read(RedisDriver.class, server + ".keys", UNCHECKED, SHARDED))
        : Optional.empty();
  }

  @Override
  public List<MetricSet<?>> metrics() {
    return List.of(RedisMetrics.SET);
  }

  /** The adapter logs the loss of its connection, once. */
  @Override
  public List<String> quietLoggers() {
    return List.of("io.lettuce", "reactor");
  }

  @Override
  public Optional<LocalBroker> local() {
    return Optional.of(
        new LocalBroker(
            List.of("bin/carillon-broker", "redis"),
            "redis-server",
            port -> "redis://127.0.0.1:" + port));
  }

  @Override
  public Broker create(Configuration values, BrokerContext context) {
    return broker(config(values, context), context);
  }

  static Broker broker(RedisConfig config, BrokerContext context) {
    return new RedisBroker(config, context.nanoClock(), context.clock(), context.random());
  }

  private static RedisConfig config(Configuration values, BrokerContext context) {
    return RedisSettings.config(values, context.cluster(), context.node())
        .withPlainChannels(context.plainChannels());
  }

  @Override
  public List<Finding> probe(Configuration values, BrokerContext context) {
    return probe(config(values, context), context);
  }

  static List<Finding> probe(RedisConfig config, BrokerContext context) {
    return List.of(
        BrokerTrial.find(
            () -> RedisTrial.run(config, context),
            "check the address, the firewall, whether Redis runs, and that rediss:// names its port"
                + " with TLS and redis:// the one without"));
  }
}
