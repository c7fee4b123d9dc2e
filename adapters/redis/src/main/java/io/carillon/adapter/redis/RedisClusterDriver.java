package io.carillon.adapter.redis;

import io.carillon.broker.Broker;
import io.carillon.config.Configuration;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import io.carillon.metrics.MetricSet;
import io.carillon.part.BrokerAddress;
import io.carillon.part.BrokerAddress.Without;
import io.carillon.part.BrokerContext;
import io.carillon.part.BrokerDriver;
import io.carillon.part.Finding;
import java.util.List;
import java.util.Optional;

/**
 * Nodes connected by a cluster of Redis. {@link RedisDriver} has the keys that both share, so a
 * program has both.
 */
public final class RedisClusterDriver implements BrokerDriver {

  @Override
  public String name() {
    return "redis-cluster";
  }

  @Override
  public String title() {
    return "Redis Cluster";
  }

  @Override
  public Place place() {
    return Place.OUTSIDE;
  }

  @Override
  public Optional<BrokerAddress> address() {
    return Optional.of(
        new BrokerAddress(ClusterSettings.URL, RedisAddress.CLUSTER_SCHEMES, Without.OTHER_KEYS));
  }

  @Override
  public List<Setting<?>> settings() {
    return ClusterSettings.ALL;
  }

  @Override
  public void check(Configuration values, List<Problem> problems) {
    ClusterSettings.check(values, problems);
  }

  @Override
  public List<MetricSet<?>> metrics() {
    return List.of(RedisMetrics.CLUSTER);
  }

  @Override
  public Broker create(Configuration values, BrokerContext context) {
    return RedisDriver.broker(
        ClusterSettings.config(values, context.cluster(), context.node()), context);
  }

  @Override
  public List<Finding> probe(Configuration values, BrokerContext context) {
    return RedisDriver.probe(
        ClusterSettings.config(values, context.cluster(), context.node()), context);
  }
}
