package io.carillon.adapter.kafka;

import static org.awaitility.Awaitility.await;

import io.carillon.part.BrokerUri.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Three Kafka brokers of a test's own, each of them a controller, too, with the settings with which
 * Kafka is delivered. They end with the tests' JVM at the latest.
 */
final class KafkaCluster implements AutoCloseable {

  static final int SIZE = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<KafkaServer> servers;
  private final Admin admin;

  /** Starts all, and waits until they take connections. */
  KafkaCluster() {
    List<Integer> ports = KafkaServer.unusedPorts(2 * SIZE);
    String voters =
        IntStream.range(0, SIZE)
            .mapToObj(i -> "%d@127.0.0.1:%d".formatted(i + 1, ports.get(2 * i)))
            .collect(Collectors.joining(","));
    List<CompletableFuture<KafkaServer>> starting = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      String properties = "node.id=%d%ncontroller.quorum.voters=%s%n".formatted(i + 1, voters);
      List<Integer> own = ports.subList(2 * i, 2 * i + 2);
      starting.add(
          CompletableFuture.supplyAsync(
              () -> new KafkaServer(properties, own, 0), Thread::startVirtualThread));
    }
    servers = starting.stream().map(CompletableFuture::join).toList();
    admin = Admin.create(Map.of("bootstrap.servers", address().bootstrap()));
    await().atMost(PATIENCE).until(() -> get(admin.describeCluster().nodes()).size() == SIZE);
  }

  /** All brokers. */
  KafkaAddress address() {
    return new KafkaAddress(
        servers.stream().map(server -> new Host("127.0.0.1", server.port(0))).toList(), "", "");
  }

  /** The broker with an id, from 1 on. */
  KafkaServer server(int id) {
    return servers.get(id - 1);
  }

  /** The partitions of a topic, as the brokers know them. */
  List<TopicPartitionInfo> partitions(String topic) {
    return get(admin.describeTopics(List.of(topic)).topicNameValues().values().iterator().next())
        .partitions();
  }

  /** The value of a topic's setting. */
  String setting(String topic, String key) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return get(admin.describeConfigs(List.of(resource)).values().values().iterator().next())
        .get(key)
        .value();
  }

  /** The id of the broker that leads a partition. */
  int leader(TopicPartition partition) {
    return partitions(partition.topic()).get(partition.partition()).leader().id();
  }

  /**
   * Makes another broker the leader of each partition, one that has a copy, and waits until they
   * lead.
   */
  void moveLeaders(String topic) {
    Map<TopicPartition, Optional<NewPartitionReassignment>> orders =
        partitions(topic).stream()
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(topic, partition.partition()),
                    partition -> Optional.of(new NewPartitionReassignment(turned(partition)))));
    get(admin.alterPartitionReassignments(orders).all());
    await()
        .atMost(PATIENCE)
        .until(() -> get(admin.listPartitionReassignments().reassignments()).isEmpty());
    get(admin.electLeaders(ElectionType.PREFERRED, orders.keySet()).all());
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                orders.entrySet().stream()
                    .allMatch(order -> leader(order.getKey()) == preferred(order.getValue())));
  }

  /** The replica behind the leader comes first. */
  private static List<Integer> turned(TopicPartitionInfo partition) {
    List<Integer> ids = new ArrayList<>();
    partition.replicas().forEach(broker -> ids.add(broker.id()));
    int leader = ids.indexOf(partition.leader().id());
    Collections.rotate(ids, -(leader + 1));
    return ids;
  }

  private static int preferred(Optional<NewPartitionReassignment> order) {
    return order.orElseThrow().targetReplicas().getFirst();
  }

  /** Waits until each partition of these topics has all its copies in sync. */
  void awaitWhole(Collection<String> topics) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                topics.stream()
                    .flatMap(topic -> partitions(topic).stream())
                    .allMatch(partition -> partition.isr().size() == SIZE));
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (ExecutionException e) {
      throw new AssertionError("Kafka refuses: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    servers.forEach(KafkaServer::close);
  }
}
