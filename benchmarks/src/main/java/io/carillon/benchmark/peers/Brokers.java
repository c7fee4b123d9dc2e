package io.carillon.benchmark.peers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The brokers to compare over, and how each peer is told to use them. */
final class Brokers {

  private static final String SOCKUDO = "sockudo";
  private static final String SOKETI = "soketi";

  /**
   * Two nodes on one machine can't both serve metrics at one port. Idempotency keys need a cache in
   * Redis, and the publications here have none.
   */
  private static final Map<String, String> SOCKUDO_ON_ONE_MACHINE =
      Map.of(
          "METRICS_ENABLED", "false",
          "ADAPTER_FALLBACK_TO_LOCAL", "false",
          "IDEMPOTENCY_ENABLED", "false");

  private Brokers() {}

  /** All brokers, in the order of the tables. */
  static List<Broker> all() {
    return List.of(rabbitMq(), redis(), redisCluster(), nats(), kafka());
  }

  private static Broker rabbitMq() {
    return new Broker(
        "rabbitmq",
        "RabbitMQ",
        "CARILLON_TEST_RABBITMQ_URL",
        List.of("dpkg-query", "--show", "rabbitmq-server"),
        same(Map.of("ADAPTER_DRIVER", "rabbitmq", "RABBITMQ_URL", "$BROKER_URL")));
  }

  private static Broker redis() {
    return new Broker(
        "redis",
        "Redis",
        "CARILLON_TEST_REDIS_URL",
        List.of("redis-server", "--version"),
        withSoketi(
            same(Map.of("ADAPTER_DRIVER", "redis", "REDIS_URL", "$BROKER_URL")),
            Map.of(
                "SOKETI_ADAPTER_DRIVER", "redis",
                "SOKETI_DB_REDIS_HOST", "$BROKER_HOST",
                "SOKETI_DB_REDIS_PORT", "$BROKER_PORT",
                "SOKETI_DB_REDIS_USERNAME", "$BROKER_USER",
                "SOKETI_DB_REDIS_PASSWORD", "$BROKER_PASSWORD")));
  }

  private static Broker redisCluster() {
    return new Broker(
        "redis-cluster",
        "Redis Cluster",
        "CARILLON_TEST_REDIS_CLUSTER_URL",
        List.of("redis-server", "--version"),
        same(Map.of("ADAPTER_DRIVER", "redis-cluster", "REDIS_CLUSTER_NODES", "$BROKER_HOSTS")));
  }

  private static Broker nats() {
    Map<String, String> settings =
        Map.of(
            "ADAPTER_DRIVER", "nats",
            "NATS_SERVERS", "nats://$BROKER_HOST:$BROKER_PORT",
            "NATS_USERNAME", "$BROKER_USER",
            "NATS_PASSWORD", "$BROKER_PASSWORD");
    return new Broker(
        "nats",
        "NATS",
        "CARILLON_TEST_NATS_URL",
        List.of("nats-server", "--version"),
        withSoketi(
            same(settings),
            Map.of(
                "SOKETI_ADAPTER_DRIVER", "nats",
                "SOKETI_ADAPTER_NATS_SERVERS", "[\"$BROKER_HOST:$BROKER_PORT\"]",
                "SOKETI_ADAPTER_NATS_USER", "$BROKER_USER",
                "SOKETI_ADAPTER_NATS_PASSWORD", "$BROKER_PASSWORD")));
  }

  private static Broker kafka() {
    return new Broker(
        "kafka",
        "Kafka",
        "CARILLON_TEST_KAFKA_URL",
        List.of("sed", "-n", "/<artifactId>kafka_/{n;s/[^0-9.]//g;p}", "tools/kafka/pom.xml"),
        same(Map.of("ADAPTER_DRIVER", "kafka", "KAFKA_BROKERS", "$BROKER_HOSTS")));
  }

  /** Carillon and Sockudo read the same variables. */
  private static Map<String, Map<String, String>> same(Map<String, String> settings) {
    Map<String, String> sockudo = new HashMap<>(SOCKUDO_ON_ONE_MACHINE);
    sockudo.putAll(settings);
    return Map.of(Peer.CARILLON, settings, SOCKUDO, sockudo);
  }

  private static Map<String, Map<String, String>> withSoketi(
      Map<String, Map<String, String>> others, Map<String, String> settings) {
    Map<String, Map<String, String>> all = new HashMap<>(others);
    all.put(SOKETI, settings);
    return all;
  }
}
